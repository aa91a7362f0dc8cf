// A problem found while compiling a text.
#pragma once

#include "scruple/source.h"

#include <cstdint>
#include <string>

namespace scruple::cel {

// `span` is bytes of the text that `source` stands for: the expression (what compile() was given, 0 unless told) or
// a definition's body (its Definition::source).
struct Issue {
  std::uint32_t source = 0;
  Span span;
  std::string message;
  std::string hint;
};

}  // namespace scruple::cel
