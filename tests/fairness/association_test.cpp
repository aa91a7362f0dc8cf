#include "fairness/association.h"

#include "near.h"

#include "catch.h"

namespace scruple::fairness {
namespace {

using Column = std::vector<std::string>;

Column repeated(std::initializer_list<std::pair<const char*, int>> runs) {
  Column column;
  for (const auto& [value, count] : runs) column.insert(column.end(), static_cast<std::size_t>(count), value);
  return column;
}

TEST_CASE("association: from nothing to everything") {
  const Column one = repeated({{"a", 50}, {"b", 50}});
  CHECK(near(cramers_v(one, one), 1));
  CHECK(near(cramers_v(one, repeated({{"x", 25}, {"y", 25}, {"x", 25}, {"y", 25}})), 0));
  // 40/10 and 10/40: chi2/n is 0.36, less 1/99; the corrected number of values is 2 - 1/99.
  CHECK(near(cramers_v(one, repeated({{"x", 40}, {"y", 10}, {"x", 10}, {"y", 40}})), 0.5945329156195661));
}

TEST_CASE("association: columns that cannot be compared") {
  CHECK_FALSE(cramers_v({}, {}));
  CHECK_FALSE(cramers_v({"a", "a", "a"}, {"x", "y", "x"}));
  CHECK_FALSE(cramers_v({"a", "b", "c"}, {"x", "y", "x"}));  // as many values as people
}

TEST_CASE("association: numbers are cut at quartiles") {
  CHECK(quartiles({1, 2, 3, 4, 5, 6, 7, 8}) == Column{"1", "1", "2", "2", "3", "3", "4", "4"});
  CHECK(quartiles({4, 1, 3, 2}) == Column{"4", "1", "3", "2"});
  CHECK(quartiles({7, 7, 7, 7}) == Column{"1", "1", "1", "1"});  // equal numbers stay together
  CHECK(quartiles({}).empty());
}

}  // namespace
}  // namespace scruple::fairness
