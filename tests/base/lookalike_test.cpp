#include "base/lookalike.h"

#include "catch.h"

using namespace scruple;

TEST_CASE("characters that look like others are told apart") {
  CHECK(lookalike_at("\u00A0x", 0).kind == LookalikeKind::blank);
  CHECK(lookalike_at("\u00A0x", 0).name == "a no-break space (U+00A0)");
  CHECK(lookalike_at("x\u200Bx", 1).kind == LookalikeKind::blank);
  CHECK(lookalike_at("– x", 0).kind == LookalikeKind::dash);
  CHECK(lookalike_at("– x", 0).length == 3);
  CHECK(lookalike_at("“x”", 0).kind == LookalikeKind::quote);
  CHECK(lookalike_at("：", 0).kind == LookalikeKind::colon);
  for (const auto* text : {"", " ", "-", "\"", ":", "é", "€", "ß", "〜"}) {
    INFO(text);
    CHECK(lookalike_at(text, 0).kind == LookalikeKind::none);
  }
  CHECK(lookalike_at("x", 7).kind == LookalikeKind::none);
}

TEST_CASE("a text as it was meant") {
  const std::pair<const char*, const char*> rows[] = {
      {"built", "built"},
      {"built\u00A0", "built"},
      {"\u00A0 built\u202F ", "built"},
      {"“built”", "built"},
      {"„built“,", "built"},
      {"built;", "built"},
      {"«\u00A0built\u00A0»", "built"},
      {"ein – zwei", "ein – zwei"},
      {"", ""},
      {"“”", ""},
      {",", ","},
  };
  for (const auto& [text, meant] : rows) {
    INFO(text);
    CHECK(without_lookalikes(text) == meant);
  }
}
