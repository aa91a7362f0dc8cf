#include "cel/number_text.h"

#include "base/ascii.h"

#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace scruple::cel {
namespace {

// std::from_chars says "out of range" to what is too large and to what is too small. Whether the text, which is
// known to be a number, is under 1: by the position of its first digit that counts.
bool is_below_one(std::string_view text) {
  std::int64_t exponent = 0;
  const std::size_t e = text.find_first_of("eE");
  if (e != std::string_view::npos) {
    std::string_view digits = text.substr(e + 1);
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) digits.remove_prefix(1);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), exponent).ec != std::errc()) return negative;
    if (negative) exponent = -exponent;
  }
  const std::string_view mantissa = text.substr(0, e);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return true;
  const auto places = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  // Saturating: an exponent near the ends of int64 decides alone.
  if (exponent > 1'000'000'000 || exponent < -1'000'000'000) return exponent < 0;
  return places + exponent <= 0;
}

bool has_shape_of_number(std::string_view text) {
  std::size_t i = 0;
  std::size_t digits = 0;
  for (; i < text.size() && is_digit(text[i]); ++i) ++digits;
  if (i < text.size() && text[i] == '.') {
    for (++i; i < text.size() && is_digit(text[i]); ++i) ++digits;
  }
  if (digits == 0) return false;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (i == text.size()) return false;
    for (; i < text.size() && is_digit(text[i]);) ++i;
  }
  return i == text.size();
}

// A number of few digits without an exponent. Its digits and the power of ten are exact doubles, so that one division
// rounds correctly. Columns of tables are full of them.
std::optional<double> parse_short(std::string_view text) {
  static constexpr std::array<double, 16> powers = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  if (text.size() > powers.size()) return std::nullopt;  // fifteen digits and a point, under 2^53
  std::int64_t digits = 0;
  std::size_t count = 0;
  std::size_t after_point = 0;
  bool point = false;
  for (const char c : text) {
    if (is_digit(c)) {
      digits = digits * 10 + (c - '0');
      ++count;
      if (point) ++after_point;
    } else if (c == '.' && !point) {
      point = true;
    } else {
      return std::nullopt;
    }
  }
  if (count == 0 || count == powers.size()) return std::nullopt;
  return static_cast<double>(digits) / powers[after_point];
}

// "+23", "-05"
int exponent_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int exponent = 0;
  std::from_chars(text.data(), text.data() + text.size(), exponent);
  return exponent;
}

// Of a number without its sign.
[[gnu::noinline]] std::optional<double> parse_any(std::string_view text) {
  if (!has_shape_of_number(text)) return std::nullopt;
  double number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec == std::errc::result_out_of_range) return is_below_one(text) ? std::optional(0.0) : std::nullopt;
  return number;
}

}  // namespace

std::optional<double> parse_real(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  auto number = parse_short(text);
  if (!number) number = parse_any(text);
  if (number && negative) number = -*number;
  return number;
}

std::string_view name_of_special(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  return {};
}

std::string format_real(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "+Inf" : "-Inf";
  char text[32];
  const auto scientific = std::to_chars(text, text + sizeof text, number, std::chars_format::scientific);
  const std::string_view digits(text, static_cast<std::size_t>(scientific.ptr - text));
  const int exponent = exponent_of(digits.substr(digits.find('e') + 1));
  if (exponent < -4 || exponent >= 6) return std::string(digits);
  return format_real_plainly(number);
}

std::string format_real_plainly(double number) {
  if (const std::string_view name = name_of_special(number); !name.empty()) return std::string(name);
  char text[32];
  const auto result = std::to_chars(text, text + sizeof text, number, std::chars_format::scientific);
  // -d.ddde±dd: the fewest digits that read back, whatever the size of the number. std::chars_format::fixed gives all
  // digits of a large one.
  std::string_view digits(text, static_cast<std::size_t>(result.ptr - text));
  std::string out;
  if (digits.starts_with('-')) {
    out = "-";
    digits.remove_prefix(1);
  }
  const std::size_t e = digits.find('e');
  const int exponent = exponent_of(digits.substr(e + 1));
  std::string all(digits.substr(0, 1));
  if (e > 2) all += digits.substr(2, e - 2);
  if (exponent < 0) return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + all;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (all.size() <= whole) return out + all + std::string(whole - all.size(), '0');
  return out + all.substr(0, whole) + "." + all.substr(whole);
}

}  // namespace scruple::cel
