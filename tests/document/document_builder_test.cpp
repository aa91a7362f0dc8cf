#include "document/document_builder.h"

#include "base/strings.h"
#include "catch.h"
#include "dump.h"

#include <memory>
#include <string>

namespace scruple {
namespace {

TEST_CASE("A builder makes a document of what it is told") {
  Diagnostics diagnostics;
  DocumentBuilder builder(std::make_shared<Source>("a.json", R"({"a": [1]})"), {}, diagnostics);
  REQUIRE(builder.start_map({0, 1}, true));
  builder.key({1, 4}, "a");
  REQUIRE(builder.start_list({6, 7}, true));
  builder.item({7, 7});
  Node one;
  one.kind = NodeKind::integer;
  one.integer = 1;
  one.span = {7, 8};
  REQUIRE(builder.scalar(one));
  REQUIRE(builder.end(9));
  REQUIRE(builder.end(10));
  const Document document = builder.finish({0, 10});
  CHECK(dump(document) == "{a: [1]}");
  CHECK(document.node(document.root()).span == Span{0, 10});
  CHECK(document.index() == 0);
  CHECK(builder.finish({0, 0}).index() == 1);
}

std::string map_of(int count, std::string_view extra) {
  std::string text = "{";
  for (int i = 0; i < count; ++i) text += concat("k", i, ": ", i, ", ");
  return concat(text, extra, "}\n");
}

TEST_CASE("A duplicate key is found in small and large maps alike") {
  for (const int count : {1, 5, 15, 16, 17, 100, 10'000}) {
    INFO(count);
    CHECK(read_yaml_as_text(map_of(count, "z: 1")).starts_with("{k0: 0"));
    CHECK(read_yaml_as_text(map_of(count, "k0: 1")).find("The key \"k0\" is set twice: first on line 1, column 2") !=
          std::string::npos);
    CHECK(read_yaml_as_text(map_of(count, "k0: 1, k0: 2")).find("first on line 1, column 2, and") != std::string::npos);
  }
}

TEST_CASE("The first duplicate in the text is reported") {
  const std::string text = map_of(30, "k7: 1, k3: 1, k7: 2");
  const auto second = text.find("k7: 1");
  CHECK(read_yaml_as_text(text).starts_with(concat("1:", second + 1, " ")));
}

TEST_CASE("Merging large maps keeps keys of one's own and the order of the rest") {
  const std::string base = concat("base: &base ", map_of(40, ""));
  const std::string text = read_yaml_as_text(concat(base, "it: {k5: own, <<: *base, z: 1}\n"));
  CHECK(text.find("it: {k5: 'own', z: 1, <k0>: 0, <k1>: 1, <k2>: 2, <k3>: 3, <k4>: 4, <k6>: 6,") != std::string::npos);
  CHECK(text.find("<k5>") == std::string::npos);
}

TEST_CASE("A merge within a merge does not disturb the maps that are open") {
  CHECK(read_yaml_as_text("a: &a {x: 1}\nb: {<<: {<<: *a, y: 2}, <: 3, x: 4}\n") ==
        "{a: {x: 1}, b: {<: 3, x: 4, <y>: 2}}");
  CHECK(read_yaml_as_text("a: &a {x: 1}\nb: [{<<: [*a, {x: 2, y: 3}]}]\n") == "{a: {x: 1}, b: [{<x>: 1, <y>: 3}]}");
}

TEST_CASE("Long keys that are merged again and again are paid for") {
  std::string text = "a: &a {";
  for (int i = 0; i < 16; ++i) text += concat("? ", std::string(50'000, 'k'), i, " : 1, ");
  text += "}\n";
  for (int i = 0; i < 2'000; ++i) text += concat("b", i, ": {<<: *a}\n");
  CHECK(read_yaml_as_text(text).find("this file would hold more than") != std::string::npos);
}

TEST_CASE("An anchor that is given anew names the new value from there on") {
  CHECK(read_yaml_as_text("a: &x {b: &x 1, c: *x}\nd: *x\n") == "{a: {b: 1, c: 1}, d: 1}");
}

TEST_CASE("Anchors end with their document") {
  CHECK(read_yaml_as_text("a: &x 1\n---\nb: *x\n") == "3:4 `*x` refers to `&x`, which is not set above.");
}

}  // namespace
}  // namespace scruple
