// Says in plain words why a text is not YAML. yaml-cpp's own messages name parser states; these name what a person
// sees and can change.
#pragma once

#include "document/yaml_cursor.h"

#include <optional>
#include <string_view>

namespace scruple {

// `message` is what yaml-cpp said, about the byte `at`; all before `read` was read well.
SyntaxError explain_yaml(std::string_view text, std::string_view message, std::uint32_t at, std::uint32_t read);

// Something stands at `at` where nothing or something else should.
SyntaxError explain_unexpected(std::string_view text, std::uint32_t at);

// A key without its `:`.
SyntaxError missing_colon(std::string_view text, Span key);

// A tag that is none of the core schema's.
SyntaxError unsupported_tag(Span span);

// The first quoted text after `from` that is malformed, else the innermost bracket that is not closed, if any.
std::optional<SyntaxError> find_unclosed(std::string_view text, std::uint32_t from);

}  // namespace scruple
