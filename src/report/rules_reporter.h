// The rules of a run as a list.
#pragma once

#include "scruple/policy.h"
#include "scruple/reporter.h"

#include <ostream>

namespace scruple::report {

void write_rules_text(const PolicySet& policies, const ReportStyle& style, std::ostream& out);
void write_rules_json(const PolicySet& policies, std::ostream& out);

}  // namespace scruple::report
