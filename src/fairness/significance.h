// Is a gap between two groups more than chance? And between all of them at once?
#pragma once

#include "fairness/groups.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace scruple::fairness {

// The pooled z of two proportions, negative where the group trails, without continuity correction. With S = n + n_ref
// and T = N + N_ref:
//   z = (n*N_ref - n_ref*N) * sqrt(T) / sqrt(S * (T-S) * N * N_ref)
// Its square is Pearson's chi-square of the 2x2 table. Empty if nobody or everybody is selected.
std::optional<double> pooled_z(const Group& group, const Group& reference);

// Fisher's exact test, two-sided: the chance of all tables with the same margins that are at most as likely as this
// one, with a factor of 1 + 1e-7 that forgives rounding. 1 if nobody or everybody is selected. Both groups have people.
double fisher_p(const Group& group, const Group& reference);

// min(S, T-S) * min(N, N_ref) / T
double smallest_expected(const Group& group, const Group& reference);

// Which test speaks for a pair: Fisher's if a cell is expected to hold fewer than five people, else z.
enum class Method : std::uint8_t { z, fisher };
struct Significance {
  Method method = Method::z;
  double p = 1;
};
Significance significance(const Group& group, const Group& reference);
std::string_view name(Method method);  // "z", "fisher"

// Pearson's chi-square of all eligible groups, df = groups - 1, without correction. Empty for fewer than two groups, or
// if nobody or everybody is selected.
struct ChiSquare {
  double statistic = 0;
  std::int64_t degrees_of_freedom = 0;
  double p = 1;
};
std::optional<ChiSquare> chi_square(const Groups& groups, const std::vector<bool>& eligible);

// Holm (1979): p-values made fit for many comparisons, stepping down. The i-th smallest of m becomes (m-i+1) times
// itself, at most 1 and never less than the one before it. Empty ones stay empty and do not count.
using PValues = std::vector<std::optional<double>>;
PValues holm(const PValues& p);

}  // namespace scruple::fairness
