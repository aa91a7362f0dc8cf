// The front door of the Common Expression Language: compile(text, environment) gives a Program, evaluate() runs it.
//
// cel knows nothing of YAML, rules or campaigns. What it does not define comes in through the Environment (names,
// functions, definitions), the Frame (values of names) and Containers (foreign data).
#pragma once

#include "cel/display.h"
#include "cel/evaluation.h"
#include "cel/function_registry.h"
#include "cel/issue.h"
#include "cel/program.h"
#include "cel/type.h"
#include "cel/value.h"

#include "scruple/source.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::cel {

struct Variable {
  std::string name;  // may have dots
  Type type = Type::dyn();
  std::uint32_t slot = 0;  // index into Frame::slots
};

// A named expression with arguments, expanded where it is called: an argument is evaluated when first used, at
// most once, and has the type of what is given. The body sees its parameters and the environment's variables whose slot
// is below `visible_slots`.
struct Definition {
  std::string name;
  std::vector<Variable> parameters;  // slots are assigned by the planner
  std::string body;
  std::uint32_t source = 0;  // handed through to Issue::source and node_source()
};

struct Limits {
  std::size_t source_bytes = 100'000;
  std::size_t nesting = 250;   // of one text; four times that once definitions are expanded
  std::size_t nodes = 50'000;  // after definitions are expanded
};

// All that a text may refer to.
struct Environment {
  const FunctionRegistry* functions = nullptr;
  const Records* records = nullptr;  // fields of the types that are named records or objects; null: there are none
  std::vector<Variable> variables;
  std::vector<Definition> definitions;
  std::uint32_t definition_visible_slots = UINT32_MAX;
  std::string container;      // the namespace in which names are resolved
  bool names_checked = true;  // false: an unknown name or function is an error when it is evaluated
  bool types_checked = true;  // false: so is a value of a type that an operation does not take
  Limits limits;
};

struct Compiled {
  std::optional<Program> program;  // empty if there are issues
  std::vector<Issue> issues;
  std::vector<Type> types;  // of the program's nodes; empty if it was not checked
};

// `source` becomes node_source() of the nodes of `text`.
Compiled compile(std::string_view text, const Environment& environment, std::uint32_t source = 0);

// Values of the environment's variables by slot. A slot that is unset when it is read is asked of `resolve`, which
// gives its value (and may keep it in the slot): lazy names.
struct Frame {
  std::span<Value> slots;
  Value (*resolve)(void* host, std::uint32_t slot, Evaluation& evaluation) = nullptr;
  void* host = nullptr;
  const FunctionRegistry* functions = nullptr;  // the one that the program was compiled with
};

// The result is never unset. What it points to lives until evaluation.reset().
Value evaluate(const Program& program, const Frame& frame, Evaluation& evaluation);

// Evaluates the part of a program below one node. Only for nodes that use no variable of a macro around them.
Value evaluate(const Program& program, NodeId node, const Frame& frame, Evaluation& evaluation);

// What was evaluated, as a tree: one for each node that was, in the order of the expression.
struct Trace {
  NodeId node = 0;
  Value value;
  // In the body of a macro: the element (or key) for which this was evaluated; unset elsewhere.
  Value element;
  std::int64_t iteration = -1;
  Explanation explanation;  // what a function said of its result; mostly empty
  std::vector<Trace> children;
};

// As evaluate(), and fills `trace`. Slow; for explaining a result once it is known.
Value evaluate_traced(const Program& program, NodeId node, const Frame& frame, Evaluation& evaluation, Trace& trace);

// As evaluate(), but at each of `nodes` stands `value`, whatever it would be: what would come of a change.
Value evaluate_assuming(const Program& program, NodeId node, const Frame& frame, Evaluation& evaluation,
                        std::span<const NodeId> nodes, const Value& value);

// Marks that the standard library gives to its results.
struct StandardMarks {
  Marks computed = 0;   // added by what derives a value from several: ordering, arithmetic, dates, sets, sizes
  Marks sensitive = 0;  // removed by what reveals nothing of its arguments: comparisons, sizes, tests
};

// The standard library and its extensions, in a fixed order.
void register_standard_library(FunctionRegistry& registry, StandardMarks marks = {});

// `==` and `<` of the language. less() is empty for values that have no order.
bool equal(const Value& a, const Value& b, Evaluation& evaluation);
std::optional<bool> less(const Value& a, const Value& b, Evaluation& evaluation);

}  // namespace scruple::cel
