// A baseline as a file: one finding a line, in a fixed order, so that a change of it reads well in a review.
#pragma once

#include "scruple/linter.h"

#include <ostream>
#include <vector>

namespace scruple::report {

void write_baseline(const std::vector<KnownFinding>& findings, std::ostream& out);

}  // namespace scruple::report
