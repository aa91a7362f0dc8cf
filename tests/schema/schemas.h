// What the tests of this library share: documents from text, and the schemas of the product.
#pragma once

#include "catch.h"
#include "schema/schema.h"

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

namespace scruple::schema {

inline Document yaml(std::string text, const std::string& name = "campaign.yaml") {
  Diagnostics diagnostics;
  auto documents = read_documents(std::make_shared<const Source>(name, std::move(text)), {}, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) FAIL(diagnostic.message);
  REQUIRE(documents.size() == 1);
  return std::move(documents[0]);
}

inline Document json(std::string text) { return yaml(std::move(text), "campaign.json"); }

inline OwnedSchema schema_of(std::string text) {
  Diagnostics diagnostics;
  auto schema = read_schema(json(std::move(text)), diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) FAIL(diagnostic.message);
  REQUIRE(schema.has_value());
  return std::move(*schema);
}

// One of rules/schema: "manifest", "pack".
inline const OwnedSchema& product_schema(const std::string& name) {
  static const auto read = [](const std::string& which) {
    std::ifstream file(std::string(SCRUPLE_SOURCE_DIR) + "/rules/schema/" + which + ".schema.json");
    return schema_of({std::istreambuf_iterator<char>(file), {}});
  };
  static const OwnedSchema manifest = read("manifest");
  static const OwnedSchema pack = read("pack");
  return name == "manifest" ? manifest : pack;
}

}  // namespace scruple::schema
