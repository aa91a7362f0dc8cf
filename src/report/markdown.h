// Text as Markdown shows it, letter by letter: nothing in it is a link, a mention, markup or HTML.
#pragma once

#include <string>
#include <string_view>

namespace scruple::report {

// On one line, and safe in a table.
std::string escape_markdown(std::string_view text);

}  // namespace scruple::report
