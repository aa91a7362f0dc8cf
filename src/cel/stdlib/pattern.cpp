#include "cel/stdlib/pattern.h"

#include "base/strings.h"

namespace scruple::cel {
namespace {

// Compiling is dear: steps for it, besides those for the pattern's length.
constexpr std::uint64_t compile_steps = 100;

}  // namespace

Pattern::Pattern(std::string_view text, Evaluation& evaluation) : compiled_(evaluation.constant_pattern) {
  if (compiled_ == nullptr) {
    evaluation.charge(compile_steps + text.size());
    compiled_ = &own_.emplace(text);
  }
  if (compiled_->valid()) return;
  error_ = evaluation.error(ErrorKind::evaluation,
                            concat("this is no regular expression: ", visible(compiled_->error())),
                            "the syntax is that of RE2");
}

}  // namespace scruple::cel
