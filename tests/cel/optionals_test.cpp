#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("optionals") {
  Harness harness;
  const Row rows[] = {
      {"optional.of(1)", "optional.of(1)"},
      {"optional.none()", "optional.none()"},
      {"optional.of(null).hasValue()", "true"},
      {"optional.none().hasValue()", "false"},
      {"[null, false, 0, 0u, 0.0, '', b'', [], {}, duration('0s')].all(x, !optional.ofNonZeroValue(x).hasValue())",
       "true"},
      {"[true, 1, 1u, 0.5, 'a', b'a', [0], {'a': 0}, duration('1s'), timestamp(0)].all(x, "
       "optional.ofNonZeroValue(x).hasValue())",
       "true"},
      {"optional.of(1).value()", "1"},
      {"optional.none().value()", "error: an optional value that is none has no value"},
      {"optional.none().or(optional.of(2))", "optional.of(2)"},
      {"optional.of(1).or(1 / 0)", "optional.of(1)"},
      {"optional.none().or(2)", "error: `or` needs another optional value, not a whole number"},
      {"optional.none().orValue(2)", "2"},
      {"optional.of(1).orValue(1 / 0)", "1"},
      {"optional.none().orValue(1 / 0)", "error: a division by zero"},
      {"(1).orValue(2)", "error: no `orValue` for a whole number"},
      {"optional.of(2).optMap(x, x * 2)", "optional.of(4)"},
      {"optional.none().optMap(x, 1 / 0)", "optional.none()"},
      {"optional.of(0).optMap(x, 1 / x)", "error: a division by zero"},
      {"optional.of(2).optFlatMap(x, optional.of(x + 1))", "optional.of(3)"},
      {"optional.of(2).optFlatMap(x, optional.none())", "optional.none()"},
      {"optional.of(2).optFlatMap(x, x)", "error: `optFlatMap` needs an optional value, not a whole number"},
      {"[1].optMap(x, x)", "error: no `optMap` for a list"},
      {"{'a': 1}.?a", "optional.of(1)"},
      {"{'a': null}.?a", "optional.of(null)"},
      {"{'a': 1}.?b", "optional.none()"},
      {"{'a': 1}[?'a']", "optional.of(1)"},
      {"[1, 2][?1]", "optional.of(2)"},
      {"[1, 2][?2]", "optional.none()"},
      {"[1, 2][?'x']", "error: a list is indexed by a whole number, not by text"},
      // Selection goes on inside.
      {"{}.?a.b", "optional.none()"},
      {"{'a': {'b': 1}}.?a.b", "optional.of(1)"},
      {"{'a': {'b': [1, 2]}}.?a.b[1]", "optional.of(2)"},
      {"{'a': {}}.?a.b", "optional.none()"},
      {"{'a': null}.?a.b", "error: null has no fields: `b` cannot be selected"},
      {"(1).?a", "error: a whole number has no fields: `a` cannot be selected"},
      {"optional.none()[0]", "optional.none()"},
      {"optional.of([5])[0]", "optional.of(5)"},
      {"optional.of(1)[0]", "error: a whole number cannot be indexed"},
      {"has({'a': {'b': 1}}.?a.b)", "true"},
      {"has({}.?a.b)", "false"},
      {"has({'k': optional.none()}.k)", "true"},
      {"has({'k': optional.none()}.k.x)", "false"},
      // Elements and entries that may be there.
      {"[1, ?optional.none(), ?optional.of(2)]", "[1, 2]"},
      {"{?'a': optional.none(), ?'b': optional.of(2), 'c': 3}", "{\"b\": 2, \"c\": 3}"},
      {"[?1]", "error: what follows `?` must be an optional value, not a whole number"},
      {"{?'a': 1}", "error: what follows `?` must be an optional value, not a whole number"},
      {"{?(1 / 0): optional.none()}", "error: a division by zero"},
      {"[1, 2].first()", "optional.of(1)"},
      {"[1, 2].last()", "optional.of(2)"},
      {"[].first()", "optional.none()"},
      {"[].last()", "optional.none()"},
      {"optional.unwrap([optional.of(1), optional.none(), optional.of(3)])", "[1, 3]"},
      {"[optional.of(1)].unwrapOpt()", "[1]"},
      {"[1].unwrapOpt()", "error: a list that is unwrapped holds optional values, not a whole number"},
      {"optional.of(optional.none())", "optional.of(optional.none())"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

}  // namespace
}  // namespace scruple::cel
