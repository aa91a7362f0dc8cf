#include "scruple/document.h"

#include "base/strings.h"

#include <utility>

namespace scruple {

std::string_view to_string(NodeKind kind) {
  switch (kind) {
    case NodeKind::null: return "null";
    case NodeKind::boolean: return "true or false";
    case NodeKind::integer: return "a whole number";
    case NodeKind::real: return "a number";
    case NodeKind::string: return "text";
    case NodeKind::list: return "a list";
    case NodeKind::map: return "a map";
  }
  return "";
}

Document::Document(SourcePtr source) : source_(std::move(source)), nodes_(1) {}

const Member* Document::find(NodeId map, std::string_view key) const {
  if (nodes_[map].kind != NodeKind::map) return nullptr;
  for (const Member& member : members(map)) {
    if (same_name(member.key, key)) return &member;
  }
  return nullptr;
}

std::vector<Document> read_documents(SourcePtr source, const DocumentLimits& limits, Diagnostics& diagnostics) {
  if (!to_lower_ascii(source->name()).ends_with(".json")) return read_yaml(std::move(source), limits, diagnostics);
  std::vector<Document> documents;
  if (auto document = read_json(std::move(source), limits, diagnostics)) documents.push_back(std::move(*document));
  return documents;
}

}  // namespace scruple
