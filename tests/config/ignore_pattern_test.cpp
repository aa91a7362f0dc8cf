#include "config/ignore_pattern.h"

#include "catch.h"

#include <chrono>
#include <string>
#include <string_view>

using scruple::config::IgnorePattern;

// The answers are those of `git check-ignore`.
TEST_CASE("patterns match as in a .gitignore file") {
  struct Row {
    std::string_view pattern;
    std::string_view path;
    bool folder;
    bool matches;
  };
  const Row rows[] = {
      {"drafts", "drafts", true, true},
      {"drafts", "a/drafts", true, true},
      {"drafts", "a/drafts.yaml", false, false},
      {"drafts/", "drafts", true, true},
      {"drafts/", "drafts", false, false},
      {"/drafts", "drafts", true, true},
      {"/drafts", "a/drafts", true, false},
      {"a/drafts", "a/drafts", true, true},
      {"a/drafts", "b/a/drafts", true, false},
      {"*.old.yaml", "a/b/x.old.yaml", false, true},
      {"a/*.yaml", "a/x.yaml", false, true},
      {"a/*.yaml", "a/b/x.yaml", false, false},
      {"**/old", "old", true, true},
      {"**/old", "a/b/old", true, true},
      {"a/**/old", "a/old", true, true},
      {"a/**/old", "a/b/c/old", true, true},
      {"a/**", "a", true, false},
      {"a/**", "a/b", false, true},
      {"a**b", "axxb", false, true},
      {"x?.yaml", "xy.yaml", false, true},
      {"x?.yaml", "x.yaml", false, false},
      {"[ab].yaml", "b.yaml", false, true},
      {"[!ab].yaml", "b.yaml", false, false},
      {"[^ab].yaml", "c.yaml", false, true},
      {"[a-c]x", "bx", false, true},
      {"[]]x", "]x", false, true},
      {"[a", "[a", false, false},
      {"\\!x", "!x", false, true},
      {"\\#x", "#x", false, true},
      {"#x", "#x", false, false},
      {"x\\*", "x*", false, true},
      {"x\\*", "xy", false, false},
      {"x  ", "x", false, true},
      {"x\\ ", "x ", false, true},
      {"", "x", false, false},
      {"/", "x", true, false},
      {"!", "x", false, false},
      {"über/*", "über/x", false, true},
      {"Drafts", "drafts", true, false},
  };
  for (const Row& row : rows) {
    INFO(row.pattern << " against " << row.path);
    CHECK(IgnorePattern(row.pattern).matches(row.path, row.folder) == row.matches);
  }
  CHECK(IgnorePattern("!keep").is_negated());
  CHECK(IgnorePattern("!keep").matches("keep", false));
}

TEST_CASE("a hostile pattern takes no time") {
  std::string stars;
  for (int i = 0; i < 2000; ++i) stars += "*a";
  std::string folders;
  for (int i = 0; i < 2000; ++i) folders += "**/a/";
  const std::string text(5000, 'a');
  std::string path;
  for (int i = 0; i < 3000; ++i) path += "a/";
  const auto start = std::chrono::steady_clock::now();
  CHECK_FALSE(IgnorePattern(stars + "b").matches(text, false));
  CHECK_FALSE(IgnorePattern(folders + "b").matches(path + "c", false));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}
