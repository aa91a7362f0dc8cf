// The functions text.* of rules: phrases of word lists, sections and statements of documents, personal data, wording.
// docs/cel.md says what each gives.
#pragma once

#include "cel/function_registry.h"

namespace scruple::policy {

void register_text_functions(cel::FunctionRegistry& registry);

}  // namespace scruple::policy
