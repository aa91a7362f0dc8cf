#include "fairness/rates.h"

#include "near.h"

#include "fairness/distributions.h"
#include "fairness/integer.h"

#include "catch.h"

namespace scruple::fairness {
namespace {

const double z95 = normal_quantile(0.95);

TEST_CASE("rates: nothing without a denominator") {
  const Group empty{"a", 0, 0, {}};
  const Group none{"b", 0, 50, {}};
  const Group some{"c", 20, 50, {}};
  CHECK_FALSE(selection_rate(empty));
  CHECK_FALSE(wilson(empty, z95));
  CHECK(selection_rate(none) == 0);
  CHECK_FALSE(impact_ratio(some, none));
  CHECK_FALSE(reaches_line(some, none, {4, 5}));
  CHECK_FALSE(impact_ratio(empty, some));
  CHECK_FALSE(reaches_line(empty, some, {4, 5}));
  CHECK_FALSE(katz(none, some, z95));
  CHECK_FALSE(katz(some, none, z95));
  CHECK_FALSE(katz({"x", 4, 4, {}}, {"y", 9, 9, {}}, z95));  // a certainty that nobody has
  CHECK(impact_ratio(none, some) == 0);
}

TEST_CASE("rates: a line on counts is decided in whole numbers") {
  struct Row {
    std::int64_t n, all, n_ref, all_ref;
    const char* line;
    bool reached;
  };
  const Row rows[] = {
      {60, 100, 75, 100, "0.8", true},  // in doubles 0.60 / 0.75 is 0.7999999999999999
      {59, 100, 75, 100, "0.8", false},
      {12, 40, 48, 80, "0.5", true},
      {450, 1000, 500, 1000, "0.9", true},
      {449, 1000, 500, 1000, "0.9", false},
      {400'000'000'000, most_people, 500'000'000'000, most_people, "0.8", true},
      {399'999'999'999, most_people, 500'000'000'000, most_people, "0.8", false},
      {333'333'333'333, most_people, most_people, most_people, "0.333333333333", true},
      {333'333'333'332, most_people, most_people, most_people, "0.333333333333", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.n, row.n_ref, row.line);
    CHECK(reaches_line({"a", row.n, row.all, {}}, {"b", row.n_ref, row.all_ref, {}}, *parse_fraction(row.line)) ==
          row.reached);
  }
  CHECK(within_gap({"a", 65, 100, {}}, {"b", 75, 100, {}}, *parse_fraction("0.1")));  // 0.75 - 0.65 > 0.1 in doubles
  CHECK_FALSE(within_gap({"a", 64, 100, {}}, {"b", 75, 100, {}}, *parse_fraction("0.1")));
  CHECK(within_gap({"a", 80, 100, {}}, {"b", 75, 100, {}}, *parse_fraction("0")));
}

TEST_CASE("rates: intervals as published") {
  const auto newcombe = wilson({"all", 81, 263, {}}, z95);
  REQUIRE(newcombe);
  CHECK(near(newcombe->low, 0.2553, 1e-3));
  CHECK(near(newcombe->high, 0.3662, 1e-3));
  CHECK(wilson({"none", 0, 20, {}}, z95)->low == 0);
  CHECK(wilson({"all", 20, 20, {}}, z95)->high == 1);

  const auto aspirin = katz({"placebo", 189, 11034, {}}, {"aspirin", 104, 11037, {}}, z95);
  REQUIRE(aspirin);
  CHECK(near(aspirin->low, 1.43, 5e-3));
  CHECK(near(aspirin->high, 2.31, 5e-3));
}

TEST_CASE("rates: parity over the groups that take part") {
  const Groups groups = {{"tiny", 1, 1, {}}, {"a", 45, 90, {}}, {"b", 30, 90, {}}, {"c", 60, 90, {}}};
  CHECK(near(demographic_parity_difference(groups, {false, true, true, true}), 1.0 / 3));
  CHECK(near(demographic_parity_ratio(groups, {false, true, true, true}), 0.5));
  CHECK_FALSE(demographic_parity_difference(groups, {false, true, false, false}));
  CHECK_FALSE(demographic_parity_ratio({{"a", 0, 9, {}}, {"b", 0, 9, {}}}, {true, true}));
  CHECK(demographic_parity_difference({{"a", 0, 9, {}}, {"b", 0, 9, {}}}, {true, true}) == 0);
}

}  // namespace
}  // namespace scruple::fairness
