// Values and their kinds in words.
#pragma once

#include "cel/evaluation.h"
#include "cel/value.h"

#include <string>
#include <string_view>

namespace scruple::cel {

// "a whole number", "text", "a list"; the type name of an opaque object.
std::string_view kind_name(const Value& value);

// How a value is written in CEL: `"text"`, `[1, 2]`, `timestamp("…")`; midnight in UTC is shown as its date alone.
// At most about `limit` characters.
std::string to_display(const Value& value, Evaluation& evaluation, std::size_t limit = 200);

// The value of `type(x)`.
Value type_of(const Value& value);

}  // namespace scruple::cel
