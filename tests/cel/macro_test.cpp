#include "cel/macro.h"

#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("macros: quantifiers") {
  Harness harness;
  const Row rows[] = {
      {"[1, 2, 3].all(x, x > 0)", "true"},
      {"[1, -2, 3].all(x, x > 0)", "false"},
      {"[].all(x, 1 / 0 > 0)", "true"},
      {"[].exists(x, true)", "false"},
      {"[1, 2].exists(x, x == 2)", "true"},
      {"[1, 2].exists(x, x == 3)", "false"},
      {"[1, 2, 2].exists_one(x, x == 1)", "true"},
      {"[1, 2, 2].exists_one(x, x == 2)", "false"},
      {"[1, 2, 2].existsOne(x, x == 3)", "false"},
      {"{'a': 1, 'b': 2}.all(k, k < 'c')", "true"},
      {"{'a': 1, 'b': 2}.exists(k, k == 'b')", "true"},
      // An error gives way to an element that decides, before it or after.
      {"[0, 1].all(x, 1 / x > 1)", "false"},
      {"[1, 0].all(x, 1 / x > 1)", "false"},
      {"[0, 1].exists(x, 1 / x == 1)", "true"},
      {"[0, 2].exists(x, 1 / x == 1)", "error: a division by zero"},
      {"[0, 1].all(x, 1 / x == 1)", "error: a division by zero"},
      {"[1, 'a', 3].all(e, e % 2 == 1)", "error: no `%` for text and a whole number"},
      {"[1, 'a', 4].all(e, e % 2 == 1)", "false"},
      {"[1, 2].all(x, x)", "error: `all` needs true or false, not a whole number"},
      {"[1, false].all(x, x)", "false"},
      {"[1, true].exists(x, x)", "true"},
      {"[1].exists(x, x)", "error: `exists` needs true or false, not a whole number"},
      // This one is strict.
      {"[0, 1].exists_one(x, 1 / x == 1)", "error: a division by zero"},
      {"[1, true].exists_one(x, x)", "error: `exists_one` needs true or false, not a whole number"},
      {"'abc'.all(x, true)", "error: a macro goes over a list or a map, not over text"},
      {"null.exists(x, true)", "error: a macro goes over a list or a map, not over null"},
      {"[1 / 0].all(x, true)", "error: a division by zero"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("macros: lists and maps of what passes") {
  Harness harness;
  const Row rows[] = {
      {"[1, 2, 3].map(x, x * 2)", "[2, 4, 6]"},
      {"[1, 2, 3].map(x, x > 1, x * 2)", "[4, 6]"},
      {"[1, 2, 3].filter(x, x > 1)", "[2, 3]"},
      {"{'a': 1, 'b': 2}.map(k, k)", "[\"a\", \"b\"]"},
      {"{'a': 1, 'b': 2}.filter(k, k == 'b')", "[\"b\"]"},
      {"[].map(x, 1 / 0)", "[]"},
      {"[0, 1].map(x, 1 / x)", "error: a division by zero"},
      {"[1, 0].filter(x, 1 / x == 1)", "error: a division by zero"},
      {"[1].filter(x, x)", "error: `a macro's condition` needs true or false, not a whole number"},
      {"[[1, 2], [3]].map(l, l.map(x, x + size(l)))", "[[3, 4], [4]]"},
      {"[3, 1, 2].sortBy(x, -x)", "[3, 2, 1]"},
      {"['bb', 'a', 'cc'].sortBy(x, size(x))", "[\"a\", \"bb\", \"cc\"]"},
      {"[1, 'a'].sortBy(x, x)", "error: `sortBy` needs keys of one kind that has an order"},
      {"[].sortBy(x, x)", "[]"},
      {"{'b': 1, 'a': 2}.sortBy(k, k)", "[\"a\", \"b\"]"},
      {"[1, 0].sortBy(x, 1 / x)", "error: a division by zero"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("macros: two variables") {
  Harness harness;
  const Row rows[] = {
      {"[5, 6].all(i, v, v == i + 5)", "true"},
      {"[5, 6].exists(i, v, i == 1 && v == 6)", "true"},
      {"{'a': 1}.all(k, v, k == 'a' && v == 1)", "true"},
      {"[5, 6].existsOne(i, v, i > 0)", "true"},
      {"[5, 6].exists_one(i, v, i >= 0)", "false"},
      {"[5, 6].transformList(i, v, i * v)", "[0, 6]"},
      {"[5, 6].transformList(i, v, i > 0, v)", "[6]"},
      {"{'a': 1, 'b': 2}.transformList(k, v, k + string(v))", "[\"a1\", \"b2\"]"},
      {"{'a': 1, 'b': 2}.transformMap(k, v, v * 10)", "{\"a\": 10, \"b\": 20}"},
      {"{'a': 1, 'b': 2}.transformMap(k, v, v > 1, v)", "{\"b\": 2}"},
      {"['x', 'y'].transformMap(i, v, v)", "{0: \"x\", 1: \"y\"}"},
      {"{'a': 'b'}.transformMapEntry(k, v, {v: k})", "{\"b\": \"a\"}"},
      {"['a', 'b'].transformMapEntry(i, v, i == 1, {v: i})", "{\"b\": 1}"},
      {"['a', 'a'].transformMapEntry(i, v, {v: i})", "error: the key \"a\" comes twice in one map"},
      {"[1, 2].transformMapEntry(i, v, v == 1 ? {1: v} : {1u: v})", "error: the key 1u comes twice in one map"},
      {"['a'].transformMapEntry(i, v, v)", "error: `transformMapEntry` needs a map for each entry, not text"},
      {"['a'].transformMapEntry(i, v, {})", "{}"},
      {"[0].transformMap(i, v, 1 / v)", "error: a division by zero"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("macros: variables come before every other name and end with the macro") {
  Harness harness;
  harness.declare("x", Value::integer(100));
  harness.declare("x.y", Value::integer(200));
  const Row rows[] = {
      {"[1].map(x, x)", "[1]"},
      {"[1].map(x, .x)", "[100]"},
      {"[{'y': 1}].map(x, x.y)", "[1]"},
      {"[{'y': 1}].map(x, .x.y)", "[200]"},
      {"[1].map(x, x)[0] + x", "101"},
      {"[[1], [2]].map(x, x.map(x, x + 1))", "[[2], [3]]"},
      {"[x].map(x, x)", "[100]"},
      {"cel.bind(x, x + 1, x + 1)", "102"},
      {"cel.bind(a, 1, cel.bind(b, a + 1, a + b))", "3"},
      {"[1, 2].map(a, cel.bind(b, a * 10, [3].map(a, a + b)))", "[[13], [23]]"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("macros: what a hint says of each") {
  for (const MacroRow& row : macros()) {
    INFO(row.name);
    CHECK(find_macro(row.name, static_cast<std::size_t>(row.variables + row.expressions)) == &row);
    CHECK(macro_usage(row.name).find(concat('.', row.name, '(')) != std::string_view::npos);
  }
  CHECK(find_macro("all", 1) == nullptr);
  CHECK(find_macro("unknown", 2) == nullptr);
  CHECK(macro_usage("unknown").empty());
}

}  // namespace
}  // namespace scruple::cel
