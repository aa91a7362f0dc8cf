// The part of the text report that pages about rules show too.
#pragma once

#include "scruple/reporter.h"

namespace scruple::report {

// The findings alone, without a summary.
void print_findings(const LintResult& result, const ReportStyle& style, std::ostream& out);

}  // namespace scruple::report
