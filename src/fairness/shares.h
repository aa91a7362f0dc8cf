// How one distribution of people differs from another: training data from the market, delivery from the audience that
// was eligible, this month from the last.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scruple::fairness {

struct Share {
  std::string name;
  long double reference = 0;  // a share, a percentage or a number of people: only proportions count
  std::int64_t observed = 0;  // people
};
using Shares = std::vector<Share>;

// With p the shares of the reference, q those observed, n all who were observed. All is empty if nobody is on one side.
struct ShareFigures {
  std::optional<double> total_variation;  // sum |p-q| / 2: the least share of people who would have to be somebody else
  std::optional<double> infinity_norm;    // max |p-q|
  std::vector<std::optional<double>> representation_ratio;  // q / p; empty where p is 0
  std::optional<double> min_representation_ratio;
  std::vector<std::optional<double>> share_z;  // (x - n p) / sqrt(n p (1-p)), the reference taken as known
  std::vector<std::optional<double>> share_p;
  std::optional<double> js_divergence_bits;  // H((p+q)/2) - (H(p)+H(q))/2

  // sum (x - n p)^2 / (n p), df = groups with p > 0, minus 1. Empty if somebody is observed where p is 0.
  struct Fit {
    double chi_square = 0;
    std::int64_t degrees_of_freedom = 0;
    std::optional<double> p;  // empty without a degree of freedom
  };
  std::optional<Fit> fit;

  // The population stability index, sum (q-p) ln(q/p). A bin that is empty on both sides is left out; on one side, its
  // share is taken as the floor. Below 0.1 it is called stable, above 0.25 a major shift (Siddiqi). With samples on
  // both sides, psi / (1/n + 1/m) is about chi-square with bins - 1 degrees of freedom (Yurdakul 2018).
  struct Stability {
    double index = 0;
    bool floored = false;
    std::optional<double> p;  // only if both sides are samples
  };
  std::optional<Stability> stability;
};

struct ShareOptions {
  bool reference_is_sample = false;
  double empty_bin_share = 0.0001;
};
ShareFigures compare_shares(const Shares& shares, const ShareOptions& options = {});

}  // namespace scruple::fairness
