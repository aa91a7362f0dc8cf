// Values in a line of words, as arguments and traces show them.
#pragma once

#include "cel/cel.h"
#include "policy/context.h"

#include <string>

namespace scruple::linting {

// Short: a long text is cut and its words are counted, items of a manifest or of evidence are named by their places.
// What must not be shown is told by its kind and place.
std::string value_text(const cel::Value& value, const policy::Context& context, cel::Evaluation& evaluation);

}  // namespace scruple::linting
