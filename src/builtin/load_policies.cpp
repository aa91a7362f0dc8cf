#include "base/file_system.h"
#include "builtin/builtin.h"
#include "policy/language.h"
#include "policy/pack_set.h"

#include "scruple/policy.h"

#include <utility>

namespace scruple {

PolicySet load_policies(const std::vector<std::string>& paths, const FileSystem& files, Diagnostics& diagnostics) {
  auto language = std::make_shared<const policy::Language>(policy::Language{
      policy::make_functions(), schema::Schema(builtin::manifest_schema()), schema::Schema(builtin::config_schema()),
      schema::Schema(builtin::pack_schema()), builtin::presets()});
  policy::Packs packs;
  for (const policy::PackTables* tables : builtin::packs()) {
    packs.push_back(
        std::make_shared<const policy::CompiledPack>(*tables, language->functions, std::string(policy::built_in)));
  }
  const policy::Packs known = packs;
  for (const std::string& path : paths) {
    const auto pack = policy::load_pack(path, known, *language, files, diagnostics);
    if (pack != nullptr && !policy::join_pack(packs, pack))
      diagnostics.push_back(policy::same_pack_id(pack->tables().id, path));
  }
  return {std::move(language), std::move(packs)};
}

PolicySet load_policies(const std::vector<std::string>& paths, Diagnostics& diagnostics) {
  return load_policies(paths, *make_native_file_system(), diagnostics);
}

}  // namespace scruple
