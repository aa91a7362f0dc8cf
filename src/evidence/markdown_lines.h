// How a line of Markdown shows what it is. Blanks around it do not count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scruple::evidence {

// Characters that stand for themselves behind a backslash.
inline constexpr std::string_view markdown_escapable = "\\`*_{}[]()#+-.!|<>";

// Of `## Title`: 2; 0 if the line is no heading.
std::uint8_t heading_level(std::string_view line);

// How long the mark of an item is, with a box to be ticked and the blanks behind: `- `, `* `, `+ `, `• `, `1. `, `2) `,
// `- [x] `. 0 if the line is no item, or does not begin with its mark.
std::size_t item_mark(std::string_view line);

// Of a line under a title, `===` or `---`: 1 or 2; 0 if it is none.
std::uint8_t underline_level(std::string_view line);

}  // namespace scruple::evidence
