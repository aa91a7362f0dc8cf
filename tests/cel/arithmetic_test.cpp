#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("arithmetic: whole numbers and their edges") {
  Harness harness;
  const Row rows[] = {
      {"40 + 2", "42"},
      {"1 - 2", "-1"},
      {"6 * 7", "42"},
      {"7 / 2", "3"},
      {"-7 / 2", "-3"},
      {"7 % 3", "1"},
      {"-7 % 3", "-1"},
      {"7 % -3", "1"},
      {"9223372036854775807 + 1", "error: the result does not fit into 64 bits"},
      {"-9223372036854775808 - 1", "error: the result does not fit into 64 bits"},
      {"9223372036854775807 * 2", "error: the result does not fit into 64 bits"},
      {"-9223372036854775808 * -1", "error: the result does not fit into 64 bits"},
      {"-9223372036854775808 / -1", "error: the result does not fit into 64 bits"},
      {"-9223372036854775808 % -1", "error: the result does not fit into 64 bits"},
      {"-(-9223372036854775808)", "error: the result does not fit into 64 bits"},
      {"-9223372036854775807 - 1", "-9223372036854775808"},
      {"1 / 0", "error: a division by zero"},
      {"1 % 0", "error: a division by zero"},
      {"-(5)", "-5"},
      {"1u + 2u", "3u"},
      {"3u - 2u", "1u"},
      {"2u - 3u", "error: an unsigned number cannot be below zero"},
      {"18446744073709551615u + 1u", "error: the result does not fit into 64 bits"},
      {"18446744073709551615u * 2u", "error: the result does not fit into 64 bits"},
      {"7u / 2u", "3u"},
      {"7u % 2u", "1u"},
      {"1u / 0u", "error: a division by zero"},
      {"1u % 0u", "error: a division by zero"},
      {"-1u", "error: no `-` for an unsigned number"},
      {"1 + 1u", "error: no `+` for a whole number and an unsigned number"},
      {"2 * 1.5", "error: no `*` for a whole number and a number"},
      {"5.0 % 2.0", "error: no `%` for a number and a number"},
      {"true + true", "error: no `+` for true or false and true or false"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("arithmetic: doubles follow IEEE") {
  Harness harness;
  const Row rows[] = {
      {"0.1 + 0.2", "0.30000000000000004"},
      {"1.0 / 4.0", "0.25"},
      {"1.0 / 0.0", "+Inf"},
      {"-1.0 / 0.0", "-Inf"},
      {"0.0 / 0.0", "NaN"},
      {"-(0.0)", "-0.0"},
      {"1.0 / -(0.0)", "-Inf"},
      {"1e308 * 10.0", "+Inf"},
      {"5.0 - 7.5", "-2.5"},
      {"-(2.5)", "-2.5"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("arithmetic: texts, bytes and lists are joined") {
  Harness harness;
  const Row rows[] = {
      {"'a' + 'b'", "\"ab\""},
      {"'' + ''", "\"\""},
      {"b'a' + b'\\xff'", "b\"a\\xff\""},
      {"[1] + [2, 'x']", "[1, 2, \"x\"]"},
      {"[] + []", "[]"},
      {"'a' + 1", "error: no `+` for text and a whole number"},
      {"'a' + b'a'", "error: no `+` for text and bytes"},
      {"{} + {}", "error: no `+` for a map and a map"},
      {"null + null", "error: no `+` for null and null"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

}  // namespace
}  // namespace scruple::cel
