#include "document/text_check.h"

#include "base/strings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>

namespace scruple {
namespace {

std::string hex(unsigned value, unsigned digits) {
  std::string out(digits, '0');
  for (unsigned i = digits; i-- > 0; value >>= 4) out[i] = "0123456789ABCDEF"[value & 15];
  return out;
}

// Bytes that can begin a character that YAML forbids, or that is a line break only to old systems.
constexpr auto suspects = [] {
  std::array<bool, 256> table{};
  for (unsigned byte = 0; byte < 0x20; ++byte) table[byte] = true;
  table['\t'] = table['\n'] = false;
  table[0x7F] = table[0xC2] = table[0xEF] = true;
  return table;
}();

// The code point that stands at `at` if it may not stand in a YAML file, else 0; NUL is found before.
unsigned forbidden(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t offset) {
    return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0u;
  };
  switch (byte(0)) {
    case '\r': return byte(1) == '\n' ? 0 : '\r';
    case 0xC2: return byte(1) < 0xA0 && byte(1) != 0x85 ? byte(1) : 0;
    case 0xEF: return byte(1) == 0xBF && byte(2) >= 0xBE ? 0xFFC0 | (byte(2) & 0x3F) : 0;
    default: return byte(0);
  }
}

// Eight bytes at a time: most files are plain ASCII.
bool is_ascii(std::string_view text) {
  constexpr std::size_t width = sizeof(std::uint64_t);
  constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080u;
  std::uint64_t seen = 0;
  std::size_t at = 0;
  for (; at + width <= text.size(); at += width) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, width);
    seen |= word;
  }
  for (; at < text.size(); ++at) seen |= static_cast<unsigned char>(text[at]);
  return (seen & high_bits) == 0;
}

bool check_control_characters(DocumentBuilder& builder, std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!suspects[static_cast<unsigned char>(text[at])]) continue;
    const unsigned code_point = forbidden(text, at);
    if (code_point == 0) continue;
    const auto place = static_cast<std::uint32_t>(at);
    if (code_point == '\r') {
      builder.report({place, place + 1}, "Here stands a line break of old Mac systems (a carriage return on its own).",
                     "Save the file with line endings of Windows or Unix.");
    } else {
      builder.report(
          {place, place + 1},
          concat("Here stands an invisible control character (U+", hex(code_point, 4), "), which YAML forbids."),
          "Delete it; often it came in by copying from another program.");
    }
    return false;
  }
  return true;
}

// How many tokens a byte stands for at most; a word begins after white space.
constexpr auto token_weights = [] {
  std::array<unsigned char, 256> table{};
  table['['] = table['{'] = 3;  // each may begin a key
  table[']'] = table['}'] = table[','] = table['"'] = table['\''] = 1;
  return table;
}();

}  // namespace

std::uint32_t byte_order_mark(std::string_view text) { return text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

bool check_text(DocumentBuilder& builder, ControlCharacters control_characters) {
  const std::string_view text = builder.source().text();
  // Parsers count in `int`.
  const std::size_t limit = std::min<std::size_t>(builder.limits().bytes, std::numeric_limits<int>::max() - 16);
  if (text.size() > limit) {
    builder.report({0, 0}, concat("This file has ", text.size(), " bytes; at most ", limit, " are read."));
    return false;
  }
  const bool wide = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
                    (text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0'));
  if (wide) {
    builder.report({0, 0}, "This file is saved as UTF-16.",
                   "Save it as UTF-8; most editors ask for the encoding under \"Save as\".");
    return false;
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(nul);
    builder.report({at, at + 1}, "Here stands a NUL byte. This seems to be no text file.");
    return false;
  }
  const std::size_t bad = is_ascii(text) ? std::string_view::npos : find_invalid_utf8(text);
  if (bad != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(bad);
    builder.report({at, at + 1},
                   concat("This file is not valid UTF-8: byte 0x", hex(static_cast<unsigned char>(text[bad]), 2),
                          " is no character here."),
                   "Save the file as UTF-8; most editors ask for the encoding under \"Save as\".");
    return false;
  }
  return control_characters == ControlCharacters::allow || check_control_characters(builder, text);
}

bool check_token_count(DocumentBuilder& builder) {
  const std::string_view text = builder.source().text();
  const std::size_t limit = 3 * builder.limits().nodes;
  if (text.size() <= limit / 3) return true;
  std::size_t count = 0;
  bool space = true;
  for (const char c : text) {
    const bool now = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    count += token_weights[static_cast<unsigned char>(c)] + (space && !now ? 1u : 0u);
    space = now;
  }
  if (count <= limit) return true;
  builder.report({0, 0}, concat("This file holds more than ", builder.limits().nodes, " values."));
  return false;
}

}  // namespace scruple
