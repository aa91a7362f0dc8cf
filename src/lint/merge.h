// The one step after all manifests: the same finding of several campaigns becomes one, and all are put in order.
#pragma once

#include "lint/evaluator.h"

#include "scruple/linter.h"

#include <optional>
#include <string>
#include <vector>

namespace scruple::linting {

// What was judged of one unit, in the order of LintResult::units.
struct UnitFindings {
  std::string file;
  std::vector<Judged> findings;
  std::optional<Location> id{};  // where a campaign says its id
};

// Fills findings and causes of the result: merged, numbered, with fingerprints, in the order in which they are read.
// Two campaigns with one id are a finding, too: nobody could tell theirs apart.
void merge(std::vector<UnitFindings> units, LintResult& result);

}  // namespace scruple::linting
