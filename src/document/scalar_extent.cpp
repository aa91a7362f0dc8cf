#include "document/scalar_extent.h"

#include "base/strings.h"
#include "document/yaml_characters.h"
#include "document/yaml_escape.h"

#include <algorithm>
#include <array>
#include <optional>

namespace scruple {
namespace {

using namespace yaml;

std::uint32_t offset(std::size_t at) { return static_cast<std::uint32_t>(at); }

// The next line that is not blank, seen from a line break.
struct Continuation {
  std::size_t line_begin;
  std::size_t content;  // its first character that is no blank; the end of the text if there is none
  int spaces;           // how many spaces it begins with
};

Continuation find_continuation(std::string_view text, std::size_t line_break) {
  std::size_t begin = line_break;
  std::size_t at = line_break;
  do {
    begin = at += break_length(text, at);
    while (at < text.size() && is_blank(text[at])) ++at;
  } while (at < text.size() && is_break(text[at]));
  const std::size_t spaces = std::min(text.find_first_not_of(' ', begin), text.size()) - begin;
  return {begin, at, static_cast<int>(std::min<std::size_t>(spaces, 1u << 30))};
}

void fail(ScalarExtent& extent, Span span, std::string problem, std::string hint = {}) {
  extent.problem = std::move(problem);
  extent.hint = std::move(hint);
  extent.problem_span = span;
}

bool ends_plain(std::string_view text, std::size_t at, std::size_t begin, bool flow) {
  const char c = text[at];
  if (c == ':') return is_value_indicator(text, at, flow);
  if (c == '#') return at > begin && is_space_at(text, at - 1);
  return flow && is_flow_indicator(c);
}

// A plain scalar may begin with any character that has no meaning of its own at the begin of a value.
bool begins_plain(std::string_view text, std::size_t at, bool flow) {
  const char c = text[at];
  if (c == '-' || c == '?' || c == ':') return !is_space_at(text, at + 1) && !(flow && is_flow_indicator(text[at + 1]));
  return std::string_view(",[]{}#&*!|>'\"%@`").find(c) == std::string_view::npos;
}

// Characters that may end a plain scalar or its line; blanks, which may be followed by one.
constexpr auto plain_stops = [] {
  std::array<bool, 256> table{};
  for (const char c : {':', '#', ',', '[', ']', '{', '}', ' ', '\t', '\r', '\n'})
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();

void find_plain_end(std::string_view text, const ScalarContext& context, ScalarExtent& extent) {
  const std::size_t begin = extent.span.begin;
  if (begin >= text.size() || !begins_plain(text, begin, context.flow)) return;
  std::size_t at = begin;
  std::size_t end = begin;
  while (true) {
    while (at < text.size() && !is_break(text[at])) {
      if (!plain_stops[static_cast<unsigned char>(text[at])]) {
        end = ++at;
      } else if (is_blank(text[at])) {
        ++at;
      } else if (ends_plain(text, at, begin, context.flow)) {
        break;
      } else {
        end = ++at;
      }
    }
    if (at >= text.size() || !is_break(text[at])) break;
    const Continuation next = find_continuation(text, at);
    if (next.content >= text.size() || is_document_marker(text, next.line_begin)) break;
    if (ends_plain(text, next.content, begin, context.flow)) break;
    if (next.spaces <= context.indent) {
      if (!context.flow) break;
      fail(extent, {offset(next.content), offset(next.content) + 1}, std::string(flow_indent_problem),
           std::string(flow_indent_hint));
      break;
    }
    at = next.content;
    extent.line_begin = offset(next.line_begin);
    extent.multiline = true;
  }
  extent.span.end = offset(end);
  extent.resume = extent.span.end;
}

// Checks the escape at `at` and returns its length, 0 after a failure.
std::size_t check_escape(std::string_view text, std::size_t at, ScalarExtent& extent) {
  const char c = at + 1 < text.size() ? text[at + 1] : '\0';
  if (is_break(c)) return 1;  // the break is then treated as any other
  const Span span{offset(at), offset(std::min(at + 2, text.size()))};
  if (const int digits = hex_digits(c); digits > 0) {
    const auto value = hex_value(text.substr(at + 2), digits);
    if (!value) {
      fail(extent, span, concat("`\\", c, "` must be followed by ", digits, " hexadecimal digits."),
           "Write a backslash within double quotes as `\\\\`, or use single quotes.");
      return 0;
    }
    const Span whole{offset(at), offset(at + 2) + static_cast<std::uint32_t>(digits)};
    if (*value >= 0xD800 && *value < 0xE000) {
      fail(extent, whole, "This is one half of a character (a surrogate), which YAML does not allow.",
           "Write the character itself.");
      return 0;
    }
    if (*value > 0x10FFFF) {
      fail(extent, whole, "There is no such character in Unicode.");
      return 0;
    }
    return 2 + static_cast<std::size_t>(digits);
  }
  if (escape_value(c)) return 2;
  fail(extent, span, concat("`\\", visible(text.substr(at + 1, 1)), "` is no escape that YAML knows."),
       "Write a backslash within double quotes as `\\\\`, or use single quotes.");
  return 0;
}

// What may have been taken for the closing quote; an apostrophe is none.
std::string_view unclosed_advice(std::string_view text, std::size_t begin) {
  const std::string_view line = text.substr(begin, line_end(text, begin) - begin);
  for (const auto* curly : {"“", "”", "„"}) {
    if (line.find(curly) != std::string_view::npos) return "; a curly quote closes nothing.";
  }
  return text[begin] == '\'' ? "; an apostrophe within single quotes is written twice: ''." : ".";
}

void find_quoted_end(std::string_view text, const ScalarContext& context, ScalarExtent& extent) {
  const char quote = text[extent.span.begin];
  std::size_t at = extent.span.begin + 1;
  const auto unclosed = [&] {
    fail(extent, {extent.span.begin, extent.span.begin + 1},
         concat("The text that begins with this ", quote, " is never closed."),
         concat("Add the closing ", quote, unclosed_advice(text, extent.span.begin)));
  };
  while (at < text.size()) {
    const char c = text[at];
    if (c == quote) {
      const bool doubled = quote == '\'' && at + 1 < text.size() && text[at + 1] == '\'';
      if (!doubled) {
        extent.span.end = extent.resume = offset(at + 1);
        return;
      }
      at += 2;
    } else if (c == '\\' && quote == '"') {
      const std::size_t length = check_escape(text, at, extent);
      if (length == 0) return;
      at += length;
    } else if (is_break(c)) {
      const Continuation next = find_continuation(text, at);
      if (next.content >= text.size() || is_document_marker(text, next.line_begin)) return unclosed();
      if (next.spaces <= context.indent) {
        // Mostly the quote was forgotten, and what follows is the next key.
        const std::size_t close = text.find(quote, next.content);
        if (close == std::string_view::npos || close > line_end(text, next.content)) return unclosed();
        fail(extent, {extent.span.begin, extent.span.begin + 1},
             concat("This ", quote, " is not closed before a line that is not indented enough to go on with its text."),
             concat("Add the closing ", quote, ", or indent the lines that go on with the text."));
        return;
      }
      at = next.content;
      extent.line_begin = offset(next.line_begin);
      extent.multiline = true;
    } else {
      ++at;
    }
  }
  unclosed();
}

void find_block_end(std::string_view text, const ScalarContext& context, ScalarExtent& extent) {
  std::size_t at = extent.span.begin + 1;
  int explicit_indent = 0;
  bool chomping = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if ((c == '+' || c == '-') && !chomping) {
      chomping = true;
    } else if (c >= '1' && c <= '9' && explicit_indent == 0) {
      explicit_indent = c - '0';
    } else {
      break;
    }
  }
  extent.span.end = offset(at);
  std::size_t rest = at;
  while (rest < text.size() && is_blank(text[rest])) ++rest;
  if (rest < text.size() && text[rest] == '#' && rest > at) {
    extent.comment = {offset(rest), offset(line_end(text, rest))};
  } else if (rest < text.size() && !is_break(text[rest])) {
    fail(
        extent, {offset(rest), offset(rest) + 1},
        concat("Nothing may follow the `", text[extent.span.begin], "` on its line; the text begins on the next line."),
        concat("If the `", text[extent.span.begin], "` is part of the text, put the whole text in quotes."));
    return;
  }

  std::size_t line = next_line(text, at);
  std::optional<std::size_t> column;
  if (explicit_indent > 0) column = static_cast<std::size_t>(std::max(context.indent, 0) + explicit_indent);
  std::size_t widest_blank = 0;  // of the blank lines before the content
  std::size_t widest_blank_line = 0;
  extent.resume = extent.line_begin = offset(line);
  while (line < text.size()) {
    const std::size_t end = line_end(text, line);
    const std::size_t content = std::min(text.find_first_not_of(' ', line), end);
    const std::size_t spaces = content - line;
    if (content == end && (!column || spaces <= *column)) {
      if (!column && spaces > widest_blank) {
        widest_blank = spaces;
        widest_blank_line = line;
      }
      line = next_line(text, line);
      continue;
    }
    if (is_document_marker(text, line)) break;
    const auto signed_spaces = static_cast<int>(std::min<std::size_t>(spaces, 1u << 30));
    if (column ? spaces < *column : signed_spaces <= context.indent) {
      if (text[content] != '\t') break;
      const std::size_t after = std::min(text.find_first_not_of(" \t", content), end);
      if (after < end && text[after] == '#') break;
      if (after < end) {
        fail(extent, {offset(content), offset(content) + 1}, std::string(tab_problem), std::string(tab_hint));
        return;
      }
      line = next_line(text, line);
      continue;
    }
    if (!column) {
      if (widest_blank > spaces) {
        fail(extent, {offset(widest_blank_line), offset(line_end(text, widest_blank_line))},
             "This blank line has more blanks than the first line of the text below it.",
             "Remove the blanks from this line.");
        return;
      }
      column = spaces;
    }
    extent.span.end = offset(end);
    line = next_line(text, line);
    extent.resume = extent.line_begin = offset(line);
    extent.multiline = true;
  }
  extent.content_column = offset(column.value_or(0));
}

}  // namespace

ScalarExtent find_extent(std::string_view text, std::uint32_t begin, std::uint32_t line_begin,
                         const ScalarContext& context) {
  ScalarExtent extent;
  extent.span = {begin, begin};
  extent.resume = begin;
  extent.line_begin = line_begin;
  switch (begin < text.size() ? text[begin] : '\0') {
    case '\'':
    case '"':
      extent.style = text[begin] == '"' ? ScalarStyle::double_quoted : ScalarStyle::single_quoted;
      find_quoted_end(text, context, extent);
      break;
    case '|':
    case '>':
      extent.style = text[begin] == '|' ? ScalarStyle::literal : ScalarStyle::folded;
      find_block_end(text, context, extent);
      break;
    default: find_plain_end(text, context, extent);
  }
  return extent;
}

}  // namespace scruple
