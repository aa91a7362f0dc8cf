#include "report/markup.h"

#include "base/strings.h"
#include "report/terminal_text.h"

namespace scruple::report {

std::string escape_markup(std::string_view text) {
  const std::string shown = visible(text);
  std::string out;
  out.reserve(shown.size());
  for (std::size_t at = 0; at < shown.size(); ++at) {
    const bool command = begins_runner_command(std::string_view(shown).substr(at));
    switch (shown[at]) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      // The runner of a CI service obeys `##[` in what is printed.
      case '#': out += command ? "&#35;" : "#"; break;
      default: out += shown[at];
    }
  }
  return out;
}

std::string escape_markup_lines(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t end = text.find('\n');
    out += escape_markup(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    out += '\n';
    text.remove_prefix(end + 1);
  }
}

}  // namespace scruple::report
