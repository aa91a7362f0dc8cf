#include "cel/stdlib/pattern.h"

#include "base/strings.h"

namespace scruple::cel {

Pattern::Pattern(std::string_view text, Evaluation& evaluation) : compiled_(&evaluation.regular_expression(text)) {
  // Charged once in each evaluation, whether or not it was compiled before, so that an outcome does not depend on what
  // else was judged.
  if (!evaluation.pattern_is_constant && evaluation.is_new_pattern(text)) {
    evaluation.charge(text.size() + compiled_->compile_steps());
  }
  if (compiled_->valid()) return;
  error_ =
      evaluation.error(ErrorKind::evaluation, concat("this is no regular expression: ", visible(compiled_->error())),
                       "the syntax is that of RE2");
}

}  // namespace scruple::cel
