#include "evidence/style.h"

#include "base/strings.h"
#include "evidence/color.h"
#include "evidence/css.h"
#include "evidence/markup_words.h"
#include "evidence/url.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <deque>
#include <map>
#include <string>
#include <tuple>

namespace scruple::evidence {

namespace {

constexpr double default_font_px = 16;
constexpr double smallest_visible_px = 2;
constexpr double off_screen_px = -999;
constexpr std::size_t most_class_names = 64;  // of one element

constexpr std::array<std::string_view, 56> block_tags = {
    "address",  "article", "aside",   "blockquote", "body",     "caption", "center",   "dd",
    "details",  "dialog",  "dir",     "div",        "dl",       "dt",      "fieldset", "figcaption",
    "figure",   "footer",  "form",    "h1",         "h2",       "h3",      "h4",       "h5",
    "h6",       "header",  "hgroup",  "hr",         "html",     "legend",  "li",       "listing",
    "main",     "menu",    "nav",     "ol",         "optgroup", "option",  "p",        "plaintext",
    "pre",      "search",  "section", "select",     "summary",  "table",   "tbody",    "td",
    "textarea", "tfoot",   "th",      "thead",      "title",    "tr",      "ul",       "xmp"};

// Never drawn, or drawn only where scripts do not run or something else fails.
constexpr std::array<std::string_view, 24> unseen_tags = {
    "area", "audio",  "base",     "canvas",  "datalist", "desc",     "head",   "iframe",
    "link", "meta",   "metadata", "noembed", "noframes", "noscript", "object", "param",
    "rp",   "script", "source",   "style",   "template", "title",    "track",  "video"};

std::vector<std::string_view> split_names(std::string_view text) {
  std::vector<std::string_view> names;
  std::size_t at = 0;
  while (at < text.size() && names.size() < most_class_names) {
    while (at < text.size() && is_markup_space(text[at])) ++at;
    std::size_t end = at;
    while (end < text.size() && !is_markup_space(text[end])) ++end;
    if (end > at) names.push_back(text.substr(at, end - at));
    at = end;
  }
  return names;
}

std::string_view attribute_value(const HtmlTree& tree, HtmlNodeId id, std::string_view name) {
  const HtmlAttribute* attribute = tree.attribute(id, name);
  return attribute == nullptr ? std::string_view{} : attribute->value;
}

struct Number {
  double value = 0;
  std::string_view unit;
};

std::optional<Number> parse_number(std::string_view text) {
  text = trim_ascii(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  Number number;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number.value, std::chars_format::fixed);
  if (parsed.ec != std::errc{} || !std::isfinite(number.value)) return std::nullopt;
  number.unit = trim_ascii(text.substr(static_cast<std::size_t>(parsed.ptr - text.data())));
  return number;
}

// In pixels; `em` is the font's size if that is known. Nothing for percentages and what depends on the window.
std::optional<double> parse_length(std::string_view text, std::optional<double> em) {
  const auto number = parse_number(text);
  if (!number) return std::nullopt;
  const double value = number->value;
  if (number->unit == "px" || (number->unit.empty() && value == 0)) return value;
  if (number->unit == "pt") return value * 4 / 3;
  if (number->unit == "pc") return value * 16;
  if (number->unit == "in") return value * 96;
  if (number->unit == "cm") return value * 96 / 2.54;
  if (number->unit == "mm") return value * 96 / 25.4;
  if (number->unit == "rem") return value * default_font_px;
  if (number->unit == "em" && em) return value * *em;
  if ((number->unit == "ex" || number->unit == "ch") && em) return value * *em / 2;
  return std::nullopt;
}

// What is painted behind an element, as a linear map: a colour with alpha (premultiplied c, a), drawn in the element,
// comes out as scale * c + alpha * a + base in each of red, green and blue. Translucent layers add up exactly.
struct Paint {
  double scale = 1;
  std::array<double, 3> alpha{-1, -1, -1};
  std::array<double, 3> base{1, 1, 1};
  bool known = true;         // false: an image, a colour that cannot be told
  bool translucent = false;  // an element around has an opacity below 1: what is behind it shines through

  Paint within(const Color& background, double opacity) const {
    Paint inner = *this;
    const std::array<double, 3> color{background.red * background.alpha, background.green * background.alpha,
                                      background.blue * background.alpha};
    for (std::size_t i = 0; i < 3; ++i) {
      inner.alpha[i] = -scale * opacity * color[i] + alpha[i] * opacity * (1 - background.alpha);
      inner.base[i] = scale * opacity * color[i] + alpha[i] * opacity * background.alpha + base[i];
    }
    inner.scale = scale * opacity;
    inner.translucent = translucent || opacity < 1;
    return inner;
  }

  Color draw(const Color& color) const {
    const auto part = [&](double c, std::size_t i) {
      return std::clamp(scale * c * color.alpha + alpha[i] * color.alpha + base[i], 0.0, 1.0);
    };
    return {part(color.red, 0), part(color.green, 1), part(color.blue, 2), 1};
  }
};

// What an element hands down to those in it.
struct Inherited {
  bool gone = false;  // nothing in it can be seen
  bool invisible = false;
  std::optional<double> font_px = default_font_px;
  std::optional<Color> color = Color{0, 0, 0, 1};
  Paint paint;
};

// The winning value of a property on one element.
struct Slot {
  std::string_view value;
  bool certain = true;
  bool important = false;
  bool is_inline = false;
  std::uint32_t specificity = 0;
};
using Slots = std::array<Slot, css_property_count>;

class StyleComputer {
 public:
  StyleComputer(const HtmlTree& tree, std::uint64_t steps) : tree_(tree), steps_left_(steps) {}

  std::optional<ComputedStyles> run() {
    read_sheets();
    styles_.elements.resize(tree_.size());
    struct Open {
      HtmlNodeId end;
      Inherited inherited;
    };
    std::vector<Open> open;
    for (HtmlNodeId id = 0; id < tree_.size(); ++id) {
      while (!open.empty() && open.back().end <= id) open.pop_back();
      if (!tree_[id].is_element) continue;
      Inherited inherited = open.empty() ? Inherited{} : open.back().inherited;
      compute(id, inherited);
      if (exhausted_) return std::nullopt;
      open.push_back({tree_[id].end, inherited});
    }
    return std::move(styles_);
  }

 private:
  struct IndexedRule {
    const StyleSheet* sheet;
    const CssRule* rule;
    HtmlNodeId tried_on = no_html_node;
  };

  bool step(std::uint64_t count = 1) {
    if (steps_left_ < count) {
      exhausted_ = true;
      steps_left_ = 0;
      return false;
    }
    steps_left_ -= count;
    return true;
  }

  void read_sheets() {
    for (HtmlNodeId id = 0; id < tree_.size(); ++id) {
      if (!tree_[id].is_element) continue;
      if (tree_[id].text == "link") {
        const std::string rel = to_lower_ascii(attribute_value(tree_, id, "rel"));
        const auto names = split_names(rel);
        const bool is_sheet = std::find(names.begin(), names.end(), "stylesheet") != names.end();
        if (is_sheet) link_sheet(attribute_value(tree_, id, "href"));
      } else if (tree_[id].text == "style") {
        read_sheet(id);
      }
    }
    // By what the rightmost part of the selector asks for, so that an element meets few rules.
    for (IndexedRule& indexed : rules_) {
      const CssCompound& last = indexed.rule->selector.compounds.back();
      const auto number = static_cast<std::uint32_t>(&indexed - rules_.data());
      if (!last.id.empty()) {
        by_id_[last.id].push_back(number);
      } else if (!last.classes.empty()) {
        by_class_[last.classes.front()].push_back(number);
      } else {
        by_tag_[last.tag].push_back(number);
      }
    }
  }

  void read_sheet(HtmlNodeId id) {
    const std::string media = to_lower_ascii(trim_ascii(attribute_value(tree_, id, "media")));
    std::string text;
    for (HtmlNodeId child = id + 1; child < tree_[id].end; ++child) text += tree_[child].text;
    for (const CssUrl& url : css_urls(text)) {
      if (url.kind == CssUrl::Kind::sheet) link_sheet(url.url);
    }
    if (!media.empty()) text = concat("@media ", media, "{", text, "}");
    const StyleSheet& sheet = sheets_.emplace_back(text);
    for (const CssRule& rule : sheet.rules()) rules_.push_back({&sheet, &rule, no_html_node});
  }

  // Services that serve nothing but @font-face rules decide neither size nor colour.
  void link_sheet(std::string_view url) {
    const std::string host = host_of(url);
    if (host != "fonts.googleapis.com" && host != "fonts.bunny.net" && host != "use.typekit.net" &&
        host != "p.typekit.net") {
      styles_.linked_sheet = true;
    }
  }

  bool matches_attribute(HtmlNodeId id, const CssAttributeTest& test) {
    const HtmlAttribute* attribute = tree_.attribute(id, test.name);
    if (attribute == nullptr || test.match == 0) return attribute != nullptr;
    const std::string_view value = attribute->value;
    if (!step(value.size())) return false;
    switch (test.match) {
      case '=': return value == test.value;
      case '^': return !test.value.empty() && value.starts_with(test.value);
      case '$': return !test.value.empty() && value.ends_with(test.value);
      case '*': return !test.value.empty() && value.find(test.value) != value.npos;
      case '|': return value == test.value || value.starts_with(test.value + "-");
      case '~': {
        const auto names = split_names(value);
        return std::find(names.begin(), names.end(), test.value) != names.end();
      }
      default: return false;
    }
  }

  bool matches_compound(HtmlNodeId id, const CssCompound& compound) {
    if (!step()) return false;
    if (!compound.tag.empty() && tree_[id].text != compound.tag) return false;
    if (!compound.id.empty() && attribute_value(tree_, id, "id") != compound.id) return false;
    if (!compound.classes.empty()) {
      const std::string_view written = attribute_value(tree_, id, "class");
      if (written.empty() || !step(written.size() / 16)) return false;
      const auto names = split_names(written);
      for (const std::string& wanted : compound.classes) {
        if (std::find(names.begin(), names.end(), wanted) == names.end()) return false;
      }
    }
    return std::all_of(compound.attributes.begin(), compound.attributes.end(),
                       [&](const CssAttributeTest& test) { return matches_attribute(id, test); });
  }

  // The compounds up to `last`, matched from right to left. As deep as the selector has compounds, at most 16.
  bool matches(HtmlNodeId id, const CssSelector& selector, std::size_t last) {
    if (!matches_compound(id, selector.compounds[last])) return false;
    if (last == 0) return true;
    const char combinator = selector.compounds[last].combinator;
    const bool sideways = combinator == '+' || combinator == '~';
    const bool far = combinator == ' ' || combinator == '~';
    HtmlNodeId other = sideways ? tree_[id].previous : tree_[id].parent;
    for (; other != no_html_node && !exhausted_; other = sideways ? tree_[other].previous : tree_[other].parent) {
      if (matches(other, selector, last - 1)) return true;
      if (!far) return false;
    }
    return false;
  }

  static void offer(Slots& slots, const CssDeclaration& declaration, bool certain, bool is_inline,
                    std::uint32_t specificity) {
    Slot& slot = slots[static_cast<std::size_t>(declaration.property)];
    const auto rank = [](bool important, bool in_line, std::uint32_t own) {
      return std::tuple(important, in_line, own);
    };
    if (!slot.value.empty() &&
        rank(declaration.important, is_inline, specificity) < rank(slot.important, slot.is_inline, slot.specificity)) {
      return;
    }
    slot = {declaration.value, certain, declaration.important, is_inline, specificity};
  }

  void collect(HtmlNodeId id, const std::vector<std::uint32_t>& candidates) {
    for (const std::uint32_t number : candidates) {
      IndexedRule& indexed = rules_[number];
      if (indexed.tried_on == id) continue;
      indexed.tried_on = id;
      const CssSelector& selector = indexed.rule->selector;
      if (matches(id, selector, selector.compounds.size() - 1)) matched_.push_back(number);
      if (exhausted_) return;
    }
  }

  void collect_from(const std::map<std::string, std::vector<std::uint32_t>, std::less<>>& index, HtmlNodeId id,
                    std::string_view key) {
    const auto found = index.find(key);
    if (found != index.end()) collect(id, found->second);
  }

  // `inline_style` has to outlive the slots.
  Slots cascade(HtmlNodeId id, std::string_view inline_style) {
    Slots slots{};
    matched_.clear();
    if (!rules_.empty()) {
      collect_from(by_tag_, id, {});
      collect_from(by_tag_, id, tree_[id].text);
      if (const auto* name = tree_.attribute(id, "id")) collect_from(by_id_, id, name->value);
      if (const auto* names = tree_.attribute(id, "class")) {
        for (const std::string_view name : split_names(names->value)) collect_from(by_class_, id, name);
      }
      std::sort(matched_.begin(), matched_.end());
      for (const std::uint32_t number : matched_) {
        const auto& [sheet, rule, tried] = rules_[number];
        const CssDeclaration* declarations = sheet->declarations(*rule);
        if (!step(rule->declaration_count)) return slots;
        for (std::uint32_t i = 0; i < rule->declaration_count; ++i) {
          offer(slots, declarations[i], rule->certain && rule->selector.certain, false, rule->selector.specificity);
        }
      }
    }
    for (const CssDeclaration& declaration : parse_declarations(inline_style)) {
      offer(slots, declaration, true, true, 0);
    }
    return slots;
  }

  // ---- from values to what is seen ----

  static const Slot& slot(const Slots& slots, CssProperty property) {
    return slots[static_cast<std::size_t>(property)];
  }
  // Empty if nothing is set or it cannot be told what is.
  static std::string_view value(const Slots& slots, CssProperty property) {
    const Slot& found = slot(slots, property);
    return found.certain ? found.value : std::string_view{};
  }

  void compute(HtmlNodeId id, Inherited& inherited) {
    const std::string inline_style = to_lower_ascii(plain_css(attribute_value(tree_, id, "style")));
    const Slots slots = cascade(id, inline_style);
    if (exhausted_) return;
    ElementStyle& style = styles_.elements[id];
    compute_font(id, slots, inherited);
    compute_display(id, slots, inherited, style);
    compute_color(id, slots, inherited);
    compute_paint(id, slots, inherited);

    style.width = size(id, slots, CssProperty::width, "width", inherited.font_px);
    style.height = size(id, slots, CssProperty::height, "height", inherited.font_px);
    style.hidden = inherited.gone || inherited.invisible;
    style.font_px = inherited.font_px;
    if (style.font_px) style.font_px = std::round(*style.font_px * 100) / 100;
    style.text_hidden = style.hidden || (style.font_px && *style.font_px < smallest_visible_px);
    if (inherited.color && inherited.paint.known) {
      const double ratio = contrast_ratio(inherited.paint.draw(*inherited.color), inherited.paint.draw({0, 0, 0, 0}));
      // Cut, not rounded: 4.496 does not reach 4.5.
      style.contrast = std::floor(ratio * 100 + 1e-6) / 100;
    }
  }

  void compute_font(HtmlNodeId id, const Slots& slots, Inherited& inherited) {
    const std::string_view tag = tree_[id].text;
    const std::optional<double> around = inherited.font_px;
    const Slot& declared = slot(slots, CssProperty::font_size);
    if (!declared.value.empty()) {
      inherited.font_px = declared.certain ? font_size(declared.value, around) : std::nullopt;
      return;
    }
    if (styles_.linked_sheet) {
      inherited.font_px.reset();
      return;
    }
    if (tag == "font") {
      if (const auto* size = tree_.attribute(id, "size")) inherited.font_px = legacy_font_size(size->value);
      return;
    }
    if (tag == "input" || tag == "button" || tag == "select" || tag == "textarea") {
      inherited.font_px = default_font_px * 5 / 6;
      return;
    }
    struct Scale {
      std::string_view tag;
      double factor;
    };
    constexpr std::array<Scale, 14> scales = {{{"big", 1.2},
                                               {"code", 0.8125},
                                               {"h1", 2},
                                               {"h2", 1.5},
                                               {"h3", 1.17},
                                               {"h5", 0.83},
                                               {"h6", 0.67},
                                               {"kbd", 0.8125},
                                               {"pre", 0.8125},
                                               {"samp", 0.8125},
                                               {"small", 5.0 / 6},
                                               {"sub", 5.0 / 6},
                                               {"sup", 5.0 / 6},
                                               {"tt", 0.8125}}};
    for (const Scale& scale : scales) {
      if (scale.tag == tag && around) inherited.font_px = *around * scale.factor;
    }
  }

  static std::optional<double> font_size(std::string_view text, std::optional<double> around) {
    struct Keyword {
      std::string_view name;
      double px;
    };
    constexpr std::array<Keyword, 8> keywords = {{{"xx-small", 9},
                                                  {"x-small", 10},
                                                  {"small", 13},
                                                  {"medium", 16},
                                                  {"large", 18},
                                                  {"x-large", 24},
                                                  {"xx-large", 32},
                                                  {"xxx-large", 48}}};
    for (const Keyword& keyword : keywords) {
      if (text == keyword.name) return keyword.px;
    }
    if (text == "inherit" || text == "unset") return around;
    if (text == "initial") return default_font_px;
    if (text == "smaller" || text == "larger") {
      return around ? std::optional(*around * (text == "smaller" ? 5.0 / 6 : 1.2)) : std::nullopt;
    }
    const auto number = parse_number(text);
    if (number && number->unit == "%") return around ? std::optional(*around * number->value / 100) : std::nullopt;
    // Mail programs and browsers in quirks mode take a bare number for pixels.
    if (number && number->unit.empty()) return number->value;
    return parse_length(text, around);
  }

  static std::optional<double> legacy_font_size(std::string_view text) {
    constexpr std::array<double, 7> sizes = {10, 13, 16, 18, 24, 32, 48};
    const auto number = parse_number(text);
    if (!number || text.starts_with('+') || number->value < 1) return std::nullopt;
    return sizes[std::min<std::size_t>(static_cast<std::size_t>(std::min(number->value, 7.0)), 7) - 1];
  }

  void compute_display(HtmlNodeId id, const Slots& slots, Inherited& inherited, ElementStyle& style) {
    const HtmlNode& node = tree_[id];
    const std::string_view display = value(slots, CssProperty::display);
    style.block = is_one_of(block_tags, node.text);
    if (display.starts_with("inline") || display == "contents") style.block = false;
    for (const std::string_view kind : {"block", "flex", "grid", "table", "list-item", "flow-root"}) {
      style.block |= display.starts_with(kind);
    }

    bool gone = is_one_of(unseen_tags, node.text) || (node.foreign && (node.text == "defs" || node.text == "symbol"));
    if (display.empty() && slot(slots, CssProperty::display).value.empty()) {
      gone |= tree_.attribute(id, "hidden") != nullptr;
      gone |= node.text == "dialog" && tree_.attribute(id, "open") == nullptr;
    }
    gone |= node.text == "input" && to_lower_ascii(trim_ascii(attribute_value(tree_, id, "type"))) == "hidden";
    gone |= display == "none" || is_clipped(slots, inherited.font_px) || is_off_screen(slots, inherited.font_px);
    inherited.gone |= gone;

    const std::string_view visibility = value(slots, CssProperty::visibility);
    if (visibility == "hidden" || visibility == "collapse") inherited.invisible = true;
    if (visibility == "visible" || visibility == "initial") inherited.invisible = false;
  }

  static bool is_clipped(const Slots& slots, std::optional<double> em) {
    if (const auto opacity = parse_opacity(slots); opacity <= 0.01) return true;
    const std::string_view overflow = value(slots, CssProperty::overflow);
    if (overflow.starts_with("hidden") || overflow.starts_with("clip")) {
      for (const CssProperty property :
           {CssProperty::width, CssProperty::height, CssProperty::max_width, CssProperty::max_height}) {
        const auto number = parse_number(value(slots, property));
        const auto length = parse_length(value(slots, property), em);
        if ((length && *length <= 1) || (number && number->value == 0)) return true;
      }
    }
    const std::string_view clip = value(slots, CssProperty::clip);
    if (is_positioned_freely(slots) && clip.starts_with("rect(") && clip.find("auto") == clip.npos &&
        clip.find_first_of("23456789") == clip.npos && clip.find("10") == clip.npos) {
      return true;
    }
    const std::string_view path = value(slots, CssProperty::clip_path);
    return path.starts_with("inset(50%") || path.starts_with("inset(100%") || path.starts_with("circle(0");
  }

  static bool is_positioned_freely(const Slots& slots) {
    const std::string_view position = value(slots, CssProperty::position);
    return position == "absolute" || position == "fixed";
  }

  static bool is_off_screen(const Slots& slots, std::optional<double> em) {
    const auto far = [&](CssProperty property) {
      const auto length = parse_length(value(slots, property), em);
      return length && *length <= off_screen_px;
    };
    const bool positioned = is_positioned_freely(slots) || value(slots, CssProperty::position) == "relative";
    if (positioned && (far(CssProperty::left) || far(CssProperty::top))) return true;
    if (far(CssProperty::margin_left) || far(CssProperty::margin_top) || far(CssProperty::text_indent)) return true;
    const std::string_view transform = value(slots, CssProperty::transform);
    if (transform.starts_with("scale(0)")) return true;
    if (const auto open = transform.find("translate"); open != transform.npos) {
      const auto first = transform.find('(', open);
      if (first == transform.npos) return false;
      const auto argument = transform.substr(first + 1, transform.find_first_of(",)", first) - first - 1);
      const auto length = parse_length(argument, em);
      return length && *length <= off_screen_px;
    }
    return false;
  }

  static double parse_opacity(const Slots& slots) {
    const auto number = parse_number(value(slots, CssProperty::opacity));
    if (!number) return 1;
    return std::clamp(number->unit == "%" ? number->value / 100 : number->value, 0.0, 1.0);
  }

  static std::optional<Color> legacy_color(std::string_view text) {
    const std::string lower = to_lower_ascii(trim_ascii(text));
    if (const auto color = parse_color(lower)) return color;
    return parse_color("#" + lower);
  }

  void compute_color(HtmlNodeId id, const Slots& slots, Inherited& inherited) {
    const Slot& declared = slot(slots, CssProperty::color);
    if (!declared.value.empty()) {
      if (declared.certain && (declared.value == "inherit" || declared.value == "currentcolor")) return;
      inherited.color = declared.certain ? parse_color(declared.value) : std::nullopt;
      return;
    }
    if (styles_.linked_sheet) {
      inherited.color.reset();
      return;
    }
    const std::string_view tag = tree_[id].text;
    if (tag == "font" || tag == "body") {
      const auto* attribute = tree_.attribute(id, tag == "font" ? "color" : "text");
      if (attribute != nullptr) inherited.color = legacy_color(attribute->value);
      if (const auto* link = tag == "body" ? tree_.attribute(id, "link") : nullptr) {
        link_color_ = legacy_color(link->value);
      }
    } else if (tag == "a" && tree_.attribute(id, "href") != nullptr) {
      inherited.color = link_color_;
    } else if (tag == "mark" || tag == "button" || tag == "input" || tag == "select" || tag == "textarea") {
      inherited.color = Color{0, 0, 0, 1};
    }
  }

  void compute_paint(HtmlNodeId id, const Slots& slots, Inherited& inherited) {
    const std::string_view tag = tree_[id].text;
    std::optional<Color> background = Color{0, 0, 0, 0};
    if (const Slot& declared = slot(slots, CssProperty::background_color); !declared.value.empty()) {
      background = declared.certain ? parse_color(declared.value) : std::nullopt;
      if (declared.certain && (declared.value == "initial" || declared.value == "unset" || declared.value == "none")) {
        background = Color{0, 0, 0, 0};
      }
    } else if (styles_.linked_sheet) {
      background.reset();
    } else if (const auto* attribute = tree_.attribute(id, "bgcolor")) {
      background = legacy_color(attribute->value);
    } else if (tag == "mark") {
      background = Color{1, 1, 0, 1};
    } else if (tag == "button") {
      background = Color{0.937, 0.937, 0.937, 1};
    }
    const Slot& image = slot(slots, CssProperty::background_image);
    const bool has_image = (!image.value.empty() && (!image.certain || image.value != "none")) ||
                           (image.value.empty() && tree_.attribute(id, "background") != nullptr);

    const bool opaque = background && background->alpha >= 1;
    const bool around_known = inherited.paint.known;
    // What is lifted out of the flow may lie on anything.
    const bool behind_known = around_known && !is_positioned_freely(slots);
    inherited.paint = inherited.paint.within(background.value_or(Color{}), parse_opacity(slots));
    if (has_image || !background || !slot(slots, CssProperty::opacity).certain) {
      inherited.paint.known = false;
    } else {
      inherited.paint.known = behind_known || (opaque && !inherited.paint.translucent);
    }
  }

  std::optional<double> size(HtmlNodeId id, const Slots& slots, CssProperty property, std::string_view attribute,
                             std::optional<double> em) const {
    if (!slot(slots, property).value.empty()) return parse_length(value(slots, property), em);
    const auto number = parse_number(attribute_value(tree_, id, attribute));
    if (!number || (!number->unit.empty() && number->unit != "px")) return std::nullopt;
    return number->value;
  }

  const HtmlTree& tree_;
  std::uint64_t steps_left_;
  bool exhausted_ = false;
  ComputedStyles styles_;
  std::deque<StyleSheet> sheets_;
  std::vector<IndexedRule> rules_;  // in the order of the document
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> by_id_;
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> by_class_;
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> by_tag_;
  std::vector<std::uint32_t> matched_;
  std::optional<Color> link_color_ = Color{0, 0, 0xEE / 255.0, 1};
};

}  // namespace

std::optional<ComputedStyles> compute_styles(const HtmlTree& tree, std::uint64_t steps) {
  return StyleComputer(tree, steps).run();
}

}  // namespace scruple::evidence
