#include "cel/cel.h"

#include "base/strings.h"
#include "cel/checker.h"
#include "cel/compare.h"
#include "cel/evaluator.h"
#include "cel/parser.h"
#include "cel/planner.h"

#include <algorithm>

namespace scruple::cel {

Compiled compile(std::string_view text, const Environment& environment, std::uint32_t source) {
  Compiled compiled;
  if (text.size() > environment.limits.source_bytes) {
    compiled.issues.push_back(
        {source,
         {0, 0},
         concat("the expression is longer than ", environment.limits.source_bytes, " bytes (limit `expression-bytes`)"),
         {}});
    return compiled;
  }
  std::optional<Ast> ast = parse(text, environment.limits.nesting, compiled.issues);
  for (Issue& issue : compiled.issues) issue.source = source;
  if (ast) compiled.program = plan(*ast, environment, source, compiled.issues);
  if (compiled.program && environment.types_checked) {
    const auto text_of = [&](std::uint32_t id) {
      const auto known = std::ranges::find(environment.definitions, id, &Definition::source);
      return id == source || known == environment.definitions.end() ? text : std::string_view(known->body);
    };
    compiled.types = check(compiled.program->tables(), environment, text_of, compiled.issues);
  }
  if (!compiled.issues.empty()) compiled.program.reset();
  return compiled;
}

Value evaluate(const Program& program, const Frame& frame, Evaluation& evaluation) {
  return run(program, program.root(), frame, evaluation);
}

Value evaluate(const Program& program, NodeId node, const Frame& frame, Evaluation& evaluation) {
  return run(program, node, frame, evaluation);
}

Value evaluate_traced(const Program& program, NodeId node, const Frame& frame, Evaluation& evaluation, Trace& trace) {
  // The evaluator adds to a parent: the tree that is wanted is its only child.
  Trace parent;
  const Watch watch{&parent, {}, {}};
  const Value value = run(program, node, frame, evaluation, &watch);
  trace = parent.children.empty() ? Trace{} : std::move(parent.children.front());
  return value;
}

Value evaluate_assuming(const Program& program, NodeId node, const Frame& frame, Evaluation& evaluation,
                        std::span<const NodeId> nodes, const Value& value) {
  const Watch watch{nullptr, nodes, value};
  return run(program, node, frame, evaluation, &watch);
}

bool equal(const Value& a, const Value& b, Evaluation& evaluation) { return equality(a, b, evaluation).is_true(); }

std::optional<bool> less(const Value& a, const Value& b, Evaluation&) {
  const auto order = compare(a, b);
  if (!order || *order == std::partial_ordering::unordered) return std::nullopt;
  return *order < 0;
}

}  // namespace scruple::cel
