#include "cel/time_text.h"

#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("time: timestamps are read and written") {
  Harness harness;
  const Row rows[] = {
      {"string(timestamp('2024-02-29T12:30:45Z'))", "\"2024-02-29T12:30:45Z\""},
      {"string(timestamp('2024-02-29T12:30:45.1234567891Z'))", "\"2024-02-29T12:30:45.123456789Z\""},
      {"string(timestamp('2024-01-01T00:30:00+01:00'))", "\"2023-12-31T23:30:00Z\""},
      {"string(timestamp('2024-01-01T00:00:00-02:30'))", "\"2024-01-01T02:30:00Z\""},
      {"string(timestamp('0001-01-01T00:00:00Z'))", "\"0001-01-01T00:00:00Z\""},
      {"string(timestamp('9999-12-31T23:59:59.999999999Z'))", "\"9999-12-31T23:59:59.999999999Z\""},
      {"string(timestamp(1))", "\"1970-01-01T00:00:01Z\""},
      {"string(timestamp(-1))", "\"1969-12-31T23:59:59Z\""},
      {"timestamp(timestamp(0)) == timestamp(0)", "true"},
      {"timestamp(253402300800)", "error: the date is outside of the years 1 to 9999"},
      {"timestamp(-62135596801)", "error: the date is outside of the years 1 to 9999"},
      {"timestamp('x')", "error: \"x\" is no timestamp"},
      {"timestamp(1.5)", "error: no `timestamp` for a number"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
  for (const char* text : {"",
                           "2024-02-30T00:00:00Z",
                           "2023-02-29T00:00:00Z",
                           "2024-13-01T00:00:00Z",
                           "2024-00-01T00:00:00Z",
                           "2024-01-01",
                           "2024-01-01T00:00:00",
                           "2024-01-01t00:00:00Z",
                           "2024-01-01T00:00:00z",
                           "2024-01-01 00:00:00Z",
                           "2024-01-01T24:00:00Z",
                           "2024-01-01T00:60:00Z",
                           "2024-01-01T00:00:60Z",
                           "2024-01-01T00:00:00.Z",
                           "0000-01-01T00:00:00Z",
                           "10000-01-01T00:00:00Z",
                           "2024-01-01T00:00:00+0100",
                           "2024-01-01T00:00:00+24:00",
                           "2024-01-01T00:00:00Z ",
                           " 2024-01-01T00:00:00Z",
                           "+024-01-01T00:00:00Z",
                           "0001-01-01T00:00:00+00:01",
                           "9999-12-31T23:59:59-00:01"}) {
    INFO(text);
    CHECK_FALSE(parse_timestamp(text));
  }
}

TEST_CASE("time: durations are read and written") {
  struct Span {
    std::string_view text;
    std::int64_t nanos;
    std::string_view written;
  };
  const Span rows[] = {
      {"0", 0, "0s"},
      {"-0", 0, "0s"},
      {"0s", 0, "0s"},
      {"1s", 1'000'000'000, "1s"},
      {"+1s", 1'000'000'000, "1s"},
      {"-1.5h", -5'400'000'000'000, "-5400s"},
      {"1h2m3s4ms5us6ns", 3'723'004'005'006, "3723.004005006s"},
      {"1m1m", 120'000'000'000, "120s"},
      {".5s", 500'000'000, "0.5s"},
      {"1.s", 1'000'000'000, "1s"},
      {"1\u00b5s", 1'000, "0.000001s"},
      {"1\u03bcs", 1'000, "0.000001s"},
      {"1.9ns", 1, "0.000000001s"},
      // The fraction of an hour is exact, not digit by digit.
      {"0.333333333333h", 1'199'999'999'998, "1199.999999998s"},
      {"0.99999999999999999999999m", 59'999'999'999, "59.999999999s"},
      {"9223372036.854775807s", INT64_MAX, "9223372036.854775807s"},
      {"-9223372036.854775808s", INT64_MIN, "-9223372036.854775808s"},
  };
  for (const Span& row : rows) {
    INFO(row.text);
    REQUIRE(parse_duration(row.text));
    CHECK(*parse_duration(row.text) == row.nanos);
    CHECK(format_duration(row.nanos) == row.written);
  }
  for (const char* text : {"",
                           "-",
                           "+",
                           "1",
                           "00",
                           "s",
                           ".s",
                           "1 s",
                           " 1s",
                           "1d",
                           "1S",
                           "1s-1s",
                           "--1s",
                           "1.5.5s",
                           "1e3s",
                           "320000000000s",
                           "9223372036.854775808s",
                           "-9223372036.854775809s",
                           "99999999999999999999h",
                           "9223372036s1s"}) {
    INFO(text);
    CHECK_FALSE(parse_duration(text));
  }
}

TEST_CASE("time: arithmetic and its limits") {
  Harness harness;
  const Row rows[] = {
      {"string(timestamp('2024-02-28T00:00:00Z') + duration('48h'))", "\"2024-03-01T00:00:00Z\""},
      {"string(duration('-1ns') + timestamp(0))", "\"1969-12-31T23:59:59.999999999Z\""},
      {"string(timestamp(0) - duration('0.5s'))", "\"1969-12-31T23:59:59.5Z\""},
      {"string(timestamp('1970-01-01T00:00:00.5Z') + duration('0.5s'))", "\"1970-01-01T00:00:01Z\""},
      {"timestamp(10) - timestamp('1970-01-01T00:00:00.5Z')", "duration(\"9.5s\")"},
      {"timestamp(0) - timestamp('1970-01-01T00:00:00.5Z')", "duration(\"-0.5s\")"},
      {"duration('1s') + duration('-2s')", "duration(\"-1s\")"},
      {"duration('1s') - duration('2s')", "duration(\"-1s\")"},
      {"timestamp('9999-12-31T23:59:59.999999999Z') + duration('1ns')",
       "error: the date is outside of the years 1 to 9999"},
      {"timestamp('0001-01-01T00:00:00Z') - duration('1ns')", "error: the date is outside of the years 1 to 9999"},
      {"timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z')",
       "error: a span of time is at most about 292 years"},
      {"string(timestamp('2000-01-01T00:00:00Z') - duration('-9223372036.854775808s'))",
       "\"2292-04-10T23:47:16.854775808Z\""},
      {"duration('9223372036s') + duration('1s')", "error: a span of time is at most about 292 years"},
      {"duration('-9223372036s') - duration('1s')", "error: a span of time is at most about 292 years"},
      {"timestamp(0) + timestamp(0)", "error: no `+` for a date and a date"},
      {"duration('1s') - timestamp(0)", "error: no `-` for a span of time and a date"},
      {"duration('1s') * 2", "error: no `*` for a span of time and a whole number"},
      {"duration('1d')", "error: \"1d\" is no span of time of at most 292 years"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("time: accessors") {
  Harness harness;
  harness.declare("t", Value::timestamp({1709209845, 123'456'789}));  // 2024-02-29T12:30:45.123456789Z, a Thursday
  harness.declare("before", Value::timestamp({-1, 999'000'000}));
  const Row rows[] = {
      {"t.getFullYear()", "2024"},
      {"t.getMonth()", "1"},
      {"t.getDate()", "29"},
      {"t.getDayOfMonth()", "28"},
      {"t.getDayOfWeek()", "4"},
      {"t.getDayOfYear()", "59"},
      {"t.getHours()", "12"},
      {"t.getMinutes()", "30"},
      {"t.getSeconds()", "45"},
      {"t.getMilliseconds()", "123"},
      {"before.getFullYear()", "1969"},
      {"before.getDayOfYear()", "364"},
      {"before.getMilliseconds()", "999"},
      {"timestamp('0001-01-01T00:00:00Z').getDayOfWeek()", "1"},
      {"timestamp('9999-12-31T23:59:59Z').getDayOfYear()", "364"},
      {"t.getHours('UTC')", "12"},
      {"t.getHours('+02:15')", "14"},
      {"t.getMinutes('+02:15')", "45"},
      {"t.getHours('02:15')", "14"},
      {"t.getMinutes('-02:30')", "0"},
      {"t.getHours('-02:30')", "10"},
      {"t.getDate('+12:00')", "1"},
      {"t.getMonth('+12:00')", "2"},
      {"timestamp('0001-01-01T00:00:00Z').getFullYear('-01:00')", "0"},
      {"t.getMilliseconds('+02:00')", "123"},
      {"t.getHours('+24:00')", "error: unknown time zone \"+24:00\""},
      {"t.getHours('Nowhere/At_All')", "error: unknown time zone \"Nowhere/At_All\""},
      {"t.getMilliseconds('Nowhere')", "error: unknown time zone \"Nowhere\""},
      {"t.getHours('../../../etc/passwd')", "error: unknown time zone \"../../../etc/passwd\""},
      {"t.getHours('/etc/localtime')", "error: unknown time zone \"/etc/localtime\""},
      {"t.getHours('')", "error: unknown time zone \"\""},
      {"t.getHours(1)", "error: no `getHours` for a date and a whole number"},
      {"duration('90m').getHours()", "1"},
      {"duration('-90m').getHours()", "-1"},
      {"duration('90s').getMinutes()", "1"},
      {"duration('1m1.9s').getSeconds()", "61"},
      {"duration('123.321456789s').getMilliseconds()", "321"},
      {"duration('1s').getFullYear()", "error: no `getFullYear` for a span of time"},
      {"duration('1s').getHours('UTC')", "error: no `getHours` for a span of time and text"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

}  // namespace
}  // namespace scruple::cel
