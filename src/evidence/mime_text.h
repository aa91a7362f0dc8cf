// How mail writes text: transfer encodings (RFC 2045), encoded words in headers (RFC 2047), and charsets.
#pragma once

#include "evidence/byte_map.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scruple::evidence {

struct MimeText {
  std::string text;
  ByteMap map;  // to the bytes that were given; their first is at `base`
};

// Undoes "quoted-printable" and "base64"; any other encoding leaves the bytes as they are. Never fails: what is not of
// the encoding is passed through (quoted-printable) or passed over (base64), as mail programs do.
MimeText decode_transfer(std::string_view bytes, std::uint32_t base, std::string_view encoding);

// Bytes in a charset as UTF-8 with LF line breaks. Nothing if the charset is not known: only those that mail is
// written in are tried, since names and conversions of rare ones are a way to attack the C library.
std::optional<MimeText> decode_charset(std::string_view bytes, std::string_view charset);

// A header's value, unfolded, its encoded words decoded.
std::string decode_header(std::string_view value);

}  // namespace scruple::evidence
