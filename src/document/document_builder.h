// The one way in which a Document comes about: both readers tell a builder what they meet, in the order of the
// text, and the builder enforces what holds for every document: limits, unique keys, aliases, merge keys.
//
//   builder.start_map({0, 1}, true);
//   builder.key({1, 4}, "a");
//   builder.scalar(node);
//   builder.end(8);
//   Document document = builder.finish({0, 8});
//
// Each call that can fail reports the problem and returns false; the document is then lost and reading stops.
#pragma once

#include "scruple/diagnostic.h"
#include "scruple/document.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {

class DocumentBuilder {
 public:
  DocumentBuilder(SourcePtr source, const DocumentLimits& limits, Diagnostics& diagnostics);

  // `begin` is what opens the container: its bracket, or the first key or dash of a block.
  bool start_list(Span begin, bool flow) { return start(NodeKind::list, begin, flow); }
  bool start_map(Span begin, bool flow) { return start(NodeKind::map, begin, flow); }
  bool end(std::uint32_t end);

  // Within a list each value is announced by `item` (its dash, or the place where it begins), within a map by `key`.
  void item(Span span) { members_.push_back({no_node, span, {}, false}); }
  void key(Span span, std::string_view text) { members_.push_back({no_node, span, text, false}); }
  // `<<`: the value is a map, or a list of maps, whose members are taken over.
  void merge_key(Span span);

  bool scalar(const Node& scalar);
  bool alias(Span span, std::string_view name);

  // Names the next node for aliases.
  void anchor(std::string_view name) { pending_anchor_ = name; }
  // A key that has an anchor: a node that no container holds.
  bool anchored_key(const Node& scalar);
  // The scalar that an alias names, for an alias that stands as a key; null after a report.
  const Node* aliased_scalar(Span span, std::string_view name);

  // Text that differs from the source, kept as long as the document.
  std::string_view keep(std::string text);

  void comment(Span span) { document_.comments_.push_back({span, no_node}); }

  // Hands out the document and makes the builder ready for the next one of the stream.
  Document finish(Span span);

  void report(Span span, std::string message, std::string hint = {});
  const Source& source() const { return document_.source(); }
  const DocumentLimits& limits() const { return limits_; }

 private:
  struct Open {
    NodeId node;
    std::size_t first_member;  // in members_
    std::size_t expanded_before;
    std::size_t height = 0;  // of the tree below, aliases followed
    std::string_view anchor;
    bool has_merge = false;
  };
  struct Anchor {
    NodeId node;
    std::size_t expanded = 1;
    std::size_t height = 0;
    bool complete = true;  // false while its container is open: an alias to it would be endless
  };

  bool start(NodeKind kind, Span begin, bool flow);
  bool add_node(const Node& node, NodeId& id);
  bool count_expanded(std::size_t count, Span span);
  const Anchor* find_anchor(Span span, std::string_view name);
  void attach(NodeId id);
  void raise_height(std::size_t height);
  bool expand_merges(Open& open);
  bool add_merged(const Member& merge, NodeId source);
  bool check_keys(std::size_t first, std::size_t own_count);
  bool report_duplicate(const Member& first, const Member& second);
  void find_repeats(std::size_t first);

  DocumentLimits limits_;
  Diagnostics& diagnostics_;
  Document document_;
  std::vector<Open> open_;
  std::vector<Member> members_;  // of all open containers, innermost last
  std::map<std::string_view, Anchor, std::less<>> anchors_;
  std::string_view pending_anchor_;
  std::size_t expanded_ = 0;
  std::vector<Member> merges_;          // scratch of expand_merges
  std::vector<std::uint32_t> order_;    // scratch of find_repeats
  std::vector<std::uint32_t> repeats_;  // pairs (earlier, later), relative to the first member, by later
};

}  // namespace scruple
