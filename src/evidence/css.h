// The part of CSS that decides whether text can be seen: style sheets as rules, selectors, and the declarations of the
// properties listed below. What is not understood is either left out or marked as uncertain, never guessed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::evidence {

enum class CssProperty : std::uint8_t {
  display,
  visibility,
  opacity,
  position,
  left,
  top,
  margin_left,
  margin_top,
  text_indent,
  transform,
  clip,
  clip_path,
  overflow,
  width,
  height,
  max_width,
  max_height,
  font_size,
  color,
  background_color,
  background_image,
};
inline constexpr std::size_t css_property_count = 21;

struct CssDeclaration {
  CssProperty property = CssProperty::display;
  std::string_view value;  // in lower case, without `!important`
  bool important = false;
};

// `text` in lower case and plain (see plain_css). Shorthands (`font`, `background`, `overflow-x`)
// come out as the properties that they set.
std::vector<CssDeclaration> parse_declarations(std::string_view text);

// Comments become spaces, and merge tags what cannot be told in place of a value, or spaces elsewhere: offsets stay.
std::string plain_css(std::string_view text);

// `[name]`, `[name="value"]`, `[name^="value"]` …; `match` is 0 for the bare name, else the character before the `=`
// (`=` itself for plain equality).
struct CssAttributeTest {
  std::string name;
  std::string value;
  char match = 0;
};

// What one element has to be: `a.button[href]`.
struct CssCompound {
  char combinator = 0;  // how it hangs on the compound before it: ' ', '>', '+', '~'; 0 for the first
  std::string tag;      // empty: any
  std::string id;
  std::vector<std::string> classes;
  std::vector<CssAttributeTest> attributes;
};

struct CssSelector {
  std::vector<CssCompound> compounds;
  std::uint32_t specificity = 0;
  bool certain = true;  // false: it has a part that is not understood (`:not(…)`) and may match less than it seems to
};

struct CssRule {
  CssSelector selector;
  bool certain = true;  // false: stands under a condition that cannot be told
  std::uint32_t first_declaration = 0;
  std::uint32_t declaration_count = 0;
};

// Rules in the order in which they are written. Media queries are decided for a wide screen (1280 px) in light mode;
// rules for print and for narrow screens are left out.
class StyleSheet {
 public:
  explicit StyleSheet(std::string_view text);
  StyleSheet(const StyleSheet&) = delete;
  StyleSheet& operator=(const StyleSheet&) = delete;

  const std::vector<CssRule>& rules() const { return rules_; }
  const CssDeclaration* declarations(const CssRule& rule) const {
    return declarations_.data() + rule.first_declaration;
  }

 private:
  enum class Applies : std::uint8_t { no, maybe, yes };

  void parse();
  void at_rule();
  void style_rule(Applies applies);
  Applies media(std::string_view queries) const;

  std::string text_;   // without comments
  std::string lower_;  // the same in lower case: declarations point into it
  std::size_t at_ = 0;
  std::vector<Applies> conditions_;  // of the blocks that are open, each with those around it
  std::vector<CssRule> rules_;
  std::vector<CssDeclaration> declarations_;
};

// Addresses that a style names: `url(…)` and `@import "…"`.
struct CssUrl {
  enum class Kind : std::uint8_t { image, font, sheet };
  std::string_view url;
  Kind kind = Kind::image;
};
std::vector<CssUrl> css_urls(std::string_view text);

}  // namespace scruple::evidence
