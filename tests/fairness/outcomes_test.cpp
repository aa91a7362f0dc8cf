#include "fairness/outcomes.h"

#include "near.h"

#include "fairness/integer.h"

#include "catch.h"

#include <cmath>

namespace scruple::fairness {
namespace {

Group group(std::int64_t tp, std::int64_t fp, std::int64_t fn, std::int64_t tn) {
  return {"", tp + fp, tp + fp + fn + tn, Cells{tp, fp, fn, tn}};
}

TEST_CASE("outcomes: a rate without a denominator is none") {
  const OutcomeRates rates = outcome_rates(group(0, 12, 0, 38));
  CHECK_FALSE(rates.true_positive);
  CHECK_FALSE(rates.false_negative);
  CHECK(near(rates.false_positive, 0.24));
  CHECK(near(rates.positive_value, 0));
  CHECK(near(rates.negative_value, 1));
  CHECK(near(rates.accuracy, 0.76));
  CHECK_FALSE(outcome_rates({"", 1, 2, {}}).accuracy);
  CHECK_FALSE(outcome_rates(group(0, 0, 0, 0)).accuracy);
}

TEST_CASE("outcomes: a gap over a rate that is none is none") {
  const Groups groups = {group(40, 10, 10, 40), group(0, 12, 0, 38), group(30, 5, 20, 45)};
  const OutcomeGaps all = outcome_gaps(groups, {true, true, true});
  CHECK_FALSE(all.equal_opportunity);
  CHECK_FALSE(all.equalized_odds);  // not 0 because one rate could not be formed
  CHECK_FALSE(all.equalized_odds_ratio);
  CHECK(near(all.false_positive_rate, 0.14));
  CHECK(near(all.predictive_parity, 30.0 / 35));
  const OutcomeGaps two = outcome_gaps(groups, {true, false, true});
  CHECK(near(two.equal_opportunity, 0.2));
  CHECK(near(two.equalized_odds, 0.2));
  CHECK(near(two.equalized_odds_ratio, 0.5));
  CHECK_FALSE(outcome_gaps(groups, {true, false, false}).equal_opportunity);
  // Nobody is selected wrongly anywhere: a ratio of nothing to nothing.
  CHECK_FALSE(outcome_gaps({group(4, 0, 1, 5), group(3, 0, 2, 5)}, {true, true}).equalized_odds_ratio);
}

TEST_CASE("outcomes: average odds") {
  CHECK(near(average_odds_difference(group(30, 5, 20, 45), group(40, 10, 10, 40)), -0.15));
  CHECK_FALSE(average_odds_difference(group(0, 12, 0, 38), group(40, 10, 10, 40)));
}

TEST_CASE("outcomes: entropy of benefits") {
  // Ten people, one of them given too much and two too little, in three groups.
  const auto found = benefit_entropy({group(1, 0, 0, 1), group(0, 2, 1, 1), group(2, 0, 1, 1)});
  REQUIRE(found);
  CHECK(near(found->generalized_2, 0.2));
  CHECK(near(found->theil, 4 * std::log(2.0) / 10));
  CHECK(near(found->between_groups_generalized_2, 0.025));
  CHECK(near(found->between_groups_theil, 0.025267153921570598));
  CHECK_FALSE(benefit_entropy({group(0, 0, 3, 0)}));  // nobody has a benefit
  CHECK_FALSE(benefit_entropy({group(1, 1, 1, 1), {"", 1, 2, {}}}));
  CHECK(benefit_entropy({group(4, 0, 0, 5)})->theil == 0);
  // One wrong among 10^12: a difference of squares would be lost.
  const auto rare = benefit_entropy({group(most_people / 2, 0, 1, most_people / 2 - 1)});
  REQUIRE(rare);
  CHECK(std::fabs(rare->generalized_2 / 5e-13 - 1) < 1e-9);
}

}  // namespace
}  // namespace scruple::fairness
