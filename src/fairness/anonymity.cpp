#include "fairness/anonymity.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

namespace scruple::fairness {

Anonymity anonymity(const std::vector<Record>& records, std::int64_t k_floor) {
  using Values = std::map<std::string_view, std::int64_t>;
  struct Class {
    std::int64_t size = 0;
    Values values;
  };
  struct Less {
    bool operator()(const std::vector<std::string>* a, const std::vector<std::string>* b) const { return *a < *b; }
  };
  std::map<const std::vector<std::string>*, Class, Less> classes;
  Values everybody;
  for (const Record& record : records) {
    Class& its = classes[&record.known];
    ++its.size;
    ++its.values[record.sensitive];
    ++everybody[record.sensitive];
  }

  Anonymity result;
  result.records = static_cast<std::int64_t>(records.size());
  result.classes = static_cast<std::int64_t>(classes.size());
  if (records.empty()) return result;
  const double all = static_cast<double>(records.size());
  std::int64_t smallest = result.records;
  std::int64_t fewest_values = result.records;
  std::int64_t unique = 0;
  std::int64_t small = 0;
  double least_entropy = HUGE_VAL;
  double farthest = 0;
  for (const auto& [known, its] : classes) {
    const double size = static_cast<double>(its.size);
    smallest = std::min(smallest, its.size);
    fewest_values = std::min(fewest_values, static_cast<std::int64_t>(its.values.size()));
    if (its.size == 1) unique += 1;
    if (its.size < k_floor) small += its.size;
    double entropy = 0;
    // Half the sum of |q - p| is the sum of q - p where q is larger, and only values of the class can be.
    double distance = 0;
    for (const auto& [value, count] : its.values) {
      const double q = static_cast<double>(count) / size;
      entropy -= q * std::log(q);
      distance += std::max(0.0, q - static_cast<double>(everybody[value]) / all);
    }
    least_entropy = std::min(least_entropy, entropy);
    farthest = std::max(farthest, distance);
  }
  result.k = smallest;
  result.l_distinct = fewest_values;
  result.l_entropy = std::exp(least_entropy);
  result.t_closeness = farthest;
  result.unique_share = static_cast<double>(unique) / all;
  result.share_below_k = static_cast<double>(small) / all;
  result.max_risk = 1 / static_cast<double>(smallest);
  result.average_risk = static_cast<double>(classes.size()) / all;
  return result;
}

}  // namespace scruple::fairness
