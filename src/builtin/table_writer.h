// Writes schemas and packs as C++ source: nested tables of constants.
#pragma once

#include "policy/compiled_pack.h"
#include "schema/schema.h"

#include <string>
#include <string_view>

namespace scruple::builtin {

// `name` is the function of builtin.h that returns the tables.
std::string write_schema(std::string_view name, const schema::Tables& tables);

// A variable `pack_N` of type PackTables, with all that it points to.
std::string write_pack(std::string_view name, const policy::PackTables& tables);

// A text as a C++ literal of type std::string_view.
std::string write_text(std::string_view text);

}  // namespace scruple::builtin
