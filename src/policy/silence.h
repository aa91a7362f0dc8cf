// Finds where an absence decides in silence: a `has(f)`, a `.?f` or an `orValue` by which a rule does not apply, or
// passes, only because a field of the manifest is not there. Silence is never a pass: the rule has to say why.
//
// For each field that an expression asks for in such a way, the expression is evaluated abstractly in two worlds at
// once, one without the field and one with it, and all that does not depend on the field is unknown but the same in
// both. If `when` can be false without the field and true with it, or a requirement true without and false with it, or
// an element of a range there only with it, then the field's absence excuses.
#pragma once

#include "cel/cel.h"
#include "policy/rule_lint.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::policy {

// One expression of a rule, in the order in which they are written.
struct RuleExpression {
  Use use = Use::value;
  std::uint32_t slot = 0;  // of the name that stands for its value: let
  cel::ProgramTables tables;
  std::vector<cel::Type> types;  // by node
};

struct Excuse {
  std::string field;           // "assets.subject"
  Use use = Use::when;         // what its absence decides
  std::size_t expression = 0;  // where the rule asks for the field: which expression, and the part of its text
  Span span;
};

struct Excuses {
  std::vector<Excuse> found;  // at most one a field
  // Fields without which something else is looked at: they may have an entry in `silence`.
  std::vector<std::string> substituted;
  // Names of fields that are asked for where the type is not known: so may these.
  std::vector<std::string> loose_names;
};

Excuses find_excuses(std::span<const RuleExpression> expressions, const cel::FunctionRegistry& functions);

}  // namespace scruple::policy
