// `fairness.*`: the statistics of src/fairness for rules. Each comparison is a typed record whose figures appear, by
// their names, in the argument of a finding.
#pragma once

#include "cel/function_registry.h"
#include "cel/type.h"

namespace scruple::policy {

void add_fairness_functions(cel::FunctionRegistry& registry);
void add_fairness_records(cel::Records& records);

// What the names of these records begin with.
inline constexpr std::string_view fairness_record_prefix = "fairness_";

}  // namespace scruple::policy
