#include "schema/validator.h"

#include "schemas.h"

#include <string>

namespace scruple::schema {

TEST_CASE("steps of a place") {
  struct Row {
    const char* name;
    const char* key;  // as a key below `a`
    const char* id;   // as an id
  };
  const Row rows[] = {
      {"mail", "a.mail", "[mail]"},
      {"x-house_1", "a.x-house_1", "[x-house_1]"},
      {"12", "a[\"12\"]", "[\"12\"]"},
      {"1a", "a.1a", "[1a]"},
      {"a b", "a[\"a b\"]", "[\"a b\"]"},
      {"a.b", "a[\"a.b\"]", "[\"a.b\"]"},
      {"", "a[\"\"]", "[\"\"]"},
      {"q\"\\", "a[\"q\\\"\\\\\"]", "[\"q\\\"\\\\\"]"},
      {"l\n\t\x01\x7F", "a[\"l\\n\\t\\u0001\\u007f\"]", "[\"l\\n\\t\\u0001\\u007f\"]"},
      {"größe", "a[\"größe\"]", "[\"größe\"]"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    std::string key = "a", id;
    append_key_step(key, row.name);
    append_id_step(id, row.name);
    CHECK(key == row.key);
    CHECK(id == row.id);
  }
  std::string first;
  append_key_step(first, "campaign");
  append_index_step(first, 3);
  CHECK(first == "campaign[3]");
}

TEST_CASE("items are named by an id that only they have") {
  const Document document = yaml(R"(
assets:
  - {id: hero, path: a}
  - {id: twin, path: b}
  - {id: twin, path: c}
  - {path: d}
  - {id: 5, path: e}
  - {id: TBD, path: f}
  - plain
  - {id: "a b", path: g}
"odd key": {x: 1}
)");
  struct Row {
    Path path;
    const char* place;
  };
  const Row rows[] = {
      {{}, ""},
      {{0}, "assets"},
      {{0, 0, 1}, "assets[hero].path"},
      {{0, 1, 1}, "assets[1].path"},
      {{0, 2, 1}, "assets[2].path"},
      {{0, 3, 0}, "assets[3].path"},
      {{0, 4, 0}, "assets[4].id"},
      {{0, 5}, "assets[5]"},
      {{0, 6}, "assets[6]"},
      {{0, 7, 0}, "assets[\"a b\"].id"},
      {{1, 0}, "[\"odd key\"].x"},
      {{9, 9}, ""},  // a path of another document ends where it leaves this one
  };
  for (const Row& row : rows) CHECK(Places(document).name(document.root(), row.path) == row.place);
}

}  // namespace scruple::schema
