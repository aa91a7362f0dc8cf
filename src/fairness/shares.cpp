#include "fairness/shares.h"

#include "fairness/distributions.h"
#include "fairness/integer.h"

#include <algorithm>
#include <cmath>

namespace scruple::fairness {

namespace {

// x log2(x / middle), 0 for x = 0.
long double divergence(long double x, long double middle) { return x == 0 ? 0 : x * std::log2(x / middle); }

struct Bin {
  long double p = 0;
  long double q = 0;
};

ShareFigures::Stability stability(const std::vector<Bin>& bins, long double people, long double reference_people,
                                  const ShareOptions& options) {
  ShareFigures::Stability result;
  long double index = 0;
  std::int64_t used = 0;
  for (auto [p, q] : bins) {
    if (p == 0 && q == 0) continue;
    ++used;
    if (p == 0 || q == 0) {
      result.floored = true;
      (p == 0 ? p : q) = static_cast<long double>(options.empty_bin_share);
    }
    index += (q - p) * std::log(q / p);
  }
  result.index = static_cast<double>(index);
  if (options.reference_is_sample && used > 1)
    result.p = chi_square_p(index / (1 / people + 1 / reference_people), used - 1);
  return result;
}

}  // namespace

ShareFigures compare_shares(const Shares& shares, const ShareOptions& options) {
  ShareFigures figures;
  figures.representation_ratio.resize(shares.size());
  figures.share_z.resize(shares.size());
  figures.share_p.resize(shares.size());
  long double reference = 0;
  Integer observed = 0;
  for (const Share& share : shares) {
    reference += share.reference;
    observed += share.observed;
  }
  if (!(reference > 0) || observed == 0) return figures;

  const long double people = real(observed);
  std::vector<Bin> bins;
  long double distance = 0;
  long double farthest = 0;
  long double divergences = 0;
  long double statistic = 0;
  std::int64_t expected_groups = 0;
  bool unexpected = false;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const long double x = static_cast<long double>(shares[i].observed);
    const long double p = shares[i].reference / reference;
    const long double q = x / people;
    const long double not_p = (reference - shares[i].reference) / reference;
    bins.push_back({p, q});
    distance += std::fabs(p - q);
    farthest = std::max(farthest, std::fabs(p - q));
    divergences += divergence(p, (p + q) / 2) + divergence(q, (p + q) / 2);
    if (p == 0) {
      unexpected = unexpected || x > 0;
      continue;
    }
    ++expected_groups;
    const long double beyond = (x * reference - people * shares[i].reference) / reference;
    statistic += beyond * beyond / (people * p);
    const double ratio = static_cast<double>(x * reference / (people * shares[i].reference));
    figures.representation_ratio[i] = ratio;
    figures.min_representation_ratio = std::min(ratio, figures.min_representation_ratio.value_or(ratio));
    if (not_p <= 0) continue;
    const long double z = beyond / std::sqrt(people * p * not_p);
    figures.share_z[i] = static_cast<double>(z);
    figures.share_p[i] = normal_p(z);
  }
  figures.total_variation = static_cast<double>(distance / 2);
  figures.infinity_norm = static_cast<double>(farthest);
  figures.js_divergence_bits = static_cast<double>(std::clamp(divergences / 2, 0.0L, 1.0L));
  if (!unexpected) {
    const std::int64_t degrees = expected_groups - 1;
    figures.fit = ShareFigures::Fit{static_cast<double>(statistic), degrees, std::nullopt};
    if (degrees > 0) figures.fit->p = chi_square_p(statistic, degrees);
  }
  figures.stability = stability(bins, people, reference, options);
  return figures;
}

}  // namespace scruple::fairness
