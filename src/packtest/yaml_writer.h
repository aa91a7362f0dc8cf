// A manifest as a person would write it, for examples: YAML in block style.
#pragma once

#include "packtest/manifest_editor.h"

#include <string>

namespace scruple::packtest {

// Mappings and lists of items on lines of their own, lists of plain values in brackets; a text is quoted where YAML
// might read it as something else.
std::string to_yaml(const Json& value);

}  // namespace scruple::packtest
