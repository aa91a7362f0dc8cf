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

// SHA-256 over what a finding is known by: its rule, the document in which its place stands, the place (of one in
// evidence the part before `!`) and the missing name. `number` tells equal ones of a document apart, from 1.
std::string fingerprint_of(const Finding& finding, std::size_t number);

}  // namespace scruple::linting
