#include "evidence/image_metadata.h"

#include "base/strings.h"

#include <algorithm>

namespace scruple::evidence {

Span MetadataPiece::place(std::size_t offset, std::size_t size) const {
  if (!as_written) return span;
  const auto begin = static_cast<std::uint32_t>(span.begin + std::min(offset, bytes.size()));
  return {begin, static_cast<std::uint32_t>(begin + std::min(size, bytes.size() - std::min(offset, bytes.size())))};
}

std::string metadata_text(std::string_view bytes, std::size_t limit) {
  bytes = trim_ascii(bytes.substr(0, bytes.find('\0')));
  std::string text;
  if (find_invalid_utf8(bytes) == std::string_view::npos) {
    text = bytes.substr(0, limit);
    const bool cut = text.size() < bytes.size();
    while (cut && !text.empty() && (static_cast<unsigned char>(bytes[text.size()]) & 0xC0u) == 0x80u) text.pop_back();
    return text;
  }
  for (const char c : bytes) {
    if (text.size() + 2 > limit) break;
    append_utf8(text, static_cast<unsigned char>(c));
  }
  return text;
}

}  // namespace scruple::evidence
