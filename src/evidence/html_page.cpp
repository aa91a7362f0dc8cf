#include "evidence/html_page.h"

#include "base/strings.h"
#include "evidence/markup_words.h"

#include <algorithm>
#include <array>

namespace scruple::evidence {

namespace {

// What is folded to one space in the text that people see.
bool is_folded(char c) { return is_markup_space(c) || c == '\v'; }

constexpr std::array<std::string_view, 12> inert_tags = {"head",   "script",   "style",    "template",
                                                         "iframe", "noembed",  "noframes", "object",
                                                         "canvas", "metadata", "datalist", "title"};
constexpr std::array<std::string_view, 4> field_tags = {"select", "textarea", "option", "optgroup"};
constexpr std::array<std::string_view, 4> box_roles = {"checkbox", "switch", "radio", "menuitemcheckbox"};
constexpr std::array<std::string_view, 7> beside_scopes = {"tr", "li", "p", "label", "fieldset", "form", "body"};

// How far the text beside a control is looked for.
constexpr HtmlNodeId beside_nodes = 200;

// `footer`, `email-footer`, `footer_links`; not `has-footer`, which says something of the page.
bool says_footer(std::string_view names) {
  const std::string lower = to_lower_ascii(names);
  for (auto at = lower.find("footer"); at != std::string::npos; at = lower.find("footer", at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && !is_folded(lower[begin - 1])) --begin;
    const std::string_view before = std::string_view(lower).substr(begin, at - begin);
    if (!before.starts_with("has") && !before.starts_with("with") && !before.starts_with("no")) return true;
  }
  return false;
}

}  // namespace

void TextFolder::add(std::string_view text, TextBreak before) {
  break_ = std::max(break_, before);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool no_break_space = text.substr(i, 2) == "\xC2\xA0";
    if (no_break_space || is_folded(text[i])) {
      space_ = true;
      if (no_break_space) ++i;
      continue;
    }
    if (!text_.empty()) {
      if (break_ == TextBreak::block) {
        text_ += "\n\n";
      } else if (break_ == TextBreak::line) {
        text_ += '\n';
      } else if (space_) {
        text_ += ' ';
      }
    }
    break_ = TextBreak::none;
    space_ = false;
    text_ += text[i];
  }
}

HtmlPage::HtmlPage(HtmlTree tree, ComputedStyles styles) : tree_(std::move(tree)), styles_(std::move(styles)) {
  set_flags();
  find_forms();
  index_ids();
}

bool HtmlPage::work(std::size_t amount) const {
  work_left_ -= std::min(work_left_, amount);
  return work_left_ != 0;
}

std::string_view HtmlPage::attribute_value(HtmlNodeId id, std::string_view name) const {
  const HtmlAttribute* attribute = tree_.attribute(id, name);
  return attribute == nullptr ? std::string_view{} : attribute->value;
}

void HtmlPage::set_flags() {
  flags_.resize(tree_.size());
  for (HtmlNodeId id = 0; id < tree_.size(); ++id) {
    const HtmlNode& node = tree_[id];
    std::uint8_t flags = node.parent == no_html_node ? std::uint8_t{0} : flags_[node.parent];
    if (node.is_element) {
      const bool page = node.text == "html" || node.text == "body";
      if (node.text == "footer" || attribute_value(id, "role") == "contentinfo" ||
          (!page && (says_footer(attribute_value(id, "class")) || says_footer(attribute_value(id, "id"))))) {
        flags |= footer;
      }
      if (attribute_value(id, "aria-hidden") == "true") flags |= aria_hidden;
      if (is_one_of(inert_tags, node.text)) flags |= inert;
      if (is_one_of(field_tags, node.text)) flags |= field_text;
    }
    flags_[id] = flags;
  }
}

// A <form> between the rows of a table cannot hold them: the parser leaves it empty, and what follows in the table
// belongs to it all the same.
void HtmlPage::find_forms() {
  constexpr std::array<std::string_view, 5> table_parts = {"table", "tbody", "thead", "tfoot", "tr"};
  for (HtmlNodeId id = 0; id < tree_.size(); ++id) {
    if (!tree_.is(id, "form")) continue;
    const HtmlNodeId parent = tree_[id].parent;
    const bool split = tree_[id].end == id + 1 && parent != no_html_node && is_one_of(table_parts, tree_[parent].text);
    // Where another such form ends the reach of this one.
    if (!form_ends_.empty() && form_ends_.back() > id && tree_[forms_.back()].end <= id) form_ends_.back() = id;
    forms_.push_back(id);
    form_ends_.push_back(split ? tree_[parent].end : tree_[id].end);
  }
}

void HtmlPage::index_ids() {
  for (HtmlNodeId id = 0; id < tree_.size(); ++id) {
    if (!tree_[id].is_element) continue;
    if (const auto* name = tree_.attribute(id, "id")) by_id_.emplace(name->value, id);
    if (!tree_.is(id, "label")) continue;
    if (const auto* target = tree_.attribute(id, "for")) labels_.emplace(target->value, id);
  }
}

Span HtmlPage::text_span(HtmlNodeId text) const {
  Span span = tree_[text].span;
  const std::string_view source = tree_.source().text();
  while (span.begin < span.end && is_folded(source[span.begin])) ++span.begin;
  while (span.end > span.begin && is_folded(source[span.end - 1])) --span.end;
  return span;
}

PlacedText HtmlPage::text_between(HtmlNodeId begin, HtmlNodeId end, bool with_hidden, Span otherwise) const {
  TextFolder folder;
  Span span = otherwise;
  each_text(begin, end, with_hidden, [&](HtmlNodeId id, TextBreak before) {
    const bool first = folder.empty();
    const std::size_t size = folder.text().size();
    if (!work(tree_[id].text.size())) return;
    folder.add(tree_[id].text, before);
    if (folder.text().size() == size) return;
    const Span piece = text_span(id);
    if (first) span = piece;
    span.end = std::max(span.end, piece.end);
  });
  return {folder.take(), span};
}

PlacedText HtmlPage::text_of(HtmlNodeId element) const {
  const HtmlNode& node = tree_[element];
  return text_between(element + 1, node.end, style(element).hidden, node.span);
}

bool HtmlPage::is_control(HtmlNodeId id) const {
  const HtmlNode& node = tree_[id];
  if (!node.is_element || node.foreign) return false;
  if (node.text == "input" || node.text == "select" || node.text == "textarea" || node.text == "button") return true;
  return is_one_of(box_roles, attribute_value(id, "role"));
}

std::optional<std::size_t> HtmlPage::form_of(HtmlNodeId control) const {
  if (const auto* named = tree_.attribute(control, "form")) {
    const auto found = by_id_.find(named->value);
    if (found == by_id_.end()) return std::nullopt;
    const auto form = std::lower_bound(forms_.begin(), forms_.end(), found->second);
    if (form == forms_.end() || *form != found->second) return std::nullopt;
    return static_cast<std::size_t>(form - forms_.begin());
  }
  // The last form that begins before the control; forms do not nest.
  const auto after = std::upper_bound(forms_.begin(), forms_.end(), control);
  if (after == forms_.begin()) return std::nullopt;
  const auto index = static_cast<std::size_t>(after - forms_.begin()) - 1;
  if (form_ends_[index] <= control) return std::nullopt;
  return index;
}

PlacedText HtmlPage::attribute_text(HtmlNodeId id, std::string_view name) const {
  const HtmlAttribute* attribute = tree_.attribute(id, name);
  if (attribute == nullptr || !work(attribute->value.size())) return {{}, tree_[id].span};
  TextFolder folder;
  folder.add(attribute->value, TextBreak::none);
  return {folder.take(), attribute->span};
}

PlacedText HtmlPage::name_of(HtmlNodeId control) const {
  const HtmlNode& node = tree_[control];
  const auto text_or_hidden = [this](HtmlNodeId element) {
    PlacedText found = text_of(element);
    return found.text.empty() ? text_between(element + 1, tree_[element].end, true, tree_[element].span) : found;
  };
  if (const auto* id = tree_.attribute(control, "id")) {
    const auto label = labels_.find(id->value);
    if (label != labels_.end()) {
      if (PlacedText found = text_or_hidden(label->second); !found.text.empty()) return found;
    }
  }
  for (HtmlNodeId around = node.parent; around != no_html_node && work(1); around = tree_[around].parent) {
    if (!tree_.is(around, "label")) continue;
    if (PlacedText found = text_or_hidden(around); !found.text.empty()) return found;
    break;
  }
  if (const auto* names = tree_.attribute(control, "aria-labelledby")) {
    PlacedText joined{{}, names->span};
    for (std::size_t at = 0; at < names->value.size();) {
      std::size_t end = at;
      while (end < names->value.size() && !is_folded(names->value[end])) ++end;
      const auto found = by_id_.find(names->value.substr(at, end - at));
      at = end + 1;
      if (found == by_id_.end()) continue;
      const PlacedText part = text_or_hidden(found->second);
      if (part.text.empty()) continue;
      if (joined.text.empty()) joined.span = part.span;
      joined.text += joined.text.empty() ? part.text : " " + part.text;
    }
    if (!joined.text.empty()) return joined;
  }
  if (PlacedText found = attribute_text(control, "aria-label"); !found.text.empty()) return found;
  const std::string type = to_lower_ascii(attribute_value(control, "type"));
  if (node.text == "button" || (node.text != "input" && is_one_of(box_roles, attribute_value(control, "role")))) {
    if (PlacedText found = text_or_hidden(control); !found.text.empty()) return found;
  }
  if (node.text == "input" && (type == "submit" || type == "button" || type == "reset")) {
    if (PlacedText found = attribute_text(control, "value"); !found.text.empty()) return found;
  }
  if (node.text == "input" && type == "image") return attribute_text(control, "alt");
  return attribute_text(control, "title");
}

PlacedText HtmlPage::hint_for(HtmlNodeId control) const {
  const HtmlNode& node = tree_[control];
  const std::string type = to_lower_ascii(attribute_value(control, "type"));
  if (PlacedText found = attribute_text(control, "placeholder"); !found.text.empty()) return found;
  if (node.text == "button" || type == "submit" || type == "button" || type == "reset" || type == "hidden" ||
      type == "image") {
    return {{}, node.span};
  }
  return text_beside(control);
}

// In the row, item or paragraph around the control: for a box what follows up to the next control, for a field
// what goes before; else the other way round.
PlacedText HtmlPage::text_beside(HtmlNodeId control) const {
  HtmlNodeId scope = tree_[control].parent;
  while (scope != no_html_node && !is_one_of(beside_scopes, tree_[scope].text) && work(1)) scope = tree_[scope].parent;
  if (scope == no_html_node) return {{}, tree_[control].span};

  HtmlNodeId end = tree_[control].end;
  const HtmlNodeId last = std::min(tree_[scope].end, end + beside_nodes);
  while (end < last && !is_control(end)) ++end;
  HtmlNodeId begin = control;
  const HtmlNodeId first = control - std::min(control - scope, beside_nodes);
  while (begin > first + 1 && !is_control(begin - 1)) --begin;

  // Of what lies there only the paragraph next to the control.
  const auto after = [&] {
    PlacedText found = text_between(tree_[control].end, end, false, tree_[control].span);
    found.text = found.text.substr(0, found.text.find("\n\n"));
    return found;
  };
  const auto before = [&] {
    PlacedText found = text_between(begin, control, false, tree_[control].span);
    if (const auto gap = found.text.rfind("\n\n"); gap != std::string::npos) found.text = found.text.substr(gap + 2);
    return found;
  };
  const std::string type = to_lower_ascii(attribute_value(control, "type"));
  const bool box = type == "checkbox" || type == "radio" || is_one_of(box_roles, attribute_value(control, "role"));
  PlacedText found = box ? after() : before();
  if (found.text.empty()) found = box ? before() : after();
  return found;
}

}  // namespace scruple::evidence
