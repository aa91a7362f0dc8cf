// The math extension.
#include "base/strings.h"
#include "cel/compare.h"
#include "cel/display.h"
#include "cel/stdlib/library.h"

#include <cmath>
#include <limits>

namespace scruple::cel {
namespace {

// The greatest or the least of numbers of mixed kinds; the first of equals.
template <bool greatest>
class Extreme {
 public:
  explicit Extreme(Evaluation& evaluation) : evaluation_(evaluation) {}

  void add(const Value& value) {
    if (!result_.is_unset() && result_.is_error()) return;
    if (value.is_error()) {
      result_ = value;
    } else if (!value.is_number()) {
      result_ = failure(evaluation_, concat("`", greatest ? "math.greatest" : "math.least", "` compares numbers, not ",
                                            kind_name(value)));
    } else if (result_.is_unset() ||
               (greatest ? compare_numbers(value, result_) > 0 : compare_numbers(value, result_) < 0)) {
      result_ = value;
    }
  }

  Value result() const {
    if (!result_.is_unset()) return result_;
    return failure(evaluation_, concat("an empty list has no ", greatest ? "greatest" : "least", " number"));
  }

 private:
  Evaluation& evaluation_;
  Value result_;
};

template <bool greatest>
Value extreme_of_list(Evaluation& evaluation, Arguments a) {
  Extreme<greatest> extreme(evaluation);
  const Elements elements(a[0], evaluation);
  for (std::size_t i = 0; i < elements.size() && evaluation.charge(1); ++i) extreme.add(elements[i]);
  return extreme.result();
}

template <bool greatest>
Value extreme_of_arguments(Evaluation& evaluation, Arguments a) {
  Extreme<greatest> extreme(evaluation);
  for (const Value& value : a) extreme.add(value);
  return extreme.result();
}

template <bool greatest>
void register_extreme(FunctionRegistry& registry, std::string_view name) {
  using namespace types;
  const auto variadic = [&](const Type& type) {
    FunctionRow row;
    row.name = name;
    row.parameters = {type};
    row.result = type;
    row.call = extreme_of_arguments<greatest>;
    row.variadic = true;
    registry.add(std::move(row));
  };
  variadic(integer());
  variadic(real());
  variadic(unsigned_integer());
  add_global(registry, name, {list(parameter("T"))}, parameter("T"), extreme_of_list<greatest>);
  variadic(dyn());
}

Value ceil(Evaluation&, Arguments a) { return Value::real(std::ceil(a[0].as_real())); }
Value floor(Evaluation&, Arguments a) { return Value::real(std::floor(a[0].as_real())); }
Value round(Evaluation&, Arguments a) { return Value::real(std::round(a[0].as_real())); }
Value trunc(Evaluation&, Arguments a) { return Value::real(std::trunc(a[0].as_real())); }

Value abs_integer(Evaluation& evaluation, Arguments a) {
  if (a[0].as_integer() == std::numeric_limits<std::int64_t>::min()) {
    return failure(evaluation, "the result does not fit into 64 bits");
  }
  return Value::integer(std::abs(a[0].as_integer()));
}
Value abs_unsigned(Evaluation&, Arguments a) { return Value::unsigned_integer(a[0].as_unsigned()); }
Value abs_real(Evaluation&, Arguments a) { return Value::real(std::fabs(a[0].as_real())); }

Value sign_integer(Evaluation&, Arguments a) {
  return Value::integer((a[0].as_integer() > 0 ? 1 : 0) - (a[0].as_integer() < 0 ? 1 : 0));
}
Value sign_unsigned(Evaluation&, Arguments a) { return Value::unsigned_integer(a[0].as_unsigned() > 0 ? 1 : 0); }
Value sign_real(Evaluation&, Arguments a) {
  const double number = a[0].as_real();
  if (std::isnan(number)) return Value::real(number);
  return Value::real((number > 0 ? 1.0 : 0.0) - (number < 0 ? 1.0 : 0.0));
}

Value is_nan(Evaluation&, Arguments a) { return Value::boolean(std::isnan(a[0].as_real())); }
Value is_inf(Evaluation&, Arguments a) { return Value::boolean(std::isinf(a[0].as_real())); }
Value is_finite(Evaluation&, Arguments a) { return Value::boolean(std::isfinite(a[0].as_real())); }

Value sqrt_integer(Evaluation&, Arguments a) { return Value::real(std::sqrt(static_cast<double>(a[0].as_integer()))); }
Value sqrt_unsigned(Evaluation&, Arguments a) {
  return Value::real(std::sqrt(static_cast<double>(a[0].as_unsigned())));
}
Value sqrt_real(Evaluation&, Arguments a) { return Value::real(std::sqrt(a[0].as_real())); }

// Signed and unsigned numbers have the same bits: the result takes the kind of the first argument.
Value with_bits(const Value& like, std::uint64_t bits) {
  return like.is(Kind::integer) ? Value::integer(static_cast<std::int64_t>(bits)) : Value::unsigned_integer(bits);
}

Value bit_and(Evaluation&, Arguments a) { return with_bits(a[0], a[0].as_unsigned() & a[1].as_unsigned()); }
Value bit_or(Evaluation&, Arguments a) { return with_bits(a[0], a[0].as_unsigned() | a[1].as_unsigned()); }
Value bit_xor(Evaluation&, Arguments a) { return with_bits(a[0], a[0].as_unsigned() ^ a[1].as_unsigned()); }
Value bit_not(Evaluation&, Arguments a) { return with_bits(a[0], ~a[0].as_unsigned()); }

template <bool left>
Value bit_shift(Evaluation& evaluation, Arguments a) {
  const std::int64_t count = a[1].as_integer();
  if (count < 0) return failure(evaluation, "bits cannot be shifted by a negative number");
  if (count >= 64) return with_bits(a[0], 0);
  return with_bits(a[0], left ? a[0].as_unsigned() << count : a[0].as_unsigned() >> count);
}

}  // namespace

void register_math(FunctionRegistry& registry) {
  using namespace types;
  register_extreme<true>(registry, "math.greatest");
  register_extreme<false>(registry, "math.least");

  add_global(registry, "math.ceil", {real()}, real(), ceil);
  add_global(registry, "math.floor", {real()}, real(), floor);
  add_global(registry, "math.round", {real()}, real(), round);
  add_global(registry, "math.trunc", {real()}, real(), trunc);

  add_global(registry, "math.abs", {integer()}, integer(), abs_integer);
  add_global(registry, "math.abs", {real()}, real(), abs_real);
  add_global(registry, "math.abs", {unsigned_integer()}, unsigned_integer(), abs_unsigned);
  add_global(registry, "math.sign", {integer()}, integer(), sign_integer);
  add_global(registry, "math.sign", {real()}, real(), sign_real);
  add_global(registry, "math.sign", {unsigned_integer()}, unsigned_integer(), sign_unsigned);

  add_global(registry, "math.isNaN", {real()}, boolean(), is_nan);
  add_global(registry, "math.isInf", {real()}, boolean(), is_inf);
  add_global(registry, "math.isFinite", {real()}, boolean(), is_finite);

  add_global(registry, "math.sqrt", {integer()}, real(), sqrt_integer);
  add_global(registry, "math.sqrt", {real()}, real(), sqrt_real);
  add_global(registry, "math.sqrt", {unsigned_integer()}, real(), sqrt_unsigned);

  for (const Type& type : {integer(), unsigned_integer()}) {
    add_global(registry, "math.bitAnd", {type, type}, type, bit_and);
    add_global(registry, "math.bitOr", {type, type}, type, bit_or);
    add_global(registry, "math.bitXor", {type, type}, type, bit_xor);
    add_global(registry, "math.bitNot", {type}, type, bit_not);
    add_global(registry, "math.bitShiftLeft", {type, integer()}, type, bit_shift<true>);
    add_global(registry, "math.bitShiftRight", {type, integer()}, type, bit_shift<false>);
  }
}

}  // namespace scruple::cel
