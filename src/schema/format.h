// The formats that texts can have, and what was probably meant by a text that does not have its format.
#pragma once

#include "schema/schema.h"

#include <optional>
#include <string>
#include <string_view>

namespace scruple::schema {

struct FormatProblem {
  std::string reason;       // "February 2026 has 28 days", "it is no country code"
  std::string replacement;  // what to write instead, if that is clear
  std::string advice;       // if it is not: a clause such as "write `2026-03-01` for 1 March 2026, or …"
};

// Nothing is wrong with ids and paths: whether there is such a person or file is not a matter of form.
std::optional<FormatProblem> check_format(Format format, std::string_view text);

// "a date such as `2026-03-01`": completes "… is expected".
std::string_view expected(Format format);

}  // namespace scruple::schema
