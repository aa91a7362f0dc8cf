// contains, startsWith, endsWith, matches.
#include "cel/stdlib/library.h"
#include "cel/stdlib/pattern.h"
#include "cel/stdlib/text_search.h"

namespace scruple::cel {
namespace {

Value contains(Evaluation& evaluation, Arguments a) {
  evaluation.charge_bytes(a[0].as_text().size());
  return Value::boolean(find_text(a[0].as_text(), a[1].as_text()) != std::string_view::npos);
}

Value starts_with(Evaluation& evaluation, Arguments a) {
  evaluation.charge_bytes(a[1].as_text().size());
  return Value::boolean(a[0].as_text().starts_with(a[1].as_text()));
}

Value ends_with(Evaluation& evaluation, Arguments a) {
  evaluation.charge_bytes(a[1].as_text().size());
  return Value::boolean(a[0].as_text().ends_with(a[1].as_text()));
}

Value matches(Evaluation& evaluation, Arguments a) {
  const Pattern pattern(a[1].as_text(), evaluation);
  if (pattern.error().is_error()) return pattern.error();
  if (!evaluation.charge(pattern->search_steps(a[0].as_text().size()))) return over_budget(evaluation);
  return Value::boolean(pattern->matches(a[0].as_text()));
}

}  // namespace

void register_strings(FunctionRegistry& registry) {
  using namespace types;
  add_receiver(registry, "contains", {string(), string()}, boolean(), contains);
  add_receiver(registry, "startsWith", {string(), string()}, boolean(), starts_with);
  add_receiver(registry, "endsWith", {string(), string()}, boolean(), ends_with);
  for (const Style style : {Style::receiver, Style::global}) {
    FunctionRow row;
    row.name = "matches";
    row.style = style;
    row.parameters = {string(), string()};
    row.result = boolean();
    row.call = matches;
    row.pattern = 1;
    registry.add(std::move(row));
  }
}

}  // namespace scruple::cel
