#include "cel/decimal_sum.h"

#include "cel/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

namespace scruple::cel {

namespace {

struct Decimal {
  std::uint64_t digits = 0;
  int scale = 0;  // digits behind the point
  bool negative = false;
  bool exact = true;  // false: more digits than fit
};

std::optional<Decimal> parse_decimal(std::string_view text) {
  Decimal decimal;
  std::size_t i = 0;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) decimal.negative = text[i++] == '-';
  bool any = false;
  bool point = false;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    any = true;
    if (decimal.digits > 99'999'999'999'999'999u) {
      decimal.exact = false;
      continue;
    }
    decimal.digits = decimal.digits * 10 + static_cast<std::uint64_t>(c - '0');
    decimal.scale += point ? 1 : 0;
  }
  if (!any) return std::nullopt;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && text[i] == '+') ++i;
    int exponent = 0;
    const auto read = std::from_chars(text.data() + i, text.data() + text.size(), exponent);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    // What is that small or large has no place among exact sums.
    if (exponent < -1000 || exponent > 1000) decimal.exact = false;
    decimal.scale -= decimal.exact ? exponent : 0;
    i = text.size();
  }
  if (i != text.size()) return std::nullopt;
  return decimal;
}

constexpr std::array<std::int64_t, 19> powers_of_ten = [] {
  std::array<std::int64_t, 19> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

}  // namespace

bool DecimalSum::add(std::string_view text) {
  const auto decimal = parse_decimal(text);
  if (!decimal) return false;
  const int up = most_digits - decimal->scale;
  Wide units = static_cast<Wide>(decimal->digits);
  bool fits = decimal->exact && up >= 0 && up <= 2 * most_digits;
  for (int left = up; fits && left > 0; left -= most_digits) {
    const auto power = powers_of_ten[static_cast<std::size_t>(std::min(left, most_digits))];
    fits = !__builtin_mul_overflow(units, static_cast<Wide>(power), &units);
  }
  if (fits && add_units(decimal->negative ? -units : units)) return true;
  const auto number = parse_real(text.starts_with('+') ? text.substr(1) : text);
  if (number) add_loosely(*number);
  return number.has_value();
}

bool DecimalSum::add_units(Wide units) {
  Wide sum = 0;
  if (__builtin_add_overflow(exact_, units, &sum)) return false;
  exact_ = sum;
  return true;
}

void DecimalSum::add(std::int64_t number) {
  if (!add_units(static_cast<Wide>(number) * powers_of_ten[most_digits])) add_loosely(static_cast<double>(number));
}

void DecimalSum::add(double number) {
  std::array<char, 32> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), number);
  if (!std::isfinite(number) ||
      !add(std::string_view(text.data(), static_cast<std::size_t>(written.ptr - text.data()))))
    add_loosely(number);
}

void DecimalSum::add_loosely(double number) {
  const double sum = loose_ + number;
  if (!std::isfinite(sum)) {
    loose_ = sum;
    lost_ = 0;
    return;
  }
  lost_ += std::abs(loose_) >= std::abs(number) ? (loose_ - sum) + number : (number - sum) + loose_;
  loose_ = sum;
}

double DecimalSum::value() const {
  // As text, so that it is rounded once.
  const bool negative = exact_ < 0;
  Wide left = negative ? -exact_ : exact_;
  std::string digits;
  for (int i = 0; i < most_digits || left != 0 || i == most_digits; ++i) {
    if (i == most_digits) digits += '.';
    digits += static_cast<char>('0' + static_cast<int>(left % 10));
    left /= 10;
  }
  if (negative) digits += '-';
  std::ranges::reverse(digits);
  return parse_real(digits).value_or(0) + (loose_ + lost_);
}

}  // namespace scruple::cel
