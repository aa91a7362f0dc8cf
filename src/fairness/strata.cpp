#include "fairness/strata.h"

#include "fairness/distributions.h"
#include "fairness/integer.h"
#include "fairness/rates.h"

#include <algorithm>
#include <cmath>

namespace scruple::fairness {

namespace {

int sign(Integer number) { return number > 0 ? 1 : number < 0 ? -1 : 0; }

// A sum of fractions whose sign can be relied on: whole parts are added exactly, and what remains is 0 if it is no more
// than rounding.
class Sum {
 public:
  void add(Integer numerator, std::int64_t denominator) {
    whole_ += numerator / denominator;
    rest_ += real(numerator % denominator) / static_cast<long double>(denominator);
    ++count_;
  }
  long double value() const {
    const long double sum = real(whole_) + rest_;
    return std::fabs(sum) <= static_cast<long double>(count_) * 1e-18L ? 0 : sum;
  }

 private:
  Integer whole_ = 0;
  long double rest_ = 0;
  std::int64_t count_ = 0;
};

}  // namespace

Stratified stratify(const std::vector<Stratum>& strata) {
  Stratified result;
  Integer selected_a = 0;
  Integer all_a = 0;
  Integer selected_b = 0;
  Integer all_b = 0;
  Sum ahead;  // of n_a - E, which is also w (p_a - p_b)
  long double weights = 0;
  long double odds_above = 0;
  long double odds_below = 0;
  long double variance = 0;
  for (const auto& [name, a, b] : strata) {
    selected_a += a.selected;
    all_a += a.total;
    selected_b += b.selected;
    all_b += b.total;
    const bool both = a.total > 0 && b.total > 0;
    result.stratum_difference.push_back(both ? std::optional(rate_difference(a, b)) : std::nullopt);
    const std::int64_t people = a.total + b.total;
    if (people == 0) continue;
    const long double all = static_cast<long double>(people);
    odds_above += real(product(a.selected, b.total - b.selected)) / all;
    odds_below += real(product(b.selected, a.total - a.selected)) / all;
    if (!both) continue;
    const std::int64_t selected = a.selected + b.selected;
    ahead.add(product(a.selected, b.total) - product(b.selected, a.total), people);
    weights += real(product(a.total, b.total)) / all;
    variance += real(product(a.total, b.total)) / all * (real(product(selected, people - selected)) / all) / (all - 1);
  }

  if (all_a > 0 && all_b > 0) {
    const long double rate_a = real(selected_a) / real(all_a);
    const long double rate_b = real(selected_b) / real(all_b);
    result.aggregate_difference =
        static_cast<double>(real(selected_a * all_b - selected_b * all_a) / (real(all_a) * real(all_b)));
    if (selected_b > 0) result.aggregate_ratio = static_cast<double>(rate_a / rate_b);
  }
  if (odds_below > 0) result.odds_ratio = static_cast<double>(odds_above / odds_below);
  if (weights > 0) result.risk_difference = static_cast<double>(ahead.value() / weights);
  if (variance > 0) {
    const long double distance = std::fabs(ahead.value());
    const long double corrected = std::max(0.0L, distance - 0.5L);
    const auto test = [&](long double beyond) {
      const long double statistic = beyond * beyond / variance;
      return Stratified::Test{static_cast<double>(statistic), chi_square_p(statistic, 1)};
    };
    result.test = test(distance);
    result.corrected_test = test(corrected);
  }
  if (result.aggregate_difference && result.risk_difference) {
    const int aggregate = sign(selected_a * all_b - selected_b * all_a);
    result.reversal = (aggregate > 0 && *result.risk_difference < 0) || (aggregate < 0 && *result.risk_difference > 0);
  }
  return result;
}

}  // namespace scruple::fairness
