// The end of the text report: what was checked, at which gate, what was not checked and why, and the verdict.
#pragma once

#include "report/run_summary.h"
#include "scruple/reporter.h"

#include <ostream>

namespace scruple::report {

void print_summary(const LintResult& result, const RunSummary& summary, const ReportStyle& style, std::ostream& out);

}  // namespace scruple::report
