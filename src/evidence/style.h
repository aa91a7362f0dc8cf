// The style that a reader would see, as far as the file alone tells: inline styles, embedded style sheets, the
// attributes that HTML has for looks, and a browser's defaults. Scripts and linked style sheets are not followed.
#pragma once

#include "evidence/html_tree.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace scruple::evidence {

// Of an element; a text has the style of the element that it stands in.
struct ElementStyle {
  bool hidden = false;       // not to be seen: not displayed, transparent, outside the page, clipped away
  bool text_hidden = false;  // its text is not to be seen: hidden, or smaller than two pixels
  bool block = false;        // stands on lines of its own
  std::optional<double> font_px;
  std::optional<double> contrast;  // WCAG's ratio of its text to what is painted behind it, cut to two decimals
  // A width or height in pixels, from the style or the attribute.
  std::optional<double> width;
  std::optional<double> height;
};

struct ComputedStyles {
  std::vector<ElementStyle> elements;  // by HtmlNodeId; entries of texts are empty
  bool linked_sheet = false;           // a style sheet is linked that the file does not hold: much cannot be told
};

// Nothing if the style sheets ask for more work than a page's can: more than `steps` comparisons.
std::optional<ComputedStyles> compute_styles(const HtmlTree& tree, std::uint64_t steps = 20'000'000);

}  // namespace scruple::evidence
