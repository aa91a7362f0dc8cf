// Says in plain words why a text is not YAML. yaml-cpp's own messages name parser states.
#pragma once

#include "document/yaml_cursor.h"

#include <string_view>

namespace scruple {

// `message` is what yaml-cpp said, about the byte `at`; all before `read` was read well. `opened` is the bracket of
// the innermost list or map in brackets known to be open, or an empty span.
SyntaxError explain_yaml(std::string_view text, std::string_view message, std::uint32_t at, std::uint32_t read, Span opened);

// Something stands at `at` where nothing or something else should.
SyntaxError explain_unexpected(std::string_view text, std::uint32_t at);

// A tag that is none of the core schema's.
SyntaxError unsupported_tag(Span span, std::string_view tag);

}  // namespace scruple
