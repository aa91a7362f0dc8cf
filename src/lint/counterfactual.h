// What would have to be different: the smallest change of one value by which a requirement passes.
#pragma once

#include "lint/blame.h"
#include "lint/parts.h"

#include "scruple/finding.h"

#include <optional>

namespace scruple::linting {

// The change of one operand of a comparison.
struct Change {
  cel::NodeId subject = 0;
  Counterfactual counterfactual;
};

// For a part of a requirement that came out as `wanted` should not have: a comparison of a value with a limit (a
// constant, a parameter, the day, a name of the rule), membership in a list, or a plain boolean. `conjunct` is the one
// that failed. Each change is tried before it is named; nothing is said if it would not pass, since something else
// depends on the value or has failed as well.
std::optional<Change> change_for(const ItemFrame& item, const Part& requirement, cel::NodeId conjunct,
                                 const cel::Trace& part, bool wanted);

}  // namespace scruple::linting
