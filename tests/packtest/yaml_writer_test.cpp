#include "packtest/yaml_writer.h"

#include "base/file_system.h"
#include "packtest/manifest_editor.h"

#include "scruple/document.h"

#include "catch.h"

#include <memory>
#include <string_view>

namespace scruple::packtest {

TEST_CASE("a manifest as YAML that a person would write") {
  struct Row {
    std::string_view json;
    std::string_view yaml;
  };
  const Row rows[] = {
      {R"({"a": 1, "b": true, "c": null})", "a: 1\nb: true\nc: null\n"},
      {R"({"a": "plain text", "b": "2026-03-01", "c": "x/y.html"})", "a: plain text\nb: 2026-03-01\nc: x/y.html\n"},
      {R"({"a": "true", "b": "3", "c": "", "d": "x: y", "e": "- z", "f": "no # end"})",
       "a: \"true\"\nb: \"3\"\nc: \"\"\nd: \"x: y\"\ne: \"- z\"\nf: \"no # end\"\n"},
      {R"({"a": ["b", 1], "c": []})", "a: [b, 1]\nc: []\n"},
      {R"({"a": [{"b": 1, "c": {"d": 2}}, {"e": [["f"]]}]})",
       "a:\n  - b: 1\n    c:\n      d: 2\n  - e:\n      - [f]\n"},
      {R"({"x y": {"1": "z"}})", "x y:\n  \"1\": z\n"},
      {"{}", "{}\n"},
  };
  for (const Row& row : rows) {
    INFO(row.json);
    const std::string yaml = to_yaml(Json::parse(row.json));
    CHECK(yaml == row.yaml);
    Diagnostics diagnostics;
    const auto documents = read_yaml(std::make_shared<Source>("a.yaml", yaml), {}, diagnostics);
    REQUIRE(documents.size() == 1);
    CHECK(to_json(documents.front(), documents.front().root()) == Json::parse(row.json));
  }
}

}  // namespace scruple::packtest
