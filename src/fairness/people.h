// How many people is that? Gaps in heads, which is what a remedy can speak of, and how large a gap is.
#pragma once

#include "fairness/fraction.h"
#include "fairness/groups.h"

#include <cstdint>
#include <optional>

namespace scruple::fairness {

// The group trails, and with one selection moved to it from the reference it would lead:
// (n+1) * N_ref > (n_ref-1) * N. Such a difference warrants no conclusion (44 FR 11996, 1979).
bool flip_flop(const Group& group, const Group& reference);

// The least number of further selections with which the group reaches the line, the reference unchanged:
// ceil(u * n_ref * N / (v * N_ref)) - n, at least 0. With 1 it is the shortfall to parity.
std::int64_t shortfall(const Group& group, const Group& reference, const Fraction& line);

// N * S / T - n: how far the group is from what the common rate would give. Below 1 that is less than a person.
double expected_shortfall(const Group& group, const Group& reference);

// 2 asin(sqrt p) - 2 asin(sqrt p_ref) (Cohen 1988): 0.2, 0.5 and 0.8 are small, medium and large.
double cohens_h(const Group& group, const Group& reference);

// The least number of further selections with which n_ref/N_ref - n/N is at most the gap.
std::int64_t shortfall_to_gap(const Group& group, const Group& reference, const Fraction& gap);

// How many people each of two groups takes for rates of p and q to show a difference four times out of five, at the
// confidence of z: with m = (p+q)/2,
//   (z * sqrt(2m(1-m)) + 0.841621 * sqrt(p(1-p) + q(1-q)))^2 / (p-q)^2
// Empty if the rates are equal.
std::optional<std::int64_t> people_needed(double p, double q, double z);

}  // namespace scruple::fairness
