// Does a gap between two groups survive within each channel, country or month? (Mantel and Haenszel 1959)
#pragma once

#include "fairness/groups.h"

#include <optional>
#include <string>
#include <vector>

namespace scruple::fairness {

// The two groups a and b as they stand in one stratum; one of them may have nobody there.
struct Stratum {
  std::string name;
  Group a;
  Group b;
};

// With T = N_a + N_b and S = n_a + n_b of each stratum:
struct Stratified {
  std::optional<double> aggregate_difference;             // p_a - p_b over all strata
  std::optional<double> aggregate_ratio;                  // p_a / p_b
  std::vector<std::optional<double>> stratum_difference;  // empty where a group has nobody
  std::optional<double> odds_ratio;                       // sum(n_a(N_b-n_b)/T) / sum(n_b(N_a-n_a)/T)
  std::optional<double> risk_difference;                  // sum(w(p_a-p_b)) / sum(w), w = N_a N_b / T

  // Cochran, Mantel, Haenszel with one degree of freedom, with E = N_a S / T and V = N_a N_b S (T-S) / (T^2 (T-1)):
  // (sum n_a - sum E)^2 / sum V; corrected: half a person off the difference, as R does. Empty if sum V is 0.
  struct Test {
    double chi_square = 0;
    double p = 1;
  };
  std::optional<Test> test;
  std::optional<Test> corrected_test;

  // The aggregate and the risk difference have opposite signs: Simpson's paradox.
  std::optional<bool> reversal;
};
Stratified stratify(const std::vector<Stratum>& strata);

}  // namespace scruple::fairness
