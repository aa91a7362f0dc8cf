#include "document/scalar_span.h"

#include "base/strings.h"
#include "document/yaml_characters.h"

#include <algorithm>
#include <array>
#include <optional>

namespace scruple {
namespace {

using namespace yaml;

std::uint32_t offset(std::size_t at) { return static_cast<std::uint32_t>(at); }

// A line break is `\n` or `\r\n`; a lone `\r` has been refused before.
std::size_t break_length(std::string_view text, std::size_t at) { return text[at] == '\r' ? 2 : 1; }

std::size_t line_end(std::string_view text, std::size_t at) {
  const std::size_t found = text.find('\n', at);
  if (found == std::string_view::npos) return text.size();
  return found > at && text[found - 1] == '\r' ? found - 1 : found;
}

std::size_t next_line(std::string_view text, std::size_t at) {
  const std::size_t found = text.find('\n', at);
  return found == std::string_view::npos ? text.size() : found + 1;
}

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

int hex_digits(char escape) { return escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 0; }

std::optional<char32_t> hex_value(std::string_view digits, int count) {
  if (digits.size() < static_cast<std::size_t>(count)) return std::nullopt;
  char32_t value = 0;
  for (const char c : digits.substr(0, static_cast<std::size_t>(count))) {
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') {
      value = value * 16 + static_cast<char32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value * 16 + static_cast<char32_t>(lower - 'a' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

// What `\c` stands for; npos for an unknown escape. Hexadecimal escapes are not in the table.
constexpr std::string_view escape_names = "0abt\tnvfre \"/\\N_LP";
constexpr std::string_view escape_values[] = {
    {"\0", 1}, "\a", "\b", "\t", "\t", "\n",       "\v",       "\f",           "\r",
    "\x1b",    " ",  "\"", "/",  "\\", "\xC2\x85", "\xC2\xA0", "\xE2\x80\xA8", "\xE2\x80\xA9",
};

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
  if (escape_names.find(c) != std::string_view::npos && c != '\0') return 2;
  fail(extent, span, concat("`\\", visible(text.substr(at + 1, 1)), "` is no escape that YAML knows."),
       "Write a backslash within double quotes as `\\\\`, or use single quotes.");
  return 0;
}

void find_quoted_end(std::string_view text, const ScalarContext& context, ScalarExtent& extent) {
  const char quote = text[extent.span.begin];
  std::size_t at = extent.span.begin + 1;
  const auto unclosed = [&] {
    fail(extent, {extent.span.begin, extent.span.begin + 1},
         concat("The text that begins with this ", quote, " is never closed."),
         concat("Add the closing ", quote,
                quote == '\'' ? "; an apostrophe within single quotes is written twice: ''." : "."));
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
        fail(extent, {offset(next.content), offset(next.content) + 1},
             concat("The text in quotes that begins with ", quote,
                    " further up goes on here, but this line is not indented enough."),
             "Close the quote further up, or indent this line with blanks.");
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

// Collects decoded text.
class TextSink {
 public:
  explicit TextSink(std::string& out) : out_(out) {}
  void copy(std::string_view text, std::size_t begin, std::size_t end) { out_.append(text, begin, end - begin); }
  void put(std::string_view decoded, std::size_t) { out_ += decoded; }

 private:
  std::string& out_;
};

// Finds where one byte of the decoded text comes from.
class OffsetSink {
 public:
  OffsetSink(std::size_t wanted, std::size_t end) : wanted_(wanted), found_(end) {}
  void copy(std::string_view, std::size_t begin, std::size_t end) {
    if (!done_ && wanted_ < count_ + (end - begin)) set(begin + (wanted_ - count_));
    count_ += end - begin;
  }
  void put(std::string_view decoded, std::size_t source) {
    if (!done_ && wanted_ < count_ + decoded.size()) set(source);
    count_ += decoded.size();
  }
  std::uint32_t found() const { return offset(found_); }

 private:
  void set(std::size_t at) {
    found_ = at;
    done_ = true;
  }

  std::size_t wanted_;
  std::size_t found_;
  std::size_t count_ = 0;
  bool done_ = false;
};

// A line break in flow text: one becomes a blank, more become one less. Returns where the next line's text begins.
// After an escaped break (`\` at the end of the line) nothing stands for the first.
template <typename Sink>
std::size_t fold_break(std::string_view text, std::size_t at, std::size_t end, bool escaped, Sink& sink) {
  const std::size_t first = at;
  std::size_t breaks = 0;
  while (at < end && (is_break(text[at]) || is_blank(text[at]))) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    if (breaks++ > 0) sink.put("\n", at);
    at += break_length(text, at);
  }
  if (breaks == 1 && !escaped) sink.put(" ", first);
  return at;
}

// Plain and quoted text is read in runs without anything special; blanks before a break are dropped.
template <typename Sink>
void decode_flow(std::string_view text, std::size_t at, std::size_t end, char quote, Sink& sink) {
  while (at < end) {
    const char c = text[at];
    if (is_blank(c)) {
      const std::size_t after = std::min(text.find_first_not_of(" \t", at), end);
      if (after == end || !is_break(text[after])) sink.copy(text, at, after);
      at = after;
    } else if (is_break(c)) {
      at = fold_break(text, at, end, false, sink);
    } else if (c == '\'' && quote == '\'') {
      sink.put("'", at);
      at += 2;
    } else if (c == '\\' && quote == '"') {
      const char escape = text[at + 1];
      if (is_break(escape)) {
        at = fold_break(text, at + 1, end, true, sink);
      } else if (const int digits = hex_digits(escape); digits > 0) {
        char32_t value = hex_value(text.substr(at + 2), digits).value_or(0xFFFD);
        std::size_t length = 2 + static_cast<std::size_t>(digits);
        if (value >= 0xD800 && value < 0xDC00 && at + 12 <= end) {  // JSON writes such characters in two halves
          const char32_t low = hex_value(text.substr(at + 8), 4).value_or(0xDC00);
          value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
          length = 12;
        }
        std::string decoded;
        append_utf8(decoded, value);
        sink.put(decoded, at);
        at += length;
      } else {
        sink.put(escape_values[escape_names.find(escape)], at);
        at += 2;
      }
    } else {
      std::size_t run = at + 1;
      while (run < end && !is_blank(text[run]) && !is_break(text[run]) && text[run] != '\\' && text[run] != '\'') ++run;
      sink.copy(text, at, run);
      at = run;
    }
  }
}

enum class Chomping { clip, strip, keep };

// Literal and folded text. Line breaks are held back until it is known what follows them.
template <typename Sink>
void decode_block(std::string_view text, Span span, bool folded, std::size_t column, Sink& sink) {
  const std::size_t header_end = line_end(text, span.begin);
  Chomping chomping = Chomping::clip;
  for (std::size_t at = span.begin + 1; at < header_end && !is_blank(text[at]); ++at) {
    if (text[at] == '-') chomping = Chomping::strip;
    if (text[at] == '+') chomping = Chomping::keep;
  }
  std::size_t content_break = std::string_view::npos;  // the break that ended the last line with content
  std::vector<std::size_t> blank_breaks;               // those of the blank lines after it
  bool previous_indented = false;
  const auto flush_blank = [&] {
    for (const std::size_t at : blank_breaks) sink.put("\n", at);
    blank_breaks.clear();
  };
  for (std::size_t line = next_line(text, span.begin); line < text.size(); line = next_line(text, line)) {
    const std::size_t end = line_end(text, line);
    const bool has_break = end < text.size();
    const std::size_t begin = std::min(line + column, end);
    if (line >= span.end || text.find_first_not_of(' ', line) < begin || begin == end) {
      // Past the content there are only blank lines, which count if they are kept.
      if (line >= span.end && text.find_first_not_of(" \t", line) < end) break;
      if (has_break) blank_breaks.push_back(end);
      continue;
    }
    const bool indented = is_blank(text[begin]);
    if (content_break != std::string_view::npos) {
      if (folded && !previous_indented && !indented) {
        if (blank_breaks.empty()) sink.put(" ", content_break);
      } else {
        sink.put("\n", content_break);
      }
    }
    flush_blank();
    sink.copy(text, begin, end);
    previous_indented = indented;
    content_break = has_break ? end : std::string_view::npos;
  }
  if (chomping != Chomping::strip && content_break != std::string_view::npos) sink.put("\n", content_break);
  if (chomping == Chomping::keep) flush_blank();
}

template <typename Sink>
void decode(std::string_view text, Span span, ScalarStyle style, std::size_t content_column, Sink& sink) {
  switch (style) {
    case ScalarStyle::plain: return decode_flow(text, span.begin, span.end, '\0', sink);
    case ScalarStyle::single_quoted: return decode_flow(text, span.begin + 1, span.end - 1, '\'', sink);
    case ScalarStyle::double_quoted: return decode_flow(text, span.begin + 1, span.end - 1, '"', sink);
    case ScalarStyle::literal: return decode_block(text, span, false, content_column, sink);
    case ScalarStyle::folded: return decode_block(text, span, true, content_column, sink);
  }
}

// The column at which a block scalar's lines begin. It may depend on the enclosing block, which the scalar alone does
// not tell, but its text does: blank lines at its begin are kept as they are, so that the first line with content can
// be found in both and their leading blanks compared.
std::size_t find_content_column(std::string_view text, const Node& scalar) {
  const std::size_t blank_lines = scalar.text.find_first_not_of('\n');
  if (blank_lines == std::string_view::npos) return 0;
  std::size_t line = next_line(text, scalar.span.begin);
  for (std::size_t i = 0; i < blank_lines; ++i) line = next_line(text, line);
  const auto blanks = [](std::string_view of, std::size_t from) {
    return std::min(of.find_first_not_of(' ', from), of.size()) - from;
  };
  return blanks(text, line) - blanks(scalar.text, blank_lines);
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

std::string decode_scalar(std::string_view text, Span span, ScalarStyle style, std::uint32_t content_column) {
  std::string out;
  TextSink sink(out);
  decode(text, span, style, content_column, sink);
  return out;
}

std::uint32_t source_offset(std::string_view source, const Node& scalar, std::size_t wanted) {
  const bool block = scalar.style == ScalarStyle::literal || scalar.style == ScalarStyle::folded;
  const bool quoted = scalar.style == ScalarStyle::single_quoted || scalar.style == ScalarStyle::double_quoted;
  const std::size_t column = block ? find_content_column(source, scalar) : 0;
  const std::uint32_t end = scalar.span.end - (quoted ? 1 : 0);
  OffsetSink sink(wanted, end);
  decode(source, scalar.span, scalar.style, column, sink);
  return std::min(sink.found(), end);  // line breaks at the end of a block scalar lie past its span
}

}  // namespace scruple
