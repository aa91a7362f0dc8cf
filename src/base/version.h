#pragma once

#include <string_view>

namespace scruple {

// Of this build: the project's version in CMakeLists.txt.
inline constexpr std::string_view version = SCRUPLE_VERSION;

}  // namespace scruple
