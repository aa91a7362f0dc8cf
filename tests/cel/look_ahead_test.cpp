#include "cel/look_ahead.h"

#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("look-ahead: patterns whose searches end with their match") {
  for (const char* pattern : {"abc", "[^.!?]+", "[^.!?]+[.!?]*", "\\s+", "(?i)ab|cd", "a{2,5}b", "(?:ab){1,3}", "x*?",
                              "[]a]+", "[[:alpha:]]+", "\\bword\\b", "a+|b+", "[“„][^“”]{1,300}[”“]", ""}) {
    INFO(pattern);
    CHECK(look_ahead(pattern).has_value());
  }
  CHECK(look_ahead("ab") == 12);
}

TEST_CASE("look-ahead: patterns that may look to the end of the text for each match") {
  for (const char* pattern : {"a(.*z)?", "a|a.*z", "a|a.*$", "^\\s*$", "\\n\\s*\\n", "(?:a+b)*", "a+b", "(a*)+b", "a**",
                              "\\Qa.b\\E", "\\p{L}+", "(?P<n>a)", "[a", "(a", "a)", "a{2", "a{99999999}"}) {
    INFO(pattern);
    CHECK_FALSE(look_ahead(pattern).has_value());
  }
  CHECK_FALSE(look_ahead(std::string(100'000, '(')).has_value());
}

TEST_CASE("look-ahead: what finding all matches costs") {
  Harness harness;
  const std::string text = [] {
    std::string made;
    for (int i = 0; i < 50'000; ++i) made += "word ";
    return made;
  }();
  harness.declare("text", Value::string(text));
  // As much as the text is long …
  CHECK(harness.show("size(regex.replace(text, '\\\\s+', '_'))") == "250000");
  CHECK(harness.show("size(regex.extractAll(text, '[^ ]+'))") == "50000");
  // … but not if each match could look through all of it.
  CHECK(harness.show("size(regex.extractAll(text, 'w(?:.*z)?'))").starts_with("error: "));
}

}  // namespace
}  // namespace scruple::cel
