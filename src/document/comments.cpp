#include "document/comments.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace scruple {
namespace {

// Where a node's text begins (at its key or dash, else the node itself), or where it ends.
struct Entry {
  std::uint32_t offset;
  NodeId node;
};

bool by_offset(const Entry& a, const Entry& b) { return a.offset < b.offset; }

// In the order of the text. Nodes that came in by alias or merge stand elsewhere.
std::vector<Entry> list_entries(const Document& document) {
  std::vector<Entry> entries;
  const Node& root = document.node(document.root());
  const bool block = !root.flow && !document.members(document.root()).empty();
  const bool absent = root.span.begin == root.span.end;
  if (!block && !absent) entries.push_back({root.span.begin, document.root()});
  std::vector<NodeId> open = {document.root()};
  while (!open.empty()) {
    const NodeId id = open.back();
    open.pop_back();
    for (const Member& member : document.members(id)) {
      if (member.merged) continue;
      entries.push_back({member.key_span.begin, member.value});
      const bool alias = document.node(member.value).span.begin < member.key_span.begin;
      if (!alias) open.push_back(member.value);
    }
  }
  std::stable_sort(entries.begin(), entries.end(), by_offset);
  return entries;
}

std::uint32_t line_begin(std::string_view text, std::uint32_t at) {
  if (at == 0) return 0;
  const std::size_t found = text.rfind('\n', at - 1);
  return found == std::string_view::npos ? 0 : static_cast<std::uint32_t>(found + 1);
}

// Scalars and lists and maps in brackets by where they end.
std::vector<Entry> sort_by_end(const Document& document, std::span<const Entry> entries) {
  std::vector<Entry> ends;
  for (const Entry& entry : entries) {
    const Node& node = document.node(entry.node);
    const bool block = !node.flow && (node.kind == NodeKind::list || node.kind == NodeKind::map);
    if (!block && node.span.begin >= entry.offset) ends.push_back({node.span.end, entry.node});
  }
  std::stable_sort(ends.begin(), ends.end(), by_offset);
  return ends;
}

}  // namespace

void attach_comments(const Document& document, std::span<Comment> comments) {
  if (comments.empty()) return;
  const std::string_view text = document.source().text();
  const std::vector<Entry> entries = list_entries(document);
  std::vector<Entry> ends;  // built when first needed
  std::size_t next = 0;     // the first entry that begins after the comment
  for (Comment& comment : comments) {
    while (next < entries.size() && entries[next].offset < comment.span.begin) ++next;
    const std::uint32_t line = line_begin(text, comment.span.begin);
    std::size_t first = next;
    while (first > 0 && entries[first - 1].offset >= line) --first;
    const std::size_t token = text.find_last_not_of(" \t", comment.span.begin == 0 ? 0 : comment.span.begin - 1);
    if (first < next) {
      comment.node = entries[first].node;
    } else if (comment.span.begin > line && token != std::string_view::npos && token >= line) {
      if (ends.empty()) ends = sort_by_end(document, entries);
      const Entry end{static_cast<std::uint32_t>(token + 1), no_node};
      const auto found = std::lower_bound(ends.begin(), ends.end(), end, by_offset);
      if (found != ends.end() && found->offset == end.offset) comment.node = found->node;
    }
    if (comment.node == no_node && next < entries.size()) comment.node = entries[next].node;
  }
}

}  // namespace scruple
