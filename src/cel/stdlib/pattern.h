// The regular expression of a call.
#pragma once

#include "cel/evaluation.h"
#include "cel/regular_expression.h"
#include "cel/value.h"

#include <string_view>

namespace scruple::cel {

class Pattern {
 public:
  Pattern(std::string_view text, Evaluation& evaluation);

  // Set if the text is no regular expression.
  const Value& error() const { return error_; }
  const RegularExpression* operator->() const { return compiled_; }

 private:
  const RegularExpression* compiled_;
  Value error_;
};

}  // namespace scruple::cel
