#include "dump.h"

#include "base/strings.h"

#include <memory>
#include <sstream>

namespace scruple {
namespace {

void append(std::string& out, const Document& document, NodeId id) {
  const Node& node = document.node(id);
  switch (node.kind) {
    case NodeKind::null: out += "null"; return;
    case NodeKind::boolean: out += node.boolean ? "true" : "false"; return;
    case NodeKind::integer: out += std::to_string(node.integer); return;
    case NodeKind::real: {
      std::ostringstream number;
      number << node.real;
      out += number.str();
      if (number.str().find_first_of(".en") == std::string::npos) out += ".0";
      return;
    }
    case NodeKind::string: out += concat("'", visible(node.text), "'"); return;
    case NodeKind::list:
    case NodeKind::map: break;
  }
  const bool list = node.kind == NodeKind::list;
  out += list ? '[' : '{';
  bool first = true;
  for (const Member& member : document.members(id)) {
    if (!first) out += ", ";
    first = false;
    if (!list) out += concat(member.merged ? "<" : "", visible(member.key), member.merged ? ">" : "", ": ");
    append(out, document, member.value);
  }
  out += list ? ']' : '}';
}

void append_spans(std::string& out, const Document& document, NodeId id, std::string_view key) {
  const Node& node = document.node(id);
  const std::string_view text = document.source().text();
  const auto covered = [&](Span span) { return visible(text.substr(span.begin, span.end - span.begin)); };
  out += concat(key, "<", covered(node.span), ">\n");
  for (const Member& member : document.members(id)) {
    append_spans(out, document, member.value, concat(covered(member.key_span), " => "));
  }
}

std::string error_text(const Diagnostics& diagnostics) {
  if (diagnostics.empty()) return "no documents, no diagnostics";
  const Diagnostic& first = diagnostics.front();
  return concat(first.location.begin.line, ":", first.location.begin.column, " ", first.message);
}

}  // namespace

std::string dump(const Document& document) {
  std::string out;
  append(out, document, document.root());
  return out;
}

std::string dump_spans(const Document& document) {
  std::string out;
  append_spans(out, document, document.root(), "");
  return out;
}

std::string read_yaml_as_text(std::string_view text, const DocumentLimits& limits) {
  Diagnostics diagnostics;
  const auto documents = read_yaml(std::make_shared<Source>("test.yaml", std::string(text)), limits, diagnostics);
  if (!diagnostics.empty() || documents.empty()) return error_text(diagnostics);
  std::string out;
  for (const Document& document : documents) out += concat(out.empty() ? "" : " | ", dump(document));
  return out;
}

std::string read_json_as_text(std::string_view text, const DocumentLimits& limits) {
  Diagnostics diagnostics;
  const auto document = read_json(std::make_shared<Source>("test.json", std::string(text)), limits, diagnostics);
  if (!diagnostics.empty() || !document) return error_text(diagnostics);
  return dump(*document);
}

}  // namespace scruple
