// An HTML page as its facts need it: the tree with its styles, and the questions that many facts ask of it. What
// does this element say? What labels this control? To which form does it belong?
#pragma once

#include "evidence/facts_builder.h"
#include "evidence/html_tree.h"
#include "evidence/style.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::evidence {

// How a piece of text is set apart from the one before it.
enum class TextBreak : std::uint8_t { none, line, block };

// Folds white space while text comes in piece by piece.
class TextFolder {
 public:
  void add(std::string_view text, TextBreak before);
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  bool space_ = false;
  TextBreak break_ = TextBreak::none;
};

class HtmlPage {
 public:
  // Of an element or text, taken over from what it stands in.
  enum Flag : std::uint8_t {
    footer = 1,
    aria_hidden = 2,
    inert = 4,       // source, not content: scripts, styles, the head, templates
    field_text = 8,  // the content of a field: options, a text area
  };

  HtmlPage(HtmlTree tree, ComputedStyles styles);

  const HtmlTree& tree() const { return tree_; }
  const ElementStyle& style(HtmlNodeId element) const { return styles_.elements[element]; }
  bool linked_sheet() const { return styles_.linked_sheet; }
  bool has(HtmlNodeId id, Flag flag) const { return (flags_[id] & flag) != 0; }

  // Trimmed of white space at both ends, in the source's bytes.
  Span text_span(HtmlNodeId text) const;

  // Calls use(text node, break before it) for each text in [begin, end) that is content, in order; hidden ones only if
  // asked for.
  template <typename Use>
  void each_text(HtmlNodeId begin, HtmlNodeId end, bool with_hidden, Use use) const;

  // The text of an element; of one that is hidden, its hidden text.
  PlacedText text_of(HtmlNodeId element) const;
  PlacedText text_between(HtmlNodeId begin, HtmlNodeId end, bool with_hidden, Span otherwise) const;

  bool is_control(HtmlNodeId id) const;
  // What names the control for everyone: its label, `aria-labelledby`, `aria-label`, a button's own text, `title`.
  PlacedText name_of(HtmlNodeId control) const;
  // What a control without a name seems to be for: its placeholder, else the text beside it.
  PlacedText hint_for(HtmlNodeId control) const;

  const std::vector<HtmlNodeId>& forms() const { return forms_; }
  std::optional<std::size_t> form_of(HtmlNodeId control) const;  // index among forms()
  HtmlNodeId form_end(std::size_t form) const { return form_ends_[form]; }

  // True once the facts asked for more text than any honest page has.
  bool exhausted() const { return work_left_ == 0; }
  bool work(std::size_t amount) const;

 private:
  void set_flags();
  void find_forms();
  void index_ids();
  std::string_view attribute_value(HtmlNodeId id, std::string_view name) const;
  PlacedText attribute_text(HtmlNodeId id, std::string_view name) const;
  PlacedText text_beside(HtmlNodeId control) const;

  HtmlTree tree_;
  ComputedStyles styles_;
  std::vector<std::uint8_t> flags_;
  std::vector<HtmlNodeId> forms_;
  std::vector<HtmlNodeId> form_ends_;
  std::map<std::string_view, HtmlNodeId> by_id_;
  std::map<std::string_view, HtmlNodeId> labels_;  // by what they are for
  mutable std::size_t work_left_ = 30'000'000;     // nodes and bytes that texts of facts may take
};

template <typename Use>
void HtmlPage::each_text(HtmlNodeId begin, HtmlNodeId end, bool with_hidden, Use use) const {
  TextBreak before = TextBreak::none;
  HtmlNodeId last = no_html_node;
  for (HtmlNodeId id = begin; id < end; ++id) {
    if (!work(1)) return;
    const HtmlNode& node = tree_[id];
    if (node.is_element) {
      const bool skipped = has(id, inert) || has(id, field_text) || (style(id).hidden && !with_hidden);
      if (!skipped && style(id).block) before = TextBreak::block;
      if (!skipped && node.text == "br" && before == TextBreak::none) before = TextBreak::line;
      continue;
    }
    if (node.parent == no_html_node || has(id, inert) || has(id, field_text)) continue;
    if (!with_hidden && style(node.parent).text_hidden) continue;
    // Blocks that ended since the last text.
    if (last != no_html_node) {
      for (HtmlNodeId open = tree_[last].parent; open != no_html_node && tree_[open].end <= id;
           open = tree_[open].parent) {
        if (style(open).block) before = TextBreak::block;
      }
    }
    use(id, before);
    before = TextBreak::none;
    last = id;
  }
}

}  // namespace scruple::evidence
