// Says in plain words why a JSON text is not JSON. nlohmann's own messages name parser states; these name what a
// person sees and can change.
#pragma once

#include "scruple/source.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace scruple {

// Where a reader of JSON stood when it failed: all before `at` was read well.
struct JsonState {
  enum class Expects : std::uint8_t { value, first_item, first_key, colon, next_item, next_key, nothing };
  Expects expects = Expects::value;
  std::uint32_t at = 0;
  Span opened;  // the bracket that opened the innermost list or map
};

struct JsonProblem {
  Span span;
  std::string message;
  std::string hint;
};

JsonProblem explain_json(std::string_view text, const JsonState& state);

}  // namespace scruple
