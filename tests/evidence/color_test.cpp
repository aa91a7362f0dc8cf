#include "evidence/color.h"

#include "catch.h"

#include <cmath>
#include <string>

using namespace scruple::evidence;

namespace {

// `#rrggbb` or `#rrggbb/alpha%`
std::string shown(std::string_view text) {
  const auto color = parse_color(text);
  if (!color) return "(none)";
  char out[32];
  const auto part = [](double value) { return static_cast<unsigned>(std::lround(value * 255)); };
  std::snprintf(out, sizeof out, "#%02x%02x%02x", part(color->red), part(color->green), part(color->blue));
  std::string result = out;
  if (color->alpha < 1) result += "/" + std::to_string(std::lround(color->alpha * 100)) + "%";
  return result;
}

}  // namespace

TEST_CASE("Colours as CSS writes them") {
  struct Row {
    std::string_view text;
    std::string_view color;
  };
  const Row rows[] = {
      {"#c30", "#cc3300"},
      {"#c308", "#cc3300/53%"},
      {"#1a3d2f", "#1a3d2f"},
      {"#1a3d2f80", "#1a3d2f/50%"},
      {" white ", "#ffffff"},
      {"rebeccapurple", "#663399"},
      {"aliceblue", "#f0f8ff"},
      {"yellowgreen", "#9acd32"},
      {"grey", "#808080"},
      {"transparent", "#000000/0%"},
      {"rgb(204, 51, 0)", "#cc3300"},
      {"rgb(204 51 0 / 50%)", "#cc3300/50%"},
      {"rgba(80%,20%,0%,.25)", "#cc3300/25%"},
      {"rgb(300,-5,0)", "#ff0000"},
      {"hsl(15, 100%, 40%)", "#cc3300"},
      {"hsl(375deg 100% 40%)", "#cc3300"},
      {"hsla(0,0%,60%,0.5)", "#999999/50%"},
      {"", "(none)"},
      {"#12", "(none)"},
      {"#12345g", "(none)"},
      {"#123456789", "(none)"},
      {"notacolor", "(none)"},
      {"var(--brand)", "(none)"},
      {"rgb(1,2)", "(none)"},
      {"rgb(1,2,3,4,5)", "(none)"},
      {"rgb(nan,inf,1)", "(none)"},
      {"rgb(1,2,3", "(none)"},
      {"color-mix(in srgb, red, blue)", "(none)"},
      {"canvastext", "(none)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(shown(row.text) == row.color);
  }
}

TEST_CASE("The contrast ratio is WCAG's") {
  struct Row {
    std::string_view text;
    std::string_view background;
    double ratio;
  };
  const Row rows[] = {
      {"black", "white", 21.0},     {"white", "black", 21.0},   {"#767676", "white", 4.54}, {"#777", "white", 4.48},
      {"red", "white", 4.0},        {"#0000ee", "white", 9.40}, {"white", "white", 1.0},    {"#c8102e", "white", 5.88},
      {"#767676", "#f4f4f4", 4.13}, {"yellow", "white", 1.07},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text, row.background);
    CHECK(contrast_ratio(*parse_color(row.text), *parse_color(row.background)) == Approx(row.ratio).margin(0.006));
  }
}
