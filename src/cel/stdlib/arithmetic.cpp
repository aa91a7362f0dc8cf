// + - * / % and the unary minus.
#include "base/strings.h"
#include "cel/stdlib/library.h"
#include "cel/time_text.h"

#include <limits>

namespace scruple::cel {
namespace {

constexpr std::int64_t second_nanos = 1'000'000'000;

Value overflow(Evaluation& evaluation) { return failure(evaluation, "the result does not fit into 64 bits"); }
Value division_by_zero(Evaluation& evaluation) { return failure(evaluation, "a division by zero"); }
Value out_of_time(Evaluation& evaluation) { return failure(evaluation, "the date is outside of the years 1 to 9999"); }
Value too_long(Evaluation& evaluation) { return failure(evaluation, "a span of time is at most about 292 years"); }

Value add_integers(Evaluation& evaluation, Arguments a) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a[0].as_integer(), a[1].as_integer(), &sum)) return overflow(evaluation);
  return Value::integer(sum);
}

Value subtract_integers(Evaluation& evaluation, Arguments a) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a[0].as_integer(), a[1].as_integer(), &difference)) return overflow(evaluation);
  return Value::integer(difference);
}

Value multiply_integers(Evaluation& evaluation, Arguments a) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(a[0].as_integer(), a[1].as_integer(), &product)) return overflow(evaluation);
  return Value::integer(product);
}

// The one quotient that does not fit; its remainder traps too.
bool is_overflowing_division(Arguments a) {
  return a[0].as_integer() == std::numeric_limits<std::int64_t>::min() && a[1].as_integer() == -1;
}

Value divide_integers(Evaluation& evaluation, Arguments a) {
  if (a[1].as_integer() == 0) return division_by_zero(evaluation);
  if (is_overflowing_division(a)) return overflow(evaluation);
  return Value::integer(a[0].as_integer() / a[1].as_integer());
}

Value remainder_of_integers(Evaluation& evaluation, Arguments a) {
  if (a[1].as_integer() == 0) return division_by_zero(evaluation);
  if (is_overflowing_division(a)) return overflow(evaluation);
  return Value::integer(a[0].as_integer() % a[1].as_integer());
}

Value negate_integer(Evaluation& evaluation, Arguments a) {
  if (a[0].as_integer() == std::numeric_limits<std::int64_t>::min()) return overflow(evaluation);
  return Value::integer(-a[0].as_integer());
}

Value add_unsigned(Evaluation& evaluation, Arguments a) {
  std::uint64_t sum = 0;
  if (__builtin_add_overflow(a[0].as_unsigned(), a[1].as_unsigned(), &sum)) return overflow(evaluation);
  return Value::unsigned_integer(sum);
}

Value subtract_unsigned(Evaluation& evaluation, Arguments a) {
  if (a[0].as_unsigned() < a[1].as_unsigned()) return failure(evaluation, "an unsigned number cannot be below zero");
  return Value::unsigned_integer(a[0].as_unsigned() - a[1].as_unsigned());
}

Value multiply_unsigned(Evaluation& evaluation, Arguments a) {
  std::uint64_t product = 0;
  if (__builtin_mul_overflow(a[0].as_unsigned(), a[1].as_unsigned(), &product)) return overflow(evaluation);
  return Value::unsigned_integer(product);
}

Value divide_unsigned(Evaluation& evaluation, Arguments a) {
  if (a[1].as_unsigned() == 0) return division_by_zero(evaluation);
  return Value::unsigned_integer(a[0].as_unsigned() / a[1].as_unsigned());
}

Value remainder_of_unsigned(Evaluation& evaluation, Arguments a) {
  if (a[1].as_unsigned() == 0) return division_by_zero(evaluation);
  return Value::unsigned_integer(a[0].as_unsigned() % a[1].as_unsigned());
}

Value add_reals(Evaluation&, Arguments a) { return Value::real(a[0].as_real() + a[1].as_real()); }
Value subtract_reals(Evaluation&, Arguments a) { return Value::real(a[0].as_real() - a[1].as_real()); }
Value multiply_reals(Evaluation&, Arguments a) { return Value::real(a[0].as_real() * a[1].as_real()); }
Value divide_reals(Evaluation&, Arguments a) { return Value::real(a[0].as_real() / a[1].as_real()); }
Value negate_real(Evaluation&, Arguments a) { return Value::real(-a[0].as_real()); }

Value add_texts(Evaluation& evaluation, Arguments a) {
  const std::string_view left = a[0].as_text();
  const std::string_view right = a[1].as_text();
  if (const Value none = evaluation.no_room_for_text(left.size() + right.size()); none.is_error()) return none;
  const std::string_view sum = evaluation.copy(concat(left, right));
  return a[0].is(Kind::string) ? Value::string(sum) : Value::bytes(sum);
}

Value add_lists(Evaluation& evaluation, Arguments a) {
  const Elements left(a[0], evaluation);
  const Elements right(a[1], evaluation);
  if (const Value none = evaluation.no_room_for_list(left.size() + right.size()); none.is_error()) return none;
  const std::span<Value> sum = evaluation.allocate_values(left.size() + right.size());
  for (std::size_t i = 0; i < sum.size(); ++i) {
    sum[i] = i < left.size() ? left[i] : right[i - left.size()];
    if (sum[i].is_error()) return sum[i];
  }
  return evaluation.list(sum);
}

Value add_to_timestamp(Evaluation& evaluation, Timestamp time, std::int64_t nanos) {
  std::int64_t seconds = time.seconds + nanos / second_nanos;
  std::int64_t rest = static_cast<std::int64_t>(time.nanos) + nanos % second_nanos;
  if (rest < 0) {
    rest += second_nanos;
    --seconds;
  } else if (rest >= second_nanos) {
    rest -= second_nanos;
    ++seconds;
  }
  if (!is_in_range(seconds)) return out_of_time(evaluation);
  return Value::timestamp({seconds, static_cast<std::uint32_t>(rest)});
}

Value add_timestamp_duration(Evaluation& evaluation, Arguments a) {
  return add_to_timestamp(evaluation, a[0].as_timestamp(), a[1].as_duration());
}

Value add_duration_timestamp(Evaluation& evaluation, Arguments a) {
  return add_to_timestamp(evaluation, a[1].as_timestamp(), a[0].as_duration());
}

Value add_durations(Evaluation& evaluation, Arguments a) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a[0].as_duration(), a[1].as_duration(), &sum)) return too_long(evaluation);
  return Value::duration(sum);
}

Value subtract_durations(Evaluation& evaluation, Arguments a) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a[0].as_duration(), a[1].as_duration(), &difference)) return too_long(evaluation);
  return Value::duration(difference);
}

Value subtract_timestamps(Evaluation& evaluation, Arguments a) {
  const Timestamp left = a[0].as_timestamp();
  const Timestamp right = a[1].as_timestamp();
  // In 128 bits, since the seconds alone can overflow where the whole does not.
  __extension__ using Wide = __int128;
  const Wide difference = static_cast<Wide>(left.seconds - right.seconds) * second_nanos +
                          (static_cast<std::int64_t>(left.nanos) - static_cast<std::int64_t>(right.nanos));
  if (difference < std::numeric_limits<std::int64_t>::min() || difference > std::numeric_limits<std::int64_t>::max()) {
    return too_long(evaluation);
  }
  return Value::duration(static_cast<std::int64_t>(difference));
}

Value subtract_from_timestamp(Evaluation& evaluation, Arguments a) {
  const std::int64_t nanos = a[1].as_duration();
  // The least duration has no negative: in two steps.
  const Value half = add_to_timestamp(evaluation, a[0].as_timestamp(), -(nanos / 2));
  if (half.is_error()) return half;
  return add_to_timestamp(evaluation, half.as_timestamp(), -(nanos - nanos / 2));
}

}  // namespace

void register_arithmetic(FunctionRegistry& registry) {
  using namespace types;
  const auto operation = [&](std::string_view name, const Type& left, const Type& right, const Type& result,
                             Function call) {
    add_global(registry, name, {left, right}, result, call);
  };
  const Type element = parameter("T");

  operation("_+_", integer(), integer(), integer(), add_integers);
  operation("_+_", real(), real(), real(), add_reals);
  operation("_+_", string(), string(), string(), add_texts);
  operation("_+_", unsigned_integer(), unsigned_integer(), unsigned_integer(), add_unsigned);
  operation("_+_", list(element), list(element), list(element), add_lists);
  operation("_+_", bytes(), bytes(), bytes(), add_texts);
  operation("_+_", timestamp(), duration(), timestamp(), add_timestamp_duration);
  operation("_+_", duration(), timestamp(), timestamp(), add_duration_timestamp);
  operation("_+_", duration(), duration(), duration(), add_durations);

  operation("_-_", integer(), integer(), integer(), subtract_integers);
  operation("_-_", real(), real(), real(), subtract_reals);
  operation("_-_", unsigned_integer(), unsigned_integer(), unsigned_integer(), subtract_unsigned);
  operation("_-_", timestamp(), timestamp(), duration(), subtract_timestamps);
  operation("_-_", timestamp(), duration(), timestamp(), subtract_from_timestamp);
  operation("_-_", duration(), duration(), duration(), subtract_durations);

  operation("_*_", integer(), integer(), integer(), multiply_integers);
  operation("_*_", real(), real(), real(), multiply_reals);
  operation("_*_", unsigned_integer(), unsigned_integer(), unsigned_integer(), multiply_unsigned);

  operation("_/_", integer(), integer(), integer(), divide_integers);
  operation("_/_", real(), real(), real(), divide_reals);
  operation("_/_", unsigned_integer(), unsigned_integer(), unsigned_integer(), divide_unsigned);

  operation("_%_", integer(), integer(), integer(), remainder_of_integers);
  operation("_%_", unsigned_integer(), unsigned_integer(), unsigned_integer(), remainder_of_unsigned);

  add_global(registry, "-_", {integer()}, integer(), negate_integer);
  add_global(registry, "-_", {real()}, real(), negate_real);
}

}  // namespace scruple::cel
