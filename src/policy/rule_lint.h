// What the expressions of a policy must not do, though the language allows it: each is a mistake that would decide a
// campaign's verdict in silence.
#pragma once

#include "cel/cel.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace scruple::policy {

// What an expression is for.
enum class Use : std::uint8_t {
  when,       // of a rule
  require,    // one requirement
  reference,  // the `when` of a reference
  range,      // of `for`
  at,         // where to point
  shown,      // a placeholder of a message
  value,      // of `let`
};

// Integer division; comparisons that are never true; constant regular expressions that are none; what a rule of scope
// organization cannot read; a result that its use has no use for. `text` is what was compiled.
std::vector<cel::Issue> lint_expression(const cel::Program& program, std::span<const cel::Type> types, Use use,
                                        std::string_view text, const cel::Environment& environment);

// The positions of the arguments that a definition does not use. `program` is a call of it.
std::vector<std::size_t> unused_arguments(const cel::Program& program, std::size_t count);

}  // namespace scruple::policy
