// Messages with placeholders: "The copy of {asset.id} says nothing." `{{` and `}}` stand for the braces themselves.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::policy {

struct MessagePiece {
  bool is_expression = false;
  std::string text;       // literal text, or the expression between the braces
  std::size_t begin = 0;  // where the expression begins in the message, in bytes
};

struct MessageProblem {
  std::size_t at = 0;
  std::string message;
};

// Braces and quotes inside an expression are matched, so that `{x["a}b"]}` is one placeholder.
std::vector<MessagePiece> split_message(std::string_view message, std::vector<MessageProblem>& problems);

}  // namespace scruple::policy
