#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("strings: the standard library") {
  Harness harness;
  const Row rows[] = {
      {"size('')", "0"},
      {"size('héllo')", "5"},
      {"'\\U0001F600'.size()", "1"},
      {"size(b'\\xff\\x00')", "2"},
      {"size(1)", "error: no `size` for a whole number"},
      {"'abc'.contains('bc')", "true"},
      {"'abc'.contains('')", "true"},
      {"''.contains('a')", "false"},
      {"'a\\000b'.contains('\\000b')", "true"},
      {"'abc'.startsWith('ab')", "true"},
      {"'abc'.startsWith('bc')", "false"},
      {"'abc'.endsWith('bc')", "true"},
      {"'abc'.endsWith('abcd')", "false"},
      {"'abc'.startsWith('') && 'abc'.endsWith('')", "true"},
      {"'abc'.contains(1)", "error: no `contains` for text and a whole number"},
      {"'abc'.matches('b')", "true"},
      {"matches('abc', '^b')", "false"},
      {"'abc'.matches('')", "true"},
      {"'été'.matches('t(é|a)')", "true"},
      {"'\\U0001F600\\U0001F600'.matches('^\\U0001F600{2}$')", "true"},
      {"'x'.matches('[' + 'a')", "error: this is no regular expression: missing ]: [a"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("strings: positions count characters") {
  Harness harness;
  const Row rows[] = {
      {"'tåco'.charAt(1)", "\"å\""},
      {"'tåco'.charAt(4)", "\"\""},
      {"'tåco'.charAt(5)", "error: position 5 is outside of the text"},
      {"'tåco'.charAt(-1)", "error: position -1 is outside of the text"},
      {"(42).charAt(2)", "error: no `charAt` for a whole number and a whole number"},
      {"'tacocat'.indexOf('ac')", "1"},
      {"'tacocat'.indexOf('x')", "-1"},
      {"'tacocat'.indexOf('')", "0"},
      {"'tåcocåt'.indexOf('å', 2)", "5"},
      {"'tacocat'.indexOf('a', 6)", "-1"},
      {"'tacocat'.indexOf('', 7)", "7"},
      {"'tacocat'.indexOf('a', 8)", "error: position 8 is outside of the text"},
      {"'tacocat'.indexOf('a', -1)", "error: position -1 is outside of the text"},
      {"'a'.indexOf('b', '0')", "error: no `indexOf` for text, text and text"},
      {"'tåcocåt'.lastIndexOf('å')", "5"},
      {"'tåcocåt'.lastIndexOf('å', 4)", "1"},
      {"'tåcocåt'.lastIndexOf('å', 5)", "5"},
      {"'tacocat'.lastIndexOf('cat', 4)", "4"},
      {"'tacocat'.lastIndexOf('cat', 3)", "-1"},
      {"'tacocat'.lastIndexOf('')", "7"},
      {"'tacocat'.lastIndexOf('', 3)", "3"},
      {"'tacocat'.lastIndexOf('x')", "-1"},
      {"'ab'.lastIndexOf('abc')", "-1"},
      {"'aaaa'.lastIndexOf('aa')", "2"},
      {"'abababa'.lastIndexOf('aba', 3)", "2"},
      {"'tacocat'.lastIndexOf('a', 8)", "error: position 8 is outside of the text"},
      {"'tåco'.substring(1)", "\"åco\""},
      {"'tåco'.substring(4)", "\"\""},
      {"'tåco'.substring(1, 3)", "\"åc\""},
      {"'tåco'.substring(2, 2)", "\"\""},
      {"'tåco'.substring(5)", "error: position 5 is outside of the text"},
      {"'tåco'.substring(-1)", "error: position -1 is outside of the text"},
      {"'tåco'.substring(0, 5)", "error: position 5 is outside of the text"},
      {"'tåco'.substring(3, 2)", "error: the end of a substring cannot come before its beginning"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("strings: replacing, splitting, joining") {
  Harness harness;
  const Row rows[] = {
      {"'hello hello'.replace('he', 'we')", "\"wello wello\""},
      {"'hello hello'.replace('he', 'we', 1)", "\"wello hello\""},
      {"'hello hello'.replace('he', 'we', 0)", "\"hello hello\""},
      {"'hello hello'.replace('he', '', -1)", "\"llo llo\""},
      {"'åb'.replace('', '-')", "\"-å-b-\""},
      {"'åb'.replace('', '-', 2)", "\"-å-b\""},
      {"''.replace('', '-')", "\"-\""},
      {"'aaa'.replace('aa', 'b')", "\"ba\""},
      {"'abc'.replace('x', 'y')", "\"abc\""},
      {"'a,b,c'.split(',')", "[\"a\", \"b\", \"c\"]"},
      {"'a,b,c'.split(',', 2)", "[\"a\", \"b,c\"]"},
      {"'a,b,c'.split(',', 1)", "[\"a,b,c\"]"},
      {"'a,b,c'.split(',', 0)", "[]"},
      {"'a,b,c'.split(',', -1)", "[\"a\", \"b\", \"c\"]"},
      {"',a,'.split(',')", "[\"\", \"a\", \"\"]"},
      {"''.split(',')", "[\"\"]"},
      {"'åb'.split('')", "[\"å\", \"b\"]"},
      {"'åbc'.split('', 2)", "[\"å\", \"bc\"]"},
      {"''.split('')", "[]"},
      {"['a', 'b'].join()", "\"ab\""},
      {"['a', 'b'].join(', ')", "\"a, b\""},
      {"[].join(',')", "\"\""},
      {"['a', 1].join()", "error: `join` needs a list of texts"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("strings: trimming, case, reversing, quoting") {
  Harness harness;
  const Row rows[] = {
      {"' \\t\\n\\v\\f\\r a b '.trim()", "\"a b\""},
      {"'\\u0085\\u00a0\\u1680\\u2000\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000x\\u3000'.trim()", "\"x\""},
      {"size('\\u180e\\u200b\\u200d\\u2060\\ufeff'.trim())", "5"},
      {"' '.trim()", "\"\""},
      {"''.trim()", "\"\""},
      {"'TacoÅ'.lowerAscii()", "\"tacoÅ\""},
      {"'tacoå'.upperAscii()", "\"TACOå\""},
      {"'a\\u00e9\\U0001F600'.reverse() == '\\U0001F600\\u00e9a'", "true"},
      {"''.reverse()", "\"\""},
      {"strings.quote('a\"b\\\\c\\a\\b\\f\\n\\r\\t\\v') == r'\"a\\\"b\\\\c\\a\\b\\f\\n\\r\\t\\v\"'", "true"},
      {"strings.quote('é') == '\"é\"'", "true"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

}  // namespace
}  // namespace scruple::cel
