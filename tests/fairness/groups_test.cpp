#include "fairness/groups.h"

#include "fairness/integer.h"

#include "catch.h"

namespace scruple::fairness {
namespace {

TEST_CASE("groups: counts that mean nothing are found") {
  struct Row {
    Groups groups;
    std::string_view what;  // empty: nothing is wrong
  };
  const Row rows[] = {
      {{{"a", 0, 0, {}}, {"b", 5, 5, {}}}, ""},
      {{{"a", 1, most_people, Cells{1, 0, 0, most_people - 1}}}, ""},
      {{{"a", 3, 2, {}}}, "more are selected than there are"},
      {{{"a", -1, 2, {}}}, "a number of people is negative"},
      {{{"a", 1, most_people + 1, {}}}, "more people than there can be"},
      {{{"a", 1, 2, {}}, {"a", 1, 3, {}}}, "the group is listed twice"},
      {{{"a", 2, 4, Cells{1, 0, 1, 2}}}, "right and wrong predictions do not add up to the people"},
      {{{"a", 2, 4, Cells{3, -1, 1, 1}}}, "right and wrong predictions do not add up to the people"},
      {{{"a", 2, 4, Cells{2, INT64_MAX, 1, 1}}}, "right and wrong predictions do not add up to the people"},
  };
  for (const Row& row : rows) {
    const auto problem = find_problem(row.groups);
    CHECK((problem ? problem->what : "") == row.what);
  }
}

TEST_CASE("groups: four cells follow from four counts") {
  const auto cells = cells_from(50, 100, 60, 40);
  REQUIRE(cells);
  CHECK(cells->false_positives == 10);
  CHECK(cells->false_negatives == 20);
  CHECK(cells->true_negatives == 30);
  CHECK_FALSE(cells_from(50, 100, 60, 61));  // more were found than there are
  CHECK_FALSE(cells_from(50, 100, 60, 51));  // more than were selected
  CHECK_FALSE(cells_from(50, 100, 95, 40));  // more than there are people
}

TEST_CASE("groups: who takes part is decided exactly") {
  const Groups groups = {{"a", 10, 29, {}}, {"b", 10, 30, {}}, {"c", 0, 0, {}}, {"d", 500, 1441, {}}};
  CHECK(eligible(groups, {}) == std::vector{true, true, false, true});
  CHECK(eligible(groups, {30, {0, 1}}) == std::vector{false, true, false, true});
  // 30 of 1500 is the two per cent, not less.
  CHECK(eligible(groups, {1, *parse_fraction("0.02")}) == std::vector{false, true, false, true});
}

TEST_CASE("groups: the reference is the best treated of those that count") {
  const Groups groups = {{"tiny", 5, 5, {}}, {"a", 30, 60, {}}, {"b", 300, 600, {}}, {"c", 300, 600, {}}};
  CHECK(find_reference(groups, eligible(groups, {30, {0, 1}})) == 2);  // not the tiny one; the larger; then the first
  CHECK(find_reference(groups, eligible(groups, {})) == 0);
  CHECK(find_reference(groups, eligible(groups, {30, {0, 1}}), "a") == 1);
  CHECK(find_reference(groups, eligible(groups, {30, {0, 1}}), "tiny") == std::nullopt);
  CHECK(find_reference(groups, eligible(groups, {601, {0, 1}})) == std::nullopt);
  CHECK(find_reference({groups[2]}, {true}) == std::nullopt);
  // Rates that differ by less than a double can tell.
  const Groups close = {{"a", 500'000'000'000, most_people, {}}, {"b", 500'000'000'001, most_people, {}}};
  CHECK(find_reference(close, eligible(close, {})) == 1);
}

}  // namespace
}  // namespace scruple::fairness
