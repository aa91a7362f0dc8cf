#include "cli/path_list.h"

#include "catch.h"

#include <string>
#include <vector>

using scruple::cli::split_paths;
using Paths = std::vector<std::string>;

TEST_CASE("lists of paths are read as git and find write them") {
  CHECK(split_paths("").empty());
  CHECK(split_paths("\n\n").empty());
  CHECK(split_paths("a.yaml\nb c.html\n") == Paths{"a.yaml", "b c.html"});
  CHECK(split_paths("a.yaml\r\nb.html") == Paths{"a.yaml", "b.html"});
  CHECK(split_paths(std::string("a\nb.yaml\0\"c\"\0", 13)) == Paths{"a\nb.yaml", "\"c\""});
  // Without -z git puts a name that is not plain ASCII in quotes.
  CHECK(split_paths("\"mail/\\303\\274ber \\\"uns\\\".html\"\n") == Paths{"mail/\303\274ber \"uns\".html"});
  CHECK(split_paths("\"a\\tb\\\\c\"\n\"\n") == Paths{"a\tb\\c", "\""});
}
