#include "evidence/css.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "evidence/color.h"
#include "evidence/markup_words.h"
#include "evidence/merge_tag.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace scruple::evidence {

namespace {

// Longer selectors are not written by people; matching costs time in proportion.
constexpr std::size_t most_compounds = 16;
constexpr double screen_width = 1280;

bool is_name(char c) { return is_letter_or_digit(c) || c == '-' || c == '_' || is_beyond_ascii(c); }

// Past the quoted text that begins at `at`.
std::size_t skip_string(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size() && text[at] != quote) at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
}

// The first of `stops` from `at` on that stands in no quotes, parentheses or brackets; the end of the text if none.
std::size_t find_outside(std::string_view text, std::size_t at, std::string_view stops) {
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = skip_string(text, at);
      continue;
    }
    if (c == '\\') {
      at += 2;
      continue;
    }
    if (depth == 0 && stops.find(c) != std::string_view::npos) return at;
    if (c == '(' || c == '[') ++depth;
    if ((c == ')' || c == ']') && depth > 0) --depth;
    ++at;
  }
  return text.size();
}

// Past the `}` that closes the block whose `{` stands before `at`.
std::size_t skip_block(std::string_view text, std::size_t at) {
  std::size_t depth = 1;
  while (at < text.size() && depth > 0) {
    at = find_outside(text, at, "{}");
    if (at < text.size()) depth += text[at] == '{' ? 1 : static_cast<std::size_t>(-1);
    at = std::min(at + 1, text.size());
  }
  return at;
}

struct PropertyName {
  std::string_view name;
  CssProperty property;
};

constexpr std::array<PropertyName, 23> property_names = {{
    {"background-color", CssProperty::background_color},
    {"background-image", CssProperty::background_image},
    {"clip", CssProperty::clip},
    {"clip-path", CssProperty::clip_path},
    {"color", CssProperty::color},
    {"display", CssProperty::display},
    {"font-size", CssProperty::font_size},
    {"height", CssProperty::height},
    {"left", CssProperty::left},
    {"margin-left", CssProperty::margin_left},
    {"margin-top", CssProperty::margin_top},
    {"max-height", CssProperty::max_height},
    {"max-width", CssProperty::max_width},
    {"opacity", CssProperty::opacity},
    {"overflow", CssProperty::overflow},
    {"overflow-x", CssProperty::overflow},
    {"overflow-y", CssProperty::overflow},
    {"position", CssProperty::position},
    {"text-indent", CssProperty::text_indent},
    {"top", CssProperty::top},
    {"transform", CssProperty::transform},
    {"visibility", CssProperty::visibility},
    {"width", CssProperty::width},
}};

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && is_markup_space(text[at])) ++at;
    const std::size_t end = find_outside(text, at, " \t\n\r\f");
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

bool is_image(std::string_view word) { return word.find("url(") != word.npos || word.find("gradient(") != word.npos; }

void add_background(std::string_view value, bool important, std::vector<CssDeclaration>& out) {
  std::string_view color = "transparent";
  std::string_view image = "none";
  for (std::string_view word : split_words(value)) {
    if (is_image(word)) {
      image = word;
    } else if (parse_color(word)) {
      color = word;
    } else if (word.find('(') != word.npos || word == "inherit" || word == "currentcolor") {
      color = word;  // `var(…)` and the like: cannot be told
    }
  }
  out.push_back({CssProperty::background_color, color, important});
  out.push_back({CssProperty::background_image, image, important});
}

// `font: italic bold 12px/30px Georgia, serif`: the size is the word that is a length, before any `/`.
void add_font(std::string_view value, bool important, std::vector<CssDeclaration>& out) {
  constexpr std::array<std::string_view, 9> keywords = {"xx-small", "x-small",  "small",   "medium", "large",
                                                        "x-large",  "xx-large", "smaller", "larger"};
  for (std::string_view word : split_words(value)) {
    word = word.substr(0, word.find('/'));
    if (word.empty()) continue;
    const bool number = (word[0] >= '0' && word[0] <= '9') || word[0] == '.';
    const bool weight = number && word.find_first_not_of("0123456789") == word.npos && word != "0";
    const bool keyword = std::find(keywords.begin(), keywords.end(), word) != keywords.end();
    if (keyword || (number && !weight) || word.find('(') != word.npos) {
      out.push_back({CssProperty::font_size, word, important});
      return;
    }
  }
}

void add_declaration(std::string_view name, std::string_view value, bool important, std::vector<CssDeclaration>& out) {
  if (name == "background") return add_background(value, important, out);
  if (name == "font") return add_font(value, important, out);
  const auto found =
      std::lower_bound(property_names.begin(), property_names.end(), name,
                       [](const PropertyName& known, std::string_view wanted) { return known.name < wanted; });
  if (found != property_names.end() && found->name == name) out.push_back({found->property, value, important});
}

class SelectorParser {
 public:
  explicit SelectorParser(std::string_view text) : text_(trim_ascii(text)) {}

  // Nothing for a selector that never matches as the page stands (`a:hover`, `p::before`) or is broken.
  std::optional<CssSelector> parse() {
    char combinator = 0;
    while (at_ < text_.size()) {
      CssCompound compound;
      compound.combinator = combinator;
      if (!parse_compound(compound) || selector_.compounds.size() == most_compounds) return std::nullopt;
      selector_.compounds.push_back(std::move(compound));
      combinator = parse_combinator();
    }
    if (selector_.compounds.empty() || combinator > ' ') return std::nullopt;
    selector_.specificity = std::min(ids_, 99u) * 10000 + std::min(classes_, 99u) * 100 + std::min(tags_, 99u);
    return std::move(selector_);
  }

 private:
  char parse_combinator() {
    char combinator = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (is_markup_space(c)) {
        if (combinator == 0) combinator = ' ';
      } else if ((c == '>' || c == '+' || c == '~') && combinator <= ' ') {
        combinator = c;
      } else {
        break;
      }
      ++at_;
    }
    return combinator;
  }

  std::string name() {
    std::string out;
    while (at_ < text_.size() && (is_name(text_[at_]) || text_[at_] == '\\')) {
      if (text_[at_] == '\\' && ++at_ == text_.size()) break;
      out += text_[at_++];
    }
    return out;
  }

  bool parse_compound(CssCompound& compound) {
    const std::size_t begin = at_;
    if (text_[at_] == '*') {
      ++at_;
    } else if (is_name(text_[at_])) {
      compound.tag = to_lower_ascii(name());
      ++tags_;
    }
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '#') {
        ++at_;
        compound.id = name();
        ++ids_;
        if (compound.id.empty()) return false;
      } else if (c == '.') {
        ++at_;
        compound.classes.push_back(name());
        ++classes_;
        if (compound.classes.back().empty()) return false;
      } else if (c == '[') {
        if (!parse_attribute(compound)) return false;
      } else if (c == ':') {
        if (!parse_pseudo(compound)) return false;
      } else {
        break;
      }
    }
    return at_ > begin;
  }

  bool parse_attribute(CssCompound& compound) {
    const std::size_t close = find_outside(text_, at_ + 1, "]");
    if (close >= text_.size()) return false;
    std::string_view test = text_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    ++classes_;
    CssAttributeTest added;
    const auto equals = test.find('=');
    std::string_view attribute = trim_ascii(test.substr(0, equals));
    if (equals != test.npos) {
      added.match = '=';
      if (!attribute.empty() && !is_name(attribute.back())) {
        added.match = attribute.back();
        attribute = trim_ascii(attribute.substr(0, attribute.size() - 1));
      }
      std::string_view value = trim_ascii(test.substr(equals + 1));
      if (!value.empty() && (value[0] == '"' || value[0] == '\'')) {
        const auto end = value.find(value[0], 1);
        if (end == value.npos) return false;
        if (!trim_ascii(value.substr(end + 1)).empty()) selector_.certain = false;  // the flags `i` and `s`
        value = value.substr(1, end - 1);
      }
      added.value = value;
    }
    added.name = to_lower_ascii(attribute);
    compound.attributes.push_back(std::move(added));
    return !attribute.empty();
  }

  bool parse_pseudo(CssCompound& compound) {
    ++at_;
    if (at_ < text_.size() && text_[at_] == ':') return false;
    const std::string pseudo = to_lower_ascii(name());
    if (at_ < text_.size() && text_[at_] == '(') {
      at_ = std::min(find_outside(text_, at_ + 1, ")") + 1, text_.size());
    }
    ++classes_;
    // States that nobody has brought about, and boxes beside the element's own.
    constexpr std::array<std::string_view, 11> never = {"active",     "after",  "before",        "first-letter",
                                                        "first-line", "focus",  "focus-visible", "focus-within",
                                                        "hover",      "target", "visited"};
    if (std::find(never.begin(), never.end(), pseudo) != never.end()) return false;
    if (pseudo == "link" || pseudo == "any-link") {
      compound.attributes.push_back({"href", {}, 0});
    } else if (pseudo == "root") {
      if (!compound.tag.empty() && compound.tag != "html") return false;
      compound.tag = "html";
    } else {
      selector_.certain = false;
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  CssSelector selector_;
  std::uint32_t ids_ = 0;
  std::uint32_t classes_ = 0;
  std::uint32_t tags_ = 0;
};

std::optional<double> media_length(std::string_view text) {
  double number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{}) return std::nullopt;
  const std::string_view unit = trim_ascii(text.substr(static_cast<std::size_t>(parsed.ptr - text.data())));
  if (unit == "px" || (unit.empty() && number == 0)) return number;
  if (unit == "em" || unit == "rem") return number * 16;
  return std::nullopt;
}

// `(max-width: 600px)` and its like, for the screen that is assumed; nothing if it cannot be told.
std::optional<bool> media_feature(std::string_view feature) {
  const auto colon = feature.find(':');
  const std::string_view name = trim_ascii(feature.substr(0, colon));
  const std::string_view value = colon == feature.npos ? std::string_view{} : trim_ascii(feature.substr(colon + 1));
  if (const auto order = feature.find_first_of("<>"); order != feature.npos) {
    if (trim_ascii(feature.substr(0, order)) != "width") return std::nullopt;
    const bool or_equal = feature.substr(order + 1).starts_with('=');
    const auto length = media_length(trim_ascii(feature.substr(order + (or_equal ? 2 : 1))));
    if (!length) return std::nullopt;
    return feature[order] == '<' ? screen_width < *length : screen_width > *length;
  }
  if (name == "min-width" || name == "min-device-width") {
    const auto length = media_length(value);
    return length ? std::optional(screen_width >= *length) : std::nullopt;
  }
  if (name == "max-width" || name == "max-device-width") {
    const auto length = media_length(value);
    return length ? std::optional(screen_width <= *length) : std::nullopt;
  }
  if (name == "prefers-color-scheme") return value != "dark";
  if (name == "orientation") return value == "landscape";
  if (name == "prefers-reduced-motion") return value == "no-preference";
  if (name == "hover" || name == "any-hover") return value == "hover";
  return std::nullopt;
}

}  // namespace

std::string plain_css(std::string_view text) {
  std::string out(text);
  const auto blank = [&](std::size_t begin, std::size_t end) {
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(begin), out.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  };
  char before = ';';  // the last character before a tag that is not blank
  std::size_t seen = 0;
  for (const MergeTag& tag : find_merge_tags(text)) {
    const auto begin = static_cast<std::size_t>(tag.text.data() - text.data());
    const std::size_t end = begin + tag.text.size();
    for (; seen < begin; ++seen) before = is_markup_space(text[seen]) ? before : text[seen];
    seen = end;
    blank(begin, end);
    if (before == ';' || before == '{' || before == '}') continue;
    // Read as a function is: nobody knows what comes of it.
    out[begin] = '(';
    out[end - 1] = ')';
  }
  for (std::size_t at = 0; at < out.size();) {
    if (out[at] == '"' || out[at] == '\'') {
      at = skip_string(out, at);
    } else if (out.compare(at, 2, "/*") == 0) {
      const auto close = out.find("*/", at + 2);
      const std::size_t end = close == std::string::npos ? out.size() : close + 2;
      blank(at, end);
      at = end;
    } else {
      ++at;
    }
  }
  return out;
}

std::vector<CssDeclaration> parse_declarations(std::string_view text) {
  std::vector<CssDeclaration> declarations;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = find_outside(text, at, ";{");
    const std::string_view declaration = text.substr(at, end - at);
    if (end < text.size() && text[end] == '{') {  // a nested rule
      at = skip_block(text, end + 1);
      continue;
    }
    at = end + 1;
    const auto colon = declaration.find(':');
    if (colon == declaration.npos) continue;
    std::string_view value = trim_ascii(declaration.substr(colon + 1));
    bool important = false;
    if (const auto mark = value.rfind('!'); mark != value.npos && trim_ascii(value.substr(mark + 1)) == "important") {
      important = true;
      value = trim_ascii(value.substr(0, mark));
    }
    if (!value.empty()) add_declaration(trim_ascii(declaration.substr(0, colon)), value, important, declarations);
  }
  return declarations;
}

StyleSheet::StyleSheet(std::string_view text) : text_(plain_css(text)), lower_(to_lower_ascii(text_)) { parse(); }

void StyleSheet::parse() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (is_markup_space(c) || c == ';') {
      ++at_;
    } else if (c == '}') {
      if (!conditions_.empty()) conditions_.pop_back();
      ++at_;
    } else if (lower_.compare(at_, 4, "<!--") == 0) {
      at_ += 4;
    } else if (lower_.compare(at_, 3, "-->") == 0) {
      at_ += 3;
    } else if (c == '@') {
      at_rule();
    } else {
      style_rule(conditions_.empty() ? Applies::yes : conditions_.back());
    }
  }
}

void StyleSheet::at_rule() {
  const std::size_t end = find_outside(text_, at_, ";{}");
  const std::string_view prelude = std::string_view(lower_).substr(at_, end - at_);
  at_ = end;
  if (end >= text_.size() || text_[end] != '{') return;
  ++at_;
  const auto name_end = std::min(prelude.find_first_of(" \t\n\r\f("), prelude.size());
  const std::string_view name = prelude.substr(0, name_end);
  Applies applies = Applies::maybe;
  if (name == "@media") {
    applies = media(prelude.substr(name_end));
  } else if (name != "@supports" && name != "@layer" && name != "@container" && name != "@scope" &&
             name != "@document" && name != "@-moz-document") {
    at_ = skip_block(text_, at_);  // fonts, key frames, pages: no rules for elements
    return;
  }
  conditions_.push_back(conditions_.empty() ? applies : std::min(applies, conditions_.back()));
}

StyleSheet::Applies StyleSheet::media(std::string_view queries) const {
  Applies any = Applies::no;
  while (true) {
    const std::size_t comma = find_outside(queries, 0, ",");
    std::string_view query = trim_ascii(queries.substr(0, comma));
    const bool negated = query.starts_with("not ");
    Applies all = Applies::yes;
    for (const std::string_view word : split_words(query)) {
      if (word == "not" || word == "only" || word == "and" || word == "all" || word == "screen") continue;
      if (!word.starts_with('(') || !word.ends_with(')')) {
        all = word == "or" ? std::min(all, Applies::maybe) : Applies::no;  // print, speech, …
        continue;
      }
      const auto holds = media_feature(trim_ascii(word.substr(1, word.size() - 2)));
      all = std::min(all, !holds ? Applies::maybe : *holds ? Applies::yes : Applies::no);
    }
    if (negated) all = all == Applies::maybe ? all : all == Applies::yes ? Applies::no : Applies::yes;
    any = std::max(any, all);
    if (comma >= queries.size()) return any;
    queries.remove_prefix(comma + 1);
  }
}

void StyleSheet::style_rule(Applies applies) {
  const std::size_t open = find_outside(text_, at_, "{};");
  if (open >= text_.size() || text_[open] != '{') {
    at_ = open + (open < text_.size() && text_[open] == ';' ? 1 : 0);
    return;
  }
  const std::size_t after = skip_block(text_, open + 1);
  const bool closed = after > open + 1 && text_[after - 1] == '}';
  const std::string_view selectors = std::string_view(text_).substr(at_, open - at_);
  const std::string_view body = std::string_view(lower_).substr(open + 1, after - open - (closed ? 2 : 1));
  at_ = after;
  if (applies == Applies::no) return;

  const auto found = parse_declarations(body);
  if (found.empty()) return;
  const auto first = static_cast<std::uint32_t>(declarations_.size());
  declarations_.insert(declarations_.end(), found.begin(), found.end());
  for (std::size_t at = 0; at < selectors.size();) {
    const std::size_t comma = find_outside(selectors, at, ",");
    if (auto selector = SelectorParser(selectors.substr(at, comma - at)).parse()) {
      rules_.push_back(
          {*std::move(selector), applies == Applies::yes, first, static_cast<std::uint32_t>(found.size())});
    }
    at = comma + 1;
  }
}

std::vector<CssUrl> css_urls(std::string_view text) {
  std::vector<CssUrl> urls;
  bool in_font = false;  // between `@font-face` and the next `}`
  const std::string clean = to_lower_ascii(plain_css(text));
  std::size_t at = 0;
  // Takes the address that begins at `begin` and moves past it; false if it never ends.
  const auto take = [&](std::size_t begin, char closing, CssUrl::Kind kind) {
    while (begin < text.size() && is_markup_space(text[begin])) ++begin;
    if (begin < text.size() && (text[begin] == '"' || text[begin] == '\'')) closing = text[begin++];
    const auto end = text.find(closing, begin);
    if (end == text.npos) return false;
    const std::string_view url = trim_ascii(text.substr(begin, end - begin));
    if (!url.empty()) urls.push_back({url, kind});
    at = end;
    return true;
  };
  while ((at = clean.find_first_of("@u}", at)) != std::string::npos) {
    if (clean[at] == '}') {
      in_font = false;
    } else if (clean.compare(at, 10, "@font-face") == 0) {
      in_font = true;
    } else if (clean.compare(at, 7, "@import") == 0) {
      const auto begin = clean.find_first_not_of(" \t\n\r\f", at + 7);
      if (begin == std::string::npos) break;
      const bool function = clean.compare(begin, 4, "url(") == 0;
      if (!take(function ? begin + 4 : begin, function ? ')' : ';', CssUrl::Kind::sheet)) break;
    } else if (clean.compare(at, 4, "url(") == 0) {
      if (!take(at + 4, ')', in_font ? CssUrl::Kind::font : CssUrl::Kind::image)) break;
    }
    ++at;
  }
  return urls;
}

}  // namespace scruple::evidence
