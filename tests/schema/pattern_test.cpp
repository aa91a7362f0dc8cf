#include "schema/pattern.h"

#include "catch.h"

#include <string>

namespace scruple::schema {

TEST_CASE("patterns match whole texts") {
  struct Row {
    const char* pattern;
    const char* text;
    bool matches;
  };
  const Row rows[] = {
      {"^[A-Z]{3}$", "EUR", true},
      {"^[A-Z]{3}$", "EU", false},
      {"^[A-Z]{3}$", "EURO", false},
      {"^[A-Z]{3}$", "eur", false},
      {"^[A-Z]{3}$", "", false},
      {"^[a-z][a-z0-9-]*$", "a-1", true},
      {"^[a-z][a-z0-9-]*$", "1-a", false},
      {"^[a-z][a-z0-9-]*$", "a_b", false},
      {"^[a-z]+-?[0-9]*$", "ab", true},
      {"^[a-z]+-?[0-9]*$", "ab-12", true},
      {"^[a-z]+-?[0-9]*$", "-12", false},
      {"^ab$", "ab", true},
      {"^ab$", "abc", false},
  };
  for (const Row& row : rows) {
    INFO(row.pattern << " on " << row.text);
    CHECK(is_pattern(row.pattern));
    CHECK(matches_pattern(row.pattern, row.text) == row.matches);
  }
}

TEST_CASE("forms that are not supported are refused") {
  for (const auto* pattern : {"", "a", "^a", "a$", "^$", "^(a)$", "^a|b$", "^.$", "^[^a]$", "^[]$", "^[a$", "^a{0}$",
                              "^a{10}$", "^\\d$", "^*$", "^a**$"}) {
    INFO(pattern);
    CHECK_FALSE(is_pattern(pattern));
  }
}

TEST_CASE("matching takes linear time") {
  CHECK(matches_pattern("^a*[a-c]*b?$", std::string(1 << 20, 'a')));
  CHECK_FALSE(matches_pattern("^a*[a-c]*b?$", std::string(1 << 20, 'a') + "!"));
}

}  // namespace scruple::schema
