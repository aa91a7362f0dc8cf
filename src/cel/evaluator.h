// Runs a program.
#pragma once

#include "cel/cel.h"

namespace scruple::cel {

// What is watched while a program runs; neither is needed for its result.
struct Watch {
  Trace* trace = nullptr;
  std::span<const NodeId> assumed{};  // nodes that are not evaluated: their value is `assumption`
  Value assumption{};
};

Value run(const Program& program, NodeId node, const Frame& frame, Evaluation& evaluation,
          const Watch* watch = nullptr);

}  // namespace scruple::cel
