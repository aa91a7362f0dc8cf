#include "document/scalar_span.h"

#include "base/strings.h"
#include "document/yaml_characters.h"
#include "document/yaml_escape.h"

#include <algorithm>
#include <vector>

namespace scruple {
namespace {

using namespace yaml;

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
  std::uint32_t found() const { return static_cast<std::uint32_t>(found_); }

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

// Finds where every byte of the decoded text comes from.
class AllOffsetsSink {
 public:
  void copy(std::string_view, std::size_t begin, std::size_t end) {
    for (; begin < end; ++begin) offsets.push_back(static_cast<std::uint32_t>(begin));
  }
  void put(std::string_view decoded, std::size_t source) {
    offsets.insert(offsets.end(), decoded.size(), static_cast<std::uint32_t>(source));
  }

  std::vector<std::uint32_t> offsets;
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
        sink.put(escape_value(escape).value_or(""), at);
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

std::string decode_scalar(std::string_view text, Span span, ScalarStyle style, std::uint32_t content_column) {
  std::string out;
  TextSink sink(out);
  decode(text, span, style, content_column, sink);
  return out;
}

namespace {

std::uint32_t content_end(const Node& scalar) {
  const bool quoted = scalar.style == ScalarStyle::single_quoted || scalar.style == ScalarStyle::double_quoted;
  return scalar.span.end - (quoted ? 1 : 0);
}

// Decodes into the sink; returns where the content ends.
template <typename Sink>
std::uint32_t decode_content(std::string_view source, const Node& scalar, Sink& sink) {
  const bool block = scalar.style == ScalarStyle::literal || scalar.style == ScalarStyle::folded;
  const std::size_t column = block ? find_content_column(source, scalar) : 0;
  decode(source, scalar.span, scalar.style, column, sink);
  return content_end(scalar);
}

}  // namespace

std::uint32_t source_offset(std::string_view source, const Node& scalar, std::size_t wanted) {
  OffsetSink sink(wanted, content_end(scalar));
  const std::uint32_t end = decode_content(source, scalar, sink);
  return std::min(sink.found(), end);  // line breaks at the end of a block scalar lie past its span
}

std::vector<std::uint32_t> source_offsets(std::string_view source, const Node& scalar) {
  AllOffsetsSink sink;
  const std::uint32_t end = decode_content(source, scalar, sink);
  for (std::uint32_t& offset : sink.offsets) offset = std::min(offset, end);
  sink.offsets.push_back(end);
  return std::move(sink.offsets);
}

}  // namespace scruple
