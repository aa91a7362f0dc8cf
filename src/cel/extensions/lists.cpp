// The lists extension. `sortBy` is a macro.
#include "base/strings.h"
#include "cel/compare.h"
#include "cel/own_containers.h"
#include "cel/stdlib/library.h"

#include <vector>

namespace scruple::cel {
namespace {

// All elements, or the first that is an error.
struct Copied {
  std::vector<Value> values;
  Value error;
};

Copied copy_elements(const Value& list, Evaluation& evaluation) {
  const Elements elements(list, evaluation);
  Copied copied;
  for (std::size_t i = 0; i < elements.size() && evaluation.charge(1); ++i) {
    copied.values.push_back(elements[i]);
    if (copied.values.back().is_error()) {
      copied.error = copied.values.back();
      break;
    }
  }
  return copied;
}

Value slice(Evaluation& evaluation, Arguments a) {
  const Elements elements(a[0], evaluation);
  const std::int64_t begin = a[1].as_integer();
  const std::int64_t end = a[2].as_integer();
  if (begin < 0 || end < begin || static_cast<std::uint64_t>(end) > elements.size()) {
    return failure(evaluation, concat("a list of ", elements.size(), " has no slice from ", begin, " to ", end));
  }
  std::vector<Value> values;
  for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end) && evaluation.charge(1); ++i) {
    values.push_back(elements[i]);
    if (values.back().is_error()) return values.back();
  }
  return evaluation.list(values);
}

// Lists inside of lists, `depth` levels of them. What is nested cannot be deeper than the evaluation that made it.
Value append_flat(std::vector<Value>& out, const Value& list, std::int64_t depth, Evaluation& evaluation) {
  const Elements elements(list, evaluation);
  for (std::size_t i = 0; i < elements.size() && evaluation.charge(1); ++i) {
    const Value element = elements[i];
    if (element.is_error()) return element;
    if (depth > 0 && element.is(Kind::list)) {
      const Value problem = append_flat(out, element, depth - 1, evaluation);
      if (problem.is_error()) return problem;
    } else {
      out.push_back(element);
    }
  }
  return {};
}

Value flatten(Evaluation& evaluation, Arguments a) {
  const std::int64_t depth = a.size() == 2 ? a[1].as_integer() : 1;
  if (depth < 0) return failure(evaluation, "a list cannot be flattened by a negative depth");
  std::vector<Value> out;
  const Value problem = append_flat(out, a[0], depth, evaluation);
  return problem.is_error() ? problem : evaluation.list(out);
}

Value distinct(Evaluation& evaluation, Arguments a) {
  const Copied elements = copy_elements(a[0], evaluation);
  if (elements.error.is_error()) return elements.error;
  std::vector<Value> out;
  for (const Value& element : elements.values) {
    bool known = false;
    for (const Value& other : out) {
      if (!evaluation.charge(1)) return over_budget(evaluation);
      known = equality(element, other, evaluation).is_true();
      if (known) break;
    }
    if (!known) out.push_back(element);
  }
  return evaluation.list(out);
}

Value reverse(Evaluation& evaluation, Arguments a) {
  const Copied elements = copy_elements(a[0], evaluation);
  if (elements.error.is_error()) return elements.error;
  return evaluation.list(std::vector<Value>(elements.values.rbegin(), elements.values.rend()));
}

Value sort(Evaluation& evaluation, Arguments a) {
  const Copied elements = copy_elements(a[0], evaluation);
  if (elements.error.is_error()) return elements.error;
  const auto positions = sorted_positions(elements.values, evaluation);
  if (!positions) return failure(evaluation, "`sort` needs elements of one kind that has an order");
  std::vector<Value> sorted;
  for (const std::uint32_t position : *positions) sorted.push_back(elements.values[position]);
  return evaluation.list(sorted);
}

Value range(Evaluation& evaluation, Arguments a) {
  const std::int64_t size = std::max<std::int64_t>(a[0].as_integer(), 0);
  if (const Value none = evaluation.no_room_for_list(static_cast<std::uint64_t>(size)); none.is_error()) return none;
  std::vector<Value> values;
  values.reserve(static_cast<std::size_t>(size));
  for (std::int64_t i = 0; i < size; ++i) values.push_back(Value::integer(i));
  return evaluation.list(values);
}

}  // namespace

void register_list_extension(FunctionRegistry& registry) {
  using namespace types;
  const Type element = parameter("T");
  add_receiver(registry, "slice", {list(element), integer(), integer()}, list(element), slice);
  add_receiver(registry, "flatten", {list(dyn())}, list(dyn()), flatten);
  add_receiver(registry, "flatten", {list(dyn()), integer()}, list(dyn()), flatten);
  add_receiver(registry, "distinct", {list(element)}, list(element), distinct);
  add_receiver(registry, "reverse", {list(element)}, list(element), reverse);
  add_receiver(registry, "sort", {list(element)}, list(element), sort);
  add_global(registry, "lists.range", {integer()}, list(integer()), range);
}

}  // namespace scruple::cel
