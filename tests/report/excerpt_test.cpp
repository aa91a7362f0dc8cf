#include "report/excerpt.h"

#include "catch.h"
#include "report/terminal_text.h"
#include "results.h"

using namespace scruple;
using namespace scruple::report;
using scruple::test::mark;

namespace {

std::string shown(const Location& location, std::size_t width) {
  const auto line = excerpt_line(location, width);
  return line ? line->before + "{" + line->marked + "}" + line->after : "nothing";
}

}  // namespace

TEST_CASE("An excerpt shows the line of its place") {
  struct Row {
    std::string text;
    std::size_t width;
    std::string_view expected;
  };
  const Row rows[] = {
      {"    path: [[mail/hero.html]]", 80, "    path: {mail/hero.html}"},
      {"first\nsecond [[x]] y  \nthird", 80, "second {x} y"},
      {"0123456789 [[here]]", 15, "0123456789 {here}"},
      {"a: [[]]", 80, "a:{}"},
      {"[[a: |\n  text\n  more]]\n", 80, "{a: |}"},
      {"\ta: [[b]]", 80, "    a: {b}"},
      {"name: [[größe]] ok", 80, "name: {größe} ok"},
      {"a: [[x\x01y]]", 80, "a: {x\\x01y}"},
      {"a: [[\xE2\x80\xAE]] b", 80, "a: {\\u202e} b"},
      {"a: \xFF[[\xFE]]", 80, "a: \\xff{\\xfe}"},
      {"##[error] [[x]]", 80, "# #[error] {x}"},
      // The place is kept when the line is cut; a place that is itself too long is cut.
      {"0123456789 [[here]] 0123456789", 17, "0123456789 {here}…"},
      {"0123456789 0123456789 [[here]] 0123456789", 17, "…56789 {here} 0123…"},
      {"0123456789 [[0123456789012345678901234567890]]", 22, "…{01234567890123456789}…"},
      {"[[広告広告広告]]", 10, "{広告広告}…"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text, row.width);
    const Location location = mark("a.yaml", row.text);
    CHECK(shown(location, row.width) == row.expected);
    const auto line = excerpt_line(location, row.width);
    CHECK(display_width(line->before + line->marked + line->after) <= row.width);
  }
}

TEST_CASE("A line of personal data is not shown") {
  CHECK(shown(mark("people.csv", "id,[[ada@example.org]]", Excerpt::hide), 80) == "nothing");
}

TEST_CASE("A line that was cut when it was located says so") {
  const Location location = mark("min.html", std::string(500, 'a') + "[[here]]" + std::string(500, 'b'));
  CHECK(shown(location, 30) == "…aaaaaaaaaaaa{here}bbbbbbbbbbbb…");
}

TEST_CASE("A place outside of its line is shown at the line's end") {
  Location location = mark("a.yaml", "a: [[b]]");
  location.begin.column = 4000;
  location.end.column = 2;
  CHECK(shown(location, 80) == "a: b{}");
}
