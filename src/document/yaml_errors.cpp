#include "document/yaml_errors.h"

#include "base/lookalike.h"
#include "base/strings.h"
#include "document/yaml_characters.h"
#include "document/yaml_slips.h"

#include <algorithm>
#include <vector>

namespace scruple {
namespace {

using namespace yaml;

constexpr std::string_view quote_hint = "If it is part of the text, put the whole text in quotes.";

std::uint32_t offset(std::size_t at) { return static_cast<std::uint32_t>(at); }

Span one(std::string_view text, std::size_t at) {
  return {offset(std::min(at, text.size())), offset(std::min(at + 1, text.size()))};
}

SyntaxError error(Span span, std::string message, std::string_view hint = {}) {
  // yaml-cpp's marks can lie a little before what they speak of.
  span.end = std::max(span.begin, span.end);
  return {span, std::move(message), std::string(hint)};
}

std::size_t line_begin(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  const std::size_t found = text.rfind('\n', std::min(at, text.size()) - 1);
  return found == std::string_view::npos ? 0 : found + 1;
}

std::size_t first_on_line(std::string_view text, std::size_t begin) {
  return std::min(text.find_first_not_of(" \t", begin), text.size());
}

// The first `:` in [begin, end) that separates a key from its value, or npos.
std::size_t find_colon(std::string_view text, std::size_t begin, std::size_t end) {
  for (std::size_t at = begin; at < end; ++at) {
    if (is_value_indicator(text, at, false)) return at;
  }
  return std::string_view::npos;
}

std::optional<SyntaxError> leading_tab(std::string_view text, std::size_t at) {
  const std::size_t begin = line_begin(text, at);
  const std::size_t tab = text.find('\t', begin);
  if (tab >= first_on_line(text, begin)) return std::nullopt;
  return error(one(text, tab), std::string(tab_problem), tab_hint);
}

// `-`, `?` or `:` at the begin of the line, with a tab between it and the list or map that begins at or before `at`.
std::optional<SyntaxError> tab_after_indicator(std::string_view text, std::size_t at) {
  std::size_t next = first_on_line(text, line_begin(text, at));
  while (next < at && std::string_view("-?:").find(text[next]) != std::string_view::npos &&
         is_space_at(text, next + 1)) {
    const std::size_t after = std::min(text.find_first_not_of(" \t", next + 1), text.size());
    const std::size_t tab = text.find('\t', next);
    if (tab < after) return error(one(text, tab), std::string(compact_tab_problem), tab_hint);
    next = after;
  }
  return std::nullopt;
}

// A value that begins with `!`, on the line of `at` and before it.
std::optional<SyntaxError> leading_tag(std::string_view text, std::size_t at) {
  for (std::size_t mark = line_begin(text, at); mark < at; ++mark) {
    if (text[mark] == '"' || text[mark] == '\'' || text[mark] == '#') return std::nullopt;
    if (text[mark] != '!' || (mark > 0 && !is_space_at(text, mark - 1))) continue;
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", mark), text.size());
    const std::string_view tag = text.substr(mark, end - mark);
    if (!tag.starts_with("!!") && tag != "!") return unsupported_tag({offset(mark), offset(end)});
  }
  return std::nullopt;
}

// What is read without structure in front: quoted text, brackets, comments; else words.
class Scan {
 public:
  Scan(std::string_view text, std::size_t from) : text_(text), at_(from), line_(line_begin(text, from)) {}

  std::optional<SyntaxError> run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if ((at_ == 0 || text_[at_ - 1] == '\n') && is_document_marker(text_, at_)) {
        if (!open_.empty()) break;
        at_ += 3;
      } else if (is_blank(c) || is_break(c)) {
        if (c == ' ' && at_ == line_ + indent_) ++indent_;
        ++at_;
        if (c == '\n') begin_line(at_);
      } else if (c == '#' && is_space_before()) {
        at_ = line_end(text_, at_);
      } else if (c == '"' || c == '\'') {
        const ScalarExtent extent = find_extent(text_, offset(at_), offset(line_), {-1, true});
        if (!extent.problem.empty()) return error(extent.problem_span, extent.problem, extent.hint);
        at_ = extent.resume;
        if (extent.multiline) begin_line(extent.line_begin);
      } else if ((c == '|' || c == '>') && open_.empty()) {
        skip_block();
      } else if (is_flow_indicator(c)) {
        if (c == '[' || c == '{') open_.push_back(at_);
        if ((c == ']' || c == '}') && !open_.empty()) {
          if ((text_[open_.back()] == '[') != (c == ']')) break;
          open_.pop_back();
        }
        ++at_;
      } else {
        skip_word();
      }
    }
    if (open_.empty()) return std::nullopt;
    const char bracket = text_[open_.back()];
    return error(one(text_, open_.back()), concat("This `", bracket, "` is never closed."),
                 concat("Add the missing `", bracket == '[' ? ']' : '}',
                        "`; if the bracket is part of the text, put the whole text in quotes."));
  }

 private:
  bool is_space_before() const { return at_ == 0 || is_space_at(text_, at_ - 1); }

  void begin_line(std::size_t at) {
    line_ = at;
    indent_ = 0;
  }

  void skip_block() {
    const auto indent = static_cast<int>(std::min<std::size_t>(indent_, 1u << 30));
    const ScalarExtent extent = find_extent(text_, offset(at_), offset(line_), {indent, false});
    if (!extent.problem.empty()) {
      ++at_;
      return;
    }
    at_ = std::max<std::size_t>(extent.resume, at_ + 1);
    begin_line(extent.line_begin);
  }

  void skip_word() {
    const bool flow = !open_.empty();
    if (text_[at_] == '-' || text_[at_] == '?' || text_[at_] == ':') {
      ++at_;  // an indicator, after which any value may begin
      return;
    }
    while (at_ < text_.size() && !is_break(text_[at_])) {
      if (is_value_indicator(text_, at_, flow)) return;
      if (flow && is_flow_indicator(text_[at_])) return;
      if (text_[at_] == '#' && is_space_before()) return;
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t line_;        // where the line of at_ begins
  std::size_t indent_ = 0;  // how many blanks it begins with, as far as they were read
  std::vector<std::size_t> open_;
};

// The limit of YAML for keys without `? `.
constexpr std::size_t longest_key = 1024;

SyntaxError long_key(Span key) {
  return error(key, concat("This key has more than ", longest_key, " characters; YAML allows no longer ones."),
               "Give it a short name.");
}

// The key that begins at `begin` stands right of the key in the line above, which has a value.
std::optional<SyntaxError> deeper_than_a_value(std::string_view text, std::size_t begin, std::size_t colon) {
  std::size_t line = line_begin(text, begin);
  const std::size_t column = begin - line;
  while (line > 0) {
    line = line_begin(text, line - 1);
    std::size_t first = first_on_line(text, line);
    if (first >= line_end(text, line) || text[first] == '#') continue;
    while (text[first] == '-' && is_space_at(text, first + 1)) first = first_on_line(text, first + 1);
    const std::size_t above = find_colon(text, first, line_end(text, line));
    if (above == std::string_view::npos || first - line >= column) return std::nullopt;
    const std::string name = shorten(visible(text.substr(first, above - first)), 60);
    return error({offset(begin), offset(colon) + 1},
                 concat("This key is indented more than `", name, "` above it, which has a value already."),
                 concat("Begin it in the same column as `", name, "`."));
  }
  return std::nullopt;
}

SyntaxError second_colon(std::string_view text, std::size_t at) {
  const std::size_t begin = first_on_line(text, line_begin(text, at));
  if (const std::size_t colon = find_colon(text, begin, at); colon < at) {
    const std::size_t value = first_on_line(text, colon + 1);
    if (lookalike_at(text, value).kind == LookalikeKind::quote) {
      return error(
          one(text, at), "A value in curly quotes may not hold `: `: YAML takes these quotes for text.",
          concat("Write `\"", shorten(without_lookalikes(text.substr(value, line_end(text, value) - value)), 60),
                 "\"`, with straight quotes."));
    }
    return error(one(text, at), "A value may not hold `: ` unless it is in quotes.", "Put the whole value in quotes.");
  }
  if (at - begin > longest_key) return long_key({offset(begin), offset(at)});
  if (auto slip = find_slip(text, at)) return *slip;
  if (auto deeper = deeper_than_a_value(text, begin, at)) return *deeper;
  return error(
      {offset(begin), offset(at) + 1},
      "This key cannot stand here: what is above it is a value already, or a key without its `:`.",
      "A key begins in the same column as the keys beside it; a key that holds others has no value on its own line.");
}

SyntaxError bad_start(std::string_view text, std::size_t at) {
  const char c = at < text.size() ? text[at] : ' ';
  if (c == '|' || c == '>') {
    return error(one(text, at), concat("Text with `", c, "` cannot stand inside brackets."), "Put the text in quotes.");
  }
  if (c == '?' || c == '-' || c == ':') {
    return error(one(text, at), concat("A value inside brackets may not begin with `", c, "` here."),
                 "Put the text in quotes.");
  }
  const std::string name = c == '`' ? "a backtick" : concat("`", visible(text.substr(at, 1)), "`");
  return error(one(text, at), concat("Text may not begin with ", name, "."), "Put the whole text in quotes.");
}

// A key that YAML's rules for keys forbid, where a parser looks for a comma: the key that begins at `at` right after a
// bracket or comma.
std::optional<SyntaxError> forbidden_key(std::string_view text, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : text.find_last_not_of(" \t\r\n", at - 1);
  if (before == std::string_view::npos || std::string_view("{[,").find(text[before]) == std::string_view::npos)
    return std::nullopt;
  const std::size_t stop = std::min(text.find_first_of("{}[],", at), text.size());
  const std::size_t end = line_end(text, at);
  const std::size_t colon = std::min(text.find(':', at), stop);
  if (colon == stop) return std::nullopt;
  if (colon - at > longest_key) return long_key({offset(at), offset(colon)});
  if (colon < end) return std::nullopt;
  return error({offset(at), offset(end)}, "A key inside brackets must stand on one line with its `:`.",
               "Put key and `:` on one line, or the text in quotes if it is no key.");
}

SyntaxError missing_comma(std::string_view text, std::uint32_t from, std::size_t at) {
  if (auto key = forbidden_key(text, at)) return *key;
  const bool on_new_line = at >= text.size() || at == first_on_line(text, line_begin(text, at));
  if (on_new_line) {
    if (const auto unclosed = find_unclosed(text, from)) return *unclosed;
  }
  if (at >= text.size()) return error(one(text, at), "The file ends before this list or map is closed.");
  if (text[at] == '?') {
    return error(one(text, at), "A `?` inside brackets must be in quotes.", "Put the text that holds it in quotes.");
  }
  if (at == line_begin(text, at) && is_document_marker(text, at)) return explain_unexpected(text, offset(at));
  return error(one(text, at), "A comma is missing before this, or the bracket before it is not closed.",
               "Separate entries with `,`; put text that holds brackets or commas in quotes.");
}

// The `|` or `>` on the line of `at`, before it.
SyntaxError bad_block_header(std::string_view text, std::size_t at) {
  const std::size_t found = std::min(text.find_last_of("|>", at), at);
  return error(one(text, at),
               concat("Nothing may follow the `", visible(text.substr(found, 1)),
                      "` on its line; the text begins on the next line."),
               "If it is part of the text, put the whole text in quotes.");
}

// `mark` stands at the begin of a value before `at`.
SyntaxError missing_name(std::string_view text, char mark, std::size_t at) {
  const std::size_t found = at == 0 ? 0 : std::min<std::size_t>(text.find_last_of(mark, at - 1), at - 1);
  return error(one(text, found), concat("A value that begins with `", mark, "` must go on with a name."),
               concat("If the `", mark, "` is part of the text, put the whole text in quotes."));
}

}  // namespace

SyntaxError unsupported_tag(Span span) {
  return error(span, "This is an unsupported tag: a value that begins with `!` names its type in YAML.",
               "If the `!` is part of the text, put the whole text in quotes.");
}

SyntaxError missing_colon(std::string_view text, Span key) {
  if (auto slip = find_slip(text, key.begin)) return *slip;
  const std::string_view written = text.substr(key.begin, key.end - key.begin);
  const std::size_t colon = written.find(':');
  if (colon != std::string_view::npos && colon > 0) {
    return error(one(text, key.begin + colon), "A blank is missing after this `:`.",
                 "Write `key: value`; if the `:` is part of the text, put the text in quotes.");
  }
  return error(key, "This is neither `key: value` nor an item of a list (`- …`).",
               "Add the missing `:`, or indent the line if it goes on with the text above it.");
}

std::optional<SyntaxError> find_unclosed(std::string_view text, std::uint32_t from) { return Scan(text, from).run(); }

SyntaxError explain_unexpected(std::string_view text, std::uint32_t at) {
  if (at >= text.size()) return error(one(text, at), "The file ends before this value is complete.");
  if (auto tab = leading_tab(text, at)) return *tab;
  const std::size_t begin = line_begin(text, at);
  const std::size_t first = first_on_line(text, begin);
  const char c = text[at];
  const std::size_t end = line_end(text, at);
  if (at == begin && is_document_marker(text, at)) {
    return error({at, at + 3},
                 concat("This `", text.substr(at, 3), "` stands where the value above it is not yet complete."));
  }
  if (c == ']' || c == '}') return error(one(text, at), concat("This `", c, "` closes nothing."), quote_hint);
  if (c == ',') return error(one(text, at), "This comma is out of place.", quote_hint);
  if (at > first) {
    const std::size_t before = text.find_last_not_of(" \t", at - 1);
    if (before >= begin && (text[before] == '"' || text[before] == '\'')) {
      return error(one(text, at), "Nothing may follow the closing quote but a comment.",
                   "Put the whole text in quotes; a quote within single quotes is written twice.");
    }
    if (before >= begin && (text[before] == ']' || text[before] == '}')) {
      return error(one(text, at), "Nothing may follow the closing bracket but a comment.",
                   "If the brackets are part of the text, put the whole text in quotes.");
    }
    if (c == '-' && is_space_at(text, at + 1)) {
      return error(one(text, at), "A list must begin on a line of its own.", "Put the first `- ` on the next line.");
    }
    if (find_colon(text, at, end) < end) {
      return error(one(text, at), "This `key: value` must begin on a line of its own.", quote_hint);
    }
    return error(one(text, at), concat("This `", visible(text.substr(at, 1)), "` is out of place."), quote_hint);
  }
  const bool item = c == '-' && is_space_at(text, at + 1);
  const std::size_t colon = find_colon(text, first, end);
  if (!item && colon >= end) return missing_colon(text, {at, offset(text.find_last_not_of(" \t", end - 1) + 1)});
  if (auto slip = find_slip(text, at)) return *slip;
  return error({at, offset(item ? at + 1 : colon + 1)}, "This line is not indented like the lines it could belong to.",
               "The keys of a map begin in one column, and so do the `-` of a list.");
}

SyntaxError explain_yaml(std::string_view text, YamlComplaint complaint, std::uint32_t at, std::uint32_t read) {
  at = std::min(at, offset(text.size()));
  if (auto tab = leading_tab(text, at)) return *tab;
  if (complaint == YamlComplaint::in_quotes) {
    if (auto problem = find_unclosed(text, read)) return *problem;
  }
  if (auto tag = leading_tag(text, at)) return *tag;
  if (auto tab = tab_after_indicator(text, at)) return *tab;

  const std::string_view character = text.substr(at, 1);
  switch (complaint) {
    case YamlComplaint::tab: return error(one(text, at), std::string(tab_problem), tab_hint);
    case YamlComplaint::map_value: return second_colon(text, at);
    case YamlComplaint::map_key: return error(one(text, at), "A `? ` cannot stand here.", quote_hint);
    case YamlComplaint::list_item:
      return error(one(text, at), "An item of a list (`- …`) cannot begin here.",
                   trim_ascii(text.substr(0, at)).ends_with(':')
                       ? "Put the list on lines of its own; text that begins with `- ` goes in quotes."
                       : "Put it on a line of its own; inside brackets leave out the `-`.");
    case YamlComplaint::block_end: return explain_unexpected(text, at);
    case YamlComplaint::flow_end: return missing_comma(text, read, at);
    case YamlComplaint::bracket:
      return error(one(text, at), concat("This `", visible(character), "` does not close the bracket that is open."),
                   quote_hint);
    case YamlComplaint::first_character: return bad_start(text, at);
    case YamlComplaint::unknown_alias: {
      std::size_t end = at + 1;
      while (end < text.size() && !is_space_at(text, end) && !is_flow_indicator(text[end])) ++end;
      const std::string name =
          shorten(visible(text.substr(std::min<std::size_t>(at + 1, text.size()), end - at - 1)), 60);
      return error({at, offset(std::min(end, text.size()))},
                   concat("`*", name, "` refers to `&", name, "`, which is not set above."),
                   "If the `*` is part of the text, put the whole text in quotes.");
    }
    case YamlComplaint::alias_name:
      if (auto slip = find_slip(text, at)) return *slip;
      return missing_name(text, '*', at);
    case YamlComplaint::anchor_name: return missing_name(text, '&', at);
    case YamlComplaint::two_anchors: return error(one(text, at), "A value can have only one `&name`.", quote_hint);
    case YamlComplaint::two_tags: return error(one(text, at), "A value can have only one tag (`!…`).", quote_hint);
    case YamlComplaint::tag: {
      const std::size_t found = std::min<std::size_t>(text.find_last_of('!', at), at);
      return unsupported_tag({offset(found), std::max(at, offset(std::min(found + 1, text.size())))});
    }
    case YamlComplaint::block_header: return bad_block_header(text, at);
    case YamlComplaint::version:
      return error(one(text, at), "`%YAML` must be followed by a version of YAML, `1.2`.",
                   "Write `%YAML 1.2`, or delete the line.");
    case YamlComplaint::two_versions:
      return error(one(text, at), "`%YAML` stands here for the second time.", "Delete one of the two lines.");
    case YamlComplaint::tag_directive:
      return error(one(text, at), "`%TAG` is not supported: a manifest has no tags of its own.", "Delete this line.");
    case YamlComplaint::in_quotes:
    case YamlComplaint::other: break;
  }
  return error(one(text, at), "This is not valid YAML.", quote_hint);
}

}  // namespace scruple
