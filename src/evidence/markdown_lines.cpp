#include "evidence/markdown_lines.h"

#include "base/ascii.h"
#include "base/strings.h"

#include <algorithm>

namespace scruple::evidence {

std::uint8_t heading_level(std::string_view line) {
  constexpr std::size_t deepest = 6;
  line = trim_ascii(line);
  const std::size_t level = line.find_first_not_of('#');
  const bool marked = level != line.npos && level <= deepest && (line[level] == ' ' || line[level] == '\t');
  return marked ? static_cast<std::uint8_t>(level) : std::uint8_t{0};
}

std::size_t item_mark(std::string_view line) {
  constexpr std::string_view bullet = "•";
  std::size_t at = 0;
  if (line.starts_with(bullet)) {
    at = bullet.size();
  } else {
    if (!line.empty() && std::string_view("-*+").find(line[0]) != line.npos) {
      at = 1;
    } else {
      while (at < line.size() && at < 3 && is_digit(line[at])) ++at;
      if (at == 0 || at == line.size() || (line[at] != '.' && line[at] != ')')) return 0;
      ++at;
    }
    if (at == line.size() || line[at] != ' ') return 0;
  }
  at = std::min(line.find_first_not_of(' ', at), line.size());
  const std::string_view rest = line.substr(at);
  const bool box = rest.size() > 3 && rest[0] == '[' && rest[2] == ']' && rest[3] == ' ';
  return box ? at + 4 : at;
}

std::uint8_t underline_level(std::string_view line) {
  line = trim_ascii(line);
  if (line.size() < 3) return 0;
  if (line.find_first_not_of('=') == line.npos) return 1;
  return line.find_first_not_of('-') == line.npos ? 2 : 0;
}

}  // namespace scruple::evidence
