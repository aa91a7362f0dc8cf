// What `scruple status` prints: the review steps of a campaign on one screen, or a table of several.
#pragma once

#include "scruple/linter.h"
#include "scruple/reporter.h"

#include <ostream>

namespace scruple::report {

void write_status_text(const LintResult& result, const ReportStyle& style, std::ostream& out);
void write_status_json(const LintResult& result, std::ostream& out);

}  // namespace scruple::report
