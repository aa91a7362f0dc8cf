// What `scruple rules --references` prints: the laws, standards and practices on which the rules of a run rest.
#pragma once

#include "scruple/policy.h"
#include "scruple/reporter.h"

#include <ostream>
#include <string_view>

namespace scruple::report {

// `today` (YYYY-MM-DD) tells what applies already from what is still to come.
void write_references_text(const PolicySet& policies, std::string_view today, const ReportStyle& style,
                           std::ostream& out);
void write_references_json(const PolicySet& policies, std::string_view today, std::ostream& out);

}  // namespace scruple::report
