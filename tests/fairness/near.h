// Comparing computed numbers with what they should be.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

namespace scruple::fairness {

inline bool near(double found, double expected, double relative = 1e-9) {
  return std::fabs(found - expected) <= std::max(1e-12, relative * std::fabs(expected));
}

inline bool near(const std::optional<double>& found, double expected, double relative = 1e-9) {
  return found && near(*found, expected, relative);
}

}  // namespace scruple::fairness
