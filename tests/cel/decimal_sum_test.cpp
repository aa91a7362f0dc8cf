#include "cel/decimal_sum.h"

#include "catch.h"

#include <cmath>
#include <initializer_list>
#include <limits>
#include <string_view>

using scruple::cel::DecimalSum;

namespace {

double sum(std::initializer_list<std::string_view> numbers) {
  DecimalSum sum;
  for (const std::string_view number : numbers) {
    CAPTURE(number);
    CHECK(sum.add(number));
  }
  return sum.value();
}

}  // namespace

TEST_CASE("Sums of decimals are exact") {
  CHECK(sum({}) == 0.0);
  CHECK(sum({"0.1", "0.2"}) == 0.3);
  CHECK(sum({"0.10", "-0.1"}) == 0.0);
  CHECK(sum({"-0.25", "-1"}) == -1.25);
  CHECK(sum({"1e3", "2.5E-3", "+1"}) == 1001.0025);
  CHECK(sum({"9007199254740993", "-9007199254740992"}) == 1.0);
  CHECK(sum({"1e15", "0.000000000000001", "-1e15"}) == 1e-15);
  // Beyond the exact range: as doubles, with what rounding loses carried along.
  CHECK(sum({"1e300", "1", "-1e300"}) == 1.0);
  CHECK(sum({"0.0000000000000000000001"}) == 1e-22);
  CHECK(sum({"123456789012345678901234567890"}) == 123456789012345678901234567890.0);

  DecimalSum tenths;
  for (int i = 0; i < 1'000'000; ++i) tenths.add(0.1);
  CHECK(tenths.value() == 100'000.0);

  DecimalSum large;
  for (int i = 0; i < 1000; ++i) large.add(std::numeric_limits<std::int64_t>::max());
  CHECK(large.value() == 1000.0 * 0x1p63);
  large.add(std::numeric_limits<double>::infinity());
  CHECK(std::isinf(large.value()));
}

TEST_CASE("What is no number is not added") {
  for (const std::string_view text : {"", "-", ".", "1,5", "1 000", "12x", "1e", "e5", "0x10", "--1", "1.2.3"}) {
    CAPTURE(text);
    DecimalSum sum;
    CHECK_FALSE(sum.add(text));
  }
}
