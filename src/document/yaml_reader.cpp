// All that sees yaml-cpp: its event parser decides what is structure, a cursor over the same text follows it and
// checks each step.
#include "scruple/document.h"

#include "base/strings.h"
#include "document/core_schema.h"
#include "document/document_builder.h"
#include "document/scalar_span.h"
#include "document/text_check.h"
#include "document/yaml_cursor.h"
#include "document/yaml_errors.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <string>
#include <utility>

namespace scruple {
namespace {

// yaml-cpp refuses a tab on a line that is otherwise empty, which many editors leave behind. It is given a line break
// instead: no offset moves, and what scalars say is not taken from it.
std::string without_blank_tabs(std::string_view text) {
  std::string out(text);
  for (std::size_t tab = out.find('\t'); tab != std::string::npos; tab = out.find('\t', tab + 1)) {
    const std::size_t before = out.find_last_not_of(" \t", tab);
    const std::size_t after = out.find_first_not_of(" \t\r", tab);
    const bool line_begins = before == std::string::npos || out[before] == '\n';
    if (line_begins && (after == std::string::npos || out[after] == '\n')) {
      const std::size_t end = std::min(after, out.size());
      std::fill(out.begin() + static_cast<std::ptrdiff_t>(before + 1), out.begin() + static_cast<std::ptrdiff_t>(end),
                '\n');
      tab = end - 1;
    } else {
      tab = std::min(after, out.size()) - 1;
    }
  }
  return out;
}

// A stream over text that is already in memory.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // only read from
    setg(begin, begin, begin + text.size());
  }
};

// yaml-cpp tells its errors apart by their texts alone; some texts go on with a detail.
YamlComplaint complaint_of(std::string_view message) {
  namespace Msg = YAML::ErrorMsg;
  struct Row {
    std::string_view message;
    YamlComplaint complaint;
  };
  const Row rows[] = {
      {Msg::EOF_IN_SCALAR, YamlComplaint::in_quotes},
      {Msg::DOC_IN_SCALAR, YamlComplaint::in_quotes},
      {Msg::INVALID_HEX, YamlComplaint::in_quotes},
      {Msg::INVALID_ESCAPE, YamlComplaint::in_quotes},
      {Msg::INVALID_UNICODE, YamlComplaint::in_quotes},
      {Msg::TAB_IN_INDENTATION, YamlComplaint::tab},
      {Msg::MAP_VALUE, YamlComplaint::map_value},
      {Msg::MAP_KEY, YamlComplaint::map_key},
      {Msg::BLOCK_ENTRY, YamlComplaint::list_item},
      {Msg::END_OF_MAP_FLOW, YamlComplaint::flow_end},
      {Msg::END_OF_SEQ_FLOW, YamlComplaint::flow_end},
      {Msg::END_OF_MAP, YamlComplaint::block_end},
      {Msg::END_OF_SEQ, YamlComplaint::block_end},
      {Msg::FLOW_END, YamlComplaint::bracket},
      {Msg::UNKNOWN_TOKEN, YamlComplaint::first_character},
      {Msg::UNKNOWN_ANCHOR, YamlComplaint::unknown_alias},
      {Msg::ALIAS_NOT_FOUND, YamlComplaint::alias_name},
      {Msg::CHAR_IN_ALIAS, YamlComplaint::alias_name},
      {Msg::ANCHOR_NOT_FOUND, YamlComplaint::anchor_name},
      {Msg::CHAR_IN_ANCHOR, YamlComplaint::anchor_name},
      {Msg::MULTIPLE_ANCHORS, YamlComplaint::two_anchors},
      {Msg::MULTIPLE_TAGS, YamlComplaint::two_tags},
      {Msg::CHAR_IN_TAG_HANDLE, YamlComplaint::tag},
      {Msg::TAG_WITH_NO_SUFFIX, YamlComplaint::tag},
      {Msg::END_OF_VERBATIM_TAG, YamlComplaint::tag},
      {Msg::ZERO_INDENT_IN_BLOCK, YamlComplaint::block_header},
      {Msg::CHAR_IN_BLOCK, YamlComplaint::block_header},
      {Msg::YAML_DIRECTIVE_ARGS, YamlComplaint::version},
      {Msg::YAML_VERSION, YamlComplaint::version},
      {Msg::YAML_MAJOR_VERSION, YamlComplaint::version},
      {Msg::REPEATED_YAML_DIRECTIVE, YamlComplaint::two_versions},
      {Msg::TAG_DIRECTIVE_ARGS, YamlComplaint::tag_directive},
      {Msg::REPEATED_TAG_DIRECTIVE, YamlComplaint::tag_directive},
  };
  for (const Row& row : rows) {
    if (message.starts_with(row.message)) return row.complaint;
  }
  return YamlComplaint::other;
}

class Handler : public YAML::EventHandler {
 public:
  Handler(DocumentBuilder& builder, std::uint32_t begin)
      : builder_(builder), text_(builder.source().text()), cursor_(text_, begin), document_begin_(0) {}

  void OnDocumentStart(const YAML::Mark&) override;
  void OnDocumentEnd() override;
  void OnNull(const YAML::Mark&, YAML::anchor_t) override { on_scalar(true); }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override;
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string& value) override {
    on_scalar(value.empty());
  }
  void OnSequenceStart(const YAML::Mark&, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    start(NodeKind::list, style, anchor != 0 || tag != "?");
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark&, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    start(NodeKind::map, style, anchor != 0 || tag != "?");
  }
  void OnMapEnd() override { end(); }

  // After the last document: nothing may be left.
  void finish();

  std::vector<Document> take_documents() { return std::move(documents_); }
  // What is known to be well-formed ends here, or at the outermost bracket that is open.
  std::uint32_t well_formed_end() const;

 private:
  enum class Context { document, block_list, block_map, flow_list, flow_map, flow_pair };

  struct Level {
    Context context;
    int indent;               // column of the innermost block list or map
    std::uint32_t begin = 0;  // first character
    std::size_t entries = 0;  // begun so far
    bool expects_value = false;
    bool explicit_key = false;
    std::uint32_t key_begin = 0;
  };

  // Where the next value stands: what is known after its dash, key or comma.
  struct Place {
    bool key = false;
    bool compact = false;  // a block list or map may begin on this line
    bool absent = false;   // there is nothing, not even a tag
  };

  Level& level() { return levels_.back(); }
  bool in_flow() const { return levels_.back().context >= Context::flow_list; }

  Place enter();
  Place enter_block_list();
  Place enter_block_map();
  Place enter_flow_list();
  Place enter_flow_map();
  void require_comma();
  void leave();

  bool nothing_here(const Place& place);
  void check_indent(const Place& place);
  void check_flow_indent(int indent);
  NodeProperties read_properties(const Place& place);
  void require_scalar_key(const Place& place);

  void on_scalar(bool may_be_absent);
  void finish_scalar(const Place& place, const NodeProperties& properties, const ScalarExtent& extent, bool absent);
  void finish_key(Span span, std::string_view text, bool merge);
  void resolve(Node& node, const NodeProperties& properties);
  void start(NodeKind kind, YAML::EmitterStyle::value style, bool has_properties);
  void check_collection_tag(NodeKind kind, const NodeProperties& properties);
  void end();
  void read_directives();

  void require(bool done) {
    if (!done) throw Reported{};
  }
  [[noreturn]] void fail_missing_key() {
    cursor_.fail_here("The key before this `:` is missing.", "If the `:` is part of the text, put the text in quotes.");
  }
  [[noreturn]] void unexpected() { throw explain_unexpected(text_, cursor_.at()); }

 public:
  struct Reported {};  // the builder has reported a problem

 private:
  DocumentBuilder& builder_;
  std::string_view text_;
  YamlCursor cursor_;
  std::vector<Level> levels_;
  std::vector<Document> documents_;
  std::uint32_t document_begin_;
  bool root_is_block_ = false;
  bool bare_document_allowed_ = true;  // at the begin of the stream and after `...`
};

// ---- documents

void Handler::OnDocumentStart(const YAML::Mark&) {
  if (documents_.size() >= builder_.limits().documents) {
    cursor_.skip_gap();
    cursor_.fail_here(concat("This file holds more than ", builder_.limits().documents, " documents."));
  }
  read_directives();
  if (cursor_.at_document_marker() && cursor_.peek() == '-') {
    cursor_.take(3);
  } else if (!bare_document_allowed_) {
    unexpected();
  }
  levels_.assign(1, {Context::document, -1});
  root_is_block_ = false;
}

void Handler::read_directives() {
  bool version = false;
  cursor_.skip_gap();
  while (cursor_.peek() == '%' && cursor_.column() == 0) {
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n", cursor_.at()), text_.size());
    const std::string_view name = text_.substr(cursor_.at(), end - cursor_.at());
    if (!bare_document_allowed_) {
      cursor_.fail_here("A line that begins with `%` can stand only at the top of the file or after a line `...`.");
    }
    if (name == "%TAG")
      cursor_.fail_here("`%TAG` is not supported: a manifest has no tags of its own.", "Delete this line.");
    const Span directive = cursor_.take(static_cast<std::uint32_t>(name.size()));
    if (name == "%YAML") {
      if (version) cursor_.fail(directive, "`%YAML` stands here for the second time.", "Delete one of the two lines.");
      version = true;
      cursor_.skip_blanks();
      const std::size_t version_end = std::min(text_.find_first_of(" \t\r\n", cursor_.at()), text_.size());
      const std::string_view number = text_.substr(cursor_.at(), version_end - cursor_.at());
      if (number != "1.2" && number != "1.1" && number != "1.0") {
        cursor_.fail_here("`%YAML` must be followed by a version of YAML, `1.2`.",
                          "Write `%YAML 1.2`, or delete the line.");
      }
      cursor_.take(static_cast<std::uint32_t>(number.size()));
      cursor_.finish_line("`%YAML`");
    } else {
      while (!cursor_.at_end() && cursor_.peek() != '\n' && cursor_.peek() != '#') cursor_.take(1);
    }
    cursor_.skip_gap();
    const bool start = cursor_.at_document_marker() && cursor_.peek() == '-';
    if (!start && !(cursor_.peek() == '%' && cursor_.column() == 0)) {
      cursor_.fail(directive, "After a line that begins with `%` a line `---` must follow.",
                   "If the `%` is part of the text, put the text in quotes.");
    }
  }
}

void Handler::OnDocumentEnd() {
  cursor_.skip_gap();
  if (!cursor_.at_end() && !cursor_.at_document_marker()) {
    if (root_is_block_ || !cursor_.on_fresh_line()) unexpected();
    cursor_.fail_here("The value above is complete; nothing may follow it.",
                      "Give the file one map at its top, or separate documents with a line `---`.");
  }
  bare_document_allowed_ = false;
  while (cursor_.at_document_marker() && cursor_.peek() == '.') {
    cursor_.take(3);
    cursor_.finish_line("`...`");
    bare_document_allowed_ = true;
    cursor_.skip_gap();
  }
  for (const Span comment : cursor_.take_comments()) builder_.comment(comment);
  documents_.push_back(builder_.finish({document_begin_, cursor_.at()}));
  document_begin_ = cursor_.at();
  levels_.clear();
}

void Handler::finish() {
  read_directives();
  while (cursor_.at_document_marker() && cursor_.peek() == '.') {
    cursor_.take(3);
    cursor_.finish_line("`...`");
    cursor_.skip_gap();
  }
  if (!cursor_.at_end()) unexpected();
  if (!documents_.empty()) return;
  Node empty;
  require(builder_.scalar(empty));
  for (const Span comment : cursor_.take_comments()) builder_.comment(comment);
  documents_.push_back(builder_.finish({0, cursor_.at()}));
}

std::uint32_t Handler::well_formed_end() const {
  for (const Level& level : levels_) {
    if (level.context == Context::flow_list || level.context == Context::flow_map) return level.begin;
  }
  return cursor_.at();
}

// ---- what leads to a value

Handler::Place Handler::enter() {
  switch (level().context) {
    case Context::document: cursor_.skip_gap(); return {};
    case Context::block_list: return enter_block_list();
    case Context::block_map: return enter_block_map();
    case Context::flow_list: return enter_flow_list();
    case Context::flow_map:
    case Context::flow_pair: return enter_flow_map();
  }
  return {};
}

Handler::Place Handler::enter_block_list() {
  cursor_.skip_gap();
  if (!cursor_.at_indicator('-') || cursor_.column() != level().indent) unexpected();
  if (level().entries++ > 0) cursor_.check_block_indent(level().indent - 1);
  builder_.item(cursor_.take(1));
  cursor_.skip_gap();
  return {.compact = true};
}

Handler::Place Handler::enter_block_map() {
  Level& map = level();
  if (!map.expects_value) {
    cursor_.skip_gap();
    if (cursor_.at_end() || cursor_.column() != map.indent) unexpected();
    if (map.entries++ > 0) {
      if (!cursor_.on_fresh_line()) unexpected();
      cursor_.check_block_indent(map.indent - 1);
    }
    map.key_begin = cursor_.at();
    map.explicit_key = cursor_.at_indicator('?');
    if (map.explicit_key) {
      cursor_.take(1);
      cursor_.skip_gap();
    }
    return {.key = true, .compact = map.explicit_key};
  }
  if (!map.explicit_key) {
    cursor_.skip_blanks();
    if (!cursor_.at_indicator(':')) {
      const bool line_ends =
          cursor_.at_end() || cursor_.peek() == '\n' || cursor_.peek() == '\r' || cursor_.peek() == '#';
      if (!line_ends) unexpected();
      throw missing_colon(text_, {map.key_begin, cursor_.token_end()});
    }
    cursor_.take(1);
    cursor_.skip_gap();
    return {};
  }
  cursor_.skip_gap();
  if (!cursor_.at_indicator(':') || cursor_.column() != map.indent) return {.absent = true};
  cursor_.take(1);
  cursor_.skip_gap();
  return {.compact = true};
}

Handler::Place Handler::enter_flow_list() {
  Level& list = level();
  cursor_.skip_gap();
  if (list.entries++ > 0) {
    require_comma();
    check_flow_indent(list.indent);
    cursor_.take(1);
    cursor_.skip_gap();
  }
  check_flow_indent(list.indent);
  builder_.item({cursor_.at(), cursor_.at()});
  return {};
}

Handler::Place Handler::enter_flow_map() {
  Level& map = level();
  cursor_.skip_gap();
  if (!map.expects_value) {
    if (map.context == Context::flow_map && map.entries++ > 0) {
      require_comma();
      check_flow_indent(map.indent);
      cursor_.take(1);
      cursor_.skip_gap();
    }
    check_flow_indent(map.indent);
    map.key_begin = cursor_.at();
    map.explicit_key = cursor_.at_indicator('?');
    if (map.explicit_key) {
      cursor_.take(1);
      cursor_.skip_gap();
      check_flow_indent(map.indent);
    }
    return {.key = true};
  }
  if (cursor_.peek() != ':') return {.absent = true};
  check_flow_indent(map.indent);
  if (map.context == Context::flow_pair && !map.explicit_key &&
      text_.substr(map.key_begin, cursor_.at() - map.key_begin).find('\n') != std::string_view::npos) {
    cursor_.fail_here("The key before this `:` must stand on the same line.");
  }
  cursor_.take(1);
  cursor_.skip_gap();
  return {};
}

void Handler::require_comma() {
  if (cursor_.peek() == ',') return;
  throw explain_yaml(text_, YamlComplaint::flow_end, cursor_.at(), well_formed_end());
}

void Handler::leave() { level().expects_value = false; }

// Whether a value that may be absent is: the next token cannot belong to it.
bool Handler::nothing_here(const Place& place) {
  cursor_.skip_gap();
  if (cursor_.at_end() || cursor_.at_document_marker()) return true;
  if (place.key && !level().explicit_key) return cursor_.peek() == ':' || (in_flow() && cursor_.at_flow_indicator());
  if (in_flow()) {
    return cursor_.peek() == ',' || cursor_.peek() == ']' || cursor_.peek() == '}' || cursor_.peek() == ':';
  }
  if (cursor_.on_fresh_line() && cursor_.column() <= level().indent) return true;
  return cursor_.at_indicator(':');
}

// Mostly a bracket was forgotten, and what stands too far left is the next key.
void Handler::check_flow_indent(int indent) {
  if (cursor_.indented_in_flow(indent)) return;
  if (const auto unclosed = find_unclosed(text_, well_formed_end())) throw *unclosed;
  cursor_.fail_flow_indent();
}

void Handler::check_indent(const Place& place) {
  if (in_flow()) {
    check_flow_indent(level().indent);
  } else if (!place.key || level().explicit_key) {
    cursor_.check_block_indent(level().indent);
  }
  if (cursor_.at_document_marker()) unexpected();
}

NodeProperties Handler::read_properties(const Place& place) {
  const bool implicit_key = place.key && !level().explicit_key;
  const NodeProperties properties = cursor_.read_properties(in_flow() || implicit_key ? -1 : level().indent);
  if (implicit_key && !properties.empty() && cursor_.on_fresh_line()) {
    cursor_.fail({properties.begin, properties.end}, "A key must stand on one line, with its `&name` or tag.");
  }
  return properties;
}

void Handler::require_scalar_key(const Place& place) {
  if (!place.key) return;
  // yaml-cpp takes brackets that are never closed for a key.
  if (const auto unclosed = find_unclosed(text_, cursor_.at())) throw *unclosed;
  cursor_.fail_here("A key must be text, not a list or a map.",
                    "If the bracket is part of the text, put the text in quotes.");
}

// ---- scalars and aliases

void Handler::on_scalar(bool may_be_absent) {
  const Place place = enter();
  const std::uint32_t before = cursor_.token_end();
  NodeProperties properties;
  bool absent = place.absent || (may_be_absent && nothing_here(place));
  if (absent) {
    properties.begin = properties.end = before;
  } else {
    check_indent(place);
    properties = read_properties(place);
    absent = may_be_absent && nothing_here(place);
  }
  ScalarExtent extent;
  if (absent) {
    const std::uint32_t at = properties.empty() ? before : properties.end;
    extent.span = {at, at};
    if (properties.empty() && place.key && cursor_.peek() == ':') fail_missing_key();
    if (properties.empty() && place.key && cursor_.peek() != ',') cursor_.fail_here("A key is missing here.");
    if (properties.empty() && (place.key || level().context == Context::flow_list)) unexpected();
  } else {
    check_indent(place);
    extent = find_extent(text_, cursor_.at(), cursor_.line_begin(), {level().indent, in_flow()});
    if (extent.span.begin == extent.span.end && extent.problem.empty()) unexpected();
    if (!extent.problem.empty() && in_flow()) {
      if (const auto unclosed = find_unclosed(text_, well_formed_end())) throw *unclosed;
    }
    cursor_.take_scalar(extent);
    // yaml-cpp takes such lines for what follows the text.
    if (extent.content_column == 0 && extent.style >= ScalarStyle::literal && extent.multiline) {
      cursor_.fail({extent.span.begin, extent.span.begin + 1}, "The lines of this text must be indented.",
                   "Indent each of them with at least one blank.");
    }
  }
  finish_scalar(place, properties, extent, absent);
}

void Handler::finish_scalar(const Place& place, const NodeProperties& properties, const ScalarExtent& extent,
                            bool absent) {
  if (place.key && !level().explicit_key && extent.multiline && level().context != Context::flow_map) {
    cursor_.fail(extent.span, "A key must stand on one line.", "Put text that holds `: ` in quotes.");
  }
  Node node;
  node.style = extent.style;
  node.span = extent.span;
  const std::string_view raw = text_.substr(extent.span.begin, extent.span.end - extent.span.begin);
  const bool quoted = extent.style == ScalarStyle::single_quoted || extent.style == ScalarStyle::double_quoted;
  const std::string_view inner = quoted ? raw.substr(1, raw.size() - 2) : raw;
  const bool verbatim =
      !extent.multiline && (extent.style == ScalarStyle::plain ||
                            (quoted && inner.find(raw[0] == '"' ? '\\' : '\'') == std::string_view::npos));
  node.text = verbatim || absent
                  ? inner
                  : builder_.keep(decode_scalar(text_, extent.span, extent.style, extent.content_column));
  if (!properties.anchor.empty()) builder_.anchor(properties.anchor);
  resolve(node, properties);
  if (!place.key) {
    require(builder_.scalar(node));
    leave();
    return;
  }
  const bool merge = node.style == ScalarStyle::plain && node.text == "<<" && properties.empty();
  finish_key(node.span, node.text, merge);
  if (!properties.anchor.empty()) require(builder_.anchored_key(node));
}

void Handler::finish_key(Span span, std::string_view text, bool merge) {
  if (merge) {
    builder_.merge_key(span);
  } else {
    builder_.key(span, text);
  }
  level().expects_value = true;
}

void Handler::resolve(Node& node, const NodeProperties& properties) {
  std::string_view tag = properties.tag;
  constexpr std::string_view verbatim = "!<tag:yaml.org,2002:";
  std::string shorthand;
  if (tag.starts_with(verbatim) && tag.ends_with('>')) {
    shorthand = concat("!!", tag.substr(verbatim.size(), tag.size() - verbatim.size() - 1));
    tag = shorthand;
  }
  const bool text = tag == "!" || tag == "!!str" || (tag.empty() && node.style != ScalarStyle::plain);
  if (text) {
    node.kind = NodeKind::string;
    return;
  }
  const Resolution resolution = resolve_plain(node.text, node);
  if (resolution != Resolution::done) {
    cursor_.fail(
        node.span,
        resolution == Resolution::integer_overflow ? "This whole number is too large." : "This number is too large.",
        "Put it in quotes if it is a number by name only, such as an account.");
  }
  if (tag.empty()) return;
  std::string_view wanted;
  if (tag == "!!null") {
    if (node.kind != NodeKind::null) wanted = "null";
  } else if (tag == "!!bool") {
    if (node.kind != NodeKind::boolean) wanted = "true or false";
  } else if (tag == "!!int") {
    if (node.kind != NodeKind::integer) wanted = "a whole number";
  } else if (tag == "!!float") {
    if (node.kind == NodeKind::integer) {
      node.real = static_cast<double>(node.integer);
      node.kind = NodeKind::real;
    }
    if (node.kind != NodeKind::real) wanted = "a number";
  } else if (tag == "!!map" || tag == "!!seq") {
    wanted = tag == "!!map" ? "a map" : "a list";
  } else {
    throw unsupported_tag(properties.tag_span);
  }
  if (wanted.empty()) return;
  cursor_.fail(properties.tag_span,
               concat("`", tag, "` says that this is ", wanted, ", but it is ", to_string(node.kind), "."),
               "Delete the tag, or mend the value.");
}

void Handler::OnAlias(const YAML::Mark&, YAML::anchor_t) {
  const Place place = enter();
  check_indent(place);
  const Span span = cursor_.read_alias();
  const std::string_view name = text_.substr(span.begin + 1, span.end - span.begin - 1);
  if (!place.key) {
    require(builder_.alias(span, name));
    leave();
    return;
  }
  const Node* node = builder_.aliased_scalar(span, name);
  require(node != nullptr);
  finish_key(span, node->text, false);
}

// ---- lists and maps

void Handler::start(NodeKind kind, YAML::EmitterStyle::value style, bool has_properties) {
  const bool list = kind == NodeKind::list;
  const Place place = enter();
  if (place.absent) unexpected();
  if (cursor_.at_indicator(':')) fail_missing_key();
  NodeProperties properties;
  const int indent = level().indent;
  if (has_properties) {
    check_indent(place);
    properties = read_properties(place);
    if (properties.empty()) unexpected();
    check_collection_tag(kind, properties);
    if (!properties.anchor.empty()) builder_.anchor(properties.anchor);
  }
  Level next{Context::document, indent};
  next.begin = cursor_.at();
  if (cursor_.at_end()) unexpected();
  if (style == YAML::EmitterStyle::Block) {
    // A list may stand at the column of the key that it belongs to.
    const bool same_column = list && level().context == Context::block_map && !place.key;
    if (list && !cursor_.at_indicator('-')) unexpected();
    if (cursor_.on_fresh_line()) {
      cursor_.check_block_indent(same_column ? indent - 1 : indent);
    } else if (!place.compact || !properties.empty()) {
      unexpected();
    } else if (cursor_.after_tab()) {
      cursor_.fail_here("A tab stands before this. YAML allows only blanks here.",
                        std::string("Replace the tab with blanks."));
    }
    require_scalar_key(place);
    next.context = list ? Context::block_list : Context::block_map;
    next.indent = cursor_.column();
    if (levels_.size() == 1) root_is_block_ = true;
    require(list ? builder_.start_list({next.begin, next.begin}, false)
                 : builder_.start_map({next.begin, next.begin}, false));
  } else {
    check_indent(place);
    require_scalar_key(place);
    const bool bracket = cursor_.peek() == (list ? '[' : '{');
    const bool pair = !list && level().context == Context::flow_list && properties.empty() && !bracket;
    if (!bracket && !pair) unexpected();
    next.context = list ? Context::flow_list : pair ? Context::flow_pair : Context::flow_map;
    const Span span = pair ? Span{next.begin, next.begin} : cursor_.take(1);
    require(list ? builder_.start_list(span, true) : builder_.start_map(span, true));
  }
  levels_.push_back(next);
}

void Handler::check_collection_tag(NodeKind kind, const NodeProperties& properties) {
  const std::string_view tag = properties.tag;
  const bool list = kind == NodeKind::list;
  if (tag.empty() || tag == "!" || tag == (list ? "!!seq" : "!!map") ||
      tag == (list ? "!<tag:yaml.org,2002:seq>" : "!<tag:yaml.org,2002:map>")) {
    return;
  }
  constexpr std::string_view scalar_tags[] = {"!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq"};
  if (std::find(std::begin(scalar_tags), std::end(scalar_tags), tag) == std::end(scalar_tags)) {
    throw unsupported_tag(properties.tag_span);
  }
  cursor_.fail(properties.tag_span, concat("`", tag, "` does not fit ", to_string(kind), "."), "Delete the tag.");
}

void Handler::end() {
  Level& closed = level();
  if (closed.context == Context::flow_list || closed.context == Context::flow_map) {
    const char bracket = closed.context == Context::flow_list ? ']' : '}';
    cursor_.skip_gap();
    if (cursor_.peek() == ',' && closed.entries > 0) {
      check_flow_indent(closed.indent);
      cursor_.take(1);
      cursor_.skip_gap();
    }
    if (cursor_.peek() != bracket) unexpected();
    // The closing bracket may stand under the key that the opening one follows.
    check_flow_indent(closed.indent - 1);
    cursor_.take(1);
  }
  require(builder_.end(cursor_.token_end()));
  levels_.pop_back();
  leave();
}

}  // namespace

std::vector<Document> read_yaml(SourcePtr source, const DocumentLimits& limits, Diagnostics& diagnostics) {
  DocumentBuilder builder(source, limits, diagnostics);
  if (!check_text(builder, ControlCharacters::reject) || !check_token_count(builder)) return {};
  const std::string_view text = source->text();
  const std::uint32_t begin = byte_order_mark(text);
  const bool has_tabs = text.find('\t') != std::string_view::npos;
  const std::string replaced = has_tabs ? without_blank_tabs(text.substr(begin)) : std::string();
  ViewBuffer buffer(has_tabs ? replaced : text.substr(begin));
  std::istream stream(&buffer);
  Handler handler(builder, begin);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(handler)) {
    }
    handler.finish();
  } catch (const Handler::Reported&) {
  } catch (const SyntaxError& error) {
    builder.report(error.span, error.message, error.hint);
  } catch (const YAML::Exception& error) {
    const std::uint32_t at =
        error.mark.pos < 0 ? handler.well_formed_end() : begin + static_cast<std::uint32_t>(error.mark.pos);
    const SyntaxError explained = explain_yaml(text, complaint_of(error.msg), at, handler.well_formed_end());
    builder.report(explained.span, explained.message, explained.hint);
  }
  return handler.take_documents();
}

}  // namespace scruple
