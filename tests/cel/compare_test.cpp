#include "cel/compare.h"

#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("compare: equality is defined between any two values") {
  Harness harness;
  struct Pair {
    std::string_view left;
    std::string_view right;
    bool equal;
  };
  const Pair rows[] = {
      {"1", "1u", true},
      {"1", "1.0", true},
      {"1u", "1.0", true},
      {"-1", "18446744073709551615u", false},
      {"1", "1.5", false},
      {"0.0", "-0.0", true},
      {"0.0 / 0.0", "0.0 / 0.0", false},
      {"[0.0 / 0.0]", "[0.0 / 0.0]", false},
      {"{'a': 0.0 / 0.0}", "{'a': 0.0 / 0.0}", false},
      {"9223372036854775807", "9223372036854775808.0", true},
      {"9223372036854775807", "9223372036854777856.0", false},
      {"-9223372036854775808", "-9223372036854775808.0", true},
      {"18446744073709551615u", "18446744073709551616.0", true},
      {"9007199254740993", "9007199254740992.0", true},
      {"1", "'1'", false},
      {"1", "true", false},
      {"'a'", "b'a'", false},
      {"'a'", "'a'", true},
      {"'\\u00e9'", "'e\\u0301'", false},
      {"null", "null", true},
      {"null", "0", false},
      {"null", "[]", false},
      {"null", "''", false},
      {"[]", "{}", false},
      {"[1, 2]", "[1.0, 2u]", true},
      {"[1, 2]", "[2, 1]", false},
      {"[1]", "[1, 2]", false},
      {"[1, 'a']", "['a', 1]", false},
      {"{1: 2.0}", "{1u: 2}", true},
      {"{'a': 1, 'b': [2]}", "{'b': [2], 'a': 1}", true},
      {"{'a': 1}", "{'b': 1}", false},
      {"{'a': null}", "{'b': null}", false},
      {"{1: 'x'}", "{'1': 'x'}", false},
      {"{true: 1}", "{1: 1}", false},
      {"int", "int", true},
      {"int", "uint", false},
      {"type(1)", "int", true},
      {"type(int)", "type", true},
      {"timestamp('2020-01-01T00:00:00Z')", "timestamp('2020-01-01T01:00:00+01:00')", true},
      {"duration('60s')", "duration('1m')", true},
      {"duration('60s')", "60", false},
      {"optional.none()", "optional.none()", true},
      {"optional.of(1)", "optional.of(1.0)", true},
      {"optional.of(1)", "optional.none()", false},
      {"optional.of(1)", "1", false},
  };
  for (const Pair& row : rows) {
    for (const auto& [a, b] : {std::pair(row.left, row.right), std::pair(row.right, row.left)}) {
      INFO(a << " and " << b);
      CHECK(harness.show(concat('(', a, ") == (", b, ')')) == (row.equal ? "true" : "false"));
      CHECK(harness.show(concat('(', a, ") != (", b, ')')) == (row.equal ? "false" : "true"));
    }
  }
}

TEST_CASE("compare: foreign containers and our own are equal if their contents are") {
  Harness harness;
  Document one;
  Document other;
  const auto contents = [](Document& document) {
    return document.map({{"name", Value::string("Ada")},
                         {"tags", document.list({Value::string("a"), Value::integer(1)})},
                         {"inner", document.map({{"k", Value::null()}})}});
  };
  const Value left = contents(one);
  harness.declare("left", left);
  harness.declare("right", contents(other));
  harness.declare("items", one.list({left}));
  const Row rows[] = {
      {"left == right", "true"},
      {"left != right", "false"},
      {"left == left", "true"},
      {"left.inner == right.inner", "true"},
      {"left == {'name': 'Ada', 'tags': ['a', 1.0], 'inner': {'k': null}}", "true"},
      {"{'name': 'Ada', 'tags': ['a', 1u], 'inner': {'k': null}} == left", "true"},
      {"{'name': 'Ada', 'tags': ['a', 1u], 'inner': {'k': 0}} == left", "false"},
      {"{1: 'Ada', 'tags': ['a', 1u], 'inner': {'k': null}} == left", "false"},
      {"left.tags == right.tags", "true"},
      {"right in items", "true"},
      {"right.inner in items", "false"},
      {"right in [left]", "true"},
      {"size([left, right, left.inner].distinct())", "2"},
      {"sets.contains(items, [right])", "true"},
      {"'name' in left", "true"},
      {"1 in left", "false"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("compare: an element that is an error decides only if nothing else does") {
  Harness harness;
  Error error;
  error.message = "unreadable";
  Document document;
  harness.declare("list", document.list({Value::error(error), Value::integer(2)}));
  harness.declare("map", document.map({{"a", Value::error(error)}, {"b", Value::integer(2)}}));
  const Row rows[] = {
      {"list == [1, 3]", "false"},
      {"list == [1]", "false"},
      {"list == [1, 2]", "error: unreadable"},
      {"list != [1, 2]", "error: unreadable"},
      {"map == {'a': 1, 'b': 3}", "false"},
      {"map == {'a': 1, 'b': 2}", "error: unreadable"},
      {"2 in list", "true"},
      {"3 in list", "error: unreadable"},
      {"list == list", "error: unreadable"},
      {"list.distinct()", "error: unreadable"},
      {"list.exists(x, x == 2)", "true"},
      {"list.all(x, x == 2)", "error: unreadable"},
      {"list.map(x, 1)", "[1, 1]"},
      {"list[0]", "error: unreadable"},
      {"list + [1]", "error: unreadable"},
      {"[1].join() == '' || 2 in list", "true"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("compare: order") {
  Harness harness;
  // Each is less than the next.
  const std::string_view ascending[][5] = {
      {"-1", "0u", "0.5", "1", "1.5"},
      {"-9223372036854775808", "-1.0", "0", "9223372036854775808u", "1e300"},
      {"''", "'A'", "'a'", "'ab'", "'b'"},
      {"'z'", "'\\u00e9'", "'\\uffff'", "'\\U00010000'", "'\\U0010ffff'"},
      {"b''", "b'\\x00'", "b'\\x7f'", "b'\\x80'", "b'\\xff'"},
      {"timestamp('0001-01-01T00:00:00Z')", "timestamp('1969-12-31T23:59:59.5Z')", "timestamp(0)",
       "timestamp('1970-01-01T00:00:00.000000001Z')", "timestamp('9999-12-31T23:59:59Z')"},
      {"duration('-1h')", "duration('-1ns')", "duration('0')", "duration('1ms')", "duration('1s')"},
  };
  for (const auto& row : ascending) {
    for (std::size_t i = 0; i < 5; ++i) {
      for (std::size_t j = 0; j < 5; ++j) {
        INFO(row[i] << " and " << row[j]);
        CHECK(harness.show(concat(row[i], " < ", row[j])) == (i < j ? "true" : "false"));
        CHECK(harness.show(concat(row[i], " <= ", row[j])) == (i <= j ? "true" : "false"));
        CHECK(harness.show(concat(row[i], " > ", row[j])) == (i > j ? "true" : "false"));
        CHECK(harness.show(concat(row[i], " >= ", row[j])) == (i >= j ? "true" : "false"));
      }
    }
  }
  const Row rows[] = {
      {"false < true", "true"},
      {"9223372036854775807 < 9223372036854775808.0", "false"},
      {"9223372036854775807 > 9223372036854775808.0", "false"},
      {"18446744073709551615u < 18446744073709551616.0", "false"},
      {"1 < 'a'", "error: no `<` for a whole number and text"},
      {"[1] < [2]", "error: no `<` for a list and a list"},
      {"null < null", "error: no `<` for null and null"},
      {"int < uint", "error: no `<` for a type and a type"},
      {"'a' < b'b'", "error: no `<` for text and bytes"},
      {"0.0 / 0.0 < 1.0", "error: NaN is neither less nor greater than a number"},
      {"1 >= 0.0 / 0.0", "error: NaN is neither less nor greater than a number"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("compare: membership") {
  Harness harness;
  const Row rows[] = {
      {"1 in [1, 2]", "true"},
      {"1.0 in [1, 2]", "true"},
      {"3 in [1, 2]", "false"},
      {"'a' in ['b', 1, null, 'a']", "true"},
      {"null in [0, null]", "true"},
      {"[1] in [[1.0]]", "true"},
      {"0.0 / 0.0 in [0.0 / 0.0]", "false"},
      {"'a' in {'a': 1}", "true"},
      {"3.0 in {3: 1}", "true"},
      {"3.5 in {3: 1}", "false"},
      {"null in {'a': 1}", "false"},
      {"[1] in {'a': 1}", "false"},
      {"'a' in 'abc'", "error: no `in` for text and text"},
      {"1 in 1", "error: no `in` for a whole number and a whole number"},
      {"1 in null", "error: no `in` for a whole number and null"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("compare: what hosts ask for") {
  Evaluation evaluation;
  CHECK(equal(Value::integer(1), Value::real(1), evaluation));
  CHECK_FALSE(equal(Value::integer(1), Value::string("1"), evaluation));
  CHECK(less(Value::integer(1), Value::real(1.5), evaluation) == true);
  CHECK(less(Value::string("b"), Value::string("a"), evaluation) == false);
  CHECK(less(Value::integer(1), Value::string("a"), evaluation) == std::nullopt);
  CHECK(less(Value::null(), Value::null(), evaluation) == std::nullopt);
}

}  // namespace
}  // namespace scruple::cel
