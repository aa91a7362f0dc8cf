#include "fairness/people.h"

#include "fairness/integer.h"

#include <algorithm>
#include <cmath>

namespace scruple::fairness {

bool flip_flop(const Group& group, const Group& reference) {
  if (product(group.selected, reference.total) >= product(reference.selected, group.total)) return false;
  return product(group.selected + 1, reference.total) > product(reference.selected - 1, group.total);
}

std::int64_t shortfall(const Group& group, const Group& reference, const Fraction& line) {
  const Integer above = product(reference.selected, group.total) * line.numerator;
  const Integer below = static_cast<Integer>(reference.total) * line.denominator;
  const Integer needed = (above + below - 1) / below;
  return static_cast<std::int64_t>(std::max<Integer>(needed - group.selected, 0));
}

double expected_shortfall(const Group& group, const Group& reference) {
  // N*S/T - n is (N*n_ref - n*N_ref) / T.
  const Integer behind = product(group.total, reference.selected) - product(group.selected, reference.total);
  return static_cast<double>(real(behind) / static_cast<long double>(group.total + reference.total));
}

double cohens_h(const Group& group, const Group& reference) {
  // One arc sine of the difference: that of two nearly equal ones would cancel.
  const long double p = static_cast<long double>(group.selected) / static_cast<long double>(group.total);
  const long double q = static_cast<long double>(reference.selected) / static_cast<long double>(reference.total);
  const long double not_p =
      static_cast<long double>(group.total - group.selected) / static_cast<long double>(group.total);
  const long double not_q =
      static_cast<long double>(reference.total - reference.selected) / static_cast<long double>(reference.total);
  const Integer ahead = product(group.selected, reference.total) - product(reference.selected, group.total);
  if (ahead == 0) return 0;
  const long double difference = real(ahead) / real(product(group.total, reference.total));
  const long double sine = difference / (std::sqrt(p * not_q) + std::sqrt(q * not_p));
  return static_cast<double>(2 * std::asin(std::clamp(sine, -1.0L, 1.0L)));
}

std::int64_t shortfall_to_gap(const Group& group, const Group& reference, const Fraction& gap) {
  const Integer above = product(reference.selected, group.total) * gap.denominator -
                        product(reference.total, group.total) * gap.numerator;
  if (above <= 0) return 0;
  const Integer below = static_cast<Integer>(reference.total) * gap.denominator;
  const Integer needed = (above + below - 1) / below;
  return static_cast<std::int64_t>(std::max<Integer>(needed - group.selected, 0));
}

std::optional<std::int64_t> people_needed(double p, double q, double z) {
  constexpr double power = 0.841621;  // four times out of five
  const double middle = (p + q) / 2;
  const double root = z * std::sqrt(2 * middle * (1 - middle)) + power * std::sqrt(p * (1 - p) + q * (1 - q));
  const double people = std::ceil(root * root / ((p - q) * (p - q)));
  if (!(people < 9e15)) return std::nullopt;
  return static_cast<std::int64_t>(people);
}

}  // namespace scruple::fairness
