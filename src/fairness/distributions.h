// Tails of the normal and the chi-square distribution, accurate far out, where a difference to 1 would be rounding
// only.
#pragma once

#include <cstdint>

namespace scruple::fairness {

// The chance of a value at least as far from 0, in either direction: erfc(|z| / sqrt 2).
double normal_p(long double z);

// The z of a two-sided interval: 1.959963984540054 for 0.95. `confidence` lies between 0 and 1, both excluded.
double normal_quantile(double confidence);

// The chance of a value of at least x, for whole degrees of freedom, at least 1. With h = x/2,
//   even: exp(-h) * sum over i < df/2 of h^i / i!
//   odd:  erfc(sqrt h) + exp(-h) * sum over 1 <= i <= (df-1)/2 of h^(i-1/2) / Gamma(i+1/2)
double chi_square_p(long double x, std::int64_t degrees_of_freedom);

}  // namespace scruple::fairness
