// The text by which values of `enum` and `const` are compared.
#pragma once

#include "scruple/document.h"

#include <string>

namespace scruple::schema {

// One text for each value, however it is written: `1`, `1.0` and `1e0` are one number. Values of different kinds may
// share one.
std::string canonical_text(const Node& node);

}  // namespace scruple::schema
