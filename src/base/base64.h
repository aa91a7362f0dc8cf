// base64: RFC 4648, standard alphabet.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace scruple {

std::string base64_encode(std::string_view bytes);

// Padding may be left out; nothing if the text holds anything else, white space included.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace scruple
