#include "scruple/document.h"

#include "catch.h"
#include "dump.h"

#include <memory>
#include <type_traits>
#include <utility>

namespace scruple {
namespace {

TEST_CASE("An empty document is null") {
  const Document document(std::make_shared<Source>("a.yaml", "text"));
  CHECK(document.node(document.root()).kind == NodeKind::null);
  CHECK(document.members(document.root()).empty());
  CHECK(document.find(document.root(), "a") == nullptr);
}

TEST_CASE("A document keeps its texts when it is moved") {
  Diagnostics diagnostics;
  auto documents = read_yaml(std::make_shared<Source>("a.yaml", "\"\\x41\": \"\\x42\"\n---\nx\n"), {}, diagnostics);
  REQUIRE(documents.size() == 2);
  const Document moved = std::move(documents.front());
  documents.clear();
  CHECK(dump(moved) == "{A: 'B'}");
  STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<Document>);
}

TEST_CASE("A member is found by its key") {
  Diagnostics diagnostics;
  const auto document = read_json(std::make_shared<Source>("a.json", R"({"a": 1, "b": [2]})"), {}, diagnostics);
  REQUIRE(document.has_value());
  const Member* b = document->find(document->root(), "b");
  REQUIRE(b != nullptr);
  CHECK(document->node(b->value).kind == NodeKind::list);
  CHECK(document->find(document->root(), "c") == nullptr);
  CHECK(document->find(b->value, "a") == nullptr);
}

TEST_CASE("The name decides which language a file is in") {
  const auto count = [](const char* name, const char* text) {
    Diagnostics diagnostics;
    return read_documents(std::make_shared<Source>(name, text), {}, diagnostics).size();
  };
  CHECK(count("a.yaml", "a: 1\n---\nb: 2\n") == 2);
  CHECK(count("a.json", "a: 1\n") == 0);
  CHECK(count("A.JSON", "{}") == 1);
  CHECK(count("a.json", "{'a': 1}") == 0);
  CHECK(count("json", "{'a': 1}") == 1);
}

TEST_CASE("Kinds have names that people understand") {
  CHECK(to_string(NodeKind::null) == "null");
  CHECK(to_string(NodeKind::boolean) == "true or false");
  CHECK(to_string(NodeKind::integer) == "a whole number");
  CHECK(to_string(NodeKind::real) == "a number");
  CHECK(to_string(NodeKind::string) == "text");
  CHECK(to_string(NodeKind::list) == "a list");
  CHECK(to_string(NodeKind::map) == "a map");
}

}  // namespace
}  // namespace scruple
