#include "fairness/decision.h"

#include "fairness/distributions.h"
#include "fairness/integer.h"
#include "fairness/people.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace scruple::fairness {

namespace {

// Empty where the ratio is undefined, and where nobody is selected at all: that has shown nothing.
std::optional<bool> keeps(const Line& line, const Group& group, const Group& reference) {
  if (line.kind == Line::Kind::ratio) return reaches_line(group, reference, line.bound);
  if (group.selected == 0 && reference.selected == 0) return std::nullopt;
  return within_gap(group, reference, line.bound);
}

std::optional<std::int64_t> needed(const Criteria& criteria, const Group& reference, double z) {
  const double rate = static_cast<double>(reference.selected) / static_cast<double>(reference.total);
  const double bound = criteria.line.bound.value();
  const auto people =
      people_needed(rate, criteria.line.kind == Line::Kind::ratio ? bound * rate : std::max(0.0, rate - bound), z);
  if (!people) return std::nullopt;
  return std::max(*people, criteria.floor.people);
}

Verdict judge(const Finding& finding, const Criteria& criteria, const Group& reference) {
  if (!finding.eligible) return Verdict::too_few;
  const auto kept = keeps(criteria.line, finding.group, reference);
  if (!kept) return Verdict::undefined;
  const bool more_than_chance = *finding.adjusted_p <= criteria.alpha;
  if (!*kept) {
    if (more_than_chance) return Verdict::missed;
    return *finding.flip_flop ? Verdict::one_person : Verdict::chance;
  }
  if (more_than_chance)
    return std::fabs(*finding.cohens_h) < criteria.noticeable ? Verdict::noted : Verdict::noticeable;
  const bool sure = criteria.line.kind == Line::Kind::ratio && finding.ratio_interval &&
                    finding.ratio_interval->low >= criteria.line.bound.value();
  return sure ? Verdict::confirmed : Verdict::within;
}

}  // namespace

Outcome outcome(Verdict verdict) {
  switch (verdict) {
    case Verdict::reference:
    case Verdict::confirmed:
    case Verdict::within:
    case Verdict::noted:
    case Verdict::noticeable: return Outcome::pass;
    case Verdict::missed: return Outcome::fail;
    case Verdict::chance:
    case Verdict::one_person:
    case Verdict::too_few:
    case Verdict::undefined: break;
  }
  return Outcome::undecided;
}

std::string_view name(Verdict verdict) {
  constexpr std::array<std::string_view, 10> names = {"reference", "confirmed", "within",     "noted",   "noticeable",
                                                      "missed",    "chance",    "one_person", "too_few", "undefined"};
  return names[static_cast<std::size_t>(verdict)];
}

std::vector<Comparison> compare(const std::vector<Attribute>& attributes, const Criteria& criteria) {
  const double z = normal_quantile(criteria.confidence);
  std::vector<Comparison> comparisons;
  PValues family;
  for (const auto& [name, groups] : attributes) {
    const std::vector<bool> takes_part = eligible(groups, criteria.floor);
    Comparison comparison{name, {}, find_reference(groups, takes_part, criteria.reference)};
    for (std::size_t i = 0; i < groups.size(); ++i) {
      Finding finding;
      finding.group = groups[i];
      finding.eligible = takes_part[i];
      finding.rate = selection_rate(groups[i]);
      finding.rate_interval = wilson(groups[i], z);
      if (comparison.reference && takes_part[i] && i != *comparison.reference) {
        const Group& reference = groups[*comparison.reference];
        finding.difference = rate_difference(groups[i], reference);
        finding.ratio = impact_ratio(groups[i], reference);
        finding.ratio_interval = katz(groups[i], reference, z);
        finding.test = significance(groups[i], reference);
        finding.shortfall = criteria.line.kind == Line::Kind::ratio
                                ? shortfall(groups[i], reference, criteria.line.bound)
                                : shortfall_to_gap(groups[i], reference, criteria.line.bound);
        finding.expected_shortfall = expected_shortfall(groups[i], reference);
        finding.cohens_h = cohens_h(groups[i], reference);
        finding.flip_flop = flip_flop(groups[i], reference);
      }
      family.push_back(finding.test ? std::optional(finding.test->p) : std::nullopt);
      comparison.findings.push_back(std::move(finding));
    }
    comparisons.push_back(std::move(comparison));
  }

  const PValues adjusted = holm(family);
  std::size_t next = 0;
  for (Comparison& comparison : comparisons) {
    for (std::size_t i = 0; i < comparison.findings.size(); ++i) {
      Finding& finding = comparison.findings[i];
      finding.adjusted_p = adjusted[next++];
      if (!comparison.reference) {
        finding.verdict = finding.eligible ? Verdict::undefined : Verdict::too_few;
        continue;
      }
      const Group& reference = comparison.findings[*comparison.reference].group;
      finding.people_needed = needed(criteria, reference, z);
      finding.verdict = i == *comparison.reference ? Verdict::reference : judge(finding, criteria, reference);
    }
  }
  return comparisons;
}

}  // namespace scruple::fairness
