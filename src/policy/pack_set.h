// The packs of a run, put together from those that there are and those that somebody names.
#pragma once

#include "policy/compiled_pack.h"
#include "policy/language.h"

#include "scruple/diagnostic.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {
class FileSystem;
}

namespace scruple::policy {

inline constexpr std::string_view built_in = "built-in";  // the origin of packs that are part of scruple

using Packs = std::vector<std::shared_ptr<const CompiledPack>>;

// Reads and compiles a pack; null, with the reasons, if it cannot be used. `known` are packs that it may refer to.
std::shared_ptr<const CompiledPack> load_pack(const std::string& path, const Packs& known, const Language& language,
                                              const FileSystem& files, Diagnostics& diagnostics);

// Puts a pack in the place of the built-in one of its id, or behind all others. False if another one that was read
// has its id already.
bool join_pack(Packs& packs, std::shared_ptr<const CompiledPack> pack);

// "two packs have the id `house`", at the path of the second.
Diagnostic same_pack_id(std::string_view id, const std::string& path);

}  // namespace scruple::policy
