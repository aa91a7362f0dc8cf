// The one step after all manifests: the same finding of several campaigns becomes one, and all are put in order.
#pragma once

#include "lint/evaluator.h"

#include "scruple/linter.h"

#include <vector>

namespace scruple::linting {

// What was judged of one unit, in the order of LintResult::units.
struct UnitFindings {
  std::string file;
  std::vector<Judged> findings;
};

// Fills findings and causes of the result: merged, numbered, with fingerprints, in the order in which they are read.
void merge(std::vector<UnitFindings> units, LintResult& result);

}  // namespace scruple::linting
