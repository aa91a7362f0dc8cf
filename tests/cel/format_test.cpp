#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("format") {
  Harness harness;
  const Row rows[] = {
      {"'100%%'.format([])", "\"100%\""},
      {"'%s and %s'.format(['a', 1])", "\"a and 1\""},
      {"'%s'.format([1, 2])", "\"1\""},
      {"'%s %s %s %s'.format([true, null, 5u, -3])", "\"true null 5 -3\""},
      {"'%s %s %s %s'.format([1.0, 0.1, 1e10, 1e-7])", "\"1 0.1 10000000000 0.0000001\""},
      {"'%s %s %s'.format([0.0 / 0.0, 1.0 / 0.0, -1.0 / 0.0])", "\"NaN Infinity -Infinity\""},
      {"'%s'.format([b'a\\xff\\xfeb\\xc3'])", "\"a\ufffdb\ufffd\""},
      {"'%s'.format([b'\\xe2\\x82\\xac'])", "\"€\""},
      {"'%s'.format([int])", "\"int\""},
      {"'%s'.format([timestamp('2024-01-02T03:04:05Z')])", "\"2024-01-02T03:04:05Z\""},
      {"'%s'.format([duration('1h')])", "\"3600s\""},
      {"'%s'.format([['a', [1, null]]])", "\"[a, [1, null]]\""},
      {"'%s'.format([{'b': 1, 'a': [2], 3: 'x', true: 0}])", "\"{3: x, a: [2], b: 1, true: 0}\""},
      {"'%s'.format([optional.of(1)])", "error: `%s` does not format an optional value"},
      {"'%d %d'.format([-5, 5u])", "\"-5 5\""},
      {"'%d'.format([0.0 / 0.0])", "\"NaN\""},
      {"'%d'.format(['5'])", "error: `%d` does not format text"},
      {"'%f'.format([1.5])", "\"1.500000\""},
      {"'%.0f %.0f %.0f'.format([0.5, 1.5, 2.5])", "\"0 2 2\""},
      {"'%.2f'.format([1.005])", "\"1.00\""},
      {"'%.3f'.format([7])", "\"7.000\""},
      {"'%f'.format([1.0 / 0.0])", "\"Infinity\""},
      {"'%e'.format([1234.5])", "\"1.234500e+03\""},
      {"'%.1e'.format([1e-100])", "\"1.0e-100\""},
      {"'%.2e'.format([0])", "\"0.00e+00\""},
      {"'%f'.format(['a'])", "error: `%f` does not format text"},
      {"'%x %X'.format([255, -255])", "\"ff -FF\""},
      {"'%x'.format(['hé'])", "\"68c3a9\""},
      {"'%X'.format([b'\\xab'])", "\"AB\""},
      {"'%x'.format([1.5])", "error: `%x` does not format a number"},
      {"'%o %o'.format([8, 9u])", "\"10 11\""},
      {"'%o'.format(['a'])", "error: `%o` does not format text"},
      {"'%b %b %b'.format([5, true, false])", "\"101 1 0\""},
      {"'%b'.format([-9223372036854775808]).size()", "65"},
      {"'%b'.format([null])", "error: `%b` does not format null"},
      {"'%s'.format([])", "error: `format` has fewer arguments than `%` clauses"},
      {"'%'.format([1])", "error: a `%` at the end of the text of `format` has no letter"},
      {"'%.2'.format([1])", "error: a `%` at the end of the text of `format` has no letter"},
      {"'%E'.format([1.0])", "error: `format` knows no `%E`"},
      {"'%é'.format([1.0])", "error: `format` knows no `%é`"},
      {"'%.f'.format([1.0])", "error: a precision in `format` is a number from 0 to 1000"},
      {"'%.-1f'.format([1.0])", "error: a precision in `format` is a number from 0 to 1000"},
      {"'%.1001f'.format([1.0])", "error: a precision in `format` is a number from 0 to 1000"},
      {"'%.99999999999f'.format([1.0])", "error: a precision in `format` is a number from 0 to 1000"},
      {"'%.1000f'.format([1.7976931348623157e308]).size()", "1310"},
      {"'%s'.format('x')", "error: no `format` for text and text"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

}  // namespace
}  // namespace scruple::cel
