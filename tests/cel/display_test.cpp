#include "cel/display.h"

#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("display: values as they are written") {
  Harness harness;
  const Row rows[] = {
      {"null", "null"},
      {"1.0", "1.0"},
      {"1e100", "1e+100"},
      {"'a\"b'", "\"a\\\"b\""},
      {"'a\\nb\\u202e'", "\"a\\nb\\u202e\""},
      {"b'a\"\\\\\\x00'", "b\"a\\x22\\x5c\\x00\""},
      {"[1, 'a', [2u]]", "[1, \"a\", [2u]]"},
      {"{'a': 1, 2: {}}", "{\"a\": 1, 2: {}}"},
      {"timestamp('2024-02-29T00:00:00Z')", "2024-02-29"},
      {"timestamp('2024-02-29T00:00:00.5Z')", "timestamp(\"2024-02-29T00:00:00.5Z\")"},
      {"duration('90s')", "duration(\"90s\")"},
      {"int", "int"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(to_display(harness.value(row.expression), harness.evaluation) == row.wanted);
  }
}

TEST_CASE("display: what is long is cut") {
  Harness harness;
  const Value list = harness.value("lists.range(100000)");
  CHECK(to_display(list, harness.evaluation, 10) == "[0, 1, 2, …]");
  const std::string text(100'000, 'x');
  CHECK(to_display(Value::string(text), harness.evaluation, 50).size() < 70);
  CHECK(to_display(Value::bytes(text), harness.evaluation, 50).size() < 70);
  const Value twice = harness.value(
      "cel.bind(a, [[], []], cel.bind(b, [a, a, a, a, a, a], cel.bind(c, [b, b, b, b, b, b], [c, c, c, c, c, c])))");
  CHECK(to_display(twice, harness.evaluation, 50).size() < 100);
}

TEST_CASE("display: kinds in words") {
  Harness harness;
  Document document;
  CHECK(kind_name(Value::integer(1)) == "a whole number");
  CHECK(kind_name(document.object({})) == "asset");
  CHECK(kind_name(Value()) == "nothing");
  CHECK(kind_name(harness.value("1 / 0")) == "an error");
}

}  // namespace
}  // namespace scruple::cel
