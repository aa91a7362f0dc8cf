// Ids that name nobody and nothing: a person, an AI system, an asset … that is declared nowhere.
#pragma once

#include "lint/evaluator.h"
#include "policy/context.h"

#include <vector>

namespace scruple::linting {

// A finding `manifest/unknown-id` for each. Where the list that an id points into is not declared at all, nothing is
// said: what is missing is the list.
void find_dangling_ids(const policy::Context& context, cel::Evaluation& evaluation, std::vector<Judged>& findings);

}  // namespace scruple::linting
