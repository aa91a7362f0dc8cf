#include "evidence/color.h"

#include "base/ascii.h"
#include "base/strings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <vector>

namespace scruple::evidence {

namespace {

struct NamedColor {
  std::string_view name;
  std::uint32_t rgb;
};

// CSS Color 4, section 6.1; sorted.
constexpr std::array<NamedColor, 148> named_colors = {{{"aliceblue", 0xF0F8FF},
                                                       {"antiquewhite", 0xFAEBD7},
                                                       {"aqua", 0x00FFFF},
                                                       {"aquamarine", 0x7FFFD4},
                                                       {"azure", 0xF0FFFF},
                                                       {"beige", 0xF5F5DC},
                                                       {"bisque", 0xFFE4C4},
                                                       {"black", 0x000000},
                                                       {"blanchedalmond", 0xFFEBCD},
                                                       {"blue", 0x0000FF},
                                                       {"blueviolet", 0x8A2BE2},
                                                       {"brown", 0xA52A2A},
                                                       {"burlywood", 0xDEB887},
                                                       {"cadetblue", 0x5F9EA0},
                                                       {"chartreuse", 0x7FFF00},
                                                       {"chocolate", 0xD2691E},
                                                       {"coral", 0xFF7F50},
                                                       {"cornflowerblue", 0x6495ED},
                                                       {"cornsilk", 0xFFF8DC},
                                                       {"crimson", 0xDC143C},
                                                       {"cyan", 0x00FFFF},
                                                       {"darkblue", 0x00008B},
                                                       {"darkcyan", 0x008B8B},
                                                       {"darkgoldenrod", 0xB8860B},
                                                       {"darkgray", 0xA9A9A9},
                                                       {"darkgreen", 0x006400},
                                                       {"darkgrey", 0xA9A9A9},
                                                       {"darkkhaki", 0xBDB76B},
                                                       {"darkmagenta", 0x8B008B},
                                                       {"darkolivegreen", 0x556B2F},
                                                       {"darkorange", 0xFF8C00},
                                                       {"darkorchid", 0x9932CC},
                                                       {"darkred", 0x8B0000},
                                                       {"darksalmon", 0xE9967A},
                                                       {"darkseagreen", 0x8FBC8F},
                                                       {"darkslateblue", 0x483D8B},
                                                       {"darkslategray", 0x2F4F4F},
                                                       {"darkslategrey", 0x2F4F4F},
                                                       {"darkturquoise", 0x00CED1},
                                                       {"darkviolet", 0x9400D3},
                                                       {"deeppink", 0xFF1493},
                                                       {"deepskyblue", 0x00BFFF},
                                                       {"dimgray", 0x696969},
                                                       {"dimgrey", 0x696969},
                                                       {"dodgerblue", 0x1E90FF},
                                                       {"firebrick", 0xB22222},
                                                       {"floralwhite", 0xFFFAF0},
                                                       {"forestgreen", 0x228B22},
                                                       {"fuchsia", 0xFF00FF},
                                                       {"gainsboro", 0xDCDCDC},
                                                       {"ghostwhite", 0xF8F8FF},
                                                       {"gold", 0xFFD700},
                                                       {"goldenrod", 0xDAA520},
                                                       {"gray", 0x808080},
                                                       {"green", 0x008000},
                                                       {"greenyellow", 0xADFF2F},
                                                       {"grey", 0x808080},
                                                       {"honeydew", 0xF0FFF0},
                                                       {"hotpink", 0xFF69B4},
                                                       {"indianred", 0xCD5C5C},
                                                       {"indigo", 0x4B0082},
                                                       {"ivory", 0xFFFFF0},
                                                       {"khaki", 0xF0E68C},
                                                       {"lavender", 0xE6E6FA},
                                                       {"lavenderblush", 0xFFF0F5},
                                                       {"lawngreen", 0x7CFC00},
                                                       {"lemonchiffon", 0xFFFACD},
                                                       {"lightblue", 0xADD8E6},
                                                       {"lightcoral", 0xF08080},
                                                       {"lightcyan", 0xE0FFFF},
                                                       {"lightgoldenrodyellow", 0xFAFAD2},
                                                       {"lightgray", 0xD3D3D3},
                                                       {"lightgreen", 0x90EE90},
                                                       {"lightgrey", 0xD3D3D3},
                                                       {"lightpink", 0xFFB6C1},
                                                       {"lightsalmon", 0xFFA07A},
                                                       {"lightseagreen", 0x20B2AA},
                                                       {"lightskyblue", 0x87CEFA},
                                                       {"lightslategray", 0x778899},
                                                       {"lightslategrey", 0x778899},
                                                       {"lightsteelblue", 0xB0C4DE},
                                                       {"lightyellow", 0xFFFFE0},
                                                       {"lime", 0x00FF00},
                                                       {"limegreen", 0x32CD32},
                                                       {"linen", 0xFAF0E6},
                                                       {"magenta", 0xFF00FF},
                                                       {"maroon", 0x800000},
                                                       {"mediumaquamarine", 0x66CDAA},
                                                       {"mediumblue", 0x0000CD},
                                                       {"mediumorchid", 0xBA55D3},
                                                       {"mediumpurple", 0x9370DB},
                                                       {"mediumseagreen", 0x3CB371},
                                                       {"mediumslateblue", 0x7B68EE},
                                                       {"mediumspringgreen", 0x00FA9A},
                                                       {"mediumturquoise", 0x48D1CC},
                                                       {"mediumvioletred", 0xC71585},
                                                       {"midnightblue", 0x191970},
                                                       {"mintcream", 0xF5FFFA},
                                                       {"mistyrose", 0xFFE4E1},
                                                       {"moccasin", 0xFFE4B5},
                                                       {"navajowhite", 0xFFDEAD},
                                                       {"navy", 0x000080},
                                                       {"oldlace", 0xFDF5E6},
                                                       {"olive", 0x808000},
                                                       {"olivedrab", 0x6B8E23},
                                                       {"orange", 0xFFA500},
                                                       {"orangered", 0xFF4500},
                                                       {"orchid", 0xDA70D6},
                                                       {"palegoldenrod", 0xEEE8AA},
                                                       {"palegreen", 0x98FB98},
                                                       {"paleturquoise", 0xAFEEEE},
                                                       {"palevioletred", 0xDB7093},
                                                       {"papayawhip", 0xFFEFD5},
                                                       {"peachpuff", 0xFFDAB9},
                                                       {"peru", 0xCD853F},
                                                       {"pink", 0xFFC0CB},
                                                       {"plum", 0xDDA0DD},
                                                       {"powderblue", 0xB0E0E6},
                                                       {"purple", 0x800080},
                                                       {"rebeccapurple", 0x663399},
                                                       {"red", 0xFF0000},
                                                       {"rosybrown", 0xBC8F8F},
                                                       {"royalblue", 0x4169E1},
                                                       {"saddlebrown", 0x8B4513},
                                                       {"salmon", 0xFA8072},
                                                       {"sandybrown", 0xF4A460},
                                                       {"seagreen", 0x2E8B57},
                                                       {"seashell", 0xFFF5EE},
                                                       {"sienna", 0xA0522D},
                                                       {"silver", 0xC0C0C0},
                                                       {"skyblue", 0x87CEEB},
                                                       {"slateblue", 0x6A5ACD},
                                                       {"slategray", 0x708090},
                                                       {"slategrey", 0x708090},
                                                       {"snow", 0xFFFAFA},
                                                       {"springgreen", 0x00FF7F},
                                                       {"steelblue", 0x4682B4},
                                                       {"tan", 0xD2B48C},
                                                       {"teal", 0x008080},
                                                       {"thistle", 0xD8BFD8},
                                                       {"tomato", 0xFF6347},
                                                       {"turquoise", 0x40E0D0},
                                                       {"violet", 0xEE82EE},
                                                       {"wheat", 0xF5DEB3},
                                                       {"white", 0xFFFFFF},
                                                       {"whitesmoke", 0xF5F5F5},
                                                       {"yellow", 0xFFFF00},
                                                       {"yellowgreen", 0x9ACD32}}};

std::optional<int> hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return std::nullopt;
}

std::optional<Color> parse_hex(std::string_view digits) {
  std::array<int, 8> values{};
  if (digits.size() != 3 && digits.size() != 4 && digits.size() != 6 && digits.size() != 8) return std::nullopt;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const auto value = hex_value(digits[i]);
    if (!value) return std::nullopt;
    values[i] = *value;
  }
  std::array<double, 4> parts{0, 0, 0, 1};
  const bool is_short = digits.size() < 6;
  for (std::size_t i = 0; i < (is_short ? digits.size() : digits.size() / 2); ++i) {
    parts[i] = (is_short ? values[i] * 17 : values[2 * i] * 16 + values[2 * i + 1]) / 255.0;
  }
  return Color{parts[0], parts[1], parts[2], parts[3]};
}

struct Component {
  double value = 0;
  std::string_view unit;  // "", "%", "deg", …
};

// The numbers between the parentheses, however they are separated.
std::optional<std::vector<Component>> parse_components(std::string_view text) {
  std::vector<Component> components;
  while (true) {
    const auto start = text.find_first_not_of(" \t\n\r\f,/");
    if (start == std::string_view::npos) return components;
    text.remove_prefix(start);
    if (text[0] == '+') text.remove_prefix(1);
    Component component;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), component.value);
    if (parsed.ec != std::errc{} || !std::isfinite(component.value) || components.size() == 4) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
    const auto end = std::min(text.find_first_of(" \t\n\r\f,/"), text.size());
    component.unit = text.substr(0, end);
    text.remove_prefix(end);
    components.push_back(component);
  }
}

double clamp_unit(double value) { return std::clamp(value, 0.0, 1.0); }

std::optional<double> parse_alpha(const std::vector<Component>& components) {
  if (components.size() < 4) return 1.0;
  if (components[3].unit.empty()) return clamp_unit(components[3].value);
  if (components[3].unit == "%") return clamp_unit(components[3].value / 100);
  return std::nullopt;
}

std::optional<Color> parse_rgb(const std::vector<Component>& components) {
  std::array<double, 3> parts{};
  for (std::size_t i = 0; i < 3; ++i) {
    if (!components[i].unit.empty() && components[i].unit != "%") return std::nullopt;
    parts[i] = clamp_unit(components[i].value / (components[i].unit == "%" ? 100 : 255));
  }
  const auto alpha = parse_alpha(components);
  if (!alpha) return std::nullopt;
  return Color{parts[0], parts[1], parts[2], *alpha};
}

std::optional<Color> parse_hsl(const std::vector<Component>& components) {
  if (!components[0].unit.empty() && components[0].unit != "deg") return std::nullopt;
  const auto alpha = parse_alpha(components);
  if (!alpha) return std::nullopt;
  const double hue = std::fmod(std::fmod(components[0].value, 360) + 360, 360) / 30;
  const double saturation = clamp_unit(components[1].value / 100);
  const double lightness = clamp_unit(components[2].value / 100);
  // CSS Color 4, section 7.1.
  const double range = saturation * std::min(lightness, 1 - lightness);
  const auto part = [&](double offset) {
    const double k = std::fmod(offset + hue, 12);
    return lightness - range * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}));
  };
  return Color{part(0), part(8), part(4), *alpha};
}

double luminance(const Color& color) {
  const auto linear = [](double part) {
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

}  // namespace

std::optional<Color> parse_color(std::string_view text) {
  text = trim_ascii(text);
  if (text.starts_with('#')) return parse_hex(text.substr(1));
  if (text == "transparent") return Color{0, 0, 0, 0};
  if (const auto open = text.find('('); open != std::string_view::npos && text.ends_with(')')) {
    const std::string_view function = text.substr(0, open);
    const bool rgb = function == "rgb" || function == "rgba";
    if (!rgb && function != "hsl" && function != "hsla") return std::nullopt;
    const auto components = parse_components(text.substr(open + 1, text.size() - open - 2));
    if (!components || components->size() < 3) return std::nullopt;
    return rgb ? parse_rgb(*components) : parse_hsl(*components);
  }
  const auto found = std::lower_bound(named_colors.begin(), named_colors.end(), text,
                                      [](const NamedColor& color, std::string_view name) { return color.name < name; });
  if (found == named_colors.end() || found->name != text) return std::nullopt;
  return Color{((found->rgb >> 16) & 0xFF) / 255.0, ((found->rgb >> 8) & 0xFF) / 255.0, (found->rgb & 0xFF) / 255.0, 1};
}

double contrast_ratio(const Color& a, const Color& b) {
  const double first = luminance(a);
  const double second = luminance(b);
  return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

}  // namespace scruple::evidence
