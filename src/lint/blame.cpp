#include "lint/blame.h"

#include "lint/argument.h"
#include "lint/parts.h"

#include <algorithm>

namespace scruple::linting {

namespace {

bool is_below(const policy::View& view, policy::View::EntryId entry, policy::View::EntryId ancestor) {
  for (; entry != policy::View::none; entry = view.parent(entry)) {
    if (entry == ancestor) return true;
    if (entry == 0) break;
  }
  return false;
}

// Where a reader should look first: the campaign's file before the organization's, then the order of the source.
std::optional<cel::Origin> pointed_at(const ItemFrame& item, const Argument& argument) {
  const policy::View& view = item.context.view();
  std::optional<cel::Origin> best;
  const auto before = [&](cel::Origin a, cel::Origin b) {
    const auto first = view.spot(policy::View::entry_of(a));
    const auto second = view.spot(policy::View::entry_of(b));
    if (first.layer != second.layer) return first.layer < second.layer;
    return first.span.begin < second.span.begin;
  };
  for (const Claim& claim : argument.claims) {
    const cel::Origin origin = claim.value.origin();
    if (origin == 0 || policy::View::view_of(origin) != 0 || claim.in_macro || claim.value.is_error()) continue;
    if (item.item != 0 && policy::View::view_of(item.item) == 0 &&
        !is_below(view, policy::View::entry_of(origin), policy::View::entry_of(item.item))) {
      continue;
    }
    if (!best || before(origin, *best)) best = origin;
  }
  if (best) return best;
  if (!argument.failing_element.is_unset() && argument.failing_element.origin() != 0) {
    return argument.failing_element.origin();
  }
  if (item.item != 0) return item.item;
  for (const Claim& claim : argument.claims) {
    if (claim.value.origin() != 0 && !claim.value.is_error()) return claim.value.origin();
  }
  return std::nullopt;
}

}  // namespace

Blame explain(const ItemFrame& item, const policy::Expression& expression) {
  const Part requirement(item.pack, expression);
  cel::Trace trace;
  item.evaluation.reset_steps();
  cel::evaluate_traced(requirement.program, requirement.program.root(), item.frame, item.evaluation, trace);
  Argument argument = argue(item, requirement, trace);
  Blame blame;
  blame.point = pointed_at(item, argument);
  blame.marker = argument.marker;
  // Why the rule applies at all: the conjuncts of `when` that read the item.
  if (item.rule.when) {
    const Part when(item.pack, item.rule.when);
    for (const policy::Conjunct& conjunct : item.rule.conjuncts) {
      if (conjunct.stage == 0 && !item.rule.generators.empty()) continue;
      cel::Trace condition;
      item.evaluation.reset_steps();
      cel::evaluate_traced(when.program, conjunct.node, item.frame, item.evaluation, condition);
      add_condition(item, when, condition, argument);
    }
  }
  blame.because = reasons_of(item, argument);
  return blame;
}

}  // namespace scruple::linting
