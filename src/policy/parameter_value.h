// Values of parameters, as a pack, a test or settings give them.
#pragma once

#include "policy/compiled_pack.h"

#include "scruple/document.h"

#include <string>

namespace scruple::policy {

enum class ParameterFit { fits, wrong_kind, out_of_bounds };

// Gives a parameter the value of a node. What it points to is kept in the storage.
ParameterFit set_value(Parameter& parameter, const Document& document, NodeId node, TableStorage& storage);

// "a whole number from 1 to 30": completes "… is expected".
std::string expected_value(const Parameter& parameter);

// Its value as it is written: `30`, `"x"`, `[generated]`.
std::string value_text(const Parameter& parameter);

}  // namespace scruple::policy
