#include "policy/pack_set.h"

#include "base/file_system.h"
#include "base/strings.h"
#include "policy/pack.h"
#include "policy/rule_compiler.h"

#include <algorithm>
#include <utility>

namespace scruple::policy {

std::shared_ptr<const CompiledPack> load_pack(const std::string& path, const Packs& known, const Language& language,
                                              const FileSystem& files, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  const auto written = read_pack(path, language.pack, files, diagnostics);
  if (!written || diagnostics.size() != before) return nullptr;
  return compile_pack(*written, language, known, diagnostics);
}

bool join_pack(Packs& packs, std::shared_ptr<const CompiledPack> pack) {
  const auto id = pack->tables().id;
  const auto same = std::ranges::find_if(packs, [&](const auto& other) { return other->tables().id == id; });
  if (same == packs.end()) {
    packs.push_back(std::move(pack));
    return true;
  }
  if ((*same)->origin() != built_in) return false;
  *same = std::move(pack);
  return true;
}

Diagnostic same_pack_id(std::string_view id, const std::string& path) {
  Diagnostic diagnostic;
  diagnostic.code = "pack/id";
  diagnostic.message = concat("two packs have the id `", id, "`");
  diagnostic.hint = "give each pack an id of its own";
  diagnostic.location.file = path;
  return diagnostic;
}

}  // namespace scruple::policy
