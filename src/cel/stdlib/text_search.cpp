#include "cel/stdlib/text_search.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace scruple::cel {
namespace {

// Texts are valid UTF-8 where the host keeps its promise; a stray byte counts as a character of its own.
std::size_t length_by_first_byte(unsigned char byte) {
  if (byte < 0xc0) return 1;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}

}  // namespace

std::size_t find_text(std::string_view text, std::string_view wanted, std::size_t from) {
  if (from > text.size()) return std::string_view::npos;
  if (wanted.empty()) return from;
  if (wanted.size() == 1) return text.find(wanted.front(), from);
  if (text.empty()) return std::string_view::npos;  // which may be a null pointer
  // Linear in the worst case, which std::string_view::find is not.
  const void* found = ::memmem(text.data() + from, text.size() - from, wanted.data(), wanted.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

std::size_t find_last_text(std::string_view text, std::string_view wanted) {
  if (wanted.size() > text.size()) return std::string_view::npos;
  if (wanted.empty()) return text.size();
  // Knuth, Morris and Pratt from the right: fallback[i] is how much of the end of `wanted` still matches after a
  // mismatch behind i matching bytes.
  const auto byte = [](std::string_view from, std::size_t i) { return from[from.size() - 1 - i]; };
  std::vector<std::size_t> fallback(wanted.size() + 1);
  for (std::size_t i = 1, matched = 0; i < wanted.size(); ++i) {
    while (matched > 0 && byte(wanted, i) != byte(wanted, matched)) matched = fallback[matched];
    if (byte(wanted, i) == byte(wanted, matched)) ++matched;
    fallback[i + 1] = matched;
  }
  for (std::size_t i = 0, matched = 0; i < text.size(); ++i) {
    while (matched > 0 && byte(text, i) != byte(wanted, matched)) matched = fallback[matched];
    if (byte(text, i) == byte(wanted, matched)) ++matched;
    if (matched == wanted.size()) return text.size() - 1 - i;
  }
  return std::string_view::npos;
}

std::size_t code_point_length(std::string_view text, std::size_t offset) {
  return std::min(length_by_first_byte(static_cast<unsigned char>(text[offset])), text.size() - offset);
}

std::size_t offset_of(std::string_view text, std::int64_t position) {
  if (position < 0) return std::string_view::npos;
  std::size_t offset = 0;
  for (; position > 0 && offset < text.size(); --position) offset += code_point_length(text, offset);
  return position > 0 ? std::string_view::npos : offset;
}

}  // namespace scruple::cel
