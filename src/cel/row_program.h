// The part of a program that a fold evaluates for each row, made ready for it: what does not depend on the row is
// evaluated once, the columns that it reads are known beforehand, and its text says all that it depends on.
#pragma once

#include "cel/evaluation.h"
#include "cel/function_registry.h"
#include "cel/program.h"
#include "cel/value.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace scruple::cel {

// Lives in the arena of the evaluation that made it.
struct RowProgram {
  const Program* program = nullptr;
  const FunctionRegistry* functions = nullptr;
  ProgramTables tables;             // of the program, with other nodes
  std::span<const NodeId> outputs;  // what is evaluated
  std::uint32_t row_local = 0;      // where the row goes, if `whole_row`
  bool whole_row = false;           // more is asked of it than columns
  std::uint32_t first_column = 0;   // the locals from here on: of the columns, then the values that are known
  std::span<const std::string_view> columns;
  std::span<const Value> known;
  std::string_view text;  // equal for programs that give the same for the same row
  bool shared = true;     // false: it depends on more than its text
};

// `outputs` are below a macro of `program` whose variable is `row_local`; `evaluate` gives the value of a node that
// does not depend on the row.
RowProgram* plan_rows(const Program& program, const FunctionRegistry& functions, std::span<const NodeId> outputs,
                      std::uint32_t row_local, const std::function<Value(NodeId)>& evaluate, Evaluation& evaluation);

}  // namespace scruple::cel
