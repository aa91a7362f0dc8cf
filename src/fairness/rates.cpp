#include "fairness/rates.h"

#include "fairness/integer.h"

#include <cmath>
#include <utility>

namespace scruple::fairness {

namespace {

bool has_higher_rate(const Group& a, const Group& b) {
  return product(a.selected, b.total) > product(b.selected, a.total);
}

// The eligible groups with the lowest and the highest rate.
std::optional<std::pair<std::size_t, std::size_t>> extremes(const Groups& groups, const std::vector<bool>& eligible) {
  std::optional<std::pair<std::size_t, std::size_t>> found;
  std::size_t count = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (!eligible[i]) continue;
    ++count;
    if (!found) found = {i, i};
    if (has_higher_rate(groups[found->first], groups[i])) found->first = i;
    if (has_higher_rate(groups[i], groups[found->second])) found->second = i;
  }
  return count < 2 ? std::nullopt : found;
}

}  // namespace

std::optional<double> selection_rate(const Group& group) {
  if (group.total == 0) return std::nullopt;
  return static_cast<double>(group.selected) / static_cast<double>(group.total);
}

std::optional<Interval> wilson(const Group& group, double z) {
  if (group.total == 0) return std::nullopt;
  const long double n = static_cast<long double>(group.selected);
  const long double all = static_cast<long double>(group.total);
  const long double square = static_cast<long double>(z) * z;
  const long double centre = (n + square / 2) / (all + square);
  const long double half = z / (all + square) * std::sqrt(n * (all - n) / all + square / 4);
  return Interval{group.selected == 0 ? 0 : static_cast<double>(centre - half),
                  group.selected == group.total ? 1 : static_cast<double>(centre + half)};
}

double rate_difference(const Group& group, const Group& reference) {
  const Integer ahead = product(group.selected, reference.total) - product(reference.selected, group.total);
  return static_cast<double>(real(ahead) / real(product(group.total, reference.total)));
}

std::optional<double> impact_ratio(const Group& group, const Group& reference) {
  if (reference.selected == 0 || group.total == 0) return std::nullopt;
  return static_cast<double>(real(product(group.selected, reference.total)) /
                             real(product(reference.selected, group.total)));
}

std::optional<bool> reaches_line(const Group& group, const Group& reference, const Fraction& line) {
  if (reference.selected == 0 || group.total == 0) return std::nullopt;
  return product(group.selected, reference.total) * line.denominator >=
         product(reference.selected, group.total) * line.numerator;
}

bool within_gap(const Group& group, const Group& reference, const Fraction& gap) {
  const Integer behind = product(reference.selected, group.total) - product(group.selected, reference.total);
  return behind * gap.denominator <= product(group.total, reference.total) * gap.numerator;
}

std::optional<Interval> katz(const Group& group, const Group& reference, double z) {
  const auto ratio = impact_ratio(group, reference);
  const std::int64_t missed = group.total - group.selected;
  const std::int64_t reference_missed = reference.total - reference.selected;
  if (!ratio || group.selected == 0 || (missed == 0 && reference_missed == 0)) return std::nullopt;
  const long double error =
      std::sqrt(static_cast<long double>(missed) / real(product(group.selected, group.total)) +
                static_cast<long double>(reference_missed) / real(product(reference.selected, reference.total)));
  return Interval{static_cast<double>(*ratio * std::exp(-z * error)),
                  static_cast<double>(*ratio * std::exp(z * error))};
}

std::optional<double> demographic_parity_difference(const Groups& groups, const std::vector<bool>& eligible) {
  const auto found = extremes(groups, eligible);
  if (!found) return std::nullopt;
  return rate_difference(groups[found->second], groups[found->first]);
}

std::optional<double> demographic_parity_ratio(const Groups& groups, const std::vector<bool>& eligible) {
  const auto found = extremes(groups, eligible);
  if (!found) return std::nullopt;
  return impact_ratio(groups[found->first], groups[found->second]);
}

}  // namespace scruple::fairness
