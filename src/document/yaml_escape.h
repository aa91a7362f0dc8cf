// The escapes of double-quoted text.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace scruple::yaml {

// How many hexadecimal digits follow `\x`, `\u` and `\U`; 0 for any other escape.
inline int hex_digits(char escape) { return escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 0; }

inline std::optional<char32_t> hex_value(std::string_view digits, int count) {
  if (digits.size() < static_cast<std::size_t>(count)) return std::nullopt;
  char32_t value = 0;
  for (const char c : digits.substr(0, static_cast<std::size_t>(count))) {
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') {
      value = value * 16 + static_cast<char32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value * 16 + static_cast<char32_t>(lower - 'a' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

// What `\c` stands for, if it is an escape without digits.
inline std::optional<std::string_view> escape_value(char c) {
  constexpr std::string_view names = "0abt\tnvfre \"/\\N_LP";
  constexpr std::string_view values[] = {
      {"\0", 1}, "\a", "\b", "\t", "\t", "\n",       "\v",       "\f",           "\r",
      "\x1b",    " ",  "\"", "/",  "\\", "\xC2\x85", "\xC2\xA0", "\xE2\x80\xA8", "\xE2\x80\xA9",
  };
  const std::size_t found = names.find(c);
  if (found == std::string_view::npos) return std::nullopt;
  return values[found];
}

}  // namespace scruple::yaml
