// Explains a requirement that failed or could not be decided: what decided it, and where to point.
#pragma once

#include "cel/cel.h"
#include "policy/compiled_pack.h"
#include "policy/context.h"

#include "scruple/finding.h"

#include <optional>
#include <string>
#include <vector>

namespace scruple::linting {

// How a rule's expressions are evaluated for the item at hand.
struct ItemFrame {
  const policy::CompiledPack& pack;
  const policy::CompiledRule& rule;
  policy::Context& context;
  cel::Evaluation& evaluation;
  const cel::Frame& frame;
  cel::Origin item = 0;  // of the innermost loop variable; 0 for a rule without `for`
};

struct Blame {
  std::optional<cel::Origin> point;  // the value to point at; none: the item, or the manifest
  std::vector<Reason> because;       // the most telling first
  std::string marker;                // what a function says of its result
};

// `expression` came out false or as an error: it is evaluated once more with tracing, and with it the conjuncts of
// `when` that read the item. What names of the rule stand for is not evaluated again.
Blame explain(const ItemFrame& item, const policy::Expression& expression);

}  // namespace scruple::linting
