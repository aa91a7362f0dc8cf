#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("lists") {
  Harness harness;
  const Row rows[] = {
      {"size([1, 2])", "2"},
      {"[].size()", "0"},
      {"size({'a': 1})", "1"},
      {"{}.size()", "0"},
      {"[1, 2, 3].slice(1, 3)", "[2, 3]"},
      {"[1, 2, 3].slice(3, 3)", "[]"},
      {"[1].slice(0, 2)", "error: a list of 1 has no slice from 0 to 2"},
      {"[1].slice(-1, 1)", "error: a list of 1 has no slice from -1 to 1"},
      {"[1, 2].slice(2, 1)", "error: a list of 2 has no slice from 2 to 1"},
      {"[1, [2, [3]]].flatten()", "[1, 2, [3]]"},
      {"[1, [2, [3, [4]]]].flatten(2)", "[1, 2, 3, [4]]"},
      {"[[1]].flatten(0)", "[[1]]"},
      {"[[[[1]]]].flatten(9223372036854775807)", "[1]"},
      {"[1].flatten(-1)", "error: a list cannot be flattened by a negative depth"},
      {"[1, 2u, 1.0, 'a', 2, 'a', [1], [1.0]].distinct()", "[1, 2u, \"a\", [1]]"},
      {"[1, 2].reverse()", "[2, 1]"},
      {"[3, 1, 2].sort()", "[1, 2, 3]"},
      {"['b', 'a', ''].sort()", "[\"\", \"a\", \"b\"]"},
      {"[true, false].sort()", "[false, true]"},
      {"[2.5, -1.0].sort()", "[-1.0, 2.5]"},
      {"[b'b', b'a'].sort()", "[b\"a\", b\"b\"]"},
      {"[duration('2s'), duration('1s')].sort() == [duration('1s'), duration('2s')]", "true"},
      {"[].sort()", "[]"},
      {"[1, 2u].sort()", "error: `sort` needs elements of one kind that has an order"},
      {"[[1]].sort()", "error: `sort` needs elements of one kind that has an order"},
      {"[null].sort()", "error: `sort` needs elements of one kind that has an order"},
      {"[1.0, 0.0 / 0.0].sort()", "error: `sort` needs elements of one kind that has an order"},
      {"lists.range(4)", "[0, 1, 2, 3]"},
      {"lists.range(0)", "[]"},
      {"lists.range(-3)", "[]"},
      {"'abc'.sort()", "error: no `sort` for text"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("sets") {
  Harness harness;
  const Row rows[] = {
      {"sets.contains([1, 2, 3], [3.0, 1u, 1])", "true"},
      {"sets.contains([1], [1, 2])", "false"},
      {"sets.contains([], [])", "true"},
      {"sets.contains([], [1])", "false"},
      {"sets.equivalent([1, 2, 2], [2.0, 1u])", "true"},
      {"sets.equivalent([1], [1, 2])", "false"},
      {"sets.equivalent([1, 2], [1])", "false"},
      {"sets.equivalent([], [])", "true"},
      {"sets.intersects([1, 2], [2u, 5])", "true"},
      {"sets.intersects([1], [2])", "false"},
      {"sets.intersects([], [])", "false"},
      {"sets.contains(['a', [1]], [[1.0]])", "true"},
      {"sets.contains({}, [])", "error: no `sets.contains` for a map and a list"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

}  // namespace
}  // namespace scruple::cel
