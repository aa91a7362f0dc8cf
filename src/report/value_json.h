// A value of an expression as JSON.
#pragma once

#include "cel/cel.h"

#include <functional>
#include <string>

namespace scruple::report {

// Two blanks of indentation. `show` writes what JSON has no form for: dates, paths, durations, sensitive values.
std::string value_json(const cel::Value& value, cel::Evaluation& evaluation,
                       const std::function<std::string(const cel::Value&)>& show);

}  // namespace scruple::report
