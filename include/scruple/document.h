// A Document is one YAML document or JSON file in memory: a flat arena of nodes with the exact span of every
// key and value. It is immutable once read and cheap to walk; nodes are named by index.
//
// Nodes can be shared: a YAML alias and a merge key (`<<`) refer to the nodes of their anchor. A node therefore
// has no parent; whoever needs a path keeps the steps that were taken.
#pragma once

#include "scruple/diagnostic.h"
#include "scruple/source.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {

enum class NodeKind : std::uint8_t { null, boolean, integer, real, string, list, map };

std::string_view to_string(NodeKind kind);  // "null", "true or false", "a whole number", "a number", "text", …

// How a scalar is written. Guards and hints need it: `"3"` was meant as text, `yes` perhaps not.
enum class ScalarStyle : std::uint8_t { plain, single_quoted, double_quoted, literal, folded };

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = std::numeric_limits<NodeId>::max();

// A child of a list (empty key) or of a map.
struct Member {
  NodeId value = no_node;
  Span key_span;         // of the key; in a list of the item's dash, or empty where the item begins
  std::string_view key;  // decoded; lives as long as the document
  bool merged = false;   // came in through a merge key
};

struct Node {
  NodeKind kind = NodeKind::null;
  ScalarStyle style = ScalarStyle::plain;
  bool flow = false;        // a container in flow style (`[…]`, `{…}`); always true in JSON
  Span span;                // scalars with their quotes; containers from first to last character
  std::uint32_t first = 0;  // containers: index of the first member
  std::uint32_t count = 0;  // containers: number of members
  union {
    bool boolean;
    std::int64_t integer = 0;
    double real;
  };
  std::string_view text;  // scalars of kind string: decoded text; other scalars: as written
};

// Text outside of scalars that begins with `#` in YAML. `node` is the node on its line, else the next one below.
struct Comment {
  Span span;
  NodeId node = no_node;
};

// Bounds on what a reader accepts. All are generous for files that people write.
struct DocumentLimits {
  std::size_t bytes = 16u << 20;
  std::size_t depth = 100;           // nesting of lists and maps
  std::size_t nodes = 1'000'000;     // nodes as written
  std::size_t expanded = 4'000'000;  // nodes after aliases and merge keys are followed
  std::size_t documents = 10'000;    // documents in one YAML stream
};

class Document {
 public:
  // An empty document: its root is null.
  explicit Document(SourcePtr source);

  // Moved, never copied: nodes hold views of the texts that the document owns.
  Document(Document&&) = default;
  Document& operator=(Document&&) = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  ~Document() = default;

  const Source& source() const noexcept { return *source_; }
  const SourcePtr& source_ptr() const noexcept { return source_; }

  NodeId root() const noexcept { return root_; }
  const Node& node(NodeId id) const { return nodes_[id]; }
  std::size_t node_count() const noexcept { return nodes_.size(); }

  std::span<const Member> members(NodeId id) const {
    const Node& node = nodes_[id];
    if (node.kind != NodeKind::list && node.kind != NodeKind::map) return {};
    return {members_.data() + node.first, node.count};
  }
  // The member of a map with this key, or null.
  const Member* find(NodeId map, std::string_view key) const;

  std::span<const Comment> comments() const noexcept { return comments_; }

  // Where this document stands in its stream, from 0, and its bytes there.
  std::size_t index() const noexcept { return index_; }
  Span span() const noexcept { return span_; }

 private:
  friend class DocumentBuilder;

  SourcePtr source_;
  std::vector<Node> nodes_;
  std::vector<Member> members_;
  std::vector<Comment> comments_;
  std::deque<std::string> texts_;  // decoded scalars that differ from the source
  NodeId root_ = 0;
  std::size_t index_ = 0;
  Span span_;
};

// Reads a stream of YAML documents, or one JSON document. Problems go to `diagnostics` with code
// `manifest/syntax`; what is returned are the documents that were read completely. A stream without any
// document (an empty file, only comments) gives one document whose root is null.
// A document that has a problem is not returned, and reading stops there.
std::vector<Document> read_yaml(SourcePtr source, const DocumentLimits& limits, Diagnostics& diagnostics);
std::optional<Document> read_json(SourcePtr source, const DocumentLimits& limits, Diagnostics& diagnostics);

// By the name's ending: `.json` is JSON, everything else YAML.
std::vector<Document> read_documents(SourcePtr source, const DocumentLimits& limits, Diagnostics& diagnostics);

}  // namespace scruple
