// Numbers as text and back, the same on every machine and in every locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scruple::cel {

// Decimal digits with an optional sign, fraction and exponent. Empty if the text is anything else or the number is
// too large; a number that is too small is 0.
std::optional<double> parse_real(std::string_view text);

// The fewest digits that read back; an exponent if it is under -4 or at least 6, as C's %g does.
std::string format_real(double number);

// The fewest digits that read back, never an exponent, no point if the number is integral.
std::string format_real_plainly(double number);

// "NaN", "Infinity", "-Infinity"; empty for numbers.
std::string_view name_of_special(double number);

}  // namespace scruple::cel
