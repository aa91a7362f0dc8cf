// Whole numbers of 128 bits: a product of two counts and a threshold fits, so that a line is decided without rounding.
#pragma once

#include <cstdint>

namespace scruple::fairness {

__extension__ using Integer = __int128;

// The most people that a group may have: most_people² times a threshold's denominator is still an Integer.
inline constexpr std::int64_t most_people = 1'000'000'000'000;

inline Integer product(std::int64_t a, std::int64_t b) { return static_cast<Integer>(a) * b; }
inline long double real(Integer number) { return static_cast<long double>(number); }

}  // namespace scruple::fairness
