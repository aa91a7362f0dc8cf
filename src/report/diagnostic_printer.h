// Diagnostics for people: what is wrong with an input, with the line and a hint.
#pragma once

#include "scruple/diagnostic.h"
#include "scruple/reporter.h"

#include <ostream>

namespace scruple::report {

// One framed message each, with an empty line between them.
void print_diagnostics(const Diagnostics& diagnostics, const ReportStyle& style, std::ostream& out);

}  // namespace scruple::report
