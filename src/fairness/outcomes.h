// How well predictions treat groups, where the truth is known (Hardt, Price and Srebro 2016).
//
// PPV, FPR and FNR cannot all be equal between groups whose base rates differ (Chouldechova 2017): choose per use.
#pragma once

#include "fairness/groups.h"

#include <optional>
#include <vector>

namespace scruple::fairness {

// Each is empty without its denominator, or without cells.
struct OutcomeRates {
  std::optional<double> true_positive;   // TP / (TP+FN)
  std::optional<double> false_positive;  // FP / (FP+TN)
  std::optional<double> false_negative;  // FN / (TP+FN)
  std::optional<double> positive_value;  // TP / (TP+FP)
  std::optional<double> negative_value;  // TN / (TN+FN)
  std::optional<double> accuracy;        // (TP+TN) / N
};
OutcomeRates outcome_rates(const Group& group);

// Over eligible groups; empty if there are fewer than two, or the rate of one of them is.
struct OutcomeGaps {
  std::optional<double> equal_opportunity;     // max TPR - min TPR
  std::optional<double> false_positive_rate;   // max FPR - min FPR
  std::optional<double> equalized_odds;        // the larger of the two
  std::optional<double> equalized_odds_ratio;  // the smaller of min TPR / max TPR and min FPR / max FPR
  std::optional<double> predictive_parity;     // max PPV - min PPV
};
OutcomeGaps outcome_gaps(const Groups& groups, const std::vector<bool>& eligible);

// ((FPR - FPR_ref) + (TPR - TPR_ref)) / 2
std::optional<double> average_odds_difference(const Group& group, const Group& reference);

// Generalised entropy of the benefits b = prediction - label + 1, so 0 for a false negative, 1 for a right prediction,
// 2 for a false positive, with mean m, over everybody (Speicher and others 2018):
//   GE(2) = (1/2T) * sum((b/m)^2 - 1)        Theil = (1/T) * sum((b/m) ln(b/m))
// Between groups every b is the mean of its group. Empty if m is 0, or a group has no cells.
struct Entropy {
  double generalized_2 = 0;
  double theil = 0;
  double between_groups_generalized_2 = 0;
  double between_groups_theil = 0;
};
std::optional<Entropy> benefit_entropy(const Groups& groups);

}  // namespace scruple::fairness
