// The findings that scruple makes itself, about the form of a manifest: `manifest/…`.
#pragma once

#include "report/page.h"

#include <span>
#include <string_view>

namespace scruple::report {

struct OwnFinding {
  std::string_view id;
  std::string_view title;    // what has to be true
  std::string_view meaning;  // what it means that it is not
  std::string_view remedy;
};

std::span<const OwnFinding> own_findings();

Page make_own_page(const OwnFinding& finding);

}  // namespace scruple::report
