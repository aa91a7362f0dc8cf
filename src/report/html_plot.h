// Drawings of the HTML report, as inline SVG. Each says in words as well what it shows.
#pragma once

#include "fairness/groups.h"
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

// Groups whose rates an argument compares, the one that they are held against first.
struct RateComparison {
  std::string attribute;  // "gender"; may be empty
  fairness::Groups groups;
  std::optional<double> screening_line;  // the least ratio to the first group's rate
};

// Read from the figures of the argument; empty if it compares nothing.
std::vector<RateComparison> rate_comparisons(const Reason& reason);

// The groups with their intervals, and the screening line.
std::string rates_plot(const RateComparison& comparison);

}  // namespace scruple::report
