#include "fairness/outcomes.h"

#include "fairness/integer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace scruple::fairness {

namespace {

std::optional<double> share(std::int64_t part, std::int64_t rest) {
  if (part + rest == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(part + rest);
}

struct Range {
  double low = 0;
  double high = 0;
};

std::optional<Range> range(const Groups& groups, const std::vector<bool>& eligible,
                           std::optional<double> OutcomeRates::*rate) {
  std::optional<Range> found;
  std::size_t count = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (!eligible[i]) continue;
    const std::optional<double> value = outcome_rates(groups[i]).*rate;
    if (!value) return std::nullopt;
    if (!found) found = Range{*value, *value};
    found->low = std::min(found->low, *value);
    found->high = std::max(found->high, *value);
    ++count;
  }
  return count < 2 ? std::nullopt : found;
}

std::optional<double> gap(const std::optional<Range>& range) {
  if (!range) return std::nullopt;
  return range->high - range->low;
}

long double x_log_x(long double x) { return x == 0 ? 0 : x * std::log(x); }

}  // namespace

OutcomeRates outcome_rates(const Group& group) {
  if (!group.cells) return {};
  const Cells& c = *group.cells;
  return {share(c.true_positives, c.false_negatives),
          share(c.false_positives, c.true_negatives),
          share(c.false_negatives, c.true_positives),
          share(c.true_positives, c.false_positives),
          share(c.true_negatives, c.false_negatives),
          share(c.true_positives + c.true_negatives, c.false_positives + c.false_negatives)};
}

OutcomeGaps outcome_gaps(const Groups& groups, const std::vector<bool>& eligible) {
  const auto true_positive = range(groups, eligible, &OutcomeRates::true_positive);
  const auto false_positive = range(groups, eligible, &OutcomeRates::false_positive);
  OutcomeGaps gaps;
  gaps.equal_opportunity = gap(true_positive);
  gaps.false_positive_rate = gap(false_positive);
  gaps.predictive_parity = gap(range(groups, eligible, &OutcomeRates::positive_value));
  if (true_positive && false_positive) {
    gaps.equalized_odds = std::max(*gaps.equal_opportunity, *gaps.false_positive_rate);
    if (true_positive->high > 0 && false_positive->high > 0) {
      gaps.equalized_odds_ratio =
          std::min(true_positive->low / true_positive->high, false_positive->low / false_positive->high);
    }
  }
  return gaps;
}

std::optional<double> average_odds_difference(const Group& group, const Group& reference) {
  const OutcomeRates ours = outcome_rates(group);
  const OutcomeRates theirs = outcome_rates(reference);
  if (!ours.true_positive || !ours.false_positive || !theirs.true_positive || !theirs.false_positive)
    return std::nullopt;
  return ((*ours.false_positive - *theirs.false_positive) + (*ours.true_positive - *theirs.true_positive)) / 2;
}

std::optional<Entropy> benefit_entropy(const Groups& groups) {
  Integer people = 0;
  Integer benefits = 0;
  Integer squares = 0;
  Integer doubled = 0;  // people with a benefit of 2
  for (const Group& group : groups) {
    if (!group.cells) return std::nullopt;
    const std::int64_t right = group.cells->true_positives + group.cells->true_negatives;
    people += group.total;
    benefits += static_cast<Integer>(right) + 2 * static_cast<Integer>(group.cells->false_positives);
    squares += static_cast<Integer>(right) + 4 * static_cast<Integer>(group.cells->false_positives);
    doubled += group.cells->false_positives;
  }
  if (benefits == 0) return std::nullopt;
  const long double all = real(people);
  const long double sum = real(benefits);

  Entropy entropy;
  entropy.generalized_2 = static_cast<double>(real(people * squares - benefits * benefits) / (2 * sum * sum));
  // sum of (b/m) ln(b/m) over b = 1 and b = 2, with 1/m = T/sum.
  entropy.theil = static_cast<double>(std::log1p(real(people - benefits) / sum) +
                                      2 * real(doubled) / sum * std::numbers::ln2_v<long double>);
  long double squared_deviations = 0;
  long double theil = 0;
  for (const Group& group : groups) {
    if (group.total == 0) continue;
    const std::int64_t right = group.cells->true_positives + group.cells->true_negatives;
    const Integer own = static_cast<Integer>(right) + 2 * static_cast<Integer>(group.cells->false_positives);
    const long double size = static_cast<long double>(group.total);
    const long double deviation = real(own * people - benefits * group.total) / (size * sum);  // of b/m from 1
    squared_deviations += size / all * deviation * deviation;
    theil += size / all * x_log_x(real(own) * all / (size * sum));
  }
  entropy.between_groups_generalized_2 = static_cast<double>(squared_deviations / 2);
  entropy.between_groups_theil = static_cast<double>(theil);
  return entropy;
}

}  // namespace scruple::fairness
