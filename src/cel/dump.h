// Each stage of compilation as text: what tests compare, and what a person looks at to see why an expression means
// what it means.
#pragma once

#include "cel/ast.h"
#include "cel/cel.h"
#include "cel/lexer.h"

#include <string>

namespace scruple::cel {

// `name(a) dot name(b) end`
std::string dump(const Tokens& tokens);

// `select(name(a), b)`
std::string dump(const Ast& ast);

// As the tree, with slots, locals and groups: `select($0, b)`, `call[size](…)`, `#0` for a local.
std::string dump(const Program& program, const FunctionRegistry& functions);

// `select=1 [2, 5): …`: a node a line, indented, with the value it had.
std::string dump(const Trace& trace, const Program& program, Evaluation& evaluation);

}  // namespace scruple::cel
