// Small helpers for building and checking text. Text is UTF-8 throughout.
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {

namespace detail {
inline void append(std::string& out, std::string_view text) { out += text; }
inline void append(std::string& out, char c) { out += c; }
// How many bytes a part takes, or some more.
inline std::size_t room_for(std::string_view text) { return text.size(); }
inline std::size_t room_for(char) { return 1; }
template <std::integral Number>
requires(!std::same_as<Number, char> && !std::same_as<Number, bool>) std::size_t room_for(Number number) {
  return number >= 0 && number < 100'000 ? 5 : 20;
}
template <std::integral Number>
requires(!std::same_as<Number, char> && !std::same_as<Number, bool>) void append(std::string& out, Number number) {
  char digits[24];
  const auto result = std::to_chars(digits, digits + sizeof digits, number);
  out += std::string_view(digits, static_cast<std::size_t>(result.ptr - digits));
}
}  // namespace detail

// concat("line ", 3, ": ", text): the parts one after the other; parts are text, characters or integers.
template <typename... Parts>
std::string concat(const Parts&... parts) {
  std::string out;
  out.reserve((detail::room_for(parts) + ... + std::size_t{0}));
  (detail::append(out, parts), ...);
  return out;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator);

// "1 rule", "2 rules": a count with its noun; the plural adds an s unless it is given.
std::string plural(std::size_t count, std::string_view noun, std::string_view plural_noun = {});

// ASCII only: file formats, keywords and host names; never the text of people.
std::string to_lower_ascii(std::string_view text);

constexpr std::string_view trim_ascii(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

// As `==`, for names of fields, which are looked for among few: most differ in length or in their first character, and
// need no function call.
constexpr bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         (a.empty() || (a.front() == b.front() && std::char_traits<char>::compare(a.data(), b.data(), a.size()) == 0));
}

// The byte offset of the first byte that is not part of well-formed UTF-8 (overlong forms, surrogates and
// code points past U+10FFFF count as malformed), or npos.
std::size_t find_invalid_utf8(std::string_view text);

std::size_t count_code_points(std::string_view text);
void append_utf8(std::string& out, char32_t code_point);

// Text from outside made safe and unambiguous for a terminal or a log: control characters, bidirectional
// controls and malformed bytes become visible escapes such as `\n`, `\x1b`, `\u202e`. Line breaks are escaped too.
std::string visible(std::string_view text);

// At most `limit` code points; an ellipsis says that something was cut.
std::string shorten(std::string_view text, std::size_t limit);

}  // namespace scruple
