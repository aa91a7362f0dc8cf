// Facts in tests: looked up by path and shown as text.
#pragma once

#include "base/strings.h"
#include "evidence/html.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace scruple::evidence {

inline SourcePtr source_of(std::string text, std::string name = "page.html") {
  return std::make_shared<const Source>(std::move(name), std::move(text));
}

// A scalar as written, a list or map as JSON; `(none)` for what is not there.
inline std::string show(const Document& document, NodeId id) {
  if (id == no_node) return "(none)";
  const Node& node = document.node(id);
  if (node.kind != NodeKind::list && node.kind != NodeKind::map) return std::string(node.text);
  std::string out(1, node.kind == NodeKind::list ? '[' : '{');
  for (const Member& member : document.members(id)) {
    if (out.size() > 1) out += ", ";
    if (node.kind == NodeKind::map) out += concat(member.key, ": ");
    out += show(document, member.value);
  }
  return out += node.kind == NodeKind::list ? ']' : '}';
}

// `links[0].text`, `forms[1].controls[0].checked`
inline NodeId at(const Document& document, std::string_view path) {
  NodeId id = document.root();
  while (!path.empty() && id != no_node) {
    if (path[0] == '[') {
      const auto close = path.find(']');
      const auto index = static_cast<std::size_t>(std::stoul(std::string(path.substr(1, close - 1))));
      const auto members = document.members(id);
      id = index < members.size() ? members[index].value : no_node;
      path.remove_prefix(close + 1);
    } else {
      if (path[0] == '.') path.remove_prefix(1);
      const auto end = std::min(path.find_first_of(".["), path.size());
      const Member* member = document.find(id, path.substr(0, end));
      id = member == nullptr ? no_node : member->value;
      path.remove_prefix(end);
    }
  }
  return id;
}

inline std::string fact(const Document& document, std::string_view path) { return show(document, at(document, path)); }

inline std::size_t count(const Document& document, std::string_view path) {
  return document.members(at(document, path)).size();
}

// `12:5`: line and column of a fact.
inline std::string place(const Document& document, std::string_view path) {
  const NodeId id = at(document, path);
  if (id == no_node) return "(none)";
  const Position position = document.source().position(document.node(id).span.begin);
  return concat(position.line, ':', position.column);
}

}  // namespace scruple::evidence
