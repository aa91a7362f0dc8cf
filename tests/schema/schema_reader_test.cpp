#include "schema/schema.h"

#include "schemas.h"

#include <string>

namespace scruple::schema {

TEST_CASE("keywords become fields of a type") {
  const OwnedSchema owned = schema_of(R"({
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Root", "description": "A root.",
    "type": "object",
    "required": ["id"],
    "properties": {
      "id": {"type": "string", "format": "id", "minLength": 2, "pattern": "^[a-z]+$", "examples": ["ab", "cd"]},
      "owner": {"type": "string", "x-ref": "person", "x-prose": true, "x-also": ["manager", "lead"]},
      "kind": {"type": "string", "enum": ["a", "b"]},
      "version": {"const": 1},
      "share": {"type": "number", "minimum": 0, "maximum": 0.5, "x-stricter": "lower"},
      "words": {"type": "array", "items": {"type": "string"}, "minItems": 1, "x-chosen": true, "examples": [[
        "a b",   "c"]]},
      "file": {"oneOf": [{"type": "string", "format": "path"}, {"type": "object", "x-atomic": true}], "x-public": true},
      "free": {"type": "object", "additionalProperties": {"type": "integer"}},
      "both": {"type": ["string", "null"]},
      "any": {}
    },
    "patternProperties": {"^x-": {}},
    "additionalProperties": false
  })");
  const Schema schema = owned.schema();
  const Type& root = schema.type(schema.root());
  CHECK(root.kinds == allow_map);
  CHECK(root.title == "Root");
  CHECK(root.description == "A root.");
  CHECK(root.extensible);
  CHECK_FALSE(root.open);

  const auto of = [&](std::string_view name) -> const Type& {
    return schema.type(schema.property(schema.root(), name)->type);
  };
  CHECK(schema.property(schema.root(), "id")->required);
  CHECK_FALSE(schema.property(schema.root(), "owner")->required);
  CHECK(schema.property(schema.root(), "nobody") == nullptr);
  CHECK(of("id").format == Format::id);
  CHECK(of("id").minimum_size == 2);
  CHECK(of("id").pattern == "^[a-z]+$");
  CHECK(of("id").example == "\"ab\"");
  CHECK(of("owner").format == Format::person);
  CHECK(of("owner").prose);
  CHECK(of("owner").also == "manager lead");
  const auto values = schema.values(schema.property(schema.root(), "kind")->type);
  CHECK(std::vector<std::string_view>(values.begin(), values.end()) == std::vector<std::string_view>{"a", "b"});
  CHECK(of("version").kinds == allow_integer);
  CHECK(of("version").value_count == 1);
  CHECK(of("share").kinds == (allow_integer | allow_real));
  CHECK(of("share").minimum == 0.0);
  CHECK(of("share").maximum == 0.5);
  CHECK(of("share").stricter == Stricter::lower);
  CHECK(of("words").minimum_size == 1);
  CHECK(of("words").chosen);
  CHECK(of("words").example == R"(["a b", "c"])");
  CHECK(schema.type(of("words").items).kinds == allow_string);
  CHECK(of("file").kinds == (allow_string | allow_map));
  CHECK(of("file").alternative_count == 2);
  CHECK(of("file").is_public);
  CHECK(schema.type(of("free").items).kinds == allow_integer);
  CHECK(of("both").kinds == (allow_string | allow_null));
  CHECK(of("any").kinds == 0);
}

TEST_CASE("keywords beside a reference win over those of what it names") {
  const OwnedSchema owned = schema_of(R"({
    "type": "object",
    "properties": {
      "plain": {"$ref": "#/$defs/table"},
      "public": {"$ref": "#/$defs/table", "description": "A public table.", "x-public": true},
      "inner": {"$ref": "#/$defs/thing/properties/name"}
    },
    "$defs": {
      "table": {"oneOf": [{"type": "string"}, {"type": "array"}], "description": "A table.", "format": "path", "x-atomic": true},
      "thing": {"type": "object", "properties": {"name": {"type": "string", "description": "A name."}}, "additionalProperties": false}
    }
  })");
  const Schema schema = owned.schema();
  const auto id_of = [&](std::string_view name) { return schema.property(schema.root(), name)->type; };
  CHECK(id_of("plain") == schema.definition("table"));
  CHECK(schema.type(id_of("public")).description == "A public table.");
  CHECK(schema.type(id_of("public")).is_public);
  CHECK(schema.type(id_of("public")).atomic);
  CHECK(schema.type(id_of("public")).format == Format::path);
  CHECK(schema.type(id_of("public")).alternative_count == 2);
  CHECK_FALSE(schema.type(id_of("plain")).is_public);
  CHECK(schema.type(id_of("inner")).description == "A name.");
  CHECK(schema.definition("nobody") == no_type);
}

TEST_CASE("a schema outlives its document and is copied with its texts") {
  OwnedSchema copy;
  {
    const OwnedSchema original =
        schema_of(R"({"type": "object", "properties": {"a rather long name of a field": {"type": "string"}}})");
    copy = original;
  }
  CHECK(copy.schema().properties(copy.schema().root())[0].name == "a rather long name of a field");
}

TEST_CASE("what is not supported is said, with its place") {
  struct Row {
    const char* json;
    const char* code;
    const char* message;
    std::uint32_t column;
  };
  const Row rows[] = {
      {R"([])", "schema/broken", "A schema is a map.", 1},
      {R"({"properties": {"a": 1}})", "schema/broken", "A schema is a map.", 22},
      {R"({"allOf": []})", "schema/unsupported", "The keyword `allOf` is not supported.", 2},
      {R"({"typ": "string"})", "schema/unsupported", "The keyword `typ` is not supported.", 2},
      {R"({"default": 1})", "schema/unsupported", "The keyword `default` is not supported.", 2},
      {R"({"type": "text"})", "schema/broken", "There is no type `text`.", 10},
      {R"({"type": "string", "format": "email"})", "schema/broken", "There is no format `email`.", 30},
      {R"({"type": "string", "x-ref": "date"})", "schema/broken", "There is no x-ref `date`.", 29},
      {R"({"type": "string", "format": "person"})", "schema/broken", "There is no format `person`.", 30},
      {R"({"type": "string", "pattern": "a|b"})", "schema/unsupported", "This form of pattern is not supported.", 31},
      {R"({"type": "string", "minLength": "1"})", "schema/broken", "`minLength` is a number.", 33},
      {R"({"type": "string", "x-public": "yes"})", "schema/broken", "`x-public` is `true` or `false`.", 32},
      {R"({"type": "number", "x-stricter": "less"})", "schema/broken", "`x-stricter` is `lower` or `higher`.", 34},
      {R"({"type": "string", "x-also": []})", "schema/broken", "`x-also` is a list of names.", 30},
      {R"({"title": 1})", "schema/broken", "`title` is text.", 11},
      {R"({"examples": []})", "schema/broken", "`examples` is a list of at least one value.", 14},
      {R"({"enum": [[]]})", "schema/unsupported", "A list or a map as an allowed value is not supported.", 11},
      {R"({"required": ["a"], "properties": {}})", "schema/broken", "`a` is required, but it is no property.", 15},
      {R"({"patternProperties": {"^y-": {}}})", "schema/unsupported", "`patternProperties` may only hold `^x-`.", 23},
      {R"({"$ref": "other.json"})", "schema/unsupported", "`$ref` must begin with `#/$defs/`.", 10},
      {R"({"$ref": "#/$defs/a"})", "schema/broken", "There is no `#/$defs/a`.", 10},
      {R"({"oneOf": [{"type": "string"}, {"type": "string"}]})", "schema/unsupported",
       "The alternatives of `oneOf` must differ in the kind of value, or all be maps.", 32},
      {R"({"oneOf": [{}]})", "schema/broken", "An alternative must say its `type`.", 12},
      {R"({"$defs": {"a": {"items": {"$ref": "#/$defs/a"}}}})", "schema/unsupported",
       "A schema that contains itself is not supported.", 17},
  };
  for (const Row& row : rows) {
    INFO(row.json);
    Diagnostics diagnostics;
    CHECK_FALSE(read_schema(json(row.json), diagnostics).has_value());
    REQUIRE_FALSE(diagnostics.empty());
    CHECK(diagnostics[0].code == row.code);
    CHECK(diagnostics[0].message == row.message);
    CHECK(diagnostics[0].location.begin.column == row.column);
  }
}

TEST_CASE("the nearest keyword is named") {
  Diagnostics diagnostics;
  read_schema(json(R"({"requird": []})"), diagnostics);
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].hint == "did you mean `required`?");
}

TEST_CASE("a schema that is nested or chained too deep is refused, not followed") {
  std::string nested = R"({"type": "object"})";
  for (int i = 0; i < 49; ++i) nested = R"({"type": "array", "items": )" + nested + "}";
  Diagnostics diagnostics;
  CHECK(read_schema(json(nested), diagnostics).has_value());

  std::string chain = R"({"$defs": {)";
  for (int i = 0; i < 500; ++i) {
    chain += "\"d" + std::to_string(i) + R"(": {"type": "array", "items": {"$ref": "#/$defs/d)" +
             std::to_string(i + 1) + "\"}},";
  }
  CHECK_FALSE(read_schema(json(chain + R"("d500": {}}})"), diagnostics).has_value());
  REQUIRE_FALSE(diagnostics.empty());
  CHECK(diagnostics[0].message == "Schemas are nested too deep here.");
}

}  // namespace scruple::schema
