// A tree to a program: names to slots, calls to groups of the registry, definitions to their bodies.
#pragma once

#include "cel/ast.h"
#include "cel/cel.h"

#include <optional>
#include <vector>

namespace scruple::cel {

// All names of the text are looked at, so that one run shows every mistake; what has an issue becomes an unknown name.
// Empty if a limit was passed.
std::optional<Program> plan(const Ast& ast, const Environment& environment, std::uint32_t source,
                            std::vector<Issue>& issues);

}  // namespace scruple::cel
