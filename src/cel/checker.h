// The static types of a program's nodes, and what is wrong with them. A type is found for every node, `dyn` where
// nothing is known: a checked program still runs on whatever values it gets. Definitions are checked anew in each
// call, with the types of its arguments.
#pragma once

#include "cel/cel.h"

#include <functional>
#include <string_view>
#include <vector>

namespace scruple::cel {

// The text of a node's source: what compile() was given, or a definition's body.
using TextOf = std::function<std::string_view(std::uint32_t source)>;

// The types by node. Each issue is reported once, however often a definition is called.
std::vector<Type> check(const ProgramTables& tables, const Environment& environment, const TextOf& text_of,
                        std::vector<Issue>& issues);

// Where the name of a selection stands, whose text this is: a selection ends with it, but for a quote and the end of
// `has(…)`.
Span name_span(std::string_view text, const Node& select, std::string_view name);

}  // namespace scruple::cel
