// Text escaped for XML and HTML, as content and as the value of an attribute in double quotes.
#pragma once

#include <string>
#include <string_view>

namespace scruple::report {

// What neither may hold (control characters, malformed bytes) and what would mislead (bidirectional controls) becomes a
// visible escape; so do line breaks and tabs.
std::string escape_markup(std::string_view text);

// The same for text of several lines, whose line breaks stay.
std::string escape_markup_lines(std::string_view text);

}  // namespace scruple::report
