// What `scruple eval --trace` prints: the values of an expression's parts as a tree.
#pragma once

#include "cel/cel.h"
#include "policy/context.h"

#include <ostream>
#include <string_view>

namespace scruple::cli {

// A line for each part that was evaluated, below the part that it belongs to. What must not be shown is told by its
// kind and place.
void print_trace(const cel::Trace& trace, const cel::Program& program, std::string_view expression,
                 const policy::Context& context, cel::Evaluation& evaluation, std::ostream& out);

}  // namespace scruple::cli
