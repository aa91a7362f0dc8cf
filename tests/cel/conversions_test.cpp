#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("conversions: to numbers") {
  Harness harness;
  const Row rows[] = {
      {"int(7)", "7"},
      {"int(7u)", "7"},
      {"int(9223372036854775808u)", "error: 9223372036854775808u is not a whole number of 64 bits"},
      {"int(1.9)", "1"},
      {"int(-1.9)", "-1"},
      {"int(9223372036854775807.0)", "error: 9.223372036854776e+18 is not a whole number of 64 bits"},
      {"int(-9223372036854775808.0)", "error: -9.223372036854776e+18 is not a whole number of 64 bits"},
      {"int(9223372036854774784.0)", "9223372036854774784"},
      {"int(0.0 / 0.0)", "error: NaN is not a whole number of 64 bits"},
      {"int(1.0 / 0.0)", "error: +Inf is not a whole number of 64 bits"},
      {"int('-42')", "-42"},
      {"int('+42')", "42"},
      {"int('-9223372036854775808')", "-9223372036854775808"},
      {"int('9223372036854775808')", "e"},
      {"int('+-1')", "e"},
      {"int('')", "e"},
      {"int(' 1')", "e"},
      {"int('1 ')", "e"},
      {"int('0x10')", "e"},
      {"int('1.0')", "e"},
      {"int(timestamp('1969-12-31T23:59:59.5Z'))", "-1"},
      {"int(timestamp('2000-01-01T00:00:00Z'))", "946684800"},
      {"int(true)", "e"},
      {"int(null)", "e"},
      {"int(duration('1s'))", "e"},
      {"uint(7)", "7u"},
      {"uint(-1)", "error: -1 is not an unsigned number of 64 bits"},
      {"uint(1.9)", "1u"},
      {"uint(-0.5)", "e"},
      {"uint(0.0)", "0u"},
      {"uint(18446744073709551616.0)", "e"},
      {"uint(0.0 / 0.0)", "e"},
      {"uint('18446744073709551615')", "18446744073709551615u"},
      {"uint('-1')", "e"},
      {"uint('+1')", "e"},
      {"uint('18446744073709551616')", "e"},
      {"double(1)", "1.0"},
      {"double(18446744073709551615u)", "1.8446744073709552e+19"},
      {"double('1.5e3')", "1500.0"},
      {"double('-.5')", "-0.5"},
      {"double('1e-400')", "0.0"},
      {"double('1e400')", "error: \"1e400\" is not a number"},
      {"double('NaN')", "NaN"},
      {"double('-Infinity')", "-Inf"},
      {"double('inf')", "+Inf"},
      {"double('')", "e"},
      {"double('1,5')", "e"},
      {"double('0x1p3')", "e"},
      {"double('1.5 ')", "e"},
      {"double('infinit')", "e"},
      {"double('nan(1)')", "e"},
      {"double(true)", "e"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    const std::string shown = row.wanted == "e" ? result(harness, row.expression) : harness.show(row.expression);
    CHECK(shown == row.wanted);
  }
}

TEST_CASE("conversions: to bool, string, bytes and types") {
  Harness harness;
  const Row rows[] = {
      {"bool(true)", "true"},
      {"['1', 't', 'T', 'TRUE', 'true', 'True'].all(s, bool(s))", "true"},
      {"['0', 'f', 'F', 'FALSE', 'false', 'False'].exists(s, bool(s))", "false"},
      {"bool('TrUe')", "error: \"TrUe\" is not true or false"},
      {"bool('yes')", "error: \"yes\" is not true or false"},
      {"bool(1)", "error: no `bool` for a whole number"},
      {"string('x')", "\"x\""},
      {"string(true)", "\"true\""},
      {"string(-5)", "\"-5\""},
      {"string(5u)", "\"5\""},
      {"string(1.0)", "\"1\""},
      {"string(0.1)", "\"0.1\""},
      {"string(123456.0)", "\"123456\""},
      {"string(1234567.0)", "\"1.234567e+06\""},
      {"string(0.00001)", "\"1e-05\""},
      {"string(0.0001)", "\"0.0001\""},
      {"string(1e100)", "\"1e+100\""},
      {"string(1.0 / 0.0)", "\"+Inf\""},
      {"string(0.0 / 0.0)", "\"NaN\""},
      {"string(b'\\xc3\\xa9')", "\"é\""},
      {"string(b'\\xff')", "error: these bytes are no valid UTF-8"},
      {"string(b'\\xc0\\x80')", "error: these bytes are no valid UTF-8"},
      {"string(b'\\xed\\xa0\\x80')", "error: these bytes are no valid UTF-8"},
      {"string(timestamp('2020-02-03T04:05:06.700Z'))", "\"2020-02-03T04:05:06.7Z\""},
      {"string(duration('1h1.5s'))", "\"3601.5s\""},
      {"string(duration('-0.5s'))", "\"-0.5s\""},
      {"string(null)", "error: no `string` for null"},
      {"string([1])", "error: no `string` for a list"},
      {"bytes('é')", "b\"\\xc3\\xa9\""},
      {"bytes(b'a')", "b\"a\""},
      {"bytes(1)", "error: no `bytes` for a whole number"},
      {"dyn(1) == 1", "true"},
      {"type(1u)", "uint"},
      {"type(1.0)", "double"},
      {"type('')", "string"},
      {"type(b'')", "bytes"},
      {"type([])", "list"},
      {"type({})", "map"},
      {"type(null)", "null_type"},
      {"type(true)", "bool"},
      {"type(timestamp(0))", "google.protobuf.Timestamp"},
      {"type(duration('1s')) == google.protobuf.Duration", "true"},
      {"type(optional.none())", "optional_type"},
      {"type(type(1))", "type"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

}  // namespace
}  // namespace scruple::cel
