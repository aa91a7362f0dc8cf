// Shell-like patterns: `*` matches within a path component, `**` across them, `?` one character.
#pragma once

#include <string_view>

namespace scruple {

bool glob_match(std::string_view pattern, std::string_view text);

}  // namespace scruple
