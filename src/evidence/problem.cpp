#include "evidence/problem.h"

#include "base/strings.h"

namespace scruple::evidence {

Problem problem_of(const Source& file, Problem::Kind kind, std::string_view said, std::string_view hint) {
  Problem problem;
  problem.kind = kind;
  problem.message = concat("`", visible(file.name()), "` ", said);
  problem.hint = hint;
  return problem;
}

}  // namespace scruple::evidence
