// Drawings of the HTML report, as inline SVG. Each says in words as well what it shows.
#pragma once

#include "report/run_summary.h"
#include "scruple/finding.h"

#include <optional>
#include <string>
#include <vector>

namespace scruple::report {

// What came of a pack's rules, as one bar: what holds, by what that rests on, then what does not.
std::string outcome_bar(const PackSummary& pack);

// The key to the colours of these bars.
std::string outcome_key();

// Rates of groups that an argument compares, with their intervals; read from its figures.
struct GroupRate {
  std::string group;
  std::string attribute;  // "gender"; may be empty
  double selected = 0;
  double total = 0;
};
struct RateComparison {
  std::vector<GroupRate> groups;
  std::size_t reference = 0;             // which of them the others are held against
  std::optional<double> screening_line;  // the least ratio to the reference's rate
};
std::vector<RateComparison> rate_comparisons(const Reason& reason);

std::string rates_plot(const RateComparison& comparison);

}  // namespace scruple::report
