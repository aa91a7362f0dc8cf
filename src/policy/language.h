// What packs are written in and checked against: the functions of expressions and the schemas of files.
#pragma once

#include "cel/function_registry.h"
#include "schema/schema.h"

namespace scruple::policy {

// Immutable once made; outlives all packs and views.
struct Language {
  cel::FunctionRegistry functions;
  schema::Schema manifest;  // root: a campaign or an organization file
  schema::Schema config;    // root: .scruple.yaml
  schema::Schema pack;      // root: pack.yaml or a single-file pack; see pack_reader.cpp for rule files
};

// The standard library of CEL and scruple's own functions, in a fixed order.
cel::FunctionRegistry make_functions();

}  // namespace scruple::policy
