// == != < <= > >= in and the negation.
#include "cel/compare.h"
#include "cel/own_containers.h"
#include "cel/stdlib/library.h"

#include <compare>

namespace scruple::cel {
namespace {

Value is_equal(Evaluation& evaluation, Arguments a) { return equality(a[0], a[1], evaluation); }

Value is_unequal(Evaluation& evaluation, Arguments a) {
  const Value equal = equality(a[0], a[1], evaluation);
  return equal.is_error() ? equal : Value::boolean(!equal.as_boolean());
}

struct Less {
  static constexpr std::string_view name = "_<_";
  bool operator()(std::int64_t a, std::int64_t b) const { return a < b; }
};
struct LessOrEqual {
  static constexpr std::string_view name = "_<=_";
  bool operator()(std::int64_t a, std::int64_t b) const { return a <= b; }
};
struct Greater {
  static constexpr std::string_view name = "_>_";
  bool operator()(std::int64_t a, std::int64_t b) const { return a > b; }
};
struct GreaterOrEqual {
  static constexpr std::string_view name = "_>=_";
  bool operator()(std::int64_t a, std::int64_t b) const { return a >= b; }
};

template <typename Comparison>
Value compare_integers(Evaluation&, Arguments a) {
  return Value::boolean(Comparison()(a[0].as_integer(), a[1].as_integer()));
}

template <typename Comparison>
Value judge(Evaluation& evaluation, std::partial_ordering order) {
  if (order == std::partial_ordering::unordered) {
    return failure(evaluation, "NaN is neither less nor greater than a number");
  }
  return Value::boolean(Comparison()((order > 0) - (order < 0), 0));
}

template <typename Comparison>
Value compare_reals(Evaluation& evaluation, Arguments a) {
  return judge<Comparison>(evaluation, a[0].as_real() <=> a[1].as_real());
}

// The rows admit only values that have an order; a NaN has none.
template <typename Comparison>
Value compare_values(Evaluation& evaluation, Arguments a) {
  if (a[0].is(Kind::string) || a[0].is(Kind::bytes)) evaluation.charge_bytes(a[0].as_text().size());
  return judge<Comparison>(evaluation, compare(a[0], a[1]).value_or(std::partial_ordering::unordered));
}

Value is_in_list(Evaluation& evaluation, Arguments a) {
  if (const OwnList* own = as_own_list(a[1])) {
    if (a[0].is(Kind::string)) evaluation.charge_bytes(a[0].as_text().size());
    const std::int64_t position = own->find_indexed(a[0]);
    if (position != OwnList::unknown) return Value::boolean(position >= 0);
  }
  const Elements elements(a[1], evaluation);
  Value failed;
  for (std::size_t i = 0; i < elements.size() && evaluation.charge(1); ++i) {
    const Value element = elements[i];
    const Value equal = element.is_error() ? element : equality(a[0], element, evaluation);
    if (equal.is_true()) return equal;
    if (equal.is_error() && failed.is_unset()) failed = equal;
  }
  return failed.is_unset() ? Value::boolean(false) : failed;
}

Value is_in_map(Evaluation& evaluation, Arguments a) {
  const Value found = entry_of(a[1], a[0], evaluation);
  if (found.is_error() && found.as_error().kind != ErrorKind::absence) return found;
  return Value::boolean(!found.is_unset() && !found.is_error());
}

Value negate(Evaluation&, Arguments a) { return Value::boolean(!a[0].as_boolean()); }

template <typename Comparison>
void register_order(FunctionRegistry& registry) {
  using namespace types;
  const auto pair = [&](const Type& left, const Type& right, Function call) {
    add_global(registry, Comparison::name, {left, right}, boolean(), call);
  };
  pair(integer(), integer(), compare_integers<Comparison>);
  pair(real(), real(), compare_reals<Comparison>);
  for (const Type& type : {timestamp(), duration(), string(), unsigned_integer(), bytes(), boolean()}) {
    pair(type, type, compare_values<Comparison>);
  }
  for (const Type& left : {integer(), unsigned_integer(), real()}) {
    for (const Type& right : {integer(), unsigned_integer(), real()}) {
      if (left != right) pair(left, right, compare_values<Comparison>);
    }
  }
}

}  // namespace

void register_comparisons(FunctionRegistry& registry) {
  using namespace types;
  const Type any = parameter("T");
  add_global(registry, "_==_", {any, any}, boolean(), is_equal);
  add_global(registry, "_!=_", {any, any}, boolean(), is_unequal);
  register_order<Less>(registry);
  register_order<LessOrEqual>(registry);
  register_order<Greater>(registry);
  register_order<GreaterOrEqual>(registry);
  add_global(registry, "@in", {any, list(any)}, boolean(), is_in_list);
  add_global(registry, "@in", {any, map(any, dyn())}, boolean(), is_in_map);
  add_global(registry, "!_", {boolean()}, boolean(), negate);
}

}  // namespace scruple::cel
