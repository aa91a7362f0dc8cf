#include "evidence/markdown_lines.h"

#include "base/strings.h"

namespace scruple::evidence {

std::uint8_t heading_level(std::string_view line) {
  constexpr std::size_t deepest = 6;
  line = trim_ascii(line);
  const std::size_t level = line.find_first_not_of('#');
  const bool marked = level != line.npos && level <= deepest && (line[level] == ' ' || line[level] == '\t');
  return marked ? static_cast<std::uint8_t>(level) : std::uint8_t{0};
}

std::uint8_t underline_level(std::string_view line) {
  line = trim_ascii(line);
  if (line.size() < 3) return 0;
  if (line.find_first_not_of('=') == line.npos) return 1;
  return line.find_first_not_of('-') == line.npos ? 2 : 0;
}

}  // namespace scruple::evidence
