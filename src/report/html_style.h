// The style sheet of the HTML report: light and dark, wide and narrow, screen and paper.
#pragma once

#include <string_view>

namespace scruple::report {

extern const std::string_view html_style;

}  // namespace scruple::report
