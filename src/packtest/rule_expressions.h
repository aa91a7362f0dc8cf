// The expressions of a rule that decide, each with the text that it was written as, and the conditions in them.
#pragma once

#include "cel/function_registry.h"
#include "cel/program.h"
#include "policy/compiled_pack.h"
#include "policy/pack.h"

#include "scruple/source.h"

#include <string>
#include <string_view>
#include <vector>

namespace scruple::packtest {

struct RuleExpression {
  policy::Text text;
  std::uint32_t begin = 0;  // of the expression in the text
  policy::Expression expression;
  bool is_condition = false;  // it has to be true or false
};

// Of `for`, `when`, `let` and `require`.
std::vector<RuleExpression> expressions_of(const policy::WrittenRule& written, const policy::CompiledRule& rule);

// Where a node of a rule's expression stands, in the rule's text or in that of a definition.
struct Written {
  const policy::Text* text = nullptr;
  Span span;          // in the text
  std::string owner;  // "house/subject-short", or "definition `is_text`"
  const std::vector<policy::WrittenMutant>* reasons = nullptr;
};
Written written_as(const policy::PolicyPack& pack, const policy::WrittenRule& rule, const RuleExpression& expression,
                   const cel::Node& node);

// Whether one of the reasons under `mutants` is about this change, however its key is folded.
bool is_justified(const std::vector<policy::WrittenMutant>& reasons, std::string_view change);
bool is_about(const policy::WrittenMutant& reason, std::string_view change);

// A text with each run of white space as one blank.
std::string without_breaks(std::string_view text);

// What a text says there, in this form.
std::string plain(const policy::Text& text, Span span);

// The atomic conditions below the root: what stands where true or false is needed and is not itself made of
// conditions by `&&`, `||`, `!` and `?:`. Constants are left out. The bodies of definitions are included.
std::vector<cel::NodeId> conditions(const cel::Program& program, const cel::FunctionRegistry& functions,
                                    bool is_condition);

}  // namespace scruple::packtest
