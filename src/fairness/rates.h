// Rates of groups, and how far they are from the rate of a reference group. A figure without a denominator is empty,
// never 0 or 1.
#pragma once

#include "fairness/fraction.h"
#include "fairness/groups.h"

#include <optional>
#include <vector>

namespace scruple::fairness {

struct Interval {
  double low = 0;
  double high = 0;
};

// n / N
std::optional<double> selection_rate(const Group& group);

// The score interval of Wilson for a rate (Newcombe 1998); z is normal_quantile(confidence). Its lower end is exactly 0
// if nobody is selected, its upper end exactly 1 if everybody is.
std::optional<Interval> wilson(const Group& group, double z);

// p - p_ref, from the whole numbers. Both groups have people.
double rate_difference(const Group& group, const Group& reference);

// p / p_ref, also called adverse impact ratio or disparate impact; empty if p_ref is 0.
std::optional<double> impact_ratio(const Group& group, const Group& reference);

// p >= line * p_ref, decided in whole numbers: n * N_ref * v >= u * n_ref * N. Equal reaches it. Empty if p_ref is 0.
// With 4/5 it is the four-fifths rule of 29 CFR 1607.4(D): a screening line, no definition of fairness.
std::optional<bool> reaches_line(const Group& group, const Group& reference, const Fraction& line);

// p_ref - p <= gap, decided in whole numbers. Both groups have people.
bool within_gap(const Group& group, const Group& reference, const Fraction& gap);

// The interval of Katz and others (1978) for the impact ratio; empty if nobody is selected in one of the groups, or
// everybody in both.
std::optional<Interval> katz(const Group& group, const Group& reference, double z);

// Over eligible groups, empty if there are fewer than two: max p - min p, and min p / max p (empty if max p is 0).
std::optional<double> demographic_parity_difference(const Groups& groups, const std::vector<bool>& eligible);
std::optional<double> demographic_parity_ratio(const Groups& groups, const std::vector<bool>& eligible);

}  // namespace scruple::fairness
