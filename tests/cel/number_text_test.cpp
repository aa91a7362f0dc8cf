#include "cel/number_text.h"

#include "catch.h"

#include <cmath>
#include <limits>

namespace scruple::cel {
namespace {

TEST_CASE("number text: reading") {
  struct Number {
    std::string_view text;
    double value;
  };
  const Number rows[] = {
      {"0", 0},
      {"1.5", 1.5},
      {"-.5", -0.5},
      {"+2", 2},
      {"1.", 1},
      {"1e3", 1000},
      {"1E+3", 1000},
      {"123e-2", 1.23},
      {"1e-400", 0},
      {"0.00001e-320", 0},
      {"0e999999", 0},
      {"0.0e99999999999999999999", 0},
      {"1e-99999999999999999999", 0},
      {"4.9e-324", 4.9e-324},
      {"1.7976931348623157e308", 1.7976931348623157e308},
  };
  for (const Number& row : rows) {
    INFO(row.text);
    REQUIRE(parse_real(row.text));
    CHECK(*parse_real(row.text) == row.value);
  }
  CHECK(std::signbit(*parse_real("-0")));
  CHECK(std::signbit(*parse_real("-1e-400")));
  for (const char* text : {"", "-", ".", "e1", "1e", "1e+", "1 ", " 1", "--1", "1,5", "0x1", "inf", "nan", "1e400",
                           "1e99999999999999999999", "10000e306", "1_0"}) {
    INFO(text);
    CHECK_FALSE(parse_real(text));
  }
}

TEST_CASE("number text: writing") {
  struct Number {
    double value;
    std::string_view text;
    std::string_view plain;
  };
  const double infinity = std::numeric_limits<double>::infinity();
  const Number rows[] = {
      {0, "0", "0"},
      {-0.0, "-0", "-0"},
      {1, "1", "1"},
      {0.1, "0.1", "0.1"},
      {123.456, "123.456", "123.456"},
      {999999, "999999", "999999"},
      {1e6, "1e+06", "1000000"},
      {1e21, "1e+21", "1000000000000000000000"},
      {1e23, "1e+23", "100000000000000000000000"},
      {0.0001, "0.0001", "0.0001"},
      {0.00001, "1e-05", "0.00001"},
      {infinity, "+Inf", "Infinity"},
      {-infinity, "-Inf", "-Infinity"},
      {std::nan(""), "NaN", "NaN"},
  };
  for (const Number& row : rows) {
    INFO(row.text);
    CHECK(format_real(row.value) == row.text);
    CHECK(format_real_plainly(row.value) == row.plain);
  }
  CHECK(format_real_plainly(std::numeric_limits<double>::denorm_min()).size() == 326);
  CHECK(format_real_plainly(-std::numeric_limits<double>::max()).size() == 310);
  CHECK(format_real_plainly(1.5e300) == "15" + std::string(299, '0'));
  CHECK(name_of_special(1).empty());
}

}  // namespace
}  // namespace scruple::cel
