#include "schema/hint.h"

#include "schemas.h"

#include <string>

namespace scruple::schema {

TEST_CASE("texts as they are written") {
  struct Row {
    const char* text;
    const char* in_yaml;
  };
  const Row rows[] = {
      {"email", "email"},
      {"2026-03-01", "2026-03-01"},
      {"../org.yaml", "\"../org.yaml\""},
      {"mail/hero.html", "mail/hero.html"},
      {"a@b.c", "a@b.c"},
      {"3.2", "\"3.2\""},
      {"true", "\"true\""},
      {"Null", "\"Null\""},
      {"", "\"\""},
      {"a: b", "\"a: b\""},
      {"a #b", "\"a #b\""},
      {"say \"hi\"", "\"say \\\"hi\\\"\""},
      {"ends ", "\"ends \""},
      {"two\nlines\t\x1b", "\"two\\nlines\\u0009\\u001b\""},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(written(row.text, false) == row.in_yaml);
    // What is written is read as that text.
    CHECK(yaml(std::string("k: ") + row.in_yaml).node(1).text == row.text);
  }
  CHECK(written("email", true) == "\"email\"");
}

TEST_CASE("what to write, with its key") {
  CHECK(write_hint({"launch_date", false}, "2026-03-01") == "write `launch_date: 2026-03-01`");
  CHECK(write_hint({"automated", true}, "true") == "write `\"automated\": true`");
  CHECK(write_hint({"", false}, "DE") == "write `DE`");
  CHECK(write_hint({std::string(500, 'k'), false}, "DE") == "write `DE`");
}

TEST_CASE("hints for values of another kind") {
  const OwnedSchema owned = schema_of(R"({
    "type": "object", "properties": {
      "flag": {"type": "boolean"},
      "count": {"type": "integer"},
      "amount": {"type": "number"},
      "share": {"type": "number", "minimum": 0, "maximum": 1},
      "text": {"type": "string"},
      "word": {"type": "string", "enum": ["a", "b"]},
      "date": {"type": "string", "format": "date"},
      "file": {"type": "string", "format": "path"},
      "words": {"type": "array", "items": {"type": "string"}},
      "sentences": {"type": "array", "items": {"type": "string", "x-prose": true}},
      "numbers": {"type": "array", "items": {"type": "number"}},
      "things": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}},
      "document": {"type": "object", "properties": {"path": {"type": "string"}}},
      "group": {"type": "object", "properties": {"first": {}, "second": {}, "third": {}}}
    }})");
  const Schema schema = owned.schema();
  struct Row {
    const char* yaml;
    const char* hint;
  };
  const Row rows[] = {
      {"flag: yes", "write `flag: true`"},
      {"flag: Off", "write `flag: false`"},
      {"flag: nein", "write `flag: false`"},
      {"flag: \"true\"", "write `flag: true`"},
      {"flag: 1", "write `flag: true`"},
      {"flag: maybe", "write `true` or `false`"},
      {"flag: [true]", ""},
      {"count: \"7\"", "write `count: 7`, without quotes"},
      {"count: 7.0", "write `count: 7`"},
      {"count: 7.5", ""},
      {"count: 1,000", "write `count: 1000`"},
      {"count: 1.000.000", "write `count: 1000000`"},
      {"count: 1_000", "write `count: 1000`"},
      {"count: 1 000", "write `count: 1000`"},
      {"count: 30 days", "write `count: 30`"},
      {"count: 3 to 5", ""},
      {"count: many", ""},
      {"count: \"\\u2212\"", ""},
      {"count: true", ""},
      {"amount: $500", "write `amount: 500`"},
      {"amount: 0,55", "write `amount: 0.55`"},
      {"amount: 1.234,56", ""},
      {"amount: -5 EUR", ""},
      {"share: 80%", "write `share: 0.8`"},
      {"share: 80 %", "write `share: 0.8`"},
      {"share: \"0,125\"", ""},
      {"text: 3.2", "write `text: \"3.2\"`, in quotes"},
      {"text: 0x1F", "write `text: \"0x1F\"`, in quotes"},
      {"text: true", "write `text: \"true\"`, in quotes"},
      {"text: [one]", "write `text: one`, without a list around it"},
      {"text: [one, two]", ""},
      {"text: [[one]]", ""},
      {"text: {a: b}", ""},
      {"word: 3", ""},
      {"date: 20260301", "write `date: 2026-03-01`"},
      {"date: 2026", "write a day such as `2026-03-01`"},
      {"file: {path: a.html, title: x}", "write `file: a.html`"},
      {"words: one", "write `words: [one]`"},
      {"words: one, two three,", "write `words: [one, two three]`"},
      {"words: 3", "write `words: [\"3\"]`"},
      {"words: {a: b}", "put `[` and `]` around it"},
      {"words:\n  a: b", "begin each item with `- `"},
      {"sentences: Hello, you", "write `sentences: [\"Hello, you\"]`"},
      {"numbers: 3", "write each item on a line of its own, after `- `"},
      {"things:\n  bot:\n    name: x", "write `- id: bot` in place of `bot:`"},
      {"document: a.md", "write `document:` and below it, indented, `path: a.md`"},
      {"document: [{path: a.md}]", "write it without the `- ` or brackets: there is only one"},
      {"document: [1, 2]", ""},
      {"group: x", "its fields stand below it, indented: `first`, `second` …"},
  };
  for (const Row& row : rows) {
    INFO(row.yaml);
    const Document document = yaml(row.yaml);
    const Member& member = document.members(document.root())[0];
    const Property* property = schema.property(schema.root(), member.key);
    REQUIRE(property != nullptr);
    CHECK(kind_hint({member.key, false}, document, member.value, schema, property->type) == row.hint);
  }
  const Document document = json(R"({"words": "one, two"})");
  CHECK(kind_hint({"words", true}, document, document.members(document.root())[0].value, schema,
                  schema.property(schema.root(), "words")->type) == R"(write `"words": ["one", "two"]`)");
}

TEST_CASE("a percentage where a share is expected") {
  Type share;
  share.maximum = 1;
  CHECK(range_hint({"share", false}, share, 30) == "write `share: 0.3` for 30 %");
  CHECK(range_hint({"share", false}, share, 300) == "");
  CHECK(range_hint({"share", false}, share, -1) == "");
  CHECK(range_hint({"share", false}, Type{}, 30) == "");
}

}  // namespace scruple::schema
