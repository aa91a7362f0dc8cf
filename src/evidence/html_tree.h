// HTML as a browser would read it (WHATWG's algorithm), in one flat arena. Nodes stand in the order of the document:
// what an element holds is the range (id, end) after it, so that no walk needs recursion.
#pragma once

#include "evidence/html_guard.h"
#include "scruple/source.h"

#include <cstdint>
#include <deque>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace scruple::evidence {

using HtmlNodeId = std::uint32_t;
inline constexpr HtmlNodeId no_html_node = std::numeric_limits<HtmlNodeId>::max();

struct HtmlAttribute {
  std::string_view name;   // lower case
  std::string_view value;  // decoded; empty if there is none
  Span span;               // from the name to the end of the value
};

struct HtmlNode {
  bool is_element = false;
  bool foreign = false;  // an element of SVG or MathML
  HtmlNodeId parent = no_html_node;
  HtmlNodeId end = 0;                  // one past the last node below this one
  HtmlNodeId previous = no_html_node;  // the element before this one under the same parent
  std::uint32_t first_attribute = 0;
  std::uint32_t attribute_count = 0;
  std::string_view text;  // an element's tag in lower case; a text's characters, decoded
  Span span;              // an element's start tag; a text as written
};

// Immutable; text and attributes live as long as the tree.
class HtmlTree {
 public:
  const Source& source() const { return *source_; }
  const SourcePtr& source_ptr() const { return source_; }

  // Node 0 is the <html> element.
  HtmlNodeId size() const { return static_cast<HtmlNodeId>(nodes_.size()); }
  const HtmlNode& operator[](HtmlNodeId id) const { return nodes_[id]; }

  std::span<const HtmlAttribute> attributes(HtmlNodeId id) const {
    return {attributes_.data() + nodes_[id].first_attribute, nodes_[id].attribute_count};
  }
  // Null if the element has none of this name.
  const HtmlAttribute* attribute(HtmlNodeId id, std::string_view name) const;
  bool is(HtmlNodeId id, std::string_view tag) const { return nodes_[id].is_element && nodes_[id].text == tag; }

 private:
  friend class HtmlTreeBuilder;

  SourcePtr source_;
  std::vector<HtmlNode> nodes_;
  std::vector<HtmlAttribute> attributes_;
  std::deque<std::string> texts_;  // decoded text that differs from the source
};

// The source has to be valid UTF-8. Never fails on odd markup: HTML has no syntax errors, only limits.
std::variant<HtmlTree, HtmlProblem> parse_html(SourcePtr source, const HtmlLimits& limits);

}  // namespace scruple::evidence
