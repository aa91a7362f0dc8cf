#include "policy/message.h"

namespace scruple::policy {

namespace {

// The end of the expression that begins at `begin`: the index of its closing brace, or npos.
std::size_t closing_brace(std::string_view text, std::size_t begin) {
  int depth = 0;
  char quote = 0;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == '\\') {
        ++i;
      } else if (c == quote) {
        quote = 0;
      }
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}') {
      if (depth == 0) return i;
      --depth;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::vector<MessagePiece> split_message(std::string_view message, std::vector<MessageProblem>& problems) {
  std::vector<MessagePiece> pieces;
  std::string literal;
  const auto flush = [&] {
    if (!literal.empty()) pieces.push_back({false, std::move(literal), 0});
    literal.clear();
  };
  for (std::size_t i = 0; i < message.size(); ++i) {
    const char c = message[i];
    if ((c == '{' || c == '}') && i + 1 < message.size() && message[i + 1] == c) {
      literal += c;
      ++i;
    } else if (c == '{') {
      const std::size_t end = closing_brace(message, i + 1);
      if (end == std::string_view::npos) {
        problems.push_back({i, "this `{` is never closed; write `{{` for the brace itself"});
        break;
      }
      flush();
      pieces.push_back({true, std::string(message.substr(i + 1, end - i - 1)), i + 1});
      i = end;
    } else if (c == '}') {
      problems.push_back({i, "this `}` closes nothing; write `}}` for the brace itself"});
    } else {
      literal += c;
    }
  }
  flush();
  return pieces;
}

}  // namespace scruple::policy
