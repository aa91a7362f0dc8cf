// The regular expression of a call: compiled once if it is constant, else for this call.
#pragma once

#include "cel/evaluation.h"
#include "cel/regular_expression.h"
#include "cel/value.h"

#include <optional>
#include <string_view>

namespace scruple::cel {

class Pattern {
 public:
  Pattern(std::string_view text, Evaluation& evaluation);

  // Set if the text is no regular expression.
  const Value& error() const { return error_; }
  const RegularExpression* operator->() const { return compiled_; }

 private:
  std::optional<RegularExpression> own_;
  const RegularExpression* compiled_ = nullptr;
  Value error_;
};

}  // namespace scruple::cel
