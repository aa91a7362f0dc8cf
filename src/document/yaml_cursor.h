// Reads what stands between the scalars of a YAML stream: white space, comments, indicators, anchors, tags and
// document markers. yaml-cpp passes over malformed text in silence here and there; the reader follows its events with
// this cursor, which accepts nothing but what belongs there, and so knows the exact span of every token.
#pragma once

#include "document/scalar_extent.h"
#include "scruple/source.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {

// Thrown within the YAML reader, which turns it into a diagnostic: an event handler has no other way to stop.
struct SyntaxError {
  Span span;
  std::string message;
  std::string hint;
};

// What may stand before a value: `&anchor`, `!tag`, each at most once.
struct NodeProperties {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  // equal to begin if there are none
  std::string_view anchor;
  std::string_view tag;  // with its `!`
  Span tag_span;

  bool empty() const { return begin == end; }
};

class YamlCursor {
 public:
  YamlCursor(std::string_view text, std::uint32_t begin)
      : text_(text), at_(begin), token_end_(begin), line_begin_(begin) {}

  std::uint32_t at() const { return at_; }
  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  // On the line, counted from 0. Only meaningful where all before it is ASCII, as before block structure.
  int column() const { return static_cast<int>(at_ - line_begin_); }
  std::uint32_t line_begin() const { return line_begin_; }
  // No token stands before this place on its line.
  bool on_fresh_line() const { return fresh_line_; }
  // A tab stands between the last token, or the begin of the line, and this place.
  bool after_tab() const { return tab_ != no_tab; }
  std::uint32_t token_end() const { return token_end_; }

  bool at_document_marker() const;
  // `-`, `?` or `:` followed by white space.
  bool at_indicator(char indicator) const;
  bool at_value_indicator(bool flow) const;
  bool at_flow_indicator() const;

  // White space and comments up to the next token.
  void skip_gap();
  // White space up to the end of the line.
  void skip_blanks();

  Span take(std::uint32_t length);
  void take_scalar(const ScalarExtent& extent);
  // After a document marker or a directive: nothing but a comment may follow on the line.
  void finish_line(std::string_view after);

  // On a new line only what stands right of `indent` still belongs to the value.
  NodeProperties read_properties(int indent);
  // `*name`; the name is the span without its first character.
  Span read_alias();

  // Block context: a token on a fresh line must stand right of `indent` and may not follow a tab.
  void check_block_indent(int indent) const;
  // The same for lists and maps in brackets, where tabs may stand after the indentation.
  bool indented_in_flow(int indent) const;
  [[noreturn]] void fail_flow_indent() const;

  std::vector<Span> take_comments();

  [[noreturn]] void fail(Span span, std::string message, std::string hint = {}) const;
  [[noreturn]] void fail_here(std::string message, std::string hint = {}) const;

 private:
  static constexpr std::uint32_t no_tab = 0xFFFFFFFF;

  std::uint32_t name_end(std::uint32_t begin) const;

  std::string_view text_;
  std::uint32_t at_;
  std::uint32_t token_end_;
  std::uint32_t line_begin_;
  std::uint32_t tab_ = no_tab;
  bool fresh_line_ = true;
  std::vector<Span> comments_;
};

}  // namespace scruple
