// What is part of the program: the schemas, the four policy packs and the presets of tables, as constant tables that
// embed.cpp wrote when scruple was built. Nothing is read, parsed or allocated for them at start.
#pragma once

#include "policy/compiled_pack.h"
#include "policy/table_preset.h"
#include "schema/schema.h"

#include <span>
#include <string_view>

namespace scruple::builtin {

schema::Tables manifest_schema();
schema::Tables config_schema();
schema::Tables pack_schema();

std::span<const policy::PackTables* const> packs();

std::span<const policy::TablePreset> presets();

// The text of a schema's file: "manifest", "pack", "config", "report"; empty for another name.
std::string_view schema_text(std::string_view name);

}  // namespace scruple::builtin
