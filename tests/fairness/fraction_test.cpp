#include "fairness/fraction.h"

#include "catch.h"

#include <limits>

namespace scruple::fairness {
namespace {

TEST_CASE("fraction: a decimal is read exactly") {
  struct Row {
    std::string_view text;
    std::int64_t numerator;
    std::int64_t denominator;
  };
  const Row rows[] = {
      {"0.8", 4, 5}, {"0.80", 4, 5}, {"1", 1, 1},          {"0", 0, 1},
      {"4/5", 4, 5}, {"1.25", 5, 4}, {"0.0001", 1, 10000}, {"0.333333333333", 333333333333, 1000000000000}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto found = parse_fraction(row.text);
    REQUIRE(found);
    CHECK(found->numerator == row.numerator);
    CHECK(found->denominator == row.denominator);
  }
}

TEST_CASE("fraction: what is no plain decimal is refused") {
  for (const char* text : {"", ".", "0.", ".8", "-0.8", "+0.8", "8e-1", "0,8", "80 %", "1/0", "/", "1/", "0.8 ", "NaN",
                           "0.1234567890123", "1234567890123"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_fraction(text));
  }
}

TEST_CASE("fraction: a double is the decimal that was written") {
  CHECK(to_fraction(0.8)->numerator == 4);
  CHECK(to_fraction(0.1)->denominator == 10);
  CHECK(to_fraction(1e-12)->denominator == 1'000'000'000'000);
  CHECK(to_fraction(30)->numerator == 30);
  for (const double number : {-0.1, 1e-13, 1e13, 1.0 / 3, std::numeric_limits<double>::quiet_NaN(),
                              std::numeric_limits<double>::infinity()}) {
    CAPTURE(number);
    CHECK_FALSE(to_fraction(number));
  }
}

}  // namespace
}  // namespace scruple::fairness
