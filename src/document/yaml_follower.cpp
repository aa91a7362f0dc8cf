#include "document/yaml_follower.h"

#include "base/strings.h"
#include "document/core_schema.h"
#include "document/scalar_span.h"
#include "document/yaml_characters.h"
#include "document/yaml_errors.h"

#include <algorithm>
#include <string>

namespace scruple {

using namespace yaml;

YamlFollower::YamlFollower(DocumentBuilder& builder, std::uint32_t begin)
    : builder_(builder), text_(builder.source().text()), cursor_(text_, begin) {}

void YamlFollower::require(bool done) {
  if (!done) throw Reported{};
}

void YamlFollower::fail_missing_key() {
  cursor_.fail_here("The key before this `:` is missing.", "If the `:` is part of the text, put the text in quotes.");
}

void YamlFollower::unexpected() { throw explain_unexpected(text_, cursor_.at()); }

// ---- documents

void YamlFollower::start_document() {
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

void YamlFollower::read_directives() {
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

void YamlFollower::end_document() {
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

void YamlFollower::finish() {
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

std::uint32_t YamlFollower::well_formed_end() const {
  for (const Level& level : levels_) {
    if (level.context == Context::flow_list || level.context == Context::flow_map) return level.begin;
  }
  return cursor_.at();
}

// ---- what leads to a value

YamlFollower::Place YamlFollower::enter() {
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

YamlFollower::Place YamlFollower::enter_block_list() {
  cursor_.skip_gap();
  if (!cursor_.at_indicator('-') || cursor_.column() != level().indent) unexpected();
  if (level().entries++ > 0) cursor_.check_block_indent(level().indent - 1);
  builder_.item(cursor_.take(1));
  cursor_.skip_gap();
  return {.compact = true};
}

YamlFollower::Place YamlFollower::enter_block_map() {
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

YamlFollower::Place YamlFollower::enter_flow_list() {
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

YamlFollower::Place YamlFollower::enter_flow_map() {
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

void YamlFollower::require_comma() {
  if (cursor_.peek() == ',') return;
  throw explain_yaml(text_, YamlComplaint::flow_end, cursor_.at(), well_formed_end());
}

void YamlFollower::leave() { level().expects_value = false; }

// Whether a value that may be absent is: the next token cannot belong to it.
bool YamlFollower::nothing_here(const Place& place) {
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
void YamlFollower::check_flow_indent(int indent) {
  if (cursor_.indented_in_flow(indent)) return;
  if (const auto unclosed = find_unclosed(text_, well_formed_end())) throw *unclosed;
  cursor_.fail_flow_indent();
}

void YamlFollower::check_indent(const Place& place) {
  if (in_flow()) {
    check_flow_indent(level().indent);
  } else if (!place.key || level().explicit_key) {
    cursor_.check_block_indent(level().indent);
  }
  if (cursor_.at_document_marker()) unexpected();
}

NodeProperties YamlFollower::read_properties(const Place& place) {
  const bool implicit_key = place.key && !level().explicit_key;
  const NodeProperties properties = cursor_.read_properties(in_flow() || implicit_key ? -1 : level().indent);
  if (implicit_key && !properties.empty() && cursor_.on_fresh_line()) {
    cursor_.fail({properties.begin, properties.end}, "A key must stand on one line, with its `&name` or tag.");
  }
  return properties;
}

void YamlFollower::require_scalar_key(const Place& place) {
  if (!place.key) return;
  // yaml-cpp takes brackets that are never closed for a key.
  if (const auto unclosed = find_unclosed(text_, cursor_.at())) throw *unclosed;
  cursor_.fail_here("A key must be text, not a list or a map.",
                    "If the bracket is part of the text, put the text in quotes.");
}

// ---- scalars and aliases

void YamlFollower::scalar(bool may_be_absent) {
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

void YamlFollower::finish_scalar(const Place& place, const NodeProperties& properties, const ScalarExtent& extent,
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

void YamlFollower::finish_key(Span span, std::string_view text, bool merge) {
  if (merge) {
    builder_.merge_key(span);
  } else {
    builder_.key(span, text);
  }
  level().expects_value = true;
}

void YamlFollower::resolve(Node& node, const NodeProperties& properties) {
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

void YamlFollower::alias() {
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

void YamlFollower::start(NodeKind kind, Style style, bool has_properties) {
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
  if (style == Style::block) {
    // A list may stand at the column of the key that it belongs to.
    const bool same_column = list && level().context == Context::block_map && !place.key;
    if (list && !cursor_.at_indicator('-')) unexpected();
    if (cursor_.on_fresh_line()) {
      cursor_.check_block_indent(same_column ? indent - 1 : indent);
    } else if (!place.compact || !properties.empty()) {
      unexpected();
    } else if (cursor_.after_tab()) {
      cursor_.fail_here(std::string(compact_tab_problem), std::string(tab_hint));
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

void YamlFollower::check_collection_tag(NodeKind kind, const NodeProperties& properties) {
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

void YamlFollower::end() {
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

}  // namespace scruple
