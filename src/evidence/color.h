// Colours as CSS writes them, and how well one can be read on another.
#pragma once

#include <optional>
#include <string_view>

namespace scruple::evidence {

// sRGB, each 0 to 1.
struct Color {
  double red = 0;
  double green = 0;
  double blue = 0;
  double alpha = 1;
};

// `#c30`, `#cc3300`, `rgb(204 51 0 / 50%)`, `hsl(15, 100%, 40%)`, `rebeccapurple`, `transparent`; in lower case.
// Nothing for what only a browser could tell: `var(…)`, `color-mix(…)`, system colours.
std::optional<Color> parse_color(std::string_view text);

// The contrast ratio of WCAG 2.2 (relative luminance, success criterion 1.4.3): 1 to 21. Alpha is not looked at.
double contrast_ratio(const Color& a, const Color& b);

}  // namespace scruple::evidence
