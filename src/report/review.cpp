#include "report/review.h"

#include "base/strings.h"

#include <algorithm>

namespace scruple::report {

namespace {

template <typename Enum>
constexpr std::size_t index(Enum value) {
  return static_cast<std::size_t>(value);
}

}  // namespace

StepState ReviewStep::state() const {
  if (!open.empty()) return StepState::open;
  if (waiting > 0) return StepState::later;
  return rules() > 0 ? StepState::done : StepState::empty;
}

bool Review::is_ready() const {
  return own.empty() && std::ranges::all_of(steps, [](const ReviewStep& step) { return step.open.empty(); });
}

Review review_of(const LintResult& result, const Unit& unit) {
  Review review;
  review.unit = &unit;
  for (std::size_t i = 0; i < review.steps.size(); ++i) review.steps[i].gate = static_cast<Gate>(i);
  const Level next = next_level(result.level);
  for (std::size_t i = 0; i < std::min(unit.counts.size(), result.rules.size()); ++i) {
    const RuleInfo& rule = result.rules[i];
    const auto& outcomes = unit.counts[i].outcomes;
    ReviewStep& step = review.steps[index(rule.gate)];
    if (!rule.selected || (unit.kind == Scope::organization && rule.scope == Scope::campaign)) continue;
    if (rule.level > result.level) {
      if (rule.level <= next) ++review.added_by_next[index(rule.gate)];
    } else if (outcomes[index(Outcome::fail)] + outcomes[index(Outcome::undecided)] > 0) {
      step.open.push_back(i);
    } else if (outcomes[index(Outcome::waived)] > 0) {
      ++step.waived;
    } else if (outcomes[index(Outcome::pass)] > 0) {
      ++step.done;
    } else if (outcomes[index(Outcome::not_due)] > 0) {
      ++step.waiting;
    } else if (outcomes[index(Outcome::not_applicable)] > 0) {
      ++step.not_applicable;
    }
  }
  for (const Finding& finding : result.findings) {
    if (!finding.rule.starts_with("manifest/") || finding.suppression) continue;
    const auto here = [&](const Occurrence& occurrence) { return occurrence.document == unit.file; };
    if (std::ranges::any_of(finding.occurrences, here)) review.own.push_back(&finding);
  }
  return review;
}

std::string_view step_name(Gate gate) {
  constexpr std::string_view names[] = {"assessment", "technical review", "stakeholder review", "approval", "live"};
  return names[index(gate)];
}

std::string describe(const ReviewStep& step, const LintResult& result) {
  switch (step.state()) {
    case StepState::open:
      return concat("open: ", step.open.size(), " of ", plural(step.rules(), "rule"), " (",
                    name_asks(step.open, result), ")");
    case StepState::later: return concat("later: ", plural(step.rules(), "rule waits", "rules wait"), " for this step");
    case StepState::done: {
      std::vector<std::string> parts;
      if (step.done > 0) parts.push_back(plural(step.done, "rule holds", "rules hold"));
      if (step.waived > 0) parts.push_back(concat(step.waived, " waived"));
      if (step.not_applicable > 0) parts.push_back(concat(step.not_applicable, " not applicable"));
      return concat("done: ", join(parts, ", "));
    }
    case StepState::empty: break;
  }
  return concat("no rule at the level `", to_string(result.level), "`");
}

std::vector<std::pair<Ask, std::size_t>> count_asks(const std::vector<std::size_t>& rules, const LintResult& result) {
  std::array<std::size_t, ask_count> counts{};
  for (const std::size_t rule : rules) ++counts[index(result.rules[rule].ask)];
  std::vector<std::pair<Ask, std::size_t>> asks;
  for (std::size_t i = 0; i < ask_count; ++i) {
    if (counts[i] > 0) asks.emplace_back(static_cast<Ask>(i), counts[i]);
  }
  std::ranges::stable_sort(asks, [](const auto& a, const auto& b) { return a.second > b.second; });
  return asks;
}

std::string name_asks(const std::vector<std::size_t>& rules, const LintResult& result) {
  std::vector<std::string> parts;
  for (const auto& [ask, count] : count_asks(rules, result)) parts.push_back(concat(to_string(ask), " ", count));
  return join(parts, ", ");
}

Level next_level(Level level) { return level == Level::essential ? Level::standard : Level::complete; }

}  // namespace scruple::report
