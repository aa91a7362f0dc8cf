// Runs a program.
#pragma once

#include "cel/cel.h"
#include "cel/row_program.h"

#include <memory>

namespace scruple::cel {

// What is watched while a program runs; neither is needed for its result.
struct Watch {
  Trace* trace = nullptr;
  std::span<const NodeId> assumed{};  // nodes that are not evaluated: their value is `assumption`
  Value assumption{};
};

Value run(const Program& program, NodeId node, const Frame& frame, Evaluation& evaluation,
          const Watch* watch = nullptr);

// Runs the outputs of a row program, row after row, without an allocation for a row.
class RowRunner {
 public:
  // Both outlive the runner.
  RowRunner(const RowProgram& program, Evaluation& evaluation);
  ~RowRunner();
  RowRunner(const RowRunner&) = delete;
  RowRunner& operator=(const RowRunner&) = delete;

  // `cells`: of the program's columns.
  void set_row(std::span<const Value> cells, const Value& row);
  Value evaluate(NodeId output);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace scruple::cel
