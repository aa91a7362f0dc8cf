#include "report/panel.h"

#include "catch.h"
#include "results.h"

using namespace scruple;
using namespace scruple::report;
using scruple::test::mark;

namespace {

std::string printed(const Panel& panel, std::size_t width = 80) {
  std::ostringstream out;
  ReportStyle style;
  style.width = width;
  print_panel(panel, style, out);
  return out.str();
}

Panel sample() {
  Panel panel;
  panel.label = "error[a/b]";
  panel.message = "It is wrong.";
  panel.location = mark("a.yaml", "first\nkey: [[value]] # why\n");
  return panel;
}

}  // namespace

TEST_CASE("A panel without sections ends with its marker") {
  CHECK("\n" + printed(sample()) == R"(
error[a/b]: It is wrong.
  ┌─ a.yaml:2:6
  │
 2│ key: value # why
  │      ━━━━━
)");
}

TEST_CASE("A panel without a file has no frame") {
  Panel panel = sample();
  panel.location = {};
  CHECK(printed(panel) == "error[a/b]: It is wrong.\n");
  panel.sections = {{"fix", {"Do it."}, std::nullopt, false}};
  CHECK("\n" + printed(panel) == R"(
error[a/b]: It is wrong.
  └ fix      Do it.
)");
}

TEST_CASE("A panel whose line is hidden still says its phrase") {
  Panel panel = sample();
  panel.location.line.clear();
  CHECK("\n" + printed(panel) == R"(
error[a/b]: It is wrong.
  └─ a.yaml:2:6
)");
  panel.marker = "a text in row 2";
  CHECK("\n" + printed(panel) == R"(
error[a/b]: It is wrong.
  ┌─ a.yaml:2:6
  │
  └ here     a text in row 2
)");
}

TEST_CASE("The gutter grows with the line's number") {
  Panel panel = sample();
  panel.location.begin.line = panel.location.end.line = 12345;
  panel.sections = {{"fix", {"Do it.", "Do it well."}, std::nullopt, false},
                    {"basis", {"law: x", "practice: y"}, std::nullopt, true}};
  CHECK("\n" + printed(panel) == R"(
error[a/b]: It is wrong.
     ┌─ a.yaml:12345:6
     │
12345│ key: value # why
     │      ━━━━━
     │
     ├ fix      Do it.
     │          Do it well.
     │
     └ basis    law: x
                practice: y
)");
}

TEST_CASE("A marker stands below its text, whatever is before it") {
  struct Row {
    std::string text, expected;
  };
  const Row rows[] = {
      {"広告: [[x]]", " 1│ 広告: x\n  │       ━\n"},
      {"\tx: [[größe]]", " 1│     x: größe\n  │        ━━━━━\n"},
      {"\x01: [[広]]", " 1│ \\x01: 広\n  │       ━━\n"},
      {"##[x]: [[y]]", " 1│ # #[x]: y\n  │         ━\n"},
      {"x:[[]]", " 1│ x:\n  │   ━\n"},
      {"x: [[e\xCC\x81]]", " 1│ x: e\xCC\x81\n  │    ━\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    Panel panel = sample();
    panel.location = mark("a.yaml", row.text);
    const std::string text = printed(panel);
    CHECK(text.substr(text.size() - row.expected.size()) == row.expected);
  }
}

TEST_CASE("A long phrase wraps beside its marker, or below it where there is no room") {
  Panel panel = sample();
  panel.marker = "this phrase is so long that it cannot stand in what is left of its line at this width";
  CHECK("\n" + printed(panel, 60) == R"(
error[a/b]: It is wrong.
  ┌─ a.yaml:2:6
  │
 2│ key: value # why
  │      ━━━━━ this phrase is so long that it cannot stand
  │            in what is left of its line at this width
)");
  panel.location = mark("a.yaml", "a key that is rather long for its purpose: [[some value]]");
  CHECK("\n" + printed(panel, 60) == R"(
error[a/b]: It is wrong.
  ┌─ a.yaml:1:44
  │
 1│ a key that is rather long for its purpose: some value
  │                                            ━━━━━━━━━━
  │                             this phrase is so long that
  │                             it cannot stand in what is
  │                             left of its line at this
  │                             width
)");
}

TEST_CASE("A place that does not fit beside the file stands below it") {
  Panel panel = sample();
  panel.place = "assets[hero-mail].disclosure.text";
  CHECK("\n" + printed(panel, 40) == R"(
error[a/b]: It is wrong.
  ┌─ a.yaml:2:6
  │  assets[hero-mail].disclosure.text
  │
 2│ key: value # why
  │      ━━━━━
)");
}

TEST_CASE("No line is wider than asked for, down to the smallest width") {
  Panel panel = sample();
  panel.message = "A message of many words that has to be broken somewhere, 広告広告広告 included, to fit.";
  panel.marker = panel.message;
  panel.place = "assets[hero-mail].disclosure.text";
  for (const std::size_t width : {0u, 40u, 60u, 100u}) {
    std::istringstream lines(printed(panel, width));
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      CHECK(display_width(line) <= std::max<std::size_t>(width, 40));
    }
  }
}
