// Ids that name nobody and nothing: a person, an AI system, an asset … that is declared nowhere.
#pragma once

#include "lint/evaluator.h"
#include "policy/context.h"
#include "schema/validator.h"

#include <optional>
#include <vector>

namespace scruple::linting {

// A finding `manifest/unknown-id` for each. Where the list that an id points into is not declared at all, nothing is
// said: what is missing is the list. `ids` are all that the documents hold, or unset if they are not known: the view is
// only walked if one of them is unknown.
void find_dangling_ids(const policy::Context& context, const std::optional<std::vector<schema::IdUse>>& ids,
                       cel::Evaluation& evaluation, std::vector<Judged>& findings);

}  // namespace scruple::linting
