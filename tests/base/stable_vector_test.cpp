#include "base/stable_vector.h"

#include "catch.h"

#include <string>

namespace scruple {

TEST_CASE("references to items stay good while a list grows") {
  StableVector<std::string> list;
  CHECK(list.size() == 0);
  list.push_back("first");
  const std::string& first = list[0];
  for (int i = 1; i < 1000; ++i) list.push_back(std::to_string(i));
  CHECK(list.size() == 1000);
  CHECK(first == "first");
  CHECK(&first == &list[0]);
  CHECK(list[63] == "63");
  CHECK(list[64] == "64");
  CHECK(list[999] == "999");
}

}  // namespace scruple
