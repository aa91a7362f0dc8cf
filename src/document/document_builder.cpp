#include "document/document_builder.h"

#include "base/strings.h"
#include "document/comments.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace scruple {
namespace {

// Up to here each key is compared with each: cheaper than sorting, and most maps are this small.
constexpr std::size_t small_map = 16;

}  // namespace

DocumentBuilder::DocumentBuilder(SourcePtr source, const DocumentLimits& limits, Diagnostics& diagnostics)
    : limits_(limits), diagnostics_(diagnostics), document_(std::move(source)) {
  document_.nodes_.clear();
  // People write a value in some 25 bytes; a little too much costs less than growing.
  const std::size_t expected = std::min(document_.source().text().size() / 16 + 16, limits_.nodes);
  document_.nodes_.reserve(expected);
  document_.members_.reserve(expected);
}

void DocumentBuilder::report(Span span, std::string message, std::string hint) {
  diagnostics_.push_back(
      {Severity::error, "manifest/syntax", std::move(message), std::move(hint), locate(source(), span)});
}

std::string_view DocumentBuilder::keep(std::string text) { return document_.texts_.emplace_back(std::move(text)); }

bool DocumentBuilder::count_expanded(std::size_t count, Span span) {
  expanded_ += count;
  if (expanded_ <= limits_.expanded) return true;
  report(span, concat("With all references (`*name`, `<<`) filled in, this file would hold more than ",
                      limits_.expanded, " values."));
  return false;
}

bool DocumentBuilder::add_node(const Node& node, NodeId& id) {
  if (document_.nodes_.size() >= limits_.nodes) {
    report(node.span, concat("This file holds more than ", limits_.nodes, " values."));
    return false;
  }
  id = static_cast<NodeId>(document_.nodes_.size());
  document_.nodes_.push_back(node);
  return count_expanded(1, node.span);
}

void DocumentBuilder::attach(NodeId id) {
  if (open_.empty()) {
    document_.root_ = id;
  } else {
    members_.back().value = id;
  }
}

// `height` is that of a child's tree: 0 for a scalar.
void DocumentBuilder::raise_height(std::size_t height) {
  if (!open_.empty()) open_.back().height = std::max(open_.back().height, height + 1);
}

bool DocumentBuilder::start(NodeKind kind, Span begin, bool flow) {
  if (open_.size() >= limits_.depth) {
    report(begin, concat("Lists and maps are nested more than ", limits_.depth, " deep here."));
    return false;
  }
  Node node;
  node.kind = kind;
  node.flow = flow;
  node.span = begin;
  NodeId id = no_node;
  if (!add_node(node, id)) return false;
  const std::string_view anchor = std::exchange(pending_anchor_, {});
  if (!anchor.empty()) anchors_[anchor] = {id, 1, 0, false};
  attach(id);
  open_.push_back({id, members_.size(), expanded_ - 1, 0, anchor});
  return true;
}

bool DocumentBuilder::end(std::uint32_t end) {
  Open open = open_.back();
  if (document_.nodes_[open.node].kind == NodeKind::map) {
    if (open.has_merge ? !expand_merges(open) : !check_keys(open.first_member, members_.size() - open.first_member)) {
      return false;
    }
  }
  Node& node = document_.nodes_[open.node];
  node.span.end = end;
  node.first = static_cast<std::uint32_t>(document_.members_.size());
  node.count = static_cast<std::uint32_t>(members_.size() - open.first_member);
  const auto first = members_.begin() + static_cast<std::ptrdiff_t>(open.first_member);
  document_.members_.insert(document_.members_.end(), first, members_.end());
  members_.erase(first, members_.end());
  open_.pop_back();
  raise_height(open.height);
  if (!open.anchor.empty()) {
    // The name may have been given to another node within.
    Anchor& anchor = anchors_[open.anchor];
    if (anchor.node == open.node) anchor = {open.node, expanded_ - open.expanded_before, open.height, true};
  }
  return true;
}

void DocumentBuilder::merge_key(Span span) {
  open_.back().has_merge = true;
  members_.push_back({no_node, span, "<<", true});
}

bool DocumentBuilder::scalar(const Node& scalar) {
  NodeId id = no_node;
  if (!add_node(scalar, id)) return false;
  if (!pending_anchor_.empty()) anchors_[std::exchange(pending_anchor_, {})] = {id};
  attach(id);
  raise_height(0);
  return true;
}

bool DocumentBuilder::anchored_key(const Node& scalar) {
  NodeId id = no_node;
  if (!add_node(scalar, id)) return false;
  anchors_[std::exchange(pending_anchor_, {})] = {id};
  return true;
}

const DocumentBuilder::Anchor* DocumentBuilder::find_anchor(Span span, std::string_view name) {
  const auto found = anchors_.find(name);
  if (found == anchors_.end()) {
    report(span, concat("`*", shorten(name, 60), "` refers to `&", shorten(name, 60), "`, which is not set above."),
           "If the `*` is meant as text, put the whole value in quotes.");
    return nullptr;
  }
  if (!found->second.complete) {
    report(span,
           concat("`*", shorten(name, 60), "` stands inside the very value that it refers to; it would never end."));
    return nullptr;
  }
  return &found->second;
}

bool DocumentBuilder::alias(Span span, std::string_view name) {
  const Anchor* anchor = find_anchor(span, name);
  if (anchor == nullptr || !count_expanded(anchor->expanded, span)) return false;
  if (open_.size() + anchor->height > limits_.depth) {
    report(span, concat("With `*", shorten(name, 60), "` filled in, lists and maps are nested more than ",
                        limits_.depth, " deep here."));
    return false;
  }
  attach(anchor->node);
  raise_height(anchor->height);
  return true;
}

const Node* DocumentBuilder::aliased_scalar(Span span, std::string_view name) {
  const Anchor* anchor = find_anchor(span, name);
  if (anchor == nullptr || !count_expanded(1, span)) return nullptr;
  const Node& node = document_.nodes_[anchor->node];
  if (node.kind == NodeKind::list || node.kind == NodeKind::map) {
    report(span, concat("A key must be text; `*", shorten(name, 60), "` is ", to_string(node.kind), "."));
    return nullptr;
  }
  return &node;
}

// Explicit keys win over merged ones, and an earlier map of a merge wins over a later one, wherever `<<` stands.
bool DocumentBuilder::expand_merges(Open& open) {
  merges_.clear();
  const auto first = members_.begin() + static_cast<std::ptrdiff_t>(open.first_member);
  const auto own_end =
      std::stable_partition(first, members_.end(), [](const Member& member) { return !member.merged; });
  merges_.assign(own_end, members_.end());
  members_.erase(own_end, members_.end());
  if (merges_.size() > 1) return report_duplicate(merges_[0], merges_[1]);

  const std::size_t own_count = members_.size() - open.first_member;
  const Member merge = merges_.front();
  const Node& value = document_.nodes_[merge.value];
  if (value.kind == NodeKind::list) {
    for (std::uint32_t i = 0; i < value.count; ++i) {
      if (!add_merged(merge, document_.members_[value.first + i].value)) return false;
    }
  } else if (!add_merged(merge, merge.value)) {
    return false;
  }
  return check_keys(open.first_member, own_count);
}

bool DocumentBuilder::add_merged(const Member& merge, NodeId source) {
  const Node& node = document_.nodes_[source];
  if (node.kind != NodeKind::map) {
    report(merge.key_span,
           concat("`<<` takes over the fields of a map or of a list of maps; here it is given ", to_string(node.kind),
                  "."),
           "Put the key in quotes if it is meant as an ordinary key.");
    return false;
  }
  // Comparing keys costs time in proportion to their length, and merging repeats it.
  std::size_t cost = 0;
  for (std::uint32_t i = 0; i < node.count; ++i) {
    Member member = document_.members_[node.first + i];
    member.merged = true;
    cost += member.key.size() / 64;
    members_.push_back(member);
  }
  return count_expanded(cost, merge.key_span);
}

bool DocumentBuilder::report_duplicate(const Member& first, const Member& second) {
  const Position place = source().position(first.key_span.begin);
  const bool merge = second.key == "<<" && second.merged;
  report(second.key_span,
         concat("The key \"", shorten(visible(second.key), 60), "\" is set twice: first on line ", place.line,
                ", column ", place.column, ", and again here."),
         merge ? "Merge several maps with one key: `<<: [*first, *second]`." : "Remove or rename one of them.");
  return false;
}

// Of the members from `first` on, `own_count` are written in the map itself: repeats among these are errors;
// repeats among the merged ones give way.
bool DocumentBuilder::check_keys(std::size_t first, std::size_t own_count) {
  find_repeats(first);
  if (repeats_.empty()) return true;
  if (repeats_[1] < own_count) return report_duplicate(members_[first + repeats_[0]], members_[first + repeats_[1]]);
  for (std::size_t i = 1; i < repeats_.size(); i += 2) members_[first + repeats_[i]].value = no_node;
  const auto gone = [](const Member& member) { return member.value == no_node; };
  members_.erase(std::remove_if(members_.begin() + static_cast<std::ptrdiff_t>(first), members_.end(), gone),
                 members_.end());
  return true;
}

void DocumentBuilder::find_repeats(std::size_t first) {
  repeats_.clear();
  const Member* members = members_.data() + first;
  const auto count = static_cast<std::uint32_t>(members_.size() - first);
  if (count <= small_map) {
    for (std::uint32_t later = 1; later < count; ++later) {
      for (std::uint32_t earlier = 0; earlier < later; ++earlier) {
        if (!same_name(members[earlier].key, members[later].key)) continue;
        repeats_.insert(repeats_.end(), {earlier, later});
        break;
      }
    }
    return;
  }
  // Sorted, not hashed: nobody can choose keys that make this slow.
  order_.resize(count);
  std::iota(order_.begin(), order_.end(), 0u);
  const auto by_key = [members](std::uint32_t a, std::uint32_t b) {
    const std::string_view left = members[a].key;
    const std::string_view right = members[b].key;
    if (left.size() != right.size()) return left.size() < right.size();
    const int order = left.data() == right.data() ? 0 : left.compare(right);
    return order != 0 ? order < 0 : a < b;
  };
  std::sort(order_.begin(), order_.end(), by_key);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  for (std::uint32_t i = 1, start = 0; i < count; ++i) {
    if (members[order_[start]].key != members[order_[i]].key) {
      start = i;
    } else {
      found.emplace_back(order_[i], order_[start]);
    }
  }
  std::sort(found.begin(), found.end());
  for (const auto& [later, earlier] : found) repeats_.insert(repeats_.end(), {earlier, later});
}

Document DocumentBuilder::finish(Span span) {
  Document next(document_.source_);
  next.nodes_.clear();
  next.index_ = document_.index_ + 1;
  document_.span_ = span;
  attach_comments(document_, document_.comments_);
  std::swap(next, document_);
  open_.clear();
  members_.clear();
  anchors_.clear();
  pending_anchor_ = {};
  return next;
}

}  // namespace scruple
