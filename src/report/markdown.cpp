#include "report/markdown.h"

#include "base/ascii.h"
#include "report/entries.h"

namespace scruple::report {

std::string escape_markdown(std::string_view text) {
  constexpr std::string_view zero_width_space = "\xE2\x80\x8B";
  const std::string line = plain(text);
  std::string out;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '@' && (at == 0 || !is_letter_or_digit(line[at - 1]))) {
      // Nobody is to be notified by what a manifest holds. Within an address it names nobody, and can be copied.
      out += '@';
      out += zero_width_space;
    } else {
      if (std::string_view("\\`*_{}[]()#+!|~").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

}  // namespace scruple::report
