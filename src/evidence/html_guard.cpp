#include "evidence/html_guard.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "evidence/markup_words.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace scruple::evidence {

namespace {

// Tags that hold nothing, and tags that the next one of their kind closes: they cannot nest by themselves. List items
// can nest in items of the other kind (`<li><dd><li>…`): see list_item.
constexpr std::array<std::string_view, 35> flat_tags = {
    "area",  "base",   "basefont", "bgsound", "body",  "br",     "caption", "col",   "colgroup",
    "dd",    "dt",     "embed",    "frame",   "head",  "hr",     "html",    "image", "img",
    "input", "keygen", "li",       "link",    "meta",  "option", "p",       "param", "source",
    "tbody", "td",     "tfoot",    "th",      "thead", "tr",     "track",   "wbr"};

// Start tags that end SVG and MathML: what follows is HTML again.
constexpr std::array<std::string_view, 45> leaving_tags = {
    "b",      "big",     "blockquote", "body", "br",    "center", "code", "dd",  "div",  "dl", "dt",    "em",
    "embed",  "font",    "h1",         "h2",   "h3",    "h4",     "h5",   "h6",  "head", "hr", "i",     "img",
    "li",     "listing", "menu",       "meta", "nobr",  "ol",     "p",    "pre", "ruby", "s",  "small", "span",
    "strike", "strong",  "sub",        "sup",  "table", "tt",     "u",    "ul",  "var"};

// In SVG and MathML, elements whose content is HTML.
constexpr std::array<std::string_view, 9> inlet_tags = {
    "annotation-xml", "desc", "foreignobject", "mi", "mn", "mo", "ms", "mtext", "title"};

constexpr std::array<std::string_view, 5> list_tags = {"dir", "dl", "menu", "ol", "ul"};

// Everything up to their end tag is text.
constexpr std::array<std::string_view, 8> raw_tags = {"iframe", "noembed",  "noframes", "script",
                                                      "style",  "textarea", "title",    "xmp"};

class Guard {
 public:
  Guard(std::string_view text, const HtmlLimits& limits) : text_(text), limits_(limits) {}

  std::optional<HtmlProblem> run() {
    while (!problem_) {
      at_ = text_.find('<', at_);
      if (at_ == std::string_view::npos || at_ + 1 >= text_.size()) break;
      const char next = text_[at_ + 1];
      if (is_letter(next)) {
        start_tag();
      } else if (next == '/' && at_ + 2 < text_.size() && is_letter(text_[at_ + 2])) {
        end_tag();
      } else if (text_.substr(at_).starts_with("<!--")) {
        comment();
      } else if (next == '!' || next == '?' || next == '/') {
        skip_past(text_.find('>', at_ + 2), 1);
      } else {
        ++at_;
      }
    }
    return problem_;
  }

 private:
  void skip_past(std::size_t found, std::size_t length) {
    at_ = found == std::string_view::npos ? text_.size() : found + length;
  }

  void comment() {
    const std::string_view after = text_.substr(at_ + 4);
    if (after.starts_with(">")) return skip_past(at_ + 4, 1);
    if (after.starts_with("->")) return skip_past(at_ + 4, 2);
    for (auto dashes = text_.find("--", at_ + 4); dashes != text_.npos; dashes = text_.find("--", dashes + 1)) {
      const std::string_view end = text_.substr(dashes + 2);
      if (end.starts_with(">")) return skip_past(dashes, 3);
      if (end.starts_with("!>")) return skip_past(dashes, 4);
    }
    at_ = text_.size();
  }

  // Longer names need not be told apart.
  std::string name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_markup_space(text_[at_]) && text_[at_] != '/' && text_[at_] != '>') ++at_;
    return to_lower_ascii(text_.substr(begin, std::min<std::size_t>(at_ - begin, 32)));
  }

  // Past the `>` of a tag whose name has been read. True if the tag closes itself (`/>`).
  bool attributes(std::size_t& count) {
    bool slash = false;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '>') {
        ++at_;
        return slash;
      }
      slash = c == '/';
      if (is_markup_space(c) || slash) {
        ++at_;
        continue;
      }
      ++count;
      ++at_;  // a `=` may begin a name
      while (at_ < text_.size() && !is_markup_space(text_[at_]) && text_[at_] != '/' && text_[at_] != '>' &&
             text_[at_] != '=') {
        ++at_;
      }
      std::size_t value = at_;
      while (value < text_.size() && is_markup_space(text_[value])) ++value;
      if (value < text_.size() && text_[value] == '=') attribute_value(value + 1);
    }
    return false;
  }

  void attribute_value(std::size_t at) {
    while (at < text_.size() && is_markup_space(text_[at])) ++at;
    at_ = at;
    if (at_ >= text_.size() || text_[at_] == '>') return;
    if (text_[at_] == '"' || text_[at_] == '\'') return skip_past(text_.find(text_[at_], at_ + 1), 1);
    while (at_ < text_.size() && !is_markup_space(text_[at_]) && text_[at_] != '>') ++at_;
  }

  void start_tag() {
    const auto begin = static_cast<std::uint32_t>(at_);
    ++at_;
    const std::string tag = name();
    std::size_t count = 0;
    const bool closed = attributes(count);
    // Each further <html> or <body> adds its attributes to the first.
    if (tag == "html" || tag == "body") count = repeated_ += count;
    if (count > limits_.attributes) {
      problem_ = {concat("has a tag with more than ", limits_.attributes, " attributes"), begin};
      return;
    }
    list_item(tag);
    if (is_foreign() && is_one_of(leaving_tags, tag)) odd_ = true;
    const bool foreign = odd_ || is_foreign();
    if (!foreign && tag == "plaintext") return skip_past(std::string_view::npos, 0);
    if (is_one_of(raw_tags, tag) && !is_foreign()) {
      if (!odd_ && !open_.contains("select")) return skip_raw(tag);
      // Within a <select>, most of these count for nothing: what follows may be text or tags.
      if (maybe_raw_.empty()) maybe_raw_ = tag;
    }
    if (is_one_of(flat_tags, tag) && (!foreign || is_one_of(leaving_tags, tag))) return check_count(begin);
    const bool root = tag == "svg" || tag == "math";
    if (closed && (is_foreign() || root) && !odd_) return;
    if (root || (is_foreign() && is_one_of(inlet_tags, tag))) borders_.push_back({tag, open_count_, root});
    if (is_one_of(list_tags, tag)) items_.push_back(Item::none);
    ++open_[tag];
    ++open_count_;
    check_count(begin);
  }

  // True where elements are SVG's or MathML's; never where that cannot be told any more.
  bool is_foreign() const { return !odd_ && !borders_.empty() && borders_.back().foreign; }

  void check_count(std::uint32_t offset) {
    if (open_count_ > limits_.open_tags) {
      problem_ = {concat("has more than ", limits_.open_tags, " tags open at once"), offset};
    }
  }

  void end_tag() {
    at_ += 2;
    const std::string tag = name();
    std::size_t ignored = 0;
    attributes(ignored);
    if (!maybe_raw_.empty()) {
      if (tag != maybe_raw_) return;
      maybe_raw_.clear();
    }
    if (items_.back() == item_of(tag)) items_.back() = Item::none;
    const auto open = open_.find(tag);
    if (open == open_.end()) return;
    if (is_one_of(list_tags, tag)) items_.pop_back();
    if (!borders_.empty() && (tag == borders_.back().tag || tag == "svg" || tag == "math")) {
      // A parser ignores an end tag behind which others are open.
      if (tag != borders_.back().tag || open_count_ != borders_.back().open_before + 1) odd_ = true;
      borders_.pop_back();
    }
    if (--open->second == 0) open_.erase(open);
    --open_count_;
  }

  // Where SVG or MathML begins, and where HTML begins within.
  struct Border {
    std::string tag;
    std::size_t open_before;
    bool foreign;
  };

  enum class Item : std::uint8_t { none, list, description };

  static Item item_of(std::string_view tag) {
    if (tag == "li") return Item::list;
    return tag == "dd" || tag == "dt" ? Item::description : Item::none;
  }

  // An item closes the one before it in its list only if that is of its kind.
  void list_item(std::string_view tag) {
    const Item item = item_of(tag);
    if (item == Item::none) return;
    if (items_.back() != Item::none && items_.back() != item) ++open_count_;
    items_.back() = item;
  }

  void skip_raw(std::string_view tag) {
    bool commented = false;  // in `<!--` of a script, where a nested <script> hides the next end tag
    bool nested = false;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '-' && commented && text_.substr(at_).starts_with("-->")) commented = nested = false;
      if (text_[at_] != '<') continue;
      const std::string_view rest = text_.substr(at_);
      if (tag == "script" && rest.starts_with("<!--")) commented = true;
      if (commented && names(rest.substr(1), tag)) nested = true;
      if (!rest.starts_with("</") || !names(rest.substr(2), tag)) continue;
      if (!nested) return;
      nested = false;
    }
  }

  static bool names(std::string_view text, std::string_view tag) {
    if (text.size() <= tag.size() || to_lower_ascii(text.substr(0, tag.size())) != tag) return false;
    const char after = text[tag.size()];
    return is_markup_space(after) || after == '/' || after == '>';
  }

  std::string_view text_;
  const HtmlLimits& limits_;
  std::size_t at_ = 0;
  std::map<std::string, std::size_t> open_;  // by name; at most `open_tags` of them
  std::size_t open_count_ = 0;
  std::vector<Item> items_{Item::none};  // the open item of each open list, and outside of lists
  std::string maybe_raw_;                // until its end tag, tags that open count and tags that close do not
  std::vector<Border> borders_;          // of SVG and MathML, innermost last
  bool odd_ = false;                     // where they end cannot be told: from here on every tag counts
  std::size_t repeated_ = 0;             // attributes of all <html> and <body>
  std::optional<HtmlProblem> problem_;
};

}  // namespace

std::optional<HtmlProblem> guard_html(std::string_view text, const HtmlLimits& limits) {
  return Guard(text, limits).run();
}

}  // namespace scruple::evidence
