// Runs a program.
#pragma once

#include "cel/cel.h"

namespace scruple::cel {

// `trace` may be null.
Value run(const Program& program, NodeId node, const Frame& frame, Evaluation& evaluation, Trace* trace);

}  // namespace scruple::cel
