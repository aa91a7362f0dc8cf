#include "fairness/fraction.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

namespace scruple::fairness {

namespace {

constexpr std::size_t most_digits = 12;

std::optional<std::int64_t> parse_digits(std::string_view text) {
  if (text.empty() || text.size() > most_digits) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

Fraction reduced(std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t divisor = std::gcd(numerator, denominator);
  return {numerator / divisor, denominator / divisor};
}

}  // namespace

std::optional<Fraction> parse_fraction(std::string_view text) {
  if (const std::size_t stroke = text.find('/'); stroke != std::string_view::npos) {
    const auto numerator = parse_digits(text.substr(0, stroke));
    const auto denominator = parse_digits(text.substr(stroke + 1));
    if (!numerator || !denominator || *denominator == 0) return std::nullopt;
    return reduced(*numerator, *denominator);
  }
  const std::size_t point = text.find('.');
  const auto whole = parse_digits(text.substr(0, point));
  if (!whole) return std::nullopt;
  if (point == std::string_view::npos) return Fraction{*whole, 1};
  std::string_view decimals = text.substr(point + 1);
  const auto part = parse_digits(decimals);
  if (!part || (*whole > 0 && point + decimals.size() > most_digits)) return std::nullopt;
  std::int64_t denominator = 1;
  for (std::size_t i = 0; i < decimals.size(); ++i) denominator *= 10;
  return reduced(*whole * denominator + *part, denominator);
}

std::optional<Fraction> to_fraction(double number) {
  if (!std::isfinite(number) || number < 0 || number >= 1e12) return std::nullopt;
  char text[400];
  const auto end = std::to_chars(text, text + sizeof text, number, std::chars_format::fixed).ptr;
  return parse_fraction({text, static_cast<std::size_t>(end - text)});
}

}  // namespace scruple::fairness
