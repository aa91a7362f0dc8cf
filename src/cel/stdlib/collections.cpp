// size of text, bytes, lists and maps.
#include "base/strings.h"
#include "cel/stdlib/library.h"

namespace scruple::cel {
namespace {

Value integer_of(std::size_t size) { return Value::integer(static_cast<std::int64_t>(size)); }

Value size_of_string(Evaluation& evaluation, Arguments a) {
  evaluation.charge_bytes(a[0].as_text().size());
  return integer_of(count_code_points(a[0].as_text()));
}

Value size_of_bytes(Evaluation&, Arguments a) { return integer_of(a[0].as_text().size()); }

Value size_of_container(Evaluation& evaluation, Arguments a) {
  return integer_of(a[0].as_container().size(a[0].handle(), evaluation));
}

}  // namespace

void register_collections(FunctionRegistry& registry) {
  using namespace types;
  for (const auto add : {add_global, add_receiver}) {
    add(registry, "size", {string()}, integer(), size_of_string);
    add(registry, "size", {bytes()}, integer(), size_of_bytes);
    add(registry, "size", {list(parameter("T"))}, integer(), size_of_container);
    add(registry, "size", {map(parameter("K"), parameter("V"))}, integer(), size_of_container);
  }
}

}  // namespace scruple::cel
