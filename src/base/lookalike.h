// Characters that look like an ASCII one and are not: what word processors, chats and phones put in the place of
// blanks, hyphens, quotes and colons. YAML takes them all for text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace scruple {

enum class LookalikeKind : std::uint8_t { none, blank, dash, quote, colon };

struct Lookalike {
  LookalikeKind kind = LookalikeKind::none;
  std::size_t length = 0;  // in bytes
  std::string_view name;   // "a no-break space (U+00A0)"; of a dash, quote or colon the character itself
};

// The lookalike that begins at this byte, if any.
Lookalike lookalike_at(std::string_view text, std::size_t at);

// The same text as it was probably meant: blank lookalikes trimmed, quotes around it taken off, and so is a comma or
// semicolon at its end. Equal to `text` if there is nothing to mend.
std::string without_lookalikes(std::string_view text);

}  // namespace scruple
