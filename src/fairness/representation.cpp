#include "fairness/representation.h"

#include "fairness/integer.h"
#include "fairness/shares.h"
#include "fairness/significance.h"

#include <algorithm>
#include <array>

namespace scruple::fairness {

namespace {

constexpr std::int64_t unit = 1'000'000;  // six decimals of a reference
constexpr double least_expected = 5;      // people, for the normal distribution to speak of them

// A reference in millionths. Empty if it has more decimals.
std::optional<std::int64_t> scaled(const Fraction& reference) {
  if (unit % reference.denominator != 0) return std::nullopt;
  const Integer number = product(reference.numerator, unit / reference.denominator);
  if (number > most_people) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

}  // namespace

std::string_view name(Presence presence) {
  constexpr std::array<std::string_view, 6> names = {"represented", "under", "over", "chance", "too_few", "not_judged"};
  return names[static_cast<std::size_t>(presence)];
}

std::optional<Representation> represent(const std::vector<Represented>& groups,
                                        const RepresentationCriteria& criteria) {
  std::vector<std::int64_t> references;
  Integer all = 0;
  Integer people = 0;
  Shares shares;
  for (const Represented& group : groups) {
    const auto reference = scaled(group.reference);
    if (!reference || group.observed < 0 || group.observed > most_people) return std::nullopt;
    references.push_back(*reference);
    all += *reference;
    people += group.observed;
    shares.push_back({group.name, static_cast<long double>(*reference), group.observed});
  }
  if (all == 0 || all > most_people || people > most_people) return std::nullopt;

  const ShareFigures figures = compare_shares(shares);
  Representation result{static_cast<std::int64_t>(people), {}};
  PValues family;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    RepresentationFinding finding;
    finding.group = groups[i];
    finding.reference_share = static_cast<double>(static_cast<long double>(references[i]) / real(all));
    if (people > 0)
      finding.observed_share = static_cast<double>(static_cast<long double>(groups[i].observed) / real(people));
    finding.ratio = figures.representation_ratio[i];
    const bool judged = references[i] > 0 && product(references[i], criteria.least_share.denominator) >=
                                                 all * criteria.least_share.numerator;
    const bool enough = finding.reference_share * static_cast<double>(result.observed) >= least_expected;
    // Where everybody belongs to the group, chance puts nobody elsewhere.
    if (judged && enough) finding.p_value = figures.share_p[i].value_or(0);
    family.push_back(finding.p_value);

    // q / p against u / v: x * all * v against u * n * p.
    const Integer observed = all * groups[i].observed;
    const Integer expected = people * references[i];
    const auto below = [&](const Fraction& line) { return observed * line.denominator < expected * line.numerator; };
    const auto above = [&](const Fraction& line) { return observed * line.denominator > expected * line.numerator; };
    const Integer needed = (expected * criteria.least.numerator + all * criteria.least.denominator - 1) /
                           (all * criteria.least.denominator);
    finding.missing = static_cast<std::int64_t>(std::max<Integer>(0, needed - groups[i].observed));
    if (!judged) {
      finding.presence = Presence::not_judged;
    } else if (people < criteria.people) {
      finding.presence = Presence::too_few;
    } else if (below(criteria.least)) {
      finding.presence = finding.p_value ? Presence::under : Presence::too_few;
    } else if (criteria.most && above(*criteria.most)) {
      finding.presence = finding.p_value ? Presence::over : Presence::too_few;
    } else {
      finding.presence = Presence::represented;
    }
    result.findings.push_back(std::move(finding));
  }
  const PValues adjusted = holm(family);
  for (std::size_t i = 0; i < adjusted.size(); ++i) {
    RepresentationFinding& finding = result.findings[i];
    finding.adjusted_p = adjusted[i];
    const bool beyond = finding.presence == Presence::under || finding.presence == Presence::over;
    if (beyond && *adjusted[i] > criteria.alpha) finding.presence = Presence::chance;
  }
  return result;
}

}  // namespace scruple::fairness
