// Collects the errors of operands, in the order of the expression.
#pragma once

#include "cel/evaluation.h"
#include "cel/value.h"

#include <vector>

namespace scruple::cel {

class ErrorList {
 public:
  explicit ErrorList(Evaluation& evaluation) : evaluation_(evaluation) {}

  bool empty() const { return first_.is_unset(); }

  // Adds all errors of an error value that are not in the list yet, Evaluation::most_errors at most.
  void add(const Value& error);

  // The error value that holds them all. Only if there is one.
  Value value() const;

 private:
  void append(const Error& error);

  Evaluation& evaluation_;
  Value first_;  // as it came: most often it stays the only one, and nothing need be copied
  std::vector<const Error*> distinct_;
  Marks marks_ = 0;
};

}  // namespace scruple::cel
