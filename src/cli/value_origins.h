// A value as a list of what it holds, each with the file and line where it stands: `scruple eval --origins`.
#pragma once

#include "policy/context.h"

#include <iosfwd>

namespace scruple::cli {

// A line for each scalar and each empty list or mapping. What stands in the organization file or in the defaults of
// assets is said to be inherited, what an expression made up to be computed.
void print_origins(const cel::Value& value, const policy::Context& context, cel::Evaluation& evaluation,
                   std::ostream& out);

}  // namespace scruple::cli
