// Says in plain words why a text is not YAML. A parser's own messages name its states; these name what a person sees
// and can change.
#pragma once

#include "document/yaml_cursor.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace scruple {

// What the parser can object to.
enum class YamlComplaint : std::uint8_t {
  in_quotes,        // an escape, or a quote that is never closed
  tab,              // as indentation
  map_value,        // a `:` where no key ends
  map_key,          // a `? ` where no key can stand
  list_item,        // a `- ` where no item can stand
  block_end,        // something else where a key or a dash should stand
  flow_end,         // something else where a comma or a closing bracket should stand
  bracket,          // a closing bracket of the wrong kind, or without an opening one
  first_character,  // no value can begin so
  unknown_alias,
  alias_name,
  anchor_name,
  two_anchors,
  two_tags,
  tag,
  block_header,  // what follows `|` or `>`
  version,       // of `%YAML`
  two_versions,
  tag_directive,
  other,
};

// The parser objects to the byte `at`; all before `read` was read well.
SyntaxError explain_yaml(std::string_view text, YamlComplaint complaint, std::uint32_t at, std::uint32_t read);

// Something stands at `at` where nothing or something else should.
SyntaxError explain_unexpected(std::string_view text, std::uint32_t at);

// A key without its `:`.
SyntaxError missing_colon(std::string_view text, Span key);

// A tag that is none of the core schema's.
SyntaxError unsupported_tag(Span span);

// The first quoted text after `from` that is malformed, else the innermost bracket that is not closed, if any.
std::optional<SyntaxError> find_unclosed(std::string_view text, std::uint32_t from);

}  // namespace scruple
