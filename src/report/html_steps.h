// The review steps of the HTML report, its spine: what each still lacks, and who can mend it.
#pragma once

#include "scruple/linter.h"

#include <ostream>

namespace scruple::report {

// Few campaigns get a drawing each; many get a table, with the drawings of those that lack something to unfold.
void write_steps(const LintResult& result, std::ostream& out);

}  // namespace scruple::report
