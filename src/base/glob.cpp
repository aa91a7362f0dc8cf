#include "base/glob.h"

#include <cstddef>

namespace scruple {

// The usual two-pointer match, with one fallback for `*` and one for `**`: time is bounded by text times pattern.
bool glob_match(std::string_view pattern, std::string_view text) {
  constexpr auto none = std::string_view::npos;
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = none, star_text = 0;
  std::size_t double_star = none, double_star_text = 0;
  bool whole_components = false;  // the last `**` was followed by `/`
  while (t < text.size() || p < pattern.size()) {
    if (p < pattern.size()) {
      if (pattern.substr(p, 2) == "**") {
        p += 2;
        // `**/` also matches no component at all.
        whole_components = pattern.substr(p, 1) == "/" && (t == 0 || text[t - 1] == '/');
        if (whole_components) ++p;
        double_star = p;
        double_star_text = t;
        star = none;
        continue;
      }
      if (pattern[p] == '*') {
        star = ++p;
        star_text = t;
        continue;
      }
      if (t < text.size() && (pattern[p] == text[t] || (pattern[p] == '?' && text[t] != '/'))) {
        ++p;
        ++t;
        continue;
      }
    }
    if (star != none && star_text < text.size() && text[star_text] != '/') {
      p = star;
      t = ++star_text;
      continue;
    }
    if (double_star != none && double_star_text < text.size()) {
      p = double_star;
      do {
        ++double_star_text;
      } while (whole_components && double_star_text < text.size() && text[double_star_text - 1] != '/');
      t = double_star_text;
      star = none;
      continue;
    }
    return false;
  }
  return true;
}

}  // namespace scruple
