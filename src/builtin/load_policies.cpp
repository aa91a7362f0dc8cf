#include "base/file_system.h"
#include "base/strings.h"
#include "builtin/builtin.h"
#include "policy/language.h"
#include "policy/rule_compiler.h"

#include "scruple/policy.h"

#include <algorithm>

namespace scruple {

PolicySet load_policies(const std::vector<std::string>& paths, const FileSystem& files, Diagnostics& diagnostics) {
  auto language = std::make_shared<const policy::Language>(policy::Language{
      policy::make_functions(), schema::Schema(builtin::manifest_schema()), schema::Schema(builtin::pack_schema())});
  std::vector<std::shared_ptr<const policy::CompiledPack>> packs;
  for (const policy::PackTables* tables : builtin::packs()) {
    packs.push_back(std::make_shared<const policy::CompiledPack>(*tables, language->functions, "built-in"));
  }
  const std::vector<std::shared_ptr<const policy::CompiledPack>> known = packs;
  std::vector<std::string_view> given;
  for (const std::string& path : paths) {
    const std::size_t before = diagnostics.size();
    const auto written = policy::read_pack(path, language->pack, files, diagnostics);
    if (!written || diagnostics.size() != before) continue;
    const auto pack = policy::compile_pack(*written, *language, known, diagnostics);
    if (pack == nullptr) continue;
    const auto id = pack->tables().id;
    if (std::ranges::find(given, id) != given.end()) {
      Diagnostic diagnostic;
      diagnostic.code = "pack/id";
      diagnostic.message = concat("two packs have the id `", id, "`");
      diagnostic.hint = "give each pack an id of its own";
      diagnostic.location.file = path;
      diagnostics.push_back(std::move(diagnostic));
      continue;
    }
    given.push_back(id);
    const auto same = std::ranges::find_if(packs, [&](const auto& other) { return other->tables().id == id; });
    if (same != packs.end()) {
      *same = pack;
    } else {
      packs.push_back(pack);
    }
  }
  return {std::move(language), std::move(packs)};
}

PolicySet load_policies(const std::vector<std::string>& paths, Diagnostics& diagnostics) {
  return load_policies(paths, *make_native_file_system(), diagnostics);
}

}  // namespace scruple
