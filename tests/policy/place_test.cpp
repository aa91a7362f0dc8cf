#include "policy/place.h"

#include "base/strings.h"
#include "catch.h"
#include "schema/validator.h"

namespace scruple::policy {
namespace {

// `assets [hero-mail] path`; an index as `[#3]`.
std::string parsed(std::string_view place) {
  const auto steps = parse_place(place);
  if (!steps) return "no place";
  std::string out;
  for (const PlaceStep& step : *steps) {
    if (!out.empty()) out += ' ';
    if (step.index)
      out += concat("[#", *step.index, "]");
    else
      out += step.bracketed ? concat("[", step.text, "]") : step.text;
  }
  return out;
}

}  // namespace

TEST_CASE("places are read") {
  struct Row {
    const char* place;
    const char* steps;
  };
  const Row rows[] = {
      {"", ""},
      {"assets", "assets"},
      {"assets[hero-mail].disclosure.text", "assets [hero-mail] disclosure text"},
      {"markets[0]", "markets [#0]"},
      {"a[0][1]", "a [#0] [#1]"},
      {"assets[\"a b\"].path", "assets [a b] path"},
      {"assets[\"12\"]", "assets [12]"},
      {"assets[1a]", "assets [1a]"},
      {"assets[\"a]b\"]", "assets [a]b]"},
      {"assets[\"a\\\"b\"]", "assets [a\"b]"},
      {"assets[\"a\\\\b\"]", "assets [a\\b]"},
      {"assets[\"a\\nb\\u0041\"]", "assets [a\nbA]"},
      {"[\"odd key\"].x", "[odd key] x"},
      {"x[\"\"]", "x []"},
      {"x-own.y", "x-own y"},
      {"a[99999999999]", "a [99999999999]"},
      {".a", "no place"},
      {"a.", "no place"},
      {"a..b", "no place"},
      {"a[", "no place"},
      {"a[b", "no place"},
      {"a[\"b", "no place"},
      {"a[\"b\"", "no place"},
      {"a[\"b\\\"]", "no place"},
      {"a[\"\\u12\"]", "no place"},
      {"a[]", "no place"},
      {"a]b", "no place"},
      {"a[b]c", "no place"},
      {"a b", "no place"},
  };
  for (const Row& row : rows) {
    INFO(row.place);
    CHECK(parsed(row.place) == row.steps);
  }
}

TEST_CASE("what is printed is read back") {
  for (const std::string word : {"mail",
                                 "hero-mail",
                                 "x_1",
                                 "1a",
                                 "12",
                                 "a b",
                                 "a.b",
                                 "a[0]",
                                 "a]b",
                                 "a\"b",
                                 "a\\b",
                                 "a\nb",
                                 "a\tb",
                                 "\x01",
                                 "\x7f",
                                 "é",
                                 "\xF0\x9F\x98\x80",
                                 "",
                                 " ",
                                 "'",
                                 "organization:x",
                                 "a!b"}) {
    INFO(word);
    std::string place;
    schema::append_key_step(place, word);
    schema::append_id_step(place, word);
    schema::append_index_step(place, 7);
    schema::append_key_step(place, word);
    const auto steps = parse_place(place);
    REQUIRE(steps);
    REQUIRE(steps->size() == 4);
    CHECK((*steps)[0].text == word);
    CHECK((*steps)[1].text == word);
    CHECK(!(*steps)[1].index);
    CHECK((*steps)[2].index == 7u);
    CHECK((*steps)[3].text == word);
  }
}

}  // namespace scruple::policy
