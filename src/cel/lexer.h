// Text to tokens.
#pragma once

#include "cel/issue.h"
#include "cel/token.h"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::cel {

struct Tokens {
  std::vector<Token> tokens;      // the last one is `end`
  std::deque<std::string> texts;  // decoded strings, to which tokens refer
};

// Refers to `text`. Stops at the first problem.
std::optional<Issue> tokenize(std::string_view text, Tokens& out);

}  // namespace scruple::cel
