#include "fairness/association.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

namespace scruple::fairness {

std::optional<double> cramers_v(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  std::map<std::string_view, double> rows;
  std::map<std::string_view, double> columns;
  std::map<std::pair<std::string_view, std::string_view>, double> cells;
  for (std::size_t i = 0; i < one.size(); ++i) {
    ++rows[one[i]];
    ++columns[other[i]];
    ++cells[{one[i], other[i]}];
  }
  if (one.size() < 2 || rows.size() < 2 || columns.size() < 2) return std::nullopt;
  const double people = static_cast<double>(one.size());
  // chi2 / n = sum of x^2 / (row * column) - 1, over cells that hold somebody.
  double squares = 0;
  for (const auto& [key, count] : cells) squares += count * count / (rows[key.first] * columns[key.second]);
  const double r = static_cast<double>(rows.size());
  const double c = static_cast<double>(columns.size());
  const double phi = std::max(0.0, squares - 1 - (r - 1) * (c - 1) / (people - 1));
  const double corrected_r = r - (r - 1) * (r - 1) / (people - 1);
  const double corrected_c = c - (c - 1) * (c - 1) / (people - 1);
  const double most = std::min(corrected_r, corrected_c) - 1;
  if (most <= 0) return std::nullopt;  // as many values as people
  return std::min(1.0, std::sqrt(phi / most));
}

std::vector<std::string> quartiles(const std::vector<double>& numbers) {
  std::vector<double> sorted = numbers;
  std::ranges::sort(sorted);
  std::vector<std::string> cut;
  cut.reserve(numbers.size());
  for (const double number : numbers) {
    // By the share of people below: the place of a number among the sorted.
    const auto below = static_cast<std::size_t>(std::ranges::lower_bound(sorted, number) - sorted.begin());
    cut.push_back(std::to_string(1 + below * 4 / std::max<std::size_t>(1, sorted.size())));
  }
  return cut;
}

}  // namespace scruple::fairness
