// Optional values. `or` and `orValue` are evaluated by the evaluator, since their argument is lazy; their rows are
// here for their types.
#include "base/strings.h"
#include "cel/display.h"
#include "cel/stdlib/library.h"

#include <vector>

namespace scruple::cel {
namespace {

Value none() { return Value::optional(nullptr); }

Value optional_of(Evaluation& evaluation, Arguments a) { return evaluation.optional(a[0]); }
Value optional_none(Evaluation&, Arguments) { return none(); }

bool is_zero(const Value& value, Evaluation& evaluation) {
  switch (value.kind()) {
    case Kind::null: return true;
    case Kind::boolean: return !value.as_boolean();
    case Kind::integer: return value.as_integer() == 0;
    case Kind::unsigned_integer: return value.as_unsigned() == 0;
    case Kind::real: return value.as_real() == 0;
    case Kind::duration: return value.as_duration() == 0;
    case Kind::string:
    case Kind::bytes: return value.as_text().empty();
    case Kind::list:
    case Kind::map: return value.as_container().size(value.handle(), evaluation) == 0;
    default: return false;
  }
}

Value optional_of_non_zero(Evaluation& evaluation, Arguments a) {
  return is_zero(a[0], evaluation) ? none() : evaluation.optional(a[0]);
}

Value has_value(Evaluation&, Arguments a) { return Value::boolean(a[0].as_optional() != nullptr); }

Value value_of(Evaluation& evaluation, Arguments a) {
  if (const Value* value = a[0].as_optional()) return *value;
  return failure(evaluation, "an optional value that is none has no value", "`orValue` gives one in its place");
}

Value or_other(Evaluation&, Arguments a) { return a[0].as_optional() != nullptr ? a[0] : a[1]; }
Value or_value(Evaluation&, Arguments a) { return a[0].as_optional() != nullptr ? *a[0].as_optional() : a[1]; }

Value element_or_none(Evaluation& evaluation, const Value& list, bool last) {
  const Elements elements(list, evaluation);
  if (elements.size() == 0) return none();
  const Value element = elements[last ? elements.size() - 1 : 0];
  return element.is_error() ? element : evaluation.optional(element);
}

Value first(Evaluation& evaluation, Arguments a) { return element_or_none(evaluation, a[0], false); }
Value last(Evaluation& evaluation, Arguments a) { return element_or_none(evaluation, a[0], true); }

Value unwrap(Evaluation& evaluation, Arguments a) {
  const Elements elements(a[0], evaluation);
  std::vector<Value> values;
  for (std::size_t i = 0; i < elements.size() && evaluation.charge(1); ++i) {
    const Value element = elements[i];
    if (element.is_error()) return element;
    if (!element.is(Kind::optional)) {
      return failure(evaluation, concat("a list that is unwrapped holds optional values, not ", kind_name(element)));
    }
    if (element.as_optional() != nullptr) values.push_back(*element.as_optional());
  }
  return evaluation.list(values);
}

}  // namespace

void register_optionals(FunctionRegistry& registry) {
  using namespace types;
  const Type value = parameter("T");
  add_global(registry, "optional.of", {value}, optional(value), optional_of);
  add_global(registry, "optional.none", {}, optional(value), optional_none);
  add_global(registry, "optional.ofNonZeroValue", {value}, optional(value), optional_of_non_zero);
  add_global(registry, "optional.unwrap", {list(optional(value))}, list(value), unwrap);
  add_receiver(registry, "unwrapOpt", {list(optional(value))}, list(value), unwrap);
  add_receiver(registry, "hasValue", {optional(value)}, boolean(), has_value);
  add_receiver(registry, "value", {optional(value)}, value, value_of);
  add_receiver(registry, "or", {optional(value), optional(value)}, optional(value), or_other);
  add_receiver(registry, "orValue", {optional(value), value}, value, or_value);
  add_receiver(registry, "first", {list(value)}, optional(value), first);
  add_receiver(registry, "last", {list(value)}, optional(value), last);
}

}  // namespace scruple::cel
