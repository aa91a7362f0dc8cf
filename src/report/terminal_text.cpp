#include "report/terminal_text.h"

#include "base/ascii.h"
#include "base/strings.h"

#include <utf8proc.h>

#include <algorithm>

namespace scruple::report {

namespace {

struct Decoded {
  std::size_t length = 1;
  std::size_t columns = 1;
};

Decoded decode(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {};
  const auto rest = text.substr(at, 4);
  utf8proc_int32_t code_point = -1;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(rest.data()),
                                       static_cast<utf8proc_ssize_t>(rest.size()), &code_point);
  if (length <= 0) return {};
  return {static_cast<std::size_t>(length), static_cast<std::size_t>(std::max(0, utf8proc_charwidth(code_point)))};
}

// The bytes of a colour sequence at `at`, or 0. Text of others holds none: its escapes have been made visible.
std::size_t color_sequence_length(std::string_view text, std::size_t at) {
  if (!text.substr(at).starts_with("\x1b[")) return 0;
  const std::size_t end = text.find('m', at);
  return end == std::string_view::npos ? 0 : end + 1 - at;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The bytes of the longest prefix that fits; at least one code point, so that a caller always gets ahead.
std::size_t fitting_prefix(std::string_view text, std::size_t width) {
  std::size_t end = 0;
  std::size_t columns = 0;
  while (end < text.size()) {
    const Decoded next = decode(text, end);
    if (end > 0 && columns + next.columns > width) break;
    columns += next.columns;
    end += next.length;
  }
  return end;
}

// The end of the first word. What stands between backticks is one word, unless it is long: code breaks badly.
std::size_t word_end(std::string_view text, std::size_t longest_code) {
  std::size_t end = 0;
  while (end < text.size() && text[end] != ' ') {
    if (text[end] == '`') {
      const std::size_t close = text.substr(0, end + longest_code).find('`', end + 1);
      if (close != std::string_view::npos) end = close;
    }
    ++end;
  }
  return end;
}

// The offset of the first character that is neither a blank nor part of a colour sequence.
std::size_t first_visible(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size()) {
    const std::size_t step = line[at] == ' ' ? 1 : color_sequence_length(line, at);
    if (step == 0) break;
    at += step;
  }
  return at;
}

}  // namespace

std::size_t code_point_length(std::string_view text, std::size_t at) { return decode(text, at).length; }

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] >= ' ' && !is_beyond_ascii(text[at])) {
      ++columns;
      ++at;
      continue;
    }
    if (const std::size_t skipped = color_sequence_length(text, at); skipped > 0) {
      at += skipped;
      continue;
    }
    const Decoded next = decode(text, at);
    columns += next.columns;
    at += next.length;
  }
  return columns;
}

std::string pad(std::string_view text, std::size_t columns) {
  std::string out(text);
  out.append(columns - std::min(columns, display_width(text)), ' ');
  return out;
}

std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : trim_ascii(text)) {
    if (!is_blank(c)) {
      out += c;
    } else if (out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t hanging) {
  const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
  std::string indent(std::min(first, width / 2), ' ');
  text.remove_prefix(first);

  std::vector<std::string> lines;
  std::string line = indent;
  std::size_t columns = indent.size();
  const auto finish = [&] {
    lines.push_back(line);
    if (lines.size() == 1) indent.resize(std::min(indent.size() + hanging, width / 2), ' ');
    line = indent;
    columns = indent.size();
  };
  while (!text.empty()) {
    const std::size_t end = word_end(text, width / 2);
    std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(text.find_first_not_of(' ', end), text.size()));
    std::size_t word_columns = display_width(word);
    const bool begun = columns > indent.size();
    if (begun && columns + 1 + word_columns > width) finish();
    while (indent.size() + word_columns > width && !word.empty()) {
      const std::size_t cut = fitting_prefix(word, width - indent.size());
      if (cut == word.size()) break;
      line += word.substr(0, cut);
      word_columns -= display_width(word.substr(0, cut));
      word.remove_prefix(cut);
      finish();
    }
    if (columns > indent.size()) {
      line += ' ';
      ++columns;
    }
    line += word;
    columns += word_columns;
  }
  if (columns > indent.size() || lines.empty()) lines.push_back(columns > indent.size() ? line : "");
  return lines;
}

std::vector<std::string> wrap_lines(std::string_view text, std::size_t width, std::size_t hanging) {
  std::vector<std::string> lines;
  text = trim_ascii(text);
  while (true) {
    const std::size_t end = text.find('\n');
    for (auto& line : wrap(visible(text.substr(0, end)), width, hanging)) lines.push_back(std::move(line));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

bool begins_runner_command(std::string_view text) {
  if (!text.starts_with("##")) return false;
  text.remove_prefix(2);
  while (!text.empty() && is_letter(text.front())) text.remove_prefix(1);
  return text.starts_with('[');
}

std::string without_runner_commands(std::string_view line) {
  if (line.find("##") == line.npos && line.find("::") == line.npos) return std::string(line);
  std::string out;
  const std::size_t begin = first_visible(line);
  for (std::size_t at = 0; at < line.size(); ++at) {
    out += line[at];
    const bool opens_command = at == begin && line.substr(at).starts_with("::");
    if (opens_command || begins_runner_command(line.substr(at))) out += ' ';
  }
  return out;
}

Tone tone_of(Severity severity) {
  switch (severity) {
    case Severity::error: return Tone::error;
    case Severity::warning: return Tone::warning;
    case Severity::info: return Tone::info;
  }
  return Tone::error;
}

std::string Ink::operator()(Tone tone, std::string_view text) const {
  if (!color_ || text.empty()) return std::string(text);
  const std::string_view code = [&]() -> std::string_view {
    switch (tone) {
      case Tone::strong: return "1";
      case Tone::faint: return "2";
      case Tone::error: return "1;31";
      case Tone::warning: return "1;33";
      case Tone::info: return "1;36";
      case Tone::good: return "1;32";
    }
    return "0";
  }();
  return concat("\x1b[", code, "m", text, "\x1b[0m");
}

}  // namespace scruple::report
