#include "base/glob.h"

#include "catch.h"

#include <string>

using namespace scruple;

TEST_CASE("patterns match names") {
  struct Row {
    std::string pattern, text;
    bool matches;
  };
  const Row rows[] = {{"privacy/*", "privacy/consent", true},
                      {"privacy/*", "privacy/a/b", false},
                      {"**", "a/b/c", true},
                      {"**/c", "c", true},
                      {"**/c", "a/b/c", true},
                      {"**/c", "abc", false},
                      {"a?c", "abc", true},
                      {"a?c", "a/c", false},
                      {"*", "", true},
                      {"", "", true},
                      {"", "a", false},
                      {"*a*b", "xxaxxb", true},
                      {"*a*b", "xxbxxa", false},
                      {"privacy/consent", "privacy/consent", true}};
  for (const Row& row : rows) {
    INFO(row.pattern << " ~ " << row.text);
    CHECK(glob_match(row.pattern, row.text) == row.matches);
  }
}

TEST_CASE("a pattern of stars takes no exponential time") {
  CHECK_FALSE(glob_match("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", std::string(2000, 'a')));
}
