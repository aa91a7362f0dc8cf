#include "base/file_system.h"

#include "catch.h"

#include <string>

using namespace scruple;

TEST_CASE("paths are normalized as text") {
  struct Row {
    std::string path, normal;
  };
  const Row rows[] = {{"", "."},       {".", "."},         {"a//b/", "a/b"},   {"./a/./b", "a/b"},
                      {"a/../b", "b"}, {"../a", "../a"},   {"a/../..", ".."},  {"/a/../..", "/"},
                      {"/", "/"},      {"a b/ü", "a b/ü"}, {"..a/b", "..a/b"}, {"a/..", "."}};
  for (const Row& row : rows) CHECK(path::normalize(row.path) == row.normal);
}

TEST_CASE("one path relative to another") {
  CHECK(path::relative_to("/a/b/c", "/a") == "b/c");
  CHECK(path::relative_to("/a/b", "/a/b") == ".");
  CHECK(path::relative_to("/a/x", "/a/b/c") == "../../x");
}

TEST_CASE("a folder's name that begins another's is not above it") {
  CHECK(path::is_within("/a/b", "/a"));
  CHECK(path::is_within("/a", "/a"));
  CHECK(path::is_within("/a", "/"));
  CHECK_FALSE(path::is_within("/ab", "/a"));
}
