#include "evidence/html_guard.h"

#include "catch.h"

#include <string>

using namespace scruple::evidence;

namespace {

std::string repeated(std::string_view piece, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += piece;
  return out;
}

}  // namespace

TEST_CASE("Open tags are counted as a parser would meet them") {
  HtmlLimits limits;
  limits.open_tags = 10;
  struct Row {
    std::string text;
    bool refused;
  };
  const Row rows[] = {
      {repeated("<div>", 10), false},
      {repeated("<div>", 11), true},
      {repeated("<DIV\n>", 11), true},
      {repeated("<div></div>", 100), false},
      {repeated("<div></DIV >", 100), false},
      {repeated("<div></span>", 11), true},
      {repeated("<x-card>", 11), true},
      {repeated("<br>", 100), false},
      {repeated("<br/><img src=x><p>a<li>b<tr><td>c", 100), false},
      {repeated("<ul><li>a<li>b</ul><dl><dt>c<dd>d</dl>", 100), false},
      {repeated("<li>a</li><dd>b</dd>", 100), false},
      {repeated("<li><dd>", 6), true},
      {repeated("<div/>", 11), true},  // HTML does not know self-closing
      {"<svg>" + repeated("<path d='M0 0'/>", 100) + "</svg>", false},
      {"<svg>" + repeated("<g>", 11) + "</svg>", true},
      {"<svg>" + repeated("<g id=x/>", 11) + "</svg>", true},  // the slash belongs to the value
      {"<svg>" + repeated("<td>", 11) + "</svg>", true},
      {repeated("<!--x--!>", 200'000), false},
      {"<!-- - -- --- <div> --->" + repeated("<div>", 11), true},
      {repeated("<svg><title>a</title><desc>b</desc><g><path/></g></svg>", 100), false},
      {"<svg><foreignObject>" + repeated("<x/>", 11), true},
      {repeated("<svg><foreignObject><p>a<br/>b</foreignObject><path/></svg>", 100), false},
      {"<svg><foreignObject><div></foreignObject>" + repeated("<x/>", 11), true},
      {"<svg><b></b></svg>" + repeated("<x/>", 11), true},
      {"<svg></svg>" + repeated("<td>", 11), false},
      {"<select><noembed>" + repeated("<x>", 11), true},
      {"<select><input>" + repeated("<div><style></div></style>", 11), true},
      {repeated("<select><option>a</select><style>p{}</style>", 11), false},
      {"<!-- " + repeated("<div>", 100) + " -->", false},
      {"<!-->" + repeated("<div>", 11), true},
      {"<script>" + repeated("'<div>'", 100) + "</script>", false},
      {"<style>" + repeated("<div>", 100) + "</style>", false},
      {"<title>" + repeated("<div>", 100) + "</title>", false},
      {"<textarea>" + repeated("<div>", 100) + "</textarea>", false},
      {repeated("<div><script></div></script>", 11), true},
      {repeated("<div><!-- </div> -->", 11), true},
      {repeated("<div title=\"</div>\">", 11), true},
      {repeated("<div title='</div>'>", 11), true},
      {repeated("<div><script><!--<script></script></div>--></script>", 11), true},
      {"a < b << c <3 </ >" + repeated("<div></div>", 100), false},
      {"<div title=\"" + repeated("<div>", 100), false},  // never closed: all one tag
  };
  for (const Row& row : rows) {
    CAPTURE(row.text.substr(0, 60));
    CHECK(guard_html(row.text, limits).has_value() == row.refused);
  }
}

TEST_CASE("Attributes of one tag are counted") {
  HtmlLimits limits;
  limits.attributes = 10;
  CHECK(!guard_html("<div" + repeated(" a=1", 10) + ">", limits));
  CHECK(guard_html("<div" + repeated(" a=1", 11) + ">", limits));
  CHECK(guard_html("<div" + repeated(" a", 11) + ">", limits));
  CHECK(guard_html("<div" + repeated(" a='b c'", 11) + ">", limits));
  CHECK(!guard_html(repeated("<div a b c d e f></div>", 100), limits));
  // A later <body> adds to the first.
  CHECK(guard_html(repeated("<body a b c d e f>", 2), limits));
}

TEST_CASE("What was noticed has a place") {
  HtmlLimits limits;
  limits.open_tags = 1;
  const auto problem = guard_html("<p>x<div>\n<div>", limits);
  REQUIRE(problem);
  CHECK(problem->message == "has more than 1 tags open at once");
  CHECK(problem->offset == 10);
}
