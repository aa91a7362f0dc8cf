// Days that cannot follow each other as they stand: an end before its beginning, a look back before the launch. The
// finding `manifest/date-order`. Whether something was done in time is a matter of rules.
#pragma once

#include "lint/evaluator.h"
#include "policy/context.h"

#include <vector>

namespace scruple::linting {

void find_impossible_dates(const policy::Context& context, cel::Evaluation& evaluation, std::vector<Judged>& findings);

}  // namespace scruple::linting
