#include "schema/pattern.h"

#include <cstddef>
#include <optional>

namespace scruple::schema {

namespace {

struct Part {
  std::string_view characters;  // of a class: what stands between the brackets; else the one letter
  bool is_class = false;
  std::size_t least = 1;
  std::size_t most = 1;
};

bool is_plain(char c) { return std::string_view("^$.[](){}+*?|\\").find(c) == std::string_view::npos; }

bool contains(const Part& part, char c) {
  if (!part.is_class) return part.characters[0] == c;
  const std::string_view set = part.characters;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (i + 2 < set.size() && set[i + 1] == '-') {
      if (c >= set[i] && c <= set[i + 2]) return true;
      i += 2;
    } else if (c == set[i]) {
      return true;
    }
  }
  return false;
}

// Takes the next part off `rest`; nullopt if it is of no supported form.
std::optional<Part> take_part(std::string_view& rest) {
  Part part;
  if (rest.front() == '[') {
    const std::size_t end = rest.find(']');
    if (end == std::string_view::npos || end == 1 || rest[1] == '^' || rest.substr(0, end).find('\\') != rest.npos) {
      return std::nullopt;
    }
    part.is_class = true;
    part.characters = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
  } else if (is_plain(rest.front())) {
    part.characters = rest.substr(0, 1);
    rest.remove_prefix(1);
  } else {
    return std::nullopt;
  }
  if (rest.empty()) return part;
  const auto repeat = [&](std::size_t least, std::size_t most, std::size_t length) {
    part.least = least;
    part.most = most;
    rest.remove_prefix(length);
  };
  if (rest.front() == '+')
    repeat(1, std::string_view::npos, 1);
  else if (rest.front() == '*')
    repeat(0, std::string_view::npos, 1);
  else if (rest.front() == '?')
    repeat(0, 1, 1);
  else if (rest.size() > 2 && rest[0] == '{' && rest[1] >= '1' && rest[1] <= '9' && rest[2] == '}') {
    const auto times = static_cast<std::size_t>(rest[1] - '0');
    repeat(times, times, 3);
  }
  return part;
}

bool is_enclosed(std::string_view pattern) {
  return pattern.size() > 2 && pattern.starts_with('^') && pattern.ends_with('$');
}

}  // namespace

bool is_pattern(std::string_view pattern) {
  if (!is_enclosed(pattern)) return false;
  std::string_view rest = pattern.substr(1, pattern.size() - 2);
  while (!rest.empty()) {
    if (!take_part(rest)) return false;
  }
  return true;
}

bool matches_pattern(std::string_view pattern, std::string_view text) {
  if (!is_enclosed(pattern)) return false;
  std::string_view rest = pattern.substr(1, pattern.size() - 2);
  std::size_t at = 0;
  while (!rest.empty()) {
    const auto part = take_part(rest);
    if (!part) return false;
    std::size_t taken = 0;
    while (taken < part->most && at < text.size() && contains(*part, text[at])) ++taken, ++at;
    if (taken < part->least) return false;
  }
  return at == text.size();
}

}  // namespace scruple::schema
