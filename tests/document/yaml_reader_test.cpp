#include "dump.h"

#include "catch.h"

namespace scruple {
namespace {

struct Row {
  std::string_view input;
  std::string_view output;
};

TEST_CASE("YAML is read into the values that the core schema gives it") {
  const Row rows[] = {
      {"a: 1\nb: x\n", "{a: 1, b: 'x'}"},
      {"- a\n- b: 1\n  c: 2\n- [x, {y: z}]\n", "['a', {b: 1, c: 2}, ['x', {y: 'z'}]]"},
  };
  for (const Row& row : rows) {
    INFO(row.input);
    CHECK(read_yaml_as_text(row.input) == row.output);
  }
}

}  // namespace
}  // namespace scruple
