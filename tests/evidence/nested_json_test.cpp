#include "evidence/nested_json.h"

#include "catch.h"
#include "facts.h"

namespace scruple::evidence {
namespace {

Document read(const std::string& text, const std::string& name) {
  Diagnostics diagnostics;
  auto documents = read_documents(source_of(text, name), {}, diagnostics);
  REQUIRE(documents.size() == 1);
  return std::move(documents.front());
}

}  // namespace

TEST_CASE("JSON in a text has its places in the file around it") {
  struct Row {
    const char* name;
    std::string text;
    const char* place;
  };
  const Row rows[] = {
      {"a.json", R"({"x": "{\"a\": [1, {\"b\": 2}]}"})", "1:28"},
      {"a.json", "{\n\"x\": \"{\\\"\\u00e4\\\": 1, \\\"a\\\": [1, {\\\"b\\\": 2}]}\"}", "2:42"},
      {"a.yaml", "x: '{\"a\": [1, {\"b\": 2}]}'\n", "1:21"},
      {"a.yaml", "x: |\n  {\"a\": [1,\n  {\"b\": 2}]}\n", "3:9"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const Document outer = read(row.text, row.name);
    const auto inner = nested_json(outer, at(outer, "x"));
    REQUIRE(inner);
    CHECK(fact(**inner, "a[1].b") == "2");
    CHECK(place(**inner, "a[1].b") == row.place);
  }
}

TEST_CASE("a text that is no JSON") {
  for (const char* text : {"\"plain\"", "\"{\\\"a\\\": \"", "\"\"", "\"{} {}\""}) {
    INFO(text);
    const Document outer = read(concat("{\"x\": ", text, "}"), "a.json");
    const auto inner = nested_json(outer, at(outer, "x"));
    REQUIRE(!inner);
    CHECK(inner.problem().message == "A text in `a.json` cannot be read as JSON.");
    CHECK(inner.problem().location->line.empty());
  }
}

}  // namespace scruple::evidence
