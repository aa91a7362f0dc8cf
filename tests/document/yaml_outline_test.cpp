// The outline goes before yaml-cpp: it must see the same or step aside.
#include "document/yaml_outline.h"

#include "catch.h"
#include "document/yaml_reader.h"
#include "dump.h"

#include <string>

namespace scruple {
namespace {

std::string steps_of(std::string_view text) {
  const auto steps = outline_yaml(text, 0);
  if (!steps) return "aside";
  std::string out;
  for (const YamlStep step : *steps) {
    switch (step) {
      case YamlStep::block_list: out += "-("; break;
      case YamlStep::block_map: out += ":("; break;
      case YamlStep::flow_list: out += '['; break;
      case YamlStep::flow_map: out += '{'; break;
      case YamlStep::scalar: out += 's'; break;
      case YamlStep::absent: out += '0'; break;
      case YamlStep::end: out += ')'; break;
    }
  }
  return out;
}

TEST_CASE("yaml_outline: the steps of simple documents; anything else is left to yaml-cpp") {
  struct Row {
    std::string_view text;
    std::string_view steps;
  };
  const Row rows[] = {
      {"a: b\n", ":(ss)"},
      {"---\na: b\n", ":(ss)"},
      {"# top\n\na: b # end\n# more\nc:\n", ":(sss0)"},
      {"a:\n  b: c\n  d:\ne: f\n", ":(s:(sss0)ss)"},
      {"a:\n- b\n- c: d\n  e: f\ng: h\n", ":(s-(s:(ssss))ss)"},
      {"a:\n  - - b\n    - c\n  -\n  - d\n", ":(s-(-(ss)0s))"},
      {"a:\n-\nb: c\n", ":(s-(0)ss)"},
      {"- a\n-\n", "-(s0)"},
      {"a: [b, {c: d, \"e\": 'f'}, []]\n", ":(s[s{ssss)[)))"},
      {"a: [\n  b,\n  -1\n]\n", ":(s[ss))"},
      {"a: one\n  two\nb: |\n  x: y\n\n  z\nc: \"d: e\n  f\"\n", ":(ssssss)"},
      {"\"a b\": c\n'd' : e\n", ":(ssss)"},
      {"a: b\r\nc:\r\n  - d\r\n", ":(sss-(s))"},
      {"text\n", "s"},
      {"", "aside"},
      {"a: b: c\n", "aside"},
      {"a: - b\n", "aside"},
      {"a: &x b\n", "aside"},
      {"a: *x\n", "aside"},
      {"a: !!str b\n", "aside"},
      {"? a\n: b\n", "aside"},
      {"[a]: b\n", "aside"},
      {"{a: b}: c\n", "aside"},
      {"a: [b: c]\n", "aside"},
      {"a: {b, c}\n", "aside"},
      {"a: [b,]\n", "aside"},
      {"a:\tb\n", "aside"},
      {"a: b\n---\nc: d\n", "aside"},
      {"a: b\n...\n", "aside"},
      {"%YAML 1.2\n---\na: b\n", "aside"},
      {"  a: b\n c: d\n", "aside"},
      {"a: b\n  c: d\n", "aside"},
      {"a:\n    b: c\n  d: e\n", "aside"},
      {"- a\nb: c\n", "aside"},
      {"a: 'b\n", "aside"},
      {"a: 'b' c\n", "aside"},
      {"a: [b\nc: d\n", "aside"},
      {"a\nb: c\n", "aside"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(steps_of(row.text) == row.steps);
  }
  CHECK(steps_of(std::string(1000, '[')) == "aside");
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "- ";
  CHECK(steps_of(deep + "a\n") == "aside");
  CHECK(steps_of(std::string(2000, 'k') + ": v\n") == "aside");
}

}  // namespace
}  // namespace scruple
