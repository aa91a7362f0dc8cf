// What packs are written in and checked against: the functions of expressions and the schemas of files; and how the
// tables of common tools are read.
#pragma once

#include "cel/function_registry.h"
#include "policy/table_preset.h"
#include "schema/schema.h"

#include <span>

namespace scruple::policy {

// Immutable once made; outlives all packs and views.
struct Language {
  cel::FunctionRegistry functions;
  schema::Schema manifest;  // root: a campaign or an organization file
  schema::Schema config;    // root: .scruple.yaml
  schema::Schema pack;      // root: pack.yaml or a single-file pack; see pack_reader.cpp for rule files
  std::span<const TablePreset> presets = {};
};

// The standard library of CEL and scruple's own functions, in a fixed order.
cel::FunctionRegistry make_functions();

}  // namespace scruple::policy
