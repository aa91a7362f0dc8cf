// Turns a pack as written into a pack in use: names, functions, arities and placeholders are checked, expressions
// planned. Every problem is reported at its place inside the pack's YAML, all together.
#pragma once

#include "policy/compiled_pack.h"
#include "policy/language.h"
#include "policy/pack.h"

#include <memory>
#include <span>

namespace scruple::policy {

// `others` are packs whose references this one may cite. The result is null if there was a problem.
std::shared_ptr<const CompiledPack> compile_pack(const PolicyPack& pack, const Language& language,
                                                 std::span<const std::shared_ptr<const CompiledPack>> others,
                                                 Diagnostics& diagnostics);

// The ids that belong to scruple's own findings: no pack may be called so.
bool is_reserved_pack_id(std::string_view id);

}  // namespace scruple::policy
