// The classes of characters that YAML's rules speak of (all that matter are ASCII), and what is said where they stand
// in the wrong place.
#pragma once

#include <cstddef>
#include <string_view>

namespace scruple::yaml {

inline constexpr std::string_view tab_problem = "This line starts with a tab. YAML allows only blanks here.";
inline constexpr std::string_view compact_tab_problem =
    "A tab stands here. YAML allows only blanks before a list or a key.";
inline constexpr std::string_view tab_hint = "Replace the tab with blanks.";

inline constexpr std::string_view flow_indent_problem =
    "This line inside brackets is not indented more than the key or dash that the brackets belong to.";
inline constexpr std::string_view flow_indent_hint = "Indent it with blanks, or close the brackets above it.";

inline bool is_blank(char c) { return c == ' ' || c == '\t'; }
inline bool is_break(char c) { return c == '\n' || c == '\r'; }
inline bool is_flow_indicator(char c) { return c == ',' || c == '[' || c == ']' || c == '{' || c == '}'; }

// True past the end: the end of the file ends a token as white space does.
inline bool is_space_at(std::string_view text, std::size_t at) {
  return at >= text.size() || is_blank(text[at]) || is_break(text[at]);
}

// `---` or `...` at the begin of a line.
inline bool is_document_marker(std::string_view text, std::size_t line_begin) {
  if (line_begin + 3 > text.size()) return false;
  const std::string_view three = text.substr(line_begin, 3);
  return (three == "---" || three == "...") && is_space_at(text, line_begin + 3);
}

// `:` that separates a key from its value.
inline bool is_value_indicator(std::string_view text, std::size_t at, bool flow) {
  return text[at] == ':' && (is_space_at(text, at + 1) || (flow && is_flow_indicator(text[at + 1])));
}

// A line break is `\n` or `\r\n`; a lone `\r` has been refused before.
inline std::size_t break_length(std::string_view text, std::size_t at) { return text[at] == '\r' ? 2 : 1; }

// Where a line's text ends: before its break.
inline std::size_t line_end(std::string_view text, std::size_t at) {
  const std::size_t found = text.find('\n', at);
  if (found == std::string_view::npos) return text.size();
  return found > at && text[found - 1] == '\r' ? found - 1 : found;
}

inline std::size_t next_line(std::string_view text, std::size_t at) {
  const std::size_t found = text.find('\n', at);
  return found == std::string_view::npos ? text.size() : found + 1;
}

}  // namespace scruple::yaml
