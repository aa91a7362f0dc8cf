// A threshold as it is written, "0.8", as a fraction of whole numbers: what is compared with it is then compared
// exactly.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace scruple::fairness {

struct Fraction {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  double value() const { return static_cast<double>(numerator) / static_cast<double>(denominator); }
};

// "0.8", "1", "4/5": not negative, at most 12 digits on either side of the point or the stroke. Empty for anything
// else.
std::optional<Fraction> parse_fraction(std::string_view text);

// The decimal that a double stands for, with as many digits as tell it from its neighbours: 0.8 is 4/5. Empty if it is
// negative, no number, or needs more than 12 digits.
std::optional<Fraction> to_fraction(double number);

}  // namespace scruple::fairness
