#include "fairness/significance.h"

#include "fairness/distributions.h"
#include "fairness/integer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace scruple::fairness {

namespace {

// log k! - (k + 1/2) log k + k - log sqrt(2 pi), to the last digit: by Stirling's series where it is short.
long double stirling_error(std::int64_t k) {
  if (k <= 20) {
    long double factorial = 1;
    for (std::int64_t i = 2; i <= k; ++i) factorial *= static_cast<long double>(i);
    const long double x = static_cast<long double>(k);
    return std::log(factorial) - (x + 0.5L) * std::log(x) + x - std::log(2 * std::numbers::pi_v<long double>) / 2;
  }
  const long double x = 1 / static_cast<long double>(k);
  const long double square = x * x;
  return x *
         (1 / 12.0L - square * (1 / 360.0L -
                                square * (1 / 1260.0L -
                                          square * (1 / 1680.0L - square * (1 / 1188.0L - square * 691 / 360360.0L)))));
}

// What k! contributes to a probability beyond k^k exp(-k).
long double log_rest(std::int64_t k) {
  if (k == 0) return 0;
  return std::log(2 * std::numbers::pi_v<long double> * static_cast<long double>(k)) / 2 + stirling_error(k);
}

// x log(x / expected) + expected - x, where difference = x - expected is known exactly. Never negative; for x near what
// is expected by the series of Loader (2000), which does not cancel.
long double deviance(long double x, long double expected, long double difference) {
  if (x == 0) return expected;
  if (std::fabs(difference) >= 0.1L * (x + expected)) return x * std::log(x / expected) - difference;
  const long double v = difference / (x + expected);
  long double sum = difference * v;
  long double power = 2 * x * v;
  for (int i = 3; i < 100; i += 2) {
    power *= v * v;
    const long double next = sum + power / static_cast<long double>(i);
    if (next == sum) break;
    sum = next;
  }
  return sum;
}

// The tables with two groups and fixed margins, one for each number of selected in the first group.
// `lgamma` is no help here: with a billion people its last bit is worth 4e-6. Factorials are split into Stirling's main
// part, which cancels to deviances from what is expected, and a small rest.
class Tables {
 public:
  Tables(const Group& group, const Group& reference)
      : first_(group.total),
        second_(reference.total),
        selected_(group.selected + reference.selected),
        all_(group.total + reference.total),
        margins_(log_rest(first_) + log_rest(second_) + log_rest(selected_) + log_rest(all_ - selected_) -
                 log_rest(all_)) {}

  std::int64_t lowest() const { return std::max<std::int64_t>(0, selected_ - second_); }
  std::int64_t highest() const { return std::min(first_, selected_); }
  std::int64_t mode() const {
    return static_cast<std::int64_t>(product(selected_ + 1, first_ + 1) / (static_cast<Integer>(all_) + 2));
  }

  long double log_probability(std::int64_t k) const {
    const std::array<std::int64_t, 4> cells = {k, first_ - k, selected_ - k, second_ - selected_ + k};
    const std::array<std::int64_t, 2> rows = {first_, second_};
    const std::array<std::int64_t, 2> columns = {selected_, all_ - selected_};
    // What a cell holds beyond what is expected is the same in all four, but for the sign.
    const long double beyond = real(product(cells[0], cells[3]) - product(cells[1], cells[2])) / real(all_);
    long double sum = margins_;
    for (std::size_t i = 0; i < 4; ++i) {
      const long double expected = real(product(rows[i / 2], columns[i % 2])) / real(all_);
      sum -= deviance(static_cast<long double>(cells[i]), expected, i == 0 || i == 3 ? beyond : -beyond) +
             log_rest(cells[i]);
    }
    return sum;
  }

  // Tables k, k+1 … or k, k-1 …: ends when further ones change nothing.
  long double tail(std::int64_t k, bool upwards) const {
    long double weight = 1;
    long double sum = 1;
    const std::int64_t end = upwards ? highest() : lowest();
    for (std::int64_t i = k; i != end; upwards ? ++i : --i) {
      weight *= upwards ? step(i) : 1 / step(i - 1);
      const long double next = sum + weight;
      if (next == sum) break;
      sum = next;
    }
    return std::exp(log_probability(k)) * sum;
  }

 private:
  // The probability of k + 1 over that of k.
  long double step(std::int64_t k) const {
    return real(product(first_ - k, selected_ - k)) / real(product(k + 1, second_ - selected_ + k + 1));
  }

  std::int64_t first_;
  std::int64_t second_;
  std::int64_t selected_;
  std::int64_t all_;
  long double margins_;
};

bool nobody_or_everybody(const Group& group, const Group& reference) {
  const std::int64_t selected = group.selected + reference.selected;
  return selected == 0 || selected == group.total + reference.total;
}

}  // namespace

std::optional<double> pooled_z(const Group& group, const Group& reference) {
  if (group.total == 0 || reference.total == 0 || nobody_or_everybody(group, reference)) return std::nullopt;
  const std::int64_t selected = group.selected + reference.selected;
  const std::int64_t all = group.total + reference.total;
  const Integer ahead = product(group.selected, reference.total) - product(reference.selected, group.total);
  const long double spread =
      std::sqrt(real(product(selected, all - selected))) * std::sqrt(real(product(group.total, reference.total)));
  return static_cast<double>(real(ahead) * std::sqrt(static_cast<long double>(all)) / spread);
}

double fisher_p(const Group& group, const Group& reference) {
  if (nobody_or_everybody(group, reference)) return 1;
  const Tables tables(group, reference);
  const long double bound = tables.log_probability(group.selected) + std::log1p(1e-7L);
  const std::int64_t mode = std::clamp(tables.mode(), tables.lowest(), tables.highest());
  if (tables.log_probability(mode) <= bound) return 1;

  // Away from the mode probabilities only fall: the first table on either side that is unlikely enough.
  long double p = 0;
  std::int64_t out = tables.lowest();
  std::int64_t in = mode;
  if (tables.log_probability(out) <= bound) {
    while (in - out > 1) {
      const std::int64_t middle = out + (in - out) / 2;
      (tables.log_probability(middle) <= bound ? out : in) = middle;
    }
    p += tables.tail(out, false);
  }
  out = tables.highest();
  in = mode;
  if (tables.log_probability(out) <= bound) {
    while (out - in > 1) {
      const std::int64_t middle = in + (out - in) / 2;
      (tables.log_probability(middle) <= bound ? out : in) = middle;
    }
    p += tables.tail(out, true);
  }
  return static_cast<double>(std::min(p, 1.0L));
}

double smallest_expected(const Group& group, const Group& reference) {
  const std::int64_t selected = group.selected + reference.selected;
  const std::int64_t all = group.total + reference.total;
  return static_cast<double>(real(product(std::min(selected, all - selected), std::min(group.total, reference.total))) /
                             real(all));
}

Significance significance(const Group& group, const Group& reference) {
  const std::int64_t selected = group.selected + reference.selected;
  const std::int64_t all = group.total + reference.total;
  const bool few = product(std::min(selected, all - selected), std::min(group.total, reference.total)) <
                   static_cast<Integer>(all) * 5;
  if (few) return {Method::fisher, fisher_p(group, reference)};
  return {Method::z, normal_p(*pooled_z(group, reference))};
}

std::string_view name(Method method) { return method == Method::z ? "z" : "fisher"; }

std::optional<ChiSquare> chi_square(const Groups& groups, const std::vector<bool>& eligible) {
  Integer selected = 0;
  Integer all = 0;
  std::int64_t count = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (!eligible[i]) continue;
    selected += groups[i].selected;
    all += groups[i].total;
    ++count;
  }
  if (count < 2 || selected == 0 || selected == all) return std::nullopt;
  long double statistic = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (!eligible[i]) continue;
    const long double beyond = real(all * groups[i].selected - selected * groups[i].total);
    statistic += beyond / real(selected) * (beyond / real(all - selected)) / static_cast<long double>(groups[i].total);
  }
  return ChiSquare{static_cast<double>(statistic), count - 1, chi_square_p(statistic, count - 1)};
}

PValues holm(const PValues& p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (p[i]) order.push_back(i);
  }
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return *p[i]; });
  PValues adjusted(p.size());
  double before = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const double raised = static_cast<double>(order.size() - rank) * *p[order[rank]];
    before = std::max(before, std::min(raised, 1.0));
    adjusted[order[rank]] = before;
  }
  return adjusted;
}

}  // namespace scruple::fairness
