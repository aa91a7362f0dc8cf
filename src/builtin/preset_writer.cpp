#include "builtin/preset_writer.h"

#include "base/strings.h"
#include "builtin/table_writer.h"
#include "schema/validator.h"

#include "scruple/document.h"

#include <algorithm>
#include <vector>

namespace scruple::builtin {

namespace {

constexpr std::uint64_t file_limit = 1u << 20;

// The ids of presets that a manifest may name.
std::vector<std::string_view> listed_in(const schema::Schema& manifest) {
  const schema::TypeId mapping = manifest.alternative(manifest.definition("table"), NodeKind::map);
  const auto* preset = mapping == schema::no_type ? nullptr : manifest.property(mapping, "preset");
  if (preset == nullptr) return {};
  const auto values = manifest.values(preset->type);
  return {values.begin(), values.end()};
}

std::string array(const std::string& type, const std::string& name, const std::vector<std::string>& items) {
  if (items.empty()) return {};
  return concat("constexpr ", type, " ", name, "[] = {", join(items, ", "), "};\n");
}

}  // namespace

std::string write_presets(const std::string& folder, const FileSystem& files, const schema::Schema& pack,
                          const schema::Schema& manifest, Diagnostics& diagnostics) {
  std::string tables;
  std::vector<std::string> presets;
  std::vector<std::string> ids;
  for (const auto& entry : files.list(folder)) {
    if (!entry.is_regular || !entry.name.ends_with(".yaml")) continue;
    const std::string name = path::join(folder, entry.name);
    const auto source = std::make_shared<const Source>(name, files.read(name, file_limit).bytes);
    const auto documents = read_documents(source, DocumentLimits{}, diagnostics);
    if (documents.empty()) continue;
    const Document& document = documents.front();
    const auto problems = schema::validate(document, document.root(), pack, pack.definition("preset"));
    for (const auto& problem : problems)
      diagnostics.push_back(
          {Severity::error, "pack/preset", problem.message, problem.hint, locate(*source, problem.span)});
    if (!problems.empty()) continue;
    ids.push_back(entry.name.substr(0, entry.name.rfind('.')));
    const std::string variable = concat("preset_", ids.size());
    const auto text = [&](NodeId node) { return write_text(document.node(node).text); };
    std::vector<std::string> columns;
    for (const Member& column : document.members(document.find(document.root(), "columns")->value))
      columns.push_back(concat("{", write_text(column.key), ", ", text(column.value), "}"));
    std::vector<std::string> values;
    if (const Member* all = document.find(document.root(), "values"); all != nullptr) {
      for (const Member& column : document.members(all->value)) {
        for (const Member& value : document.members(column.value)) {
          values.push_back(
              concat("{", write_text(column.key), ", ", write_text(value.key), ", ", text(value.value), "}"));
        }
      }
    }
    tables += array("TablePreset::Column", variable + "_columns", columns);
    tables += array("TablePreset::Value", variable + "_values", values);
    presets.push_back(concat("{", write_text(ids.back()), ", ", columns.empty() ? "{}" : variable + "_columns", ", ",
                             values.empty() ? "{}" : variable + "_values", "}"));
  }
  if (!std::ranges::equal(ids, listed_in(manifest))) {
    Location location;
    location.file = folder;
    diagnostics.push_back({Severity::error, "pack/preset",
                           concat("the schema of manifests has to list just these presets: ", join(ids, ", ")), "",
                           location});
  }
  tables += array("TablePreset", "all_presets", presets);
  return concat("namespace {\n", tables, "}  // namespace\n\nstd::span<const policy::TablePreset> presets() { return ",
                presets.empty() ? "{}" : "all_presets", "; }\n");
}

}  // namespace scruple::builtin
