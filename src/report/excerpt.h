// The source line of a location, made safe to show, in three parts: before the place, the place, after it.
#pragma once

#include "scruple/source.h"

#include <cstddef>
#include <optional>
#include <string>

namespace scruple::report {

// Tabs are blanks; control characters and malformed bytes are visible escapes; an ellipsis says that something was
// cut. The parts are not escaped for HTML.
struct ExcerptLine {
  std::string before;
  std::string marked;  // empty if the place is empty, such as the end of a line
  std::string after;
};

// At most `width` columns around the place. Nothing if the line must not be shown.
std::optional<ExcerptLine> excerpt_line(const Location& location, std::size_t width);

}  // namespace scruple::report
