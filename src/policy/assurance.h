// What the passes of a rule can rest on, told from its expressions alone.
#pragma once

#include "policy/compiled_pack.h"

#include "scruple/finding.h"

namespace scruple::policy {

// The most that a pass can rest on: of each requirement the highest that its parts can give, of these the lowest. A
// pass rests on less where a part was not evaluated.
Assurance best_assurance(const CompiledPack& pack, const CompiledRule& rule);

}  // namespace scruple::policy
