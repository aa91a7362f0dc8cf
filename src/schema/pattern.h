// The few forms of regular expression that the schemas use: `^`, then letters or classes in brackets, each with `+`,
// `*`, `?`, `{n}` or nothing after it, then `$`. A repeated part takes all it can and gives nothing back, so that
// matching takes linear time.
#pragma once

#include <string_view>

namespace scruple::schema {

bool is_pattern(std::string_view pattern);
bool matches_pattern(std::string_view pattern, std::string_view text);

}  // namespace scruple::schema
