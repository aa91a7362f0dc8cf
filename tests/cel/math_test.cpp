#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("math") {
  Harness harness;
  const Row rows[] = {
      {"math.greatest(1, 2u, 1.5)", "2u"},
      {"math.greatest(3)", "3"},
      {"math.greatest([1, 5.5, 3u])", "5.5"},
      {"math.greatest(1, 1.0)", "1"},
      {"math.greatest(1.0, 1)", "1.0"},
      {"math.least(-1, 0u, -1.5)", "-1.5"},
      {"math.least([2u])", "2u"},
      {"math.least(-1, 18446744073709551615u)", "-1"},
      {"math.greatest([])", "error: an empty list has no greatest number"},
      {"math.least([])", "error: an empty list has no least number"},
      {"math.greatest(1, 'a')", "error: `math.greatest` compares numbers, not text"},
      {"math.least([1, null])", "error: `math.least` compares numbers, not null"},
      {"math.greatest([1], 2)", "error: `math.greatest` compares numbers, not a list"},
      {"math.greatest({})", "error: `math.greatest` compares numbers, not a map"},
      {"math.ceil(1.2)", "2.0"},
      {"math.floor(-1.2)", "-2.0"},
      {"math.round(2.5)", "3.0"},
      {"math.round(-2.5)", "-3.0"},
      {"math.round(0.49999999999999994)", "0.0"},
      {"math.trunc(-1.9)", "-1.0"},
      {"math.round(1.0 / 0.0)", "+Inf"},
      {"math.ceil(1)", "error: no `math.ceil` for a whole number"},
      {"math.round(dyn(1))", "error: no `math.round` for a whole number"},
      {"math.abs(-5)", "5"},
      {"math.abs(5u)", "5u"},
      {"math.abs(-1.5)", "1.5"},
      {"math.abs(-9223372036854775808)", "error: the result does not fit into 64 bits"},
      {"math.sign(-9)", "-1"},
      {"math.sign(0)", "0"},
      {"math.sign(9u)", "1u"},
      {"math.sign(-0.5)", "-1.0"},
      {"math.sign(0.0 / 0.0)", "NaN"},
      {"math.isNaN(0.0 / 0.0)", "true"},
      {"math.isInf(-1.0 / 0.0)", "true"},
      {"math.isFinite(1.0 / 0.0)", "false"},
      {"math.isFinite(1.0)", "true"},
      {"math.isNaN(1)", "error: no `math.isNaN` for a whole number"},
      {"math.sqrt(16)", "4.0"},
      {"math.sqrt(2.25)", "1.5"},
      {"math.sqrt(9u)", "3.0"},
      {"math.isNaN(math.sqrt(-1))", "true"},
      {"math.bitAnd(12, 10)", "8"},
      {"math.bitOr(12u, 10u)", "14u"},
      {"math.bitXor(-1, 1)", "-2"},
      {"math.bitNot(0)", "-1"},
      {"math.bitNot(0u)", "18446744073709551615u"},
      {"math.bitAnd(1, 1u)", "error: no `math.bitAnd` for a whole number and an unsigned number"},
      {"math.bitShiftLeft(1, 63)", "-9223372036854775808"},
      {"math.bitShiftLeft(1, 64)", "0"},
      {"math.bitShiftLeft(1u, 4)", "16u"},
      {"math.bitShiftRight(-1, 60)", "15"},
      {"math.bitShiftRight(-1, 0)", "-1"},
      {"math.bitShiftRight(-1, 64)", "0"},
      {"math.bitShiftRight(256u, 9223372036854775807)", "0u"},
      {"math.bitShiftLeft(1, -1)", "error: bits cannot be shifted by a negative number"},
      {"math.bitShiftLeft(1, 1u)", "error: no `math.bitShiftLeft` for a whole number and an unsigned number"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

}  // namespace
}  // namespace scruple::cel
