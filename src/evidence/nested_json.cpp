#include "evidence/nested_json.h"

#include "base/strings.h"
#include "document/document_builder.h"
#include "document/scalar_span.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace scruple::evidence {

namespace {

// Copies a document into one whose spans are those of the file around it.
class Transplant {
 public:
  Transplant(const Document& inner, const Document& outer, const Node& text, Diagnostics& diagnostics)
      : inner_(inner),
        text_(text),
        offsets_(source_offsets(outer.source().text(), text)),
        builder_(outer.source_ptr(), {}, diagnostics) {}

  std::optional<Document> make() {
    if (!copy(inner_.root())) return std::nullopt;
    return builder_.finish(text_.span);
  }

 private:
  Span outer(Span span) const {
    const auto at = [&](std::size_t offset) { return offsets_[std::min(offset, offsets_.size() - 1)]; };
    return {at(span.begin), at(span.end)};
  }

  // As deep as the reader lets documents nest.
  bool copy(NodeId id) {
    Node node = inner_.node(id);
    node.span = outer(node.span);
    if (node.kind != NodeKind::map && node.kind != NodeKind::list) {
      node.text = builder_.keep(std::string(node.text));
      return builder_.scalar(node);
    }
    const bool is_map = node.kind == NodeKind::map;
    if (!(is_map ? builder_.start_map(node.span, true) : builder_.start_list(node.span, true))) return false;
    for (const Member& member : inner_.members(id)) {
      const Span key = outer(member.key_span);
      if (is_map) {
        builder_.key(key, builder_.keep(std::string(member.key)));
      } else {
        builder_.item(key);
      }
      if (!copy(member.value)) return false;
    }
    return builder_.end(node.span.end);
  }

  const Document& inner_;
  const Node& text_;
  std::vector<std::uint32_t> offsets_;
  DocumentBuilder builder_;
};

}  // namespace

Result<std::shared_ptr<const Document>> nested_json(const Document& outer, NodeId text) {
  const Node& node = outer.node(text);
  Diagnostics diagnostics;
  const auto inner =
      read_json(std::make_shared<const Source>(outer.source().name(), std::string(node.text)), {}, diagnostics);
  if (inner && diagnostics.empty()) {
    if (auto copied = Transplant(*inner, outer, node, diagnostics).make())
      return std::make_shared<const Document>(*std::move(copied));
  }
  Problem problem;
  problem.kind = Problem::Kind::malformed;
  problem.message = concat("A text in `", visible(outer.source().name()), "` cannot be read as JSON.");
  problem.location = locate(outer.source(), node.span, Excerpt::hide);
  return problem;
}

}  // namespace scruple::evidence
