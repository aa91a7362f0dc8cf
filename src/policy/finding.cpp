#include "scruple/finding.h"

#include "base/strings.h"

#include <span>

namespace scruple {

namespace {

// The names of an enumeration in the order of its values.
constexpr std::string_view outcomes[] = {"pass", "fail", "undecided", "not_applicable", "not_due", "waived"};
constexpr std::string_view levels[] = {"essential", "standard", "complete"};
constexpr std::string_view gates[] = {"assess", "technical", "stakeholder", "approve", "live"};
constexpr std::string_view scopes[] = {"campaign", "organization"};
constexpr std::string_view asks[] = {"marketing", "legal", "privacy", "data", "it", "service", "leadership"};
constexpr std::string_view assurances[] = {"declared", "computed", "recorded", "verified"};
constexpr std::string_view severities[] = {"error", "warning", "info"};
constexpr std::string_view basis_kinds[] = {"law", "standard", "practice"};
constexpr std::string_view reason_kinds[] = {"value",     "absence",     "element",       "step",  "applies",
                                             "parameter", "requirement", "not_evaluated", "remark"};
constexpr std::string_view relations[] = {"equal",       "other_than", "one_of",       "none_of",
                                          "at_least",    "more_than",  "at_most",      "less_than",
                                          "on_or_after", "after",      "on_or_before", "before"};
constexpr std::string_view cause_kinds[] = {"absent", "unreadable", "schema", "undecidable"};
constexpr std::string_view suppression_kinds[] = {"in_source", "external", "baseline"};

template <typename Enum>
std::string_view name(std::span<const std::string_view> names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

template <typename Enum>
std::optional<Enum> value(std::span<const std::string_view> names, std::string_view text) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Outcome outcome) { return name(outcomes, outcome); }
std::string_view to_string(Level level) { return name(levels, level); }
std::string_view to_string(Gate gate) { return name(gates, gate); }
std::string_view to_string(Scope scope) { return name(scopes, scope); }
std::string_view to_string(Ask ask) { return name(asks, ask); }
std::string_view to_string(Assurance assurance) { return name(assurances, assurance); }
std::string_view to_string(Basis::Kind kind) { return name(basis_kinds, kind); }
std::string_view to_string(Reason::Kind kind) { return name(reason_kinds, kind); }
std::string_view to_string(Counterfactual::Relation relation) { return name(relations, relation); }
std::string_view to_string(Cause::Kind kind) { return name(cause_kinds, kind); }
std::string_view to_string(Suppression::Kind kind) { return name(suppression_kinds, kind); }

std::string phrase(const Counterfactual& counterfactual) {
  using Relation = Counterfactual::Relation;
  const std::string values = join(counterfactual.values, ", ");
  switch (counterfactual.relation) {
    case Relation::equal: return values;
    case Relation::other_than: return concat("anything but ", values);
    case Relation::one_of: return concat("one of ", values);
    case Relation::none_of: return concat("none of ", values);
    case Relation::at_least: return concat("at least ", values);
    case Relation::more_than: return concat("more than ", values);
    case Relation::at_most: return concat("at most ", values);
    case Relation::less_than: return concat("less than ", values);
    case Relation::on_or_after: return concat("on or after ", values);
    case Relation::after: return concat("after ", values);
    case Relation::on_or_before: return concat("on or before ", values);
    case Relation::before: return concat("before ", values);
  }
  return values;
}

std::optional<Severity> severity_from(std::string_view text) { return value<Severity>(severities, text); }
std::optional<Level> level_from(std::string_view text) { return value<Level>(levels, text); }
std::optional<Gate> gate_from(std::string_view text) { return value<Gate>(gates, text); }
std::optional<Scope> scope_from(std::string_view text) { return value<Scope>(scopes, text); }
std::optional<Ask> ask_from(std::string_view text) { return value<Ask>(asks, text); }

}  // namespace scruple
