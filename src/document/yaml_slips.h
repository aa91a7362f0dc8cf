// Slips that YAML reads as text, so that its parser gives up only further down: `status:built`, `-id: mail`, a dash or
// a blank of a word processor. They are looked for in the lines that lead to the place where the parser gave up.
#pragma once

#include "document/yaml_cursor.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace scruple {

// The first slip in the line of `at` before `at`, or in the lines above it that hold neither a key nor an item.
std::optional<SyntaxError> find_slip(std::string_view text, std::size_t at);

}  // namespace scruple
