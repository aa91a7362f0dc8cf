#include "document/yaml_cursor.h"

#include "base/strings.h"
#include "document/yaml_characters.h"

#include <algorithm>
#include <utility>

namespace scruple {

using namespace yaml;

bool YamlCursor::at_document_marker() const { return column() == 0 && is_document_marker(text_, at_); }

bool YamlCursor::at_indicator(char indicator) const { return peek() == indicator && is_space_at(text_, at_ + 1); }

bool YamlCursor::at_value_indicator(bool flow) const { return !at_end() && is_value_indicator(text_, at_, flow); }

bool YamlCursor::at_flow_indicator() const { return !at_end() && is_flow_indicator(text_[at_]); }

void YamlCursor::skip_gap() {
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == ' ' || c == '\r') continue;
    if (c == '\t') {
      tab_ = std::min(tab_, at_);
    } else if (c == '\n') {
      line_begin_ = at_ + 1;
      fresh_line_ = true;
      tab_ = no_tab;
    } else if (c == '#') {
      if (at_ == token_end_ && !fresh_line_) {
        fail_here("A comment needs a blank before its `#`.", "If the `#` is part of the text, put the text in quotes.");
      }
      std::size_t end = std::min(text_.find('\n', at_), text_.size());
      if (text_[end - 1] == '\r') --end;
      comments_.push_back({at_, static_cast<std::uint32_t>(end)});
      at_ = static_cast<std::uint32_t>(end) - 1;
    } else {
      return;
    }
  }
}

void YamlCursor::skip_blanks() {
  for (; at_ < text_.size() && is_blank(text_[at_]); ++at_) {
    if (text_[at_] == '\t') tab_ = std::min(tab_, at_);
  }
}

Span YamlCursor::take(std::uint32_t length) {
  const Span span{at_, at_ + length};
  at_ = token_end_ = span.end;
  fresh_line_ = false;
  tab_ = no_tab;
  return span;
}

void YamlCursor::take_scalar(const ScalarExtent& extent) {
  if (!extent.problem.empty()) fail(extent.problem_span, extent.problem, extent.hint);
  if (extent.comment.end != 0) comments_.push_back(extent.comment);
  at_ = extent.resume;
  token_end_ = extent.span.end;
  line_begin_ = extent.line_begin;
  fresh_line_ = at_ == line_begin_;
  tab_ = no_tab;
}

void YamlCursor::finish_line(std::string_view after) {
  skip_blanks();
  if (at_end() || is_break(peek()) || peek() == '#') return;
  fail_here(concat("Nothing but a comment may follow ", after, " on its line."));
}

std::uint32_t YamlCursor::name_end(std::uint32_t begin) const {
  std::uint32_t end = begin;
  while (end < text_.size() && !is_blank(text_[end]) && !is_break(text_[end]) && !is_flow_indicator(text_[end])) ++end;
  return end;
}

NodeProperties YamlCursor::read_properties(int indent) {
  NodeProperties properties;
  properties.begin = properties.end = at_;
  while (!at_end()) {
    const char c = text_[at_];
    if (c != '&' && c != '!') break;
    if (fresh_line_ && !properties.empty() && column() <= indent) break;
    if (!properties.empty() && at_ == token_end_) {
      fail_here(concat("A blank is missing before this `", c, "`."));
    }
    std::uint32_t end = name_end(at_ + 1);
    if (c == '!' && text_.substr(at_).starts_with("!<")) {
      const std::size_t close = std::min(text_.find_first_of("> \t\r\n", at_), text_.size() - 1);
      end = static_cast<std::uint32_t>(close) + 1;
    }
    const std::string_view token = text_.substr(at_, end - at_);
    if (c == '&') {
      if (!properties.anchor.empty()) fail({at_, end}, "A value can have only one `&name`.");
      if (token.size() == 1) {
        fail({at_, end}, "A name is missing after this `&`.",
             "If the `&` is part of the text, put the text in quotes.");
      }
      properties.anchor = token.substr(1);
    } else {
      if (!properties.tag.empty()) fail({at_, end}, "A value can have only one tag (`!…`).");
      properties.tag = token;
      properties.tag_span = {at_, end};
    }
    const char next = end < text_.size() ? text_[end] : '\n';
    if (!is_space_at(text_, end) && next != ',' && next != ']' && next != '}') {
      fail({end, end + 1}, concat("A blank is missing before this `", visible(text_.substr(end, 1)), "`."));
    }
    take(end - at_);
    properties.end = end;
    skip_gap();
  }
  return properties;
}

Span YamlCursor::read_alias() {
  const std::uint32_t end = name_end(at_ + 1);
  if (peek() != '*' || end == at_ + 1) {
    fail_here("A name is missing after this `*`.", "If the `*` is part of the text, put the text in quotes.");
  }
  return take(end - at_);
}

void YamlCursor::check_block_indent(int indent) const {
  if (!fresh_line_) return;
  if (after_tab()) fail({tab_, tab_ + 1}, std::string(tab_problem), std::string(tab_hint));
  if (column() > indent) return;
  fail_here("This line is not indented enough to belong to the key or dash above it.", "Indent it with blanks.");
}

bool YamlCursor::indented_in_flow(int indent) const {
  return !fresh_line_ || static_cast<int>(std::min(tab_, at_) - line_begin_) > indent;
}

void YamlCursor::fail_flow_indent() const {
  if (after_tab()) fail({tab_, tab_ + 1}, std::string(tab_problem), std::string(tab_hint));
  fail_here(std::string(flow_indent_problem), std::string(flow_indent_hint));
}

std::vector<Span> YamlCursor::take_comments() { return std::exchange(comments_, {}); }

void YamlCursor::fail(Span span, std::string message, std::string hint) const {
  throw SyntaxError{span, std::move(message), std::move(hint)};
}

void YamlCursor::fail_here(std::string message, std::string hint) const {
  fail({at_, std::min(at_ + 1, static_cast<std::uint32_t>(text_.size()))}, std::move(message), std::move(hint));
}

}  // namespace scruple
