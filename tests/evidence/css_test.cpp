#include "evidence/css.h"

#include "base/strings.h"
#include "catch.h"

#include <string>

using namespace scruple;
using namespace scruple::evidence;

namespace {

std::string_view name_of(CssProperty property) {
  switch (property) {
    case CssProperty::display: return "display";
    case CssProperty::opacity: return "opacity";
    case CssProperty::overflow: return "overflow";
    case CssProperty::font_size: return "font-size";
    case CssProperty::color: return "color";
    case CssProperty::background_color: return "background-color";
    case CssProperty::background_image: return "background-image";
    default: return "other";
  }
}

std::string declarations(std::string_view text) {
  std::string out;
  const std::string lower = to_lower_ascii(plain_css(text));
  for (const CssDeclaration& declaration : parse_declarations(lower)) {
    if (!out.empty()) out += "; ";
    out += concat(name_of(declaration.property), ": ", declaration.value, declaration.important ? " !" : "");
  }
  return out;
}

std::string compound_text(const CssCompound& compound) {
  std::string out = compound.tag;
  if (!compound.id.empty()) out += concat('#', compound.id);
  for (const std::string& name : compound.classes) out += concat('.', name);
  for (const CssAttributeTest& test : compound.attributes) {
    out += concat('[', test.name);
    if (test.match != 0) out += concat(test.match, test.value);
    out += ']';
  }
  return out;
}

// `selector (specificity)` with `?` for what may not apply, one rule a line.
std::string rules(std::string_view text) {
  const StyleSheet sheet(text);
  std::string out;
  for (const CssRule& rule : sheet.rules()) {
    if (!out.empty()) out += "\n";
    for (const CssCompound& compound : rule.selector.compounds) {
      if (compound.combinator == ' ') out += ' ';
      if (compound.combinator > ' ') out += concat(' ', compound.combinator, ' ');
      out += compound_text(compound);
    }
    out += concat(" (", rule.selector.specificity, ")", rule.certain && rule.selector.certain ? "" : "?");
  }
  return out;
}

}  // namespace

TEST_CASE("Declarations of the properties that decide what can be seen") {
  struct Row {
    std::string_view text;
    std::string_view declarations;
  };
  const Row rows[] = {
      {"display:none", "display: none"},
      {" DISPLAY : None ! Important ;; color:RED", "display: none !; color: red"},
      {"display:none/* ; color: red */;opacity:0", "display: none; opacity: 0"},
      {"mso-hide:all;font-family:x", ""},
      {"font: italic bold 12px/30px Georgia, serif", "font-size: 12px"},
      {"font: 700 .8em x", "font-size: .8em"},
      {"font: small-caps small x", "font-size: small"},
      {"font: var(--f)", "font-size: var(--f)"},
      {"background: #fff url(a;b.png) no-repeat", "background-color: #fff; background-image: url(a;b.png)"},
      {"background: none", "background-color: transparent; background-image: none"},
      {"background: linear-gradient(red, blue)",
       "background-color: transparent; background-image: linear-gradient(red, blue)"},
      {"background: rgb(1, 2, 3)", "background-color: rgb(1, 2, 3); background-image: none"},
      {"overflow-y:hidden", "overflow: hidden"},
      {"content:\"};display:none\";color:red", "color: red"},
      {"a{display:none}color:red", "color: red"},
      {"color", ""},
      {"color:", ""},
      {":red", ""},
      {"color:red", "color: red"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(declarations(row.text) == row.declarations);
  }
}

TEST_CASE("Rules of a style sheet") {
  struct Row {
    std::string_view text;
    std::string_view rules;
  };
  const Row rows[] = {
      {"p{color:red}", "p (1)"},
      {"P.a.b#c{color:red}", "p#c.a.b (10201)"},
      {"a, b > c + d ~ e f {color:red}", "a (1)\nb > c + d ~ e f (5)"},
      {"*{color:red}", " (0)"},
      {"a[href], a[title=\"x]\"], a[class*='y' i] {color:red}", "a[href] (101)\na[title=x]] (101)\na[class*y] (101)?"},
      {".sm\\:hidden{color:red}", ".sm:hidden (100)"},
      {"a:hover, a:link, a::before, a:not(.b), :root{color:red}", "a[href] (101)\na (101)?\nhtml (100)"},
      {"<!-- p{color:red} -->", "p (1)"},
      {"p{font-family:x}", ""},
      {"@charset \"x\"; @import url(a.css); p{color:red}", "p (1)"},
      {"@font-face{font-family:x;src:url(x)} p{color:red}", "p (1)"},
      {"@keyframes k{from{color:red}to{color:blue}} p{color:red}", "p (1)"},
      {"@media print{p{color:red}} b{color:red}", "b (1)"},
      {"@media screen{p{color:red}} b{color:red}", "p (1)\nb (1)"},
      {"@media only screen and (max-width: 600px){p{color:red}}", ""},
      {"@media (min-width: 600px){p{color:red}}", "p (1)"},
      {"@media (max-width: 100em){p{color:red}}", "p (1)"},
      {"@media (width >= 600px){p{color:red}}", "p (1)"},
      {"@media (width<600px){p{color:red}}", ""},
      {"@media (prefers-color-scheme: dark){p{color:red}}", ""},
      {"@media not print{p{color:red}}", "p (1)"},
      {"@media print, screen{p{color:red}}", "p (1)"},
      {"@media (-webkit-min-device-pixel-ratio:0){p{color:red}}", "p (1)?"},
      {"@media screen{@media print{p{color:red}} b{color:red}} i{color:red}", "b (1)\ni (1)"},
      {"@supports (x:y){p{color:red}}", "p (1)?"},
      {"p{color:red", "p (1)"},
      {"p{color:red;}} b{color:red}", "p (1)\nb (1)"},
      {"p; b{color:red}", "b (1)"},
      {"a > {color:red} b{color:red}", "b (1)"},
      {"..a{color:red} #{color:red} [x{color:red}", ""},
      {"/* p{color:red} */ b{color:red}", "b (1)"},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(rules(row.text) == row.rules);
  }
}

TEST_CASE("Addresses in styles") {
  const std::string style =
      "@import 'https://a.example/x.css'; @import url(//b.example/y.css);\n"
      "@font-face { src: url(\"https://c.example/f.woff2\") }\n"
      "p { background: url( https://d.example/p.png ) } /* url(https://no.example) */";
  std::string out;
  for (const CssUrl& url : css_urls(style)) {
    out += concat(url.kind == CssUrl::Kind::sheet  ? "sheet "
                  : url.kind == CssUrl::Kind::font ? "font "
                                                   : "image ",
                  url.url, "\n");
  }
  CHECK(out ==
        "sheet https://a.example/x.css\nsheet //b.example/y.css\nfont https://c.example/f.woff2\n"
        "image https://d.example/p.png\n");
  CHECK(css_urls("url(x").empty());
  CHECK(css_urls("@import").empty());
}

TEST_CASE("Hostile styles are read in one pass") {
  for (const std::string_view piece : {"{", "}", "(", "@media x{", "a{", "\"", "/*", "url(", "@import ", "a,", "\\"}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    CAPTURE(piece);
    CHECK(StyleSheet(text).rules().empty());
    CHECK(css_urls(text).size() <= text.size());
    CHECK(parse_declarations(text).empty());
  }
}
