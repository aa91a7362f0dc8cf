// Where a YAML scalar ends.
//
// yaml-cpp tells where a scalar starts, no more. The rest is found by reading its text once more by the rules of
// YAML 1.2 (chapters 7.3 and 8.1).
#pragma once

#include "scruple/document.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace scruple {

// What surrounds a scalar and decides where it ends.
struct ScalarContext {
  int indent = -1;    // the column of the innermost enclosing block list or map, -1 for none
  bool flow = false;  // inside `[…]` or `{…}`
};

struct ScalarExtent {
  ScalarStyle style = ScalarStyle::plain;
  Span span;                     // with quotes; of a block scalar from its `|` or `>` to its last character
  std::uint32_t resume = 0;      // where reading goes on; after a block scalar the begin of a line
  std::uint32_t line_begin = 0;  // begin of the line on which `resume` stands
  bool multiline = false;
  std::uint32_t content_column = 0;  // block scalars: where their lines begin
  Span comment;                      // the comment after a block scalar's `|`; empty if there is none

  // If the scalar is malformed: what is wrong, where. Empty if it is well-formed.
  std::string problem;
  std::string hint;
  Span problem_span;
};

// `begin` is the first character of the scalar, which stands on the line that begins at `line_begin`. The span is
// empty if no scalar can begin there.
ScalarExtent find_extent(std::string_view text, std::uint32_t begin, std::uint32_t line_begin,
                         const ScalarContext& context);

}  // namespace scruple
