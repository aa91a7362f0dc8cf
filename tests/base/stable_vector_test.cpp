#include "base/stable_vector.h"

#include "catch.h"

#include <cstddef>
#include <string>
#include <vector>

namespace scruple {

TEST_CASE("references to items stay good while a list grows") {
  StableVector<std::string> list;
  CHECK(list.size() == 0);
  list.add() = "first";
  const std::string& first = list[0];
  for (int i = 1; i < 1000; ++i) list.add() = std::to_string(i);
  CHECK(list.size() == 1000);
  CHECK(first == "first");
  CHECK(&first == &list[0]);
  CHECK(list[63] == "63");
  CHECK(list[64] == "64");
  CHECK(list[999] == "999");
}

TEST_CASE("items that stand side by side are one run") {
  StableVector<std::size_t> list;
  for (std::size_t i = 0; i < 200; ++i) list.add() = i;
  // Whatever the pieces are: together they are what was asked for.
  for (const std::size_t first : {0, 1, 63, 64, 65, 130}) {
    std::vector<std::size_t> seen;
    for (std::size_t at = first, left = 70; left > 0;) {
      const auto run = list.run(at, left);
      REQUIRE(!run.empty());
      seen.insert(seen.end(), run.begin(), run.end());
      at += run.size();
      left -= run.size();
    }
    REQUIRE(seen.size() == 70);
    CHECK(seen.front() == first);
    CHECK(seen.back() == first + 69);
  }
}

}  // namespace scruple
