#include "fairness/distributions.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace scruple::fairness {

double normal_p(long double z) {
  return static_cast<double>(std::erfc(std::fabs(z) / std::numbers::sqrt2_v<long double>));
}

double normal_quantile(double confidence) {
  const long double outside = 1 - static_cast<long double>(confidence);
  long double low = 0;
  long double high = 40;
  // Halving an interval of 40 a hundred times leaves nothing of it.
  for (int i = 0; i < 100; ++i) {
    const long double middle = (low + high) / 2;
    (std::erfc(middle / std::numbers::sqrt2_v<long double>) > outside ? low : high) = middle;
  }
  return static_cast<double>((low + high) / 2);
}

double chi_square_p(long double x, std::int64_t degrees_of_freedom) {
  if (!(x > 0)) return 1;
  const long double h = x / 2;
  const long double log_h = std::log(h);
  const bool odd = degrees_of_freedom % 2 != 0;
  long double sum = odd ? std::erfc(std::sqrt(h)) : std::exp(-h);
  // The logarithm of each term from the one before: with many degrees of freedom the terms themselves leave the range.
  long double log_term = odd ? -h + log_h / 2 - std::log(std::sqrt(std::numbers::pi_v<long double>) / 2) : -h;
  const std::int64_t count = odd ? (degrees_of_freedom - 1) / 2 : degrees_of_freedom / 2 - 1;
  for (std::int64_t i = 1; i <= count; ++i) {
    if (odd) {
      if (i > 1) log_term += log_h - std::log(static_cast<long double>(i) - 0.5L);
    } else {
      log_term += log_h - std::log(static_cast<long double>(i));
    }
    sum += std::exp(log_term);
  }
  return static_cast<double>(std::min(sum, 1.0L));
}

}  // namespace scruple::fairness
