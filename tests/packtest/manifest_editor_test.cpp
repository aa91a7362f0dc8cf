#include "packtest/manifest_editor.h"

#include "catch.h"

#include <string>

using namespace scruple::packtest;

namespace {

Json manifest() {
  return Json::parse(R"({"a": {"b": 1}, "items": [{"id": "one", "x": 1}, {"id": "two"}, "three"], "plain": [1, 2]})");
}

}  // namespace

TEST_CASE("places are set, removed and added to") {
  Json value = manifest();
  CHECK_FALSE(set_place(value, "a.b", 2));
  CHECK_FALSE(set_place(value, "a.c", "new"));
  CHECK_FALSE(set_place(value, "items[one].x", nullptr));
  CHECK_FALSE(set_place(value, "plain[1]", 5));
  CHECK_FALSE(remove_place(value, "items[two]"));
  CHECK_FALSE(remove_place(value, "items[three]"));
  CHECK_FALSE(add_to_place(value, "plain", 7));
  CHECK(value ==
        Json::parse(R"({"a": {"b": 2, "c": "new"}, "items": [{"id": "one", "x": null}], "plain": [1, 5, 7]})"));
}

TEST_CASE("a place that is not there is an error with a suggestion") {
  Json value = manifest();
  CHECK(set_place(value, "items[ones].x", 1) == "there is no `ones` in `items[ones].x`; did you mean `one`?");
  CHECK(remove_place(value, "a.bb") == "there is no `bb` in `a.bb`; did you mean `b`?");
  CHECK(remove_place(value, "plain[9]").has_value());
  CHECK(add_to_place(value, "a", 1) == "`a` is no list");
  CHECK(set_place(value, "", 1) == "`` is no place");
  CHECK(set_place(value, "a..b", 1) == "`a..b` is no place");
  CHECK(value == manifest());
}
