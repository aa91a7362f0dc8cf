// What the readers of HTML and CSS ask of characters and of names.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace scruple::evidence {

// White space of both languages; neither counts the vertical tab.
constexpr bool is_markup_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

// Whether a name stands in a short list.
template <std::size_t Size>
constexpr bool is_one_of(const std::array<std::string_view, Size>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace scruple::evidence
