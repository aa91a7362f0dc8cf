// What will be wrong soon if nothing changes: waivers, reviews and approvals that run out, launches that come.
#pragma once

#include "scruple/linter.h"

#include <functional>

namespace scruple::linting {

// Judges later days in the same way and lists what they find and `result` does not, with the first day of each.
// `lint_on` is a whole run on a day; few days are tried: those between which something changes.
void look_ahead(LintResult& result, unsigned days, const std::function<LintResult(const std::string& day)>& lint_on);

}  // namespace scruple::linting
