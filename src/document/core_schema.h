// The YAML 1.2 core schema: what a scalar written without quotes means. `no`, `on`, `1_000` and dates are text.
#pragma once

#include "scruple/document.h"

#include <string_view>

namespace scruple {

enum class Resolution : std::uint8_t { done, integer_overflow, real_overflow };

// Sets kind and value of a node from its text.
Resolution resolve_plain(std::string_view text, Node& node);

}  // namespace scruple
