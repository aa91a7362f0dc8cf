// How much one column tells of another: Cramér's V, corrected for chance (Bergsma 2013).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scruple::fairness {

// Pearson's chi-square of the columns' cross table, over n people with r and c different values:
//   phi = max(0, chi2/n - (r-1)(c-1)/(n-1)),  r' = r - (r-1)^2/(n-1),  c' = c - (c-1)^2/(n-1)
//   V = sqrt(phi / min(r'-1, c'-1))
// between 0 and 1. Empty if the columns have fewer than two rows, or one of them has a single value. The columns are of
// the same length.
std::optional<double> cramers_v(const std::vector<std::string>& one, const std::vector<std::string>& other);

// A column of numbers cut at its quartiles: "1" to "4". Equal numbers stay together.
std::vector<std::string> quartiles(const std::vector<double>& numbers);

}  // namespace scruple::fairness
