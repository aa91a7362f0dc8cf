// Texts of findings as HTML.
#pragma once

#include "scruple/linter.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace scruple::report {

// Escaped, on one line; what stands between backticks is code.
std::string html_prose(std::string_view text);

// Escaped, in the type of code.
std::string html_code(std::string_view text);

// `<a class="…" href="…">text</a>` for an address of the web; the text alone for anything else.
std::string html_link(std::string_view address, std::string_view text);

// The name by which other parts of the page lead to a finding: its number in the report.
std::string anchor(std::size_t finding);

// The title of a rule for people; its id if it has none.
std::string title_of(const RuleInfo& rule);

}  // namespace scruple::report
