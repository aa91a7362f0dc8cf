#include "document/comments.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace scruple {
namespace {

// A place where the text of a node begins: its key or dash, else the node itself.
struct Entry {
  std::uint32_t begin;
  NodeId node;
};

// In the order of the text. Nodes that came in by alias or merge stand elsewhere.
std::vector<Entry> list_entries(const Document& document) {
  std::vector<Entry> entries;
  const Node& root = document.node(document.root());
  if (root.flow || document.members(document.root()).empty()) entries.push_back({root.span.begin, document.root()});
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
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.begin < b.begin; });
  return entries;
}

std::uint32_t line_begin(std::string_view text, std::uint32_t at) {
  if (at == 0) return 0;
  const std::size_t found = text.rfind('\n', at - 1);
  return found == std::string_view::npos ? 0 : static_cast<std::uint32_t>(found + 1);
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

// The largest node that ends last before `end`: candidates are the latest entry and what encloses it.
NodeId last_ended(const Document& document, std::span<const Entry> before, std::uint32_t line, std::uint32_t end) {
  NodeId best = no_node;
  for (std::size_t i = before.size(); i-- > 0 && before.size() - i <= 64;) {
    const Node& node = document.node(before[i].node);
    if (node.span.end > line && node.span.end <= end &&
        (best == no_node || node.span.end >= document.node(best).span.end)) {
      best = before[i].node;
    }
  }
  return best;
}

}  // namespace

void attach_comments(const Document& document, std::span<Comment> comments) {
  if (comments.empty()) return;
  const std::string_view text = document.source().text();
  const std::vector<Entry> entries = list_entries(document);
  std::size_t next = 0;  // the first entry that begins after the comment
  for (Comment& comment : comments) {
    while (next < entries.size() && entries[next].begin < comment.span.begin) ++next;
    const std::uint32_t line = line_begin(text, comment.span.begin);
    std::size_t first = next;
    while (first > 0 && entries[first - 1].begin >= line) --first;
    if (first < next) {
      comment.node = entries[first].node;
    } else if (!is_blank(text.substr(line, comment.span.begin - line))) {
      comment.node = last_ended(document, std::span(entries).first(next), line, comment.span.begin);
    }
    if (comment.node == no_node && next < entries.size()) comment.node = entries[next].node;
  }
}

}  // namespace scruple
