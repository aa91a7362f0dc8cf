// Runs while scruple is built: checks the built-in packs and writes them, the presets and the schemas, as C++ tables.
//
//   scruple_embed RULES OUT PACK…    RULES holds schema/, presets/ and a folder for each PACK; OUT is where to write
//
// A pack with a problem stops the build, with its position.
#include "base/file_system.h"
#include "base/strings.h"
#include "builtin/preset_writer.h"
#include "builtin/table_writer.h"
#include "policy/language.h"
#include "policy/rule_compiler.h"

#include <iostream>
#include <string>
#include <vector>

namespace {

using namespace scruple;

constexpr std::uint64_t file_limit = 16u << 20;
constexpr std::string_view header = "// Written by scruple_embed from rules/. Do not edit.\n";

bool print(const Diagnostics& diagnostics) {
  for (const auto& diagnostic : diagnostics) {
    std::cerr << diagnostic.location.file << ':' << diagnostic.location.begin.line << ':'
              << diagnostic.location.begin.column << ": error: " << diagnostic.message;
    if (!diagnostic.hint.empty()) std::cerr << " (" << diagnostic.hint << ')';
    std::cerr << '\n';
  }
  return diagnostics.empty();
}

std::optional<schema::OwnedSchema> read_schema_file(const FileSystem& files, const std::string& path, std::string& text,
                                                    Diagnostics& diagnostics) {
  FileContents contents = files.read(path, file_limit);
  text = contents.bytes;
  const auto document =
      read_json(std::make_shared<const Source>(path, std::move(contents.bytes)), DocumentLimits{}, diagnostics);
  return document ? schema::read_schema(*document, diagnostics) : std::nullopt;
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 3) {
    std::cerr << "usage: scruple_embed RULES OUT PACK...\n";
    return 2;
  }
  const std::string& rules = arguments[0];
  const std::string& out = arguments[1];
  const auto files = make_native_file_system();
  Diagnostics diagnostics;
  std::string manifest_text;
  std::string pack_text;
  const auto manifest =
      read_schema_file(*files, path::join(rules, "schema/manifest.schema.json"), manifest_text, diagnostics);
  const auto pack_schema =
      read_schema_file(*files, path::join(rules, "schema/pack.schema.json"), pack_text, diagnostics);
  std::string config_text;
  const auto config =
      read_schema_file(*files, path::join(rules, "schema/config.schema.json"), config_text, diagnostics);
  const std::string report_text = files->read(path::join(rules, "schema/report.schema.json"), file_limit).bytes;
  if (!print(diagnostics) || !manifest || !pack_schema || !config) return 1;

  std::string schemas = concat(header,
                               "#include \"builtin/builtin.h\"\n\nnamespace scruple::builtin {\n\nusing namespace "
                               "std::string_view_literals;\nusing namespace scruple::schema;\n\n");
  schemas += builtin::write_schema("manifest_schema", manifest->schema().tables());
  schemas += builtin::write_schema("config_schema", config->schema().tables());
  schemas += builtin::write_schema("pack_schema", pack_schema->schema().tables());
  schemas += "std::string_view schema_text(std::string_view name) {\n";
  const std::pair<std::string_view, const std::string*> texts[] = {
      {"manifest", &manifest_text}, {"pack", &pack_text}, {"config", &config_text}, {"report", &report_text}};
  for (const auto& [name, text] : texts) {
    schemas += concat("  if (name == \"", name, "\") return ", builtin::write_text(*text), ";\n");
  }
  schemas += "  return {};\n}\n\n}  // namespace scruple::builtin\n";

  const policy::Language language{policy::make_functions(), manifest->schema(), config->schema(),
                                  pack_schema->schema()};
  std::vector<std::shared_ptr<const policy::CompiledPack>> packs;
  std::string tables = concat(header,
                              "#include \"builtin/builtin.h\"\n\nnamespace scruple::builtin {\n\nusing namespace "
                              "std::string_view_literals;\nusing namespace scruple::policy;\n\nnamespace {\n\n");
  std::string list;
  for (std::size_t i = 2; i < arguments.size(); ++i) {
    const auto written = policy::read_pack(path::join(rules, arguments[i]), language.pack, *files, diagnostics);
    const auto pack =
        written && diagnostics.empty() ? policy::compile_pack(*written, language, packs, diagnostics) : nullptr;
    if (pack == nullptr) continue;
    packs.push_back(pack);
    const std::string name = concat("pack_", i - 1);
    tables += builtin::write_pack(name, pack->tables());
    list += concat(list.empty() ? "&" : ", &", name);
  }
  const std::string presets = builtin::write_presets(path::join(rules, "presets"), *files, pack_schema->schema(),
                                                     manifest->schema(), diagnostics);
  if (!print(diagnostics)) return 1;
  tables += concat("\nconstexpr const PackTables* all[] = {", list,
                   "};\n\n}  // namespace\n\nstd::span<const PackTables* const> packs() { return all; }\n\n", presets,
                   "\n}  // namespace scruple::builtin\n");
  if (!files->write(path::join(out, "schemas.cpp"), schemas) || !files->write(path::join(out, "packs.cpp"), tables)) {
    std::cerr << "scruple_embed: cannot write to " << out << '\n';
    return 1;
  }
  return 0;
}

}  // namespace

int main(int argc, char* argv[]) { return run({argv + 1, argv + argc}); }
