#include "cel/stdlib/pattern.h"

#include "base/strings.h"

namespace scruple::cel {

Pattern::Pattern(std::string_view text, Evaluation& evaluation) : compiled_(evaluation.constant_pattern) {
  if (compiled_ == nullptr) {
    evaluation.charge(text.size());
    compiled_ = &own_.emplace(text);
    evaluation.charge(compiled_->compile_steps());
  }
  if (compiled_->valid()) return;
  error_ =
      evaluation.error(ErrorKind::evaluation, concat("this is no regular expression: ", visible(compiled_->error())),
                       "the syntax is that of RE2");
}

}  // namespace scruple::cel
