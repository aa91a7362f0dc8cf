#include "document/core_schema.h"

#include "base/ascii.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>
#include <system_error>

namespace scruple {
namespace {

bool one_of(std::string_view text, std::string_view lower, std::string_view title, std::string_view upper) {
  return text == lower || text == title || text == upper;
}

// 1e400 is an error, 1e-400 is zero: decides which of the two a number is that does not fit.
bool is_tiny(std::string_view number) {
  const std::size_t exponent_at = number.find_first_of("eE");
  const std::string_view digits = number.substr(0, exponent_at);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::size_t first = digits.find_first_of("123456789");
  if (first == std::string_view::npos) return true;
  auto magnitude = static_cast<long long>(point) - static_cast<long long>(first);
  if (exponent_at != std::string_view::npos) {
    std::string_view exponent = number.substr(exponent_at + 1);
    const bool negative = exponent.starts_with('-');
    if (exponent.starts_with('+') || negative) exponent.remove_prefix(1);
    long long value = 0;
    for (const char c : exponent) value = std::min(value * 10 + (c - '0'), 1'000'000'000'000LL);
    magnitude += negative ? -value : value;
  }
  return magnitude < 0;
}

// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_real(std::string_view text) {
  std::size_t at = text[0] == '-' || text[0] == '+' ? 1 : 0;
  const auto digits = [&] {
    const std::size_t before = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - before;
  };
  const std::size_t whole = digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0 && whole == 0) return false;
  } else if (whole == 0) {
    return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

Resolution resolve_integer(std::string_view digits, int base, Node& node) {
  node.kind = NodeKind::integer;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), node.integer, base);
  return result.ec == std::errc::result_out_of_range ? Resolution::integer_overflow : Resolution::done;
}

Resolution resolve_number(std::string_view text, Node& node) {
  const bool sign = text[0] == '-' || text[0] == '+';
  const std::string_view digits = text.substr(sign ? 1 : 0);
  if (!digits.empty() && std::all_of(digits.begin(), digits.end(), is_digit)) return resolve_integer(text, 10, node);

  const auto is_octal = [](char c) { return c >= '0' && c <= '7'; };
  const auto is_hex = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  if (text.size() > 2 && text[0] == '0') {
    const std::string_view rest = text.substr(2);
    if (text[1] == 'o' && std::all_of(rest.begin(), rest.end(), is_octal)) return resolve_integer(rest, 8, node);
    if (text[1] == 'x' && std::all_of(rest.begin(), rest.end(), is_hex)) return resolve_integer(rest, 16, node);
  }
  if (one_of(digits, ".inf", ".Inf", ".INF")) {
    node.kind = NodeKind::real;
    node.real = std::numeric_limits<double>::infinity() * (text[0] == '-' ? -1 : 1);
    return Resolution::done;
  }
  if (!sign && (text == ".nan" || text == ".NaN" || text == ".NAN")) {
    node.kind = NodeKind::real;
    node.real = std::numeric_limits<double>::quiet_NaN();
    return Resolution::done;
  }
  if (!is_real(text)) return Resolution::done;
  node.kind = NodeKind::real;
  node.real = 0;
  const std::string_view number = text[0] == '+' ? digits : text;
  const auto result = std::from_chars(number.data(), number.data() + number.size(), node.real);
  if (result.ec != std::errc::result_out_of_range) return Resolution::done;
  node.real = 0;
  return is_tiny(digits) ? Resolution::done : Resolution::real_overflow;
}

}  // namespace

Resolution resolve_plain(std::string_view text, Node& node) {
  node.kind = NodeKind::null;
  node.integer = 0;
  if (text.empty() || text == "~") return Resolution::done;
  node.kind = NodeKind::string;
  switch (text[0]) {
    case 'n':
    case 'N':
      if (one_of(text, "null", "Null", "NULL")) node.kind = NodeKind::null;
      return Resolution::done;
    case 't':
    case 'T':
    case 'f':
    case 'F': {
      const bool yes = one_of(text, "true", "True", "TRUE");
      if (!yes && !one_of(text, "false", "False", "FALSE")) return Resolution::done;
      node.kind = NodeKind::boolean;
      node.boolean = yes;
      return Resolution::done;
    }
    case '+':
    case '-':
    case '.':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': return resolve_number(text, node);
    default: return Resolution::done;
  }
}

}  // namespace scruple
