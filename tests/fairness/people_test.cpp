#include "fairness/people.h"

#include "near.h"

#include "fairness/distributions.h"
#include "fairness/integer.h"

#include "catch.h"

#include <numbers>

namespace scruple::fairness {
namespace {

TEST_CASE("people: does one person turn the order round?") {
  CHECK(flip_flop({"women", 1, 10, {}}, {"men", 3, 20, {}}));  // 44 FR 11996
  CHECK_FALSE(flip_flop({"Black", 12, 40, {}}, {"White", 48, 80, {}}));
  CHECK_FALSE(flip_flop({"a", 5, 10, {}}, {"b", 5, 10, {}}));  // does not trail
  CHECK_FALSE(flip_flop({"a", 6, 10, {}}, {"b", 5, 10, {}}));
}

TEST_CASE("people: how many are short") {
  const Group black{"Black", 12, 40, {}};
  const Group white{"White", 48, 80, {}};
  CHECK(shortfall(black, white, {4, 5}) == 8);
  CHECK(shortfall(black, white, {1, 1}) == 12);
  CHECK(near(expected_shortfall(black, white), 8));
  CHECK(shortfall({"a", 60, 100, {}}, {"b", 75, 100, {}}, {4, 5}) == 0);
  CHECK(shortfall({"a", 59, 100, {}}, {"b", 75, 100, {}}, {4, 5}) == 1);
  CHECK(shortfall({"a", 90, 100, {}}, {"b", 75, 100, {}}, {4, 5}) == 0);
  CHECK(shortfall({"a", 0, 50, {}}, {"b", 0, 50, {}}, {4, 5}) == 0);
  CHECK(shortfall({"a", 0, most_people, {}}, {"b", most_people, most_people, {}}, {4, 5}) == 800'000'000'000);
  CHECK(shortfall_to_gap({"a", 59, 100, {}}, {"b", 75, 100, {}}, {1, 10}) == 6);
  CHECK(shortfall_to_gap({"a", 65, 100, {}}, {"b", 75, 100, {}}, {1, 10}) == 0);
  CHECK(shortfall_to_gap({"a", 0, 100, {}}, {"b", 5, 100, {}}, {1, 10}) == 0);
}

// Each shortfall is the least number that reaches the line.
TEST_CASE("people: a shortfall is exact") {
  for (std::int64_t n_ref = 1; n_ref <= 30; ++n_ref) {
    for (std::int64_t n = 0; n <= 17; ++n) {
      const Group reference{"b", n_ref, 30, {}};
      const Fraction line{4, 5};
      const std::int64_t missing = shortfall({"a", n, 17, {}}, reference, line);
      CAPTURE(n, n_ref, missing);
      CHECK((n + missing) * 30 * 5 >= 4 * n_ref * 17);
      CHECK((missing == 0 || (n + missing - 1) * 30 * 5 < 4 * n_ref * 17));
    }
  }
}

TEST_CASE("people: how large a gap is") {
  CHECK(near(cohens_h({"Black", 12, 40, {}}, {"White", 48, 80, {}}), -0.6128747668578188));
  CHECK(near(cohens_h({"a", 0, 4, {}}, {"b", 4, 4, {}}), -std::numbers::pi));
  CHECK(cohens_h({"a", 0, 50, {}}, {"b", 0, 80, {}}) == 0);
  CHECK(near(cohens_h({"b", 499'999'000'000, most_people, {}}, {"a", 500'000'000'000, most_people, {}}),
             -2.000000000001333e-06, 1e-12));
}

TEST_CASE("people: how many it takes to see four-fifths") {
  const double z = normal_quantile(0.95);
  CHECK(people_needed(0.5, 0.4, z) == 388);
  CHECK(people_needed(0.2, 0.16, z) == 1447);
  CHECK(people_needed(0.05, 0.04, z) == 6745);
  CHECK(people_needed(0.01, 0.008, z) == 35001);
  CHECK_FALSE(people_needed(0.5, 0.5, z));
  CHECK_FALSE(people_needed(0, 0, z));
}

}  // namespace
}  // namespace scruple::fairness
