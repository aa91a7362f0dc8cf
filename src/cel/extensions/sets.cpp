// Lists as sets: order and duplicates do not matter.
#include "cel/compare.h"
#include "cel/stdlib/library.h"

namespace scruple::cel {
namespace {

// Whether a list holds an equal of a value; the error of an element if that could be the one.
Value holds(const Elements& elements, const Value& value, Evaluation& evaluation) {
  Value failed;
  for (std::size_t i = 0; i < elements.size() && evaluation.charge(1); ++i) {
    const Value equal = equality(value, elements[i], evaluation);
    if (equal.is_true()) return equal;
    if (equal.is_error() && failed.is_unset()) failed = equal;
  }
  return failed.is_unset() ? Value::boolean(false) : failed;
}

// Each of `parts` is in `whole`, or (any) one of them is.
Value compare_sets(const Value& whole, const Value& parts, bool any, Evaluation& evaluation) {
  const Elements elements(whole, evaluation);
  const Elements wanted(parts, evaluation);
  Value failed;
  for (std::size_t i = 0; i < wanted.size() && evaluation.charge(1); ++i) {
    const Value found = holds(elements, wanted[i], evaluation);
    if (found.is_error() && failed.is_unset()) failed = found;
    if (found.is(Kind::boolean) && found.as_boolean() == any) return found;
  }
  return failed.is_unset() ? Value::boolean(!any) : failed;
}

Value contains(Evaluation& evaluation, Arguments a) { return compare_sets(a[0], a[1], false, evaluation); }
Value intersects(Evaluation& evaluation, Arguments a) { return compare_sets(a[0], a[1], true, evaluation); }

Value equivalent(Evaluation& evaluation, Arguments a) {
  const Value forth = compare_sets(a[0], a[1], false, evaluation);
  if (forth.is_false()) return forth;
  const Value back = compare_sets(a[1], a[0], false, evaluation);
  return back.is_false() || forth.is_true() ? back : forth;
}

}  // namespace

void register_sets(FunctionRegistry& registry) {
  using namespace types;
  const Type both = list(parameter("T"));
  add_global(registry, "sets.contains", {both, both}, boolean(), contains);
  add_global(registry, "sets.equivalent", {both, both}, boolean(), equivalent);
  add_global(registry, "sets.intersects", {both, both}, boolean(), intersects);
}

}  // namespace scruple::cel
