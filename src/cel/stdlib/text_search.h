// Substrings and code points, in time linear in the text whatever is looked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scruple::cel {

// The byte offset of the first occurrence at or after `from`, or npos.
std::size_t find_text(std::string_view text, std::string_view wanted, std::size_t from = 0);

// The byte offset of the last occurrence, or npos.
std::size_t find_last_text(std::string_view text, std::string_view wanted);

// The bytes of the code point that begins at `offset`.
std::size_t code_point_length(std::string_view text, std::size_t offset);

// The byte offset of the code point at a position; the size of the text at its end, npos beyond.
std::size_t offset_of(std::string_view text, std::int64_t position);

}  // namespace scruple::cel
