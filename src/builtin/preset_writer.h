// Reads rules/presets and writes them as C++ source: the function `presets` of builtin.h.
#pragma once

#include "base/file_system.h"
#include "schema/schema.h"

#include "scruple/diagnostic.h"

#include <string>

namespace scruple::builtin {

// `pack` has the form of a preset; `manifest` lists their ids, and a difference is a diagnostic.
std::string write_presets(const std::string& folder, const FileSystem& files, const schema::Schema& pack,
                          const schema::Schema& manifest, Diagnostics& diagnostics);

}  // namespace scruple::builtin
