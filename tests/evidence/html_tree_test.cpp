#include "evidence/html_tree.h"

#include "catch.h"
#include "facts.h"

#include <string>

using namespace scruple;
using namespace scruple::evidence;

namespace {

// `tag(children)` and 'text', attributes as `tag[name=value]`.
std::string shown(const HtmlTree& tree, HtmlNodeId id) {
  const HtmlNode& node = tree[id];
  if (!node.is_element) return concat('\'', node.text, '\'');
  std::string out(node.text);
  for (const HtmlAttribute& attribute : tree.attributes(id))
    out += concat('[', attribute.name, '=', attribute.value, ']');
  std::string inside;
  for (HtmlNodeId child = id + 1; child < node.end; child = tree[child].end) inside += shown(tree, child);
  return inside.empty() ? out : concat(out, '(', inside, ')');
}

HtmlTree parse(std::string text) {
  auto parsed = parse_html(source_of(std::move(text)), {});
  REQUIRE(std::holds_alternative<HtmlTree>(parsed));
  return std::get<HtmlTree>(std::move(parsed));
}

std::string body(std::string text) {
  const HtmlTree tree = parse(std::move(text));
  for (HtmlNodeId id = 0; id < tree.size(); ++id) {
    if (tree.is(id, "body")) return shown(tree, id);
  }
  return "(none)";
}

}  // namespace

TEST_CASE("HTML is read as browsers read it") {
  struct Row {
    std::string text;
    std::string body;
  };
  const Row rows[] = {
      {"", "body"},
      {"a", "body('a')"},
      {"<p>a<p>b", "body(p('a')p('b'))"},
      {"<P CLASS=X Data-Y='1&amp;2'>", "body(p[class=X][data-y=1&2])"},
      {"<input checked>", "body(input[checked=])"},
      {"<b><i>x</b>y</i>", "body(b(i('x'))i('y'))"},
      {"<table><tr><td>x", "body(table(tbody(tr(td('x')))))"},
      {"<table>x<tr>", "body('x'table(tbody(tr)))"},
      {"a<!-- b -->c", "body('a''c')"},
      {"a<!--[if mso]><p>b</p><![endif]-->c", "body('a''c')"},
      {"<![if !mso]>a<![endif]>", "body('a')"},
      {"&auml;&nbsp;&#x41;&bogus;",
       "body('ä\xC2\xA0"
       "A&bogus;')"},
      {"a<template><p>x</template>", "body('a'template(p('x')))"},
      {"<x-card>y</x-card>", "body(x-card('y'))"},
      {"<svg><linearGradient/></svg>", "body(svg(lineargradient))"},
      {"<form><p>a</p>b</form>c", "body(form(p('a')'b')'c')"},
      {"<form>a</form>", "body(form('a'))"},
      {"<form></form>a", "body(form'a')"},
      {"<div><form>a</div>b</form>c", "body(div(form('a'))'bc')"},
      {"a<", "body('a<')"},
      {"<a href=\"x", "body"},
      {"<!--", "body"},
      {std::string("a\0b", 3), "body('ab')"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(body(row.text) == row.body);
  }
}

TEST_CASE("Every node knows its bytes") {
  const std::string text = "\xEF\xBB\xBF<html>\r\n<p id = \"ä\" hidden>Gr&uuml;&szlig;e</p>";
  const HtmlTree tree = parse(text);
  const auto part = [&text](Span span) { return text.substr(span.begin, span.end - span.begin); };
  for (HtmlNodeId id = 0; id < tree.size(); ++id) {
    if (!tree.is(id, "p")) continue;
    CHECK(part(tree[id].span) == "<p id = \"ä\" hidden>");
    CHECK(part(tree.attribute(id, "id")->span) == "id = \"ä\"");
    CHECK(part(tree.attribute(id, "hidden")->span) == "hidden");
    CHECK(tree.attribute(id, "class") == nullptr);
    CHECK(part(tree[id + 1].span) == "Gr&uuml;&szlig;e");
    CHECK(tree[id + 1].text == "Grüße");
    CHECK(tree[id].end == id + 2);
    return;
  }
  FAIL("no <p>");
}

TEST_CASE("The bytes of a text end before the tags that follow it") {
  const auto written = [](const std::string& text) {
    const HtmlTree tree = parse(text);
    for (HtmlNodeId id = 0; id < tree.size(); ++id) {
      if (!tree[id].is_element) return text.substr(tree[id].span.begin, tree[id].span.end - tree[id].span.begin);
    }
    return std::string("(no text)");
  };
  CHECK(written("<form>a</form>") == "a");
  CHECK(written("b</body></html>") == "b");
  CHECK(written("b&amp;\n</body>\n</html>\n") == "b&amp;\n");
  CHECK(written("a</x>b") == "a</x>b");
  CHECK(written("a &gt;</body>") == "a &gt;</body>");  // not told apart
  CHECK(written("<p>a > b</p>") == "a > b");
}

TEST_CASE("The element before is known") {
  const HtmlTree tree = parse("<i></i>x<b></b><u></u>");
  HtmlNodeId b = no_html_node;
  for (HtmlNodeId id = 0; id < tree.size(); ++id) {
    if (tree.is(id, "b")) b = id;
    if (tree.is(id, "u")) CHECK(tree[id].previous == b);
    if (tree.is(id, "i")) CHECK(tree[id].previous == no_html_node);
  }
  REQUIRE(b != no_html_node);
  CHECK(tree.is(tree[b].previous, "i"));
}

TEST_CASE("What a parser could not bear is refused") {
  const auto refused = [](std::string text, const HtmlLimits& limits = {}) {
    const auto parsed = parse_html(source_of(std::move(text)), limits);
    const auto* problem = std::get_if<HtmlProblem>(&parsed);
    return problem == nullptr ? std::string("(read)") : problem->message;
  };
  HtmlLimits small;
  small.bytes = 2048;
  CHECK(refused(std::string(2049, 'x'), small) == "is larger than 2 KB, too large to be read as HTML");
  CHECK(refused(std::string(2048, 'x'), small) == "(read)");

  std::string nested;
  for (int i = 0; i < 100'000; ++i) nested += "<div>";
  CHECK(refused(nested) == "has more than 1000 tags open at once");

  // Each <p> clones all the fonts that were never closed: without a bound this takes 10 GB.
  std::string clones = "<p>";
  for (int i = 0; i < 900; ++i) clones += concat("<font color=", i, ">");
  clones += "</p>";
  for (int i = 0; i < 100'000; ++i) clones += "<p>x";
  CHECK(refused(clones) == "has markup so tangled that it cannot be read within bounds");
}
