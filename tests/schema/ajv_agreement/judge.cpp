// Judges JSON documents, one a line, by a schema: prints for each the codes of what is wrong, or `valid`.
//
//   judge SCHEMA.json DOCUMENTS.jsonl
#include "schema/validator.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>

namespace {

using namespace scruple;

std::vector<Document> parse(std::string text) {
  Diagnostics diagnostics;
  auto documents = read_documents(std::make_shared<const Source>("document.json", std::move(text)), {}, diagnostics);
  return diagnostics.empty() ? std::move(documents) : std::vector<Document>{};
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  std::ifstream schema_file(arguments[1]);
  const auto schema_document = parse({std::istreambuf_iterator<char>(schema_file), {}});
  Diagnostics diagnostics;
  const auto owned = schema_document.size() == 1 ? schema::read_schema(schema_document[0], diagnostics) : std::nullopt;
  if (!owned) {
    for (const Diagnostic& diagnostic : diagnostics) std::cerr << arguments[1] << ": " << diagnostic.message << '\n';
    return 2;
  }
  const schema::Schema schema = owned->schema();
  std::ifstream documents(arguments[2]);
  for (std::string line; std::getline(documents, line);) {
    const auto document = parse(line);
    std::string codes = document.empty() ? "syntax" : "";
    if (!document.empty()) {
      for (const auto& violation : schema::validate(document[0], document[0].root(), schema, schema.root()))
        codes += (codes.empty() ? "" : " ") + violation.code;
    }
    std::cout << (codes.empty() ? "valid" : codes) << '\n';
  }
}
