#include "schema/schema.h"

#include "schemas.h"

namespace scruple::schema {

TEST_CASE("the alternative that takes a kind of value") {
  const OwnedSchema owned = schema_of(R"({
    "type": "object", "properties": {
      "plain": {"type": "string"},
      "either": {"oneOf": [{"type": "string"}, {"$ref": "#/$defs/rows"}]}
    },
    "$defs": {"rows": {"oneOf": [{"type": "array"}, {"type": "object"}]}}
  })");
  const Schema schema = owned.schema();
  const TypeId plain = schema.property(schema.root(), "plain")->type;
  const TypeId either = schema.property(schema.root(), "either")->type;
  CHECK(schema.alternative(plain, NodeKind::integer) == plain);
  CHECK(schema.type(schema.alternative(either, NodeKind::string)).kinds == allow_string);
  CHECK(schema.type(schema.alternative(either, NodeKind::list)).kinds == allow_list);
  CHECK(schema.type(schema.alternative(either, NodeKind::map)).kinds == allow_map);
  CHECK(schema.alternative(either, NodeKind::integer) == no_type);
}

TEST_CASE("maps are told apart by required properties with one value") {
  const OwnedSchema owned = schema_of(R"({
    "type": "object",
    "oneOf": [{"$ref": "#/$defs/first"}, {"$ref": "#/$defs/second"}, {"$ref": "#/$defs/rest"}],
    "$defs": {
      "first": {"type": "object", "required": ["version", "kind"], "properties": {"version": {"const": 1}, "kind": {"const": "first"}, "hint": {"const": "x"}}},
      "second": {"type": "object", "required": ["version", "kind"], "properties": {"version": {"const": 1}, "kind": {"const": "second"}}},
      "rest": {"type": "object", "required": ["version"], "properties": {"version": {"const": 1}, "name": {"type": "string"}}}
    }
  })");
  const Schema schema = owned.schema();
  const TypeId first = schema.definition("first");
  CHECK(schema.tells_apart(schema.root(), *schema.property(first, "kind")));
  CHECK_FALSE(schema.tells_apart(schema.root(), *schema.property(first, "version")));  // all have it
  CHECK_FALSE(schema.tells_apart(schema.root(), *schema.property(first, "hint")));     // not required

  const auto chosen = [&](const char* text) {
    const Document document = yaml(text);
    return schema.alternative_for(schema.root(), document, document.root());
  };
  CHECK(chosen("kind: first") == first);
  CHECK(chosen("{kind: second, version: 7}") == schema.definition("second"));
  CHECK(chosen("kind: third") == no_type);
  CHECK(chosen("name: x") == schema.definition("rest"));
  CHECK(chosen("[]") == schema.definition("rest"));
}

TEST_CASE("without an alternative for the rest none is chosen") {
  const Schema schema = product_schema("manifest").schema();
  const auto chosen = [&](const char* text) {
    const Document document = yaml(text);
    return schema.alternative_for(schema.root(), document, document.root());
  };
  CHECK(chosen("kind: campaign") == schema.definition("campaign_manifest"));
  CHECK(chosen("{scruple: 2, kind: organization}") == schema.definition("organization_file"));
  CHECK(chosen("kind: Campaign") == no_type);
  CHECK(chosen("kind: [campaign]") == no_type);
  CHECK(chosen("scruple: 1") == no_type);
}

TEST_CASE("formats have the words of their keyword") {
  CHECK(to_string(Format::email_or_uri) == "email-or-uri");
  CHECK(to_string(Format::ai_system) == "ai_system");
  CHECK(to_string(Format::none).empty());
}

}  // namespace scruple::schema
