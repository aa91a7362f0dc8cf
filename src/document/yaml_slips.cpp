#include "document/yaml_slips.h"

#include "base/ascii.h"
#include "base/lookalike.h"
#include "base/strings.h"
#include "document/yaml_characters.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace scruple {
namespace {

using namespace yaml;

// Further up than this nobody looks for a slip.
constexpr int most_lines = 40;
constexpr std::size_t longest_shown = 60;

SyntaxError error(std::size_t begin, std::size_t end, std::string message, std::string hint) {
  return {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, std::move(message), std::move(hint)};
}

bool is_name_character(char c) { return is_letter_or_digit(c) || c == '_' || c == '-'; }

// A line that is not blank, taken apart as far as slips matter.
struct Line {
  std::size_t first = 0;    // its first character that is no blank
  std::size_t content = 0;  // behind the dashes of a list
  std::size_t name = 0;     // where the word with which its content begins ends
  std::size_t end = 0;
  bool structured = false;  // holds `key:` or an item
  bool block_text = false;  // ends with the `|` or `>` that begins text of several lines
};

Line take_apart(std::string_view text, std::size_t begin) {
  Line line;
  line.end = line_end(text, begin);
  line.first = std::min(text.find_first_not_of(" \t", begin), line.end);
  line.content = line.first;
  while (line.content < line.end && text[line.content] == '-' && is_space_at(text, line.content + 1)) {
    line.structured = true;
    line.content = std::min(text.find_first_not_of(" \t", line.content + 1), line.end);
  }
  line.name = line.content;
  while (line.name < line.end && is_name_character(text[line.name])) ++line.name;
  for (std::size_t at = line.content; at < line.end && !line.structured; ++at)
    line.structured = is_value_indicator(text, at, false);
  const std::string_view written = trim_ascii(text.substr(line.first, line.end - line.first));
  const std::size_t word = written.find_last_of(" \t:");
  const std::string_view last = word == std::string_view::npos ? written : written.substr(word + 1);
  line.block_text = line.structured && !last.empty() && (last[0] == '|' || last[0] == '>') && last.size() <= 3;
  return line;
}

std::string shown(std::string_view text, std::size_t begin, std::size_t end) {
  return shorten(visible(trim_ascii(text.substr(begin, end - begin))), longest_shown);
}

std::string blank_hint() { return "Write ordinary blanks; often the other ones came in by copying from a document."; }

std::optional<SyntaxError> slip_at_begin(std::string_view text, const Line& line) {
  const Lookalike first = lookalike_at(text, line.first);
  if (first.kind == LookalikeKind::blank) {
    std::size_t end = line.first;
    while (lookalike_at(text, end).kind == LookalikeKind::blank) end += lookalike_at(text, end).length;
    return error(line.first, end, concat("Here stands ", first.name, ", which YAML takes for text."), blank_hint());
  }
  const std::size_t after = line.first + first.length;
  const bool spaced = is_space_at(text, after) || lookalike_at(text, after).kind == LookalikeKind::blank;
  if (first.kind == LookalikeKind::dash && spaced) {
    return error(line.first, after, concat("An item of a list begins with `- `; this `", first.name, "` is no hyphen."),
                 concat("Write `- ", shown(text, after, line.end), "`."));
  }
  if (text[line.first] == '*' && is_space_at(text, line.first + 1)) {
    return error(line.first, line.first + 1, "An item of a list begins with `- `, not with `*`.",
                 concat("Write `- ", shown(text, line.first + 1, line.end), "`."));
  }
  if (text.substr(line.first).starts_with("//")) {
    return error(line.first, line.first + 2, "A comment begins with `#`, not with `//`.",
                 concat("Write `# ", shown(text, line.first + 2, line.end), "`."));
  }
  return std::nullopt;
}

std::optional<SyntaxError> slip_at_dash(std::string_view text, const Line& line) {
  const std::size_t at = line.content;
  if (at + 1 >= line.end || text[at] != '-' || text[at + 1] == '-' || is_space_at(text, at + 1)) return std::nullopt;
  return error(at, at + 1, "A blank is missing after this `-`.",
               concat("Write `- ", shown(text, at + 1, line.end), "`."));
}

// What stands between a key and its value in the place of `: `.
std::optional<SyntaxError> slip_after_name(std::string_view text, const Line& line) {
  if (line.name == line.content || line.name >= line.end) return std::nullopt;
  const auto corrected = [&](std::size_t value) {
    return concat("Write `", shown(text, line.content, line.name), ": ", shown(text, value, line.end), "`.");
  };
  const std::size_t at = std::min(text.find_first_not_of(' ', line.name), line.end);
  const Lookalike colon = lookalike_at(text, at);
  if (colon.kind == LookalikeKind::colon) {
    return error(at, at + colon.length, concat("A key ends with `: `; this `", colon.name, "` is no such colon."),
                 corrected(at + colon.length));
  }
  if (at < line.end && text[at] == '=' && !line.structured) {
    return error(at, at + 1, "A key ends with `: `, not with `=`.", corrected(at + 1));
  }
  if (text[line.name] != ':' || is_space_at(text, line.name + 1)) return std::nullopt;
  const std::size_t value = line.name + 1;
  if (text.substr(value).starts_with("//")) return std::nullopt;  // an address
  if (const Lookalike blank = lookalike_at(text, value); blank.kind == LookalikeKind::blank) {
    return error(value, value + blank.length,
                 concat("After this `:` stands ", blank.name, ", which YAML takes for text."), blank_hint());
  }
  return error(line.name, value, "A blank is missing after this `:`.", corrected(value));
}

std::optional<SyntaxError> slip_in(std::string_view text, const Line& line) {
  if (line.first >= line.end) return std::nullopt;
  if (auto slip = slip_at_begin(text, line)) return slip;
  if (auto slip = slip_at_dash(text, line)) return slip;
  return slip_after_name(text, line);
}

// A word or more, without a colon, in the column where a key was expected.
SyntaxError no_colon(std::string_view text, const Line& line) {
  const std::size_t value = std::min(text.find_first_not_of(' ', line.name), line.end);
  const std::size_t end = text.find_last_not_of(" \t", line.end - 1) + 1;
  std::string hint = "Add the missing `:`, or indent the line if it goes on with the text above it.";
  if (line.name > line.content && value > line.name) {
    hint = concat("Write `", shown(text, line.content, line.name), ": ", shown(text, value, line.end),
                  "`, or indent the line if it goes on with the text above it.");
  } else if (line.name > line.content) {
    hint = concat("Write `", shown(text, line.content, line.name),
                  ":`, or indent the line if it goes on with the text above it.");
  }
  return error(line.first, end, "This is neither `key: value` nor an item of a list (`- …`).", std::move(hint));
}

std::size_t begin_of_line(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  const std::size_t found = text.rfind('\n', std::min(at, text.size()) - 1);
  return found == std::string_view::npos ? 0 : found + 1;
}

}  // namespace

std::optional<SyntaxError> find_slip(std::string_view text, std::size_t at) {
  std::size_t begin = begin_of_line(text, at);
  const Line here = take_apart(text, begin);
  const std::size_t column = here.first - begin;
  std::optional<SyntaxError> slip = slip_in(text, here);
  std::optional<SyntaxError> above;      // the first slip in the lines above
  std::optional<SyntaxError> unclear;    // the first line above in this column that is neither key nor item
  std::optional<std::size_t> text_line;  // the first line above that is neither
  for (int lines = 0; begin > 0 && lines < most_lines; ++lines) {
    begin = begin_of_line(text, begin - 1);
    const Line line = take_apart(text, begin);
    if (line.first == line.end || text[line.first] == '#') continue;
    if (line.structured && line.block_text) {
      // The lines above are text, which may hold anything, unless they stand too far left.
      if (!text_line || *text_line - begin_of_line(text, *text_line) > line.content - begin) return slip;
      return error(*text_line, line_end(text, *text_line),
                   "This line is not indented enough to belong to the text that begins above it.",
                   concat("Indent the lines of the text more than `", shown(text, line.content, line.name), "`."));
    }
    if (auto found = slip_in(text, line)) above = std::move(found);
    if (line.structured) break;
    text_line = line.first;
    const bool word = line.name > line.content || static_cast<signed char>(text[line.first]) < 0;
    if (word && line.first - begin == column) unclear = no_colon(text, line);
  }
  return above ? above : slip ? slip : unclear;
}

}  // namespace scruple
