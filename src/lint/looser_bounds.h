// A campaign may set a threshold of its own where it is stricter than its organization's, never looser: the finding
// `manifest/looser-than-organization`. The schema says of each threshold which way is stricter.
#pragma once

#include "lint/evaluator.h"
#include "policy/context.h"
#include "policy/language.h"

#include <vector>

namespace scruple::linting {

void find_looser_bounds(const policy::Manifest& manifest, const policy::Language& language,
                        std::vector<Judged>& findings);

}  // namespace scruple::linting
