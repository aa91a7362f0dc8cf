#include "base/strings.h"

#include "catch.h"

#include <string>

using namespace scruple;

TEST_CASE("malformed UTF-8 is found where it begins") {
  struct Row {
    std::string text;
    std::size_t at;
  };
  const std::size_t none = std::string::npos;
  const Row rows[] = {
      {"plain", none},         {"ü€𝄞", none},       {"a\xC3", 1}, {"\xC0\xAF", 0}, {"ab\xED\xA0\x80", 2},
      {"\xF4\x90\x80\x80", 0}, {"\xE0\x80\x80", 0}, {"\x80", 0},  {"\xF8", 0},     {std::string("a\0b", 3), none}};
  for (const Row& row : rows) CHECK(find_invalid_utf8(row.text) == row.at);
}

TEST_CASE("text from outside is made visible") {
  CHECK(visible("a\tb\nc\x1b[31m") == "a\\tb\\nc\\x1b[31m");
  CHECK(visible("x\u202Ey") == "x\\u202ey");
  CHECK(visible("\xFF!") == "\\xff!");
  CHECK(visible("grün 😀") == "grün 😀");
}

TEST_CASE("text is shortened by characters, not bytes") {
  CHECK(shorten("äöü", 3) == "äöü");
  CHECK(shorten("äöüß", 3) == "äö…");
}

TEST_CASE("counts agree with their nouns") {
  CHECK(plural(1, "rule") == "1 rule");
  CHECK(plural(0, "rule") == "0 rules");
  CHECK(plural(2, "entry", "entries") == "2 entries");
}
