#include "report/terminal_text.h"

#include "base/strings.h"
#include "catch.h"

using namespace scruple;
using namespace scruple::report;

TEST_CASE("The width of a text is what a terminal gives it") {
  struct Row {
    std::string_view text;
    std::size_t columns;
  };
  const Row rows[] = {
      {"", 0},
      {"plain", 5},
      {"für", 3},
      {"fu\xCC\x88r", 3},  // a combining diaeresis
      {"広告", 4},
      {"\xF0\x9F\x98\x80", 2},  // an emoji
      {"a\xFF"
       "b",
       3},  // malformed
      {"\x1b[1;31mred\x1b[0m", 3},
      {"\x1b[31", 4},  // no colour, since it does not end
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(display_width(row.text) == row.columns);
  }
}

TEST_CASE("Text wraps at blanks") {
  struct Row {
    std::string_view text;
    std::size_t width, hanging;
    std::vector<std::string> lines;
  };
  const Row rows[] = {
      {"", 10, 0, {""}},
      {"   ", 10, 0, {""}},
      {"one two", 10, 0, {"one two"}},
      {"one two three", 7, 0, {"one two", "three"}},
      {"one two three", 8, 0, {"one two", "three"}},
      {"one   two", 10, 0, {"one two"}},
      {"one two three", 7, 2, {"one two", "  three"}},
      {"  one two", 5, 0, {"  one", "  two"}},
      {"abcdefgh ij", 3, 0, {"abc", "def", "gh", "ij"}},
      {"a abcdefgh", 4, 0, {"a", "abcd", "efgh"}},
      {"abcdefgh", 4, 2, {"abcd", "  ef", "  gh"}},
      {"広告広告", 5, 0, {"広告", "広告"}},
      {"広告", 1, 0, {"広", "告"}},
      {"one \x1b[1mtwo\x1b[0m three", 7, 0, {"one \x1b[1mtwo\x1b[0m", "three"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text, row.width);
    CHECK(wrap(row.text, row.width, row.hanging) == row.lines);
  }
}

TEST_CASE("A very long word wraps in linear time") {
  const std::string word(2'000'000, 'x');
  CHECK(wrap(word, 100).size() == 20'000);
}

TEST_CASE("Text of several lines keeps its lines and their indents") {
  const std::vector<std::string> expected = {"columns:", "  contact_id: Record ID", "", "next\\x1b line"};
  CHECK(wrap_lines("columns:\n  contact_id: Record ID\n\nnext\x1b line\n", 40) == expected);
}

TEST_CASE("One line is made of many") {
  CHECK(one_line(" a &&\n    b\t|| c \n") == "a && b || c");
  CHECK(one_line(" \n ") == "");
}

TEST_CASE("What a CI runner would obey is broken up") {
  struct Row {
    std::string_view line, expected;
  };
  const Row rows[] = {
      {"::error::x", ": :error::x"},
      {"  ::error::x", "  : :error::x"},
      {"\x1b[1m::error::x\x1b[0m", "\x1b[1m: :error::x\x1b[0m"},
      {"a ::error::x", "a ::error::x"},
      {"std::string", "std::string"},
      {"a ##[error]x", "a # #[error]x"},
      {"###[error]x", "## #[error]x"},
      {"##vso[task.complete]", "# #vso[task.complete]"},
      {"## Heading [link]", "## Heading [link]"},
      {"##", "##"},
      {"", ""},
      {"::", ": :"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    CHECK(without_runner_commands(row.line) == row.expected);
  }
}

TEST_CASE("Ink colours only if it is asked to") {
  CHECK(Ink(false)(Tone::error, "x") == "x");
  CHECK(Ink(true)(Tone::error, "x") == "\x1b[1;31mx\x1b[0m");
  CHECK(Ink(true)(Tone::error, "") == "");
  CHECK(tone_of(Severity::warning) == Tone::warning);
}
