// Classes of single ASCII characters, for keywords, numbers and file formats; never for the text of people. Unlike the
// functions of <cctype> they know no locale and take any char.
#pragma once

namespace scruple {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_letter(char c) { return is_upper(c) || is_lower(c); }
constexpr bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }

// A byte of a character outside ASCII, in UTF-8.
constexpr bool is_beyond_ascii(char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }

}  // namespace scruple
