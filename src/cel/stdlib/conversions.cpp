// int, uint, double, bool, string, bytes, type, dyn. Those of time are with the functions of time.
#include "base/strings.h"
#include "cel/display.h"
#include "cel/number_text.h"
#include "cel/stdlib/library.h"
#include "cel/time_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace scruple::cel {
namespace {

Value same(Evaluation&, Arguments a) { return a[0]; }

Value not_a(Evaluation& evaluation, const Value& value, std::string_view wanted, std::string_view hint = {}) {
  return evaluation.error(ErrorKind::evaluation, concat(to_display(value, evaluation, 60), " is not ", wanted), hint,
                          value.origin());
}

constexpr std::string_view how_whole_numbers_are_written =
    "a whole number is written 1234, without units and signs between thousands";
constexpr std::string_view how_numbers_are_written =
    "a number is written 1234.5, without units and signs between thousands";

constexpr std::string_view a_whole_number = "a whole number of 64 bits";
constexpr std::string_view an_unsigned_number = "an unsigned number of 64 bits";

Value unsigned_to_integer(Evaluation& evaluation, Arguments a) {
  if (a[0].as_unsigned() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return not_a(evaluation, a[0], a_whole_number);
  }
  return Value::integer(static_cast<std::int64_t>(a[0].as_unsigned()));
}

Value real_to_integer(Evaluation& evaluation, Arguments a) {
  // Both ends are excluded, as the language has it. NaN fails both comparisons.
  if (!(a[0].as_real() > -0x1p63 && a[0].as_real() < 0x1p63)) return not_a(evaluation, a[0], a_whole_number);
  return Value::integer(static_cast<std::int64_t>(a[0].as_real()));
}

template <typename Number>
bool parse_number(std::string_view text, Number& number) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

Value string_to_integer(Evaluation& evaluation, Arguments a) {
  std::string_view text = a[0].as_text();
  // std::from_chars takes a minus, but no plus.
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  std::int64_t number = 0;
  return parse_number(text, number) ? Value::integer(number)
                                    : not_a(evaluation, a[0], a_whole_number, how_whole_numbers_are_written);
}

Value timestamp_to_integer(Evaluation&, Arguments a) { return Value::integer(a[0].as_timestamp().seconds); }

Value integer_to_unsigned(Evaluation& evaluation, Arguments a) {
  if (a[0].as_integer() < 0) return not_a(evaluation, a[0], an_unsigned_number);
  return Value::unsigned_integer(static_cast<std::uint64_t>(a[0].as_integer()));
}

Value real_to_unsigned(Evaluation& evaluation, Arguments a) {
  if (!(a[0].as_real() >= 0 && a[0].as_real() < 0x1p64)) return not_a(evaluation, a[0], an_unsigned_number);
  return Value::unsigned_integer(static_cast<std::uint64_t>(a[0].as_real()));
}

Value string_to_unsigned(Evaluation& evaluation, Arguments a) {
  std::uint64_t number = 0;
  return parse_number(a[0].as_text(), number) ? Value::unsigned_integer(number)
                                              : not_a(evaluation, a[0], an_unsigned_number);
}

Value integer_to_real(Evaluation&, Arguments a) { return Value::real(static_cast<double>(a[0].as_integer())); }
Value unsigned_to_real(Evaluation&, Arguments a) { return Value::real(static_cast<double>(a[0].as_unsigned())); }

Value string_to_real(Evaluation& evaluation, Arguments a) {
  const std::string_view text = a[0].as_text();
  if (const auto number = parse_real(text)) return Value::real(*number);
  if (text.size() <= 9) {
    std::string name = to_lower_ascii(text);
    const bool negative = name.starts_with('-');
    if (negative || name.starts_with('+')) name.erase(0, 1);
    const double infinity = std::numeric_limits<double>::infinity();
    if (name == "inf" || name == "infinity") return Value::real(negative ? -infinity : infinity);
    if (name == "nan") return Value::real(std::numeric_limits<double>::quiet_NaN());
  }
  return not_a(evaluation, a[0], "a number", how_numbers_are_written);
}

Value string_to_boolean(Evaluation& evaluation, Arguments a) {
  static constexpr std::array<std::string_view, 6> yes = {"true", "True", "TRUE", "t", "T", "1"};
  static constexpr std::array<std::string_view, 6> no = {"false", "False", "FALSE", "f", "F", "0"};
  const std::string_view text = a[0].as_text();
  if (std::find(yes.begin(), yes.end(), text) != yes.end()) return Value::boolean(true);
  if (std::find(no.begin(), no.end(), text) != no.end()) return Value::boolean(false);
  return not_a(evaluation, a[0], "true or false", "write true or false");
}

Value boolean_to_string(Evaluation&, Arguments a) { return Value::string(a[0].as_boolean() ? "true" : "false"); }
Value integer_to_string(Evaluation& evaluation, Arguments a) {
  return evaluation.string(std::to_string(a[0].as_integer()));
}
Value unsigned_to_string(Evaluation& evaluation, Arguments a) {
  return evaluation.string(std::to_string(a[0].as_unsigned()));
}
Value real_to_string(Evaluation& evaluation, Arguments a) { return evaluation.string(format_real(a[0].as_real())); }

Value bytes_to_string(Evaluation& evaluation, Arguments a) {
  evaluation.charge_bytes(a[0].as_text().size());
  if (find_invalid_utf8(a[0].as_text()) != std::string_view::npos) {
    return failure(evaluation, "these bytes are no valid UTF-8");
  }
  return Value::string(a[0].as_text());
}

Value timestamp_to_string(Evaluation& evaluation, Arguments a) {
  return evaluation.string(format_timestamp(a[0].as_timestamp()));
}
Value duration_to_string(Evaluation& evaluation, Arguments a) {
  return evaluation.string(format_duration(a[0].as_duration()));
}

Value string_to_bytes(Evaluation&, Arguments a) { return Value::bytes(a[0].as_text()); }

Value type_of_value(Evaluation&, Arguments a) { return type_of(a[0]); }

}  // namespace

void register_conversions(FunctionRegistry& registry) {
  using namespace types;
  const auto conversion = [&](std::string_view name, const Type& from, const Type& to, Function call) {
    add_global(registry, name, {from}, to, call);
  };
  conversion("int", integer(), integer(), same);
  conversion("int", unsigned_integer(), integer(), unsigned_to_integer);
  conversion("int", real(), integer(), real_to_integer);
  conversion("int", string(), integer(), string_to_integer);
  conversion("int", timestamp(), integer(), timestamp_to_integer);

  conversion("uint", unsigned_integer(), unsigned_integer(), same);
  conversion("uint", integer(), unsigned_integer(), integer_to_unsigned);
  conversion("uint", real(), unsigned_integer(), real_to_unsigned);
  conversion("uint", string(), unsigned_integer(), string_to_unsigned);

  conversion("double", real(), real(), same);
  conversion("double", integer(), real(), integer_to_real);
  conversion("double", unsigned_integer(), real(), unsigned_to_real);
  conversion("double", string(), real(), string_to_real);

  conversion("bool", boolean(), boolean(), same);
  conversion("bool", string(), boolean(), string_to_boolean);

  conversion("string", string(), string(), same);
  conversion("string", boolean(), string(), boolean_to_string);
  conversion("string", integer(), string(), integer_to_string);
  conversion("string", unsigned_integer(), string(), unsigned_to_string);
  conversion("string", real(), string(), real_to_string);
  conversion("string", bytes(), string(), bytes_to_string);
  conversion("string", timestamp(), string(), timestamp_to_string);
  conversion("string", duration(), string(), duration_to_string);

  conversion("bytes", bytes(), bytes(), same);
  conversion("bytes", string(), bytes(), string_to_bytes);

  conversion("type", parameter("T"), type(), type_of_value);
  conversion("dyn", parameter("T"), dyn(), same);
}

}  // namespace scruple::cel
