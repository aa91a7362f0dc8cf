// The findings of the HTML report: each with its excerpt, argument, remedy and basis.
#pragma once

#include "scruple/linter.h"

#include <ostream>

namespace scruple::report {

// Those that neither a waiver covers nor a baseline knows; what follows from one cause stands together.
void write_findings(const LintResult& result, std::ostream& out);

}  // namespace scruple::report
