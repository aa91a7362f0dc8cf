// Tokens to a tree.
#pragma once

#include "cel/ast.h"
#include "cel/issue.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace scruple::cel {

// The tree refers to `text`. Empty if there was a problem: the first one is in `issues`, with source 0.
std::optional<Ast> parse(std::string_view text, std::size_t nesting, std::vector<Issue>& issues);

}  // namespace scruple::cel
