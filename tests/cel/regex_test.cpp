#include "cel/regular_expression.h"

#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("regex") {
  Harness harness;
  const Row rows[] = {
      {"regex.replace('a1b22', r'\\d+', '#')", "\"a#b#\""},
      {"regex.replace('a1b22', r'\\d+', '#', 1)", "\"a#b22\""},
      {"regex.replace('a1b22', r'\\d+', '#', 0)", "\"a1b22\""},
      {"regex.replace('a1b22', r'\\d+', '#', -1)", "\"a#b#\""},
      {"regex.replace('ab', '(a)(b)', r'\\2\\1\\0')", "\"baab\""},
      {"regex.replace('ab', 'a', r'\\\\') == r'\\b'", "true"},
      {"regex.replace('éa', '', '-')", "\"-é-a-\""},
      {"regex.replace('b', '(a)?b', r'[\\1]')", "\"[]\""},
      {"regex.replace('a', 'a', r'\\1')", "error: the pattern has no group 1"},
      {"regex.replace('a', 'a', r'\\x')", "error: in a replacement, `\\` stands before a digit or another `\\`"},
      {"regex.replace('a', 'a', 'b\\\\')", "error: a replacement cannot end with a `\\`"},
      {"regex.replace('a', '(' + '', 'b')", "error: this is no regular expression: missing ): ("},
      {"regex.extract('item 42', r'\\d+')", "optional.of(\"42\")"},
      {"regex.extract('item 42', r'item (\\d+)')", "optional.of(\"42\")"},
      {"regex.extract('item', r'\\d+')", "optional.none()"},
      {"regex.extract('b', '(a)?b')", "optional.none()"},
      {"regex.extract('b', '(a*)b')", "optional.none()"},
      {"regex.extract('ab', '(a)(b)')", "error: a pattern for extraction has one group at most"},
      {"regex.extract('', '')", "optional.of(\"\")"},
      {"regex.extractAll('1 22 333', r'\\d+')", "[\"1\", \"22\", \"333\"]"},
      {"regex.extractAll('id:1 id:2', r'id:(\\d)')", "[\"1\", \"2\"]"},
      {"regex.extractAll('b ab', '(a?)b')", "[\"a\"]"},
      {"regex.extractAll('x', 'y')", "[]"},
      {"regex.extractAll('aé', '')", "[\"\", \"\", \"\"]"},
      {"regex.extractAll('ab', '(a)(b)')", "error: a pattern for extraction has one group at most"},
      // The same call with another pattern each time.
      {"['a', 'b'].map(p, regex.extractAll('aab', p))", "[[\"a\", \"a\"], [\"b\"]]"},
      // A constant pattern of an inner call does not become that of the outer one.
      {"'b'.matches('a'.matches('a') ? 'b' : 'c')", "true"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("regex: a larger pattern costs more") {
  const RegularExpression small("a");
  const RegularExpression large("[a-z]{500}[0-9]{400}");
  CHECK(small.search_steps(6400) < 200);
  CHECK(large.search_steps(6400) > 10 * small.search_steps(6400));
  CHECK(large.compile_steps() > small.compile_steps());
  CHECK_FALSE(RegularExpression("(").valid());
  CHECK(RegularExpression("(").error() == "missing ): (");
}

TEST_CASE("regex: a pattern costs the same whether or not it was seen before; a constant one costs its search") {
  Harness harness;
  harness.declare("tail", Value::string("b{20}c{30}"));
  const auto steps_of = [&](const char* expression) {
    harness.evaluation.reset();
    CHECK(harness.show(expression) == "false");
    return harness.evaluation.steps();
  };
  const auto first = steps_of("'x'.matches('a' + tail)");
  CHECK(steps_of("'x'.matches('a' + tail)") == first);
  CHECK(steps_of("'x'.matches('ab{20}c{30}')") + 50 < first);
}

TEST_CASE("regex: more patterns than are kept") {
  Harness harness;
  for (int round = 0; round < 2; ++round) {
    CHECK(harness.show("lists.range(200).all(i, string(i).matches('^' + string(i) + '$'))") == "true");
  }
}

TEST_CASE("regex: hostile patterns and texts end with an error") {
  Harness harness;
  const std::string letters(2'000'000, 'a');
  harness.declare("text", Value::string(letters));
  harness.evaluation.step_limit = 100'000;
  for (const char* expression : {
           // Each search looks ahead to the end, and finds one letter.
           "size(regex.extractAll(text, 'a.*b|a')) >= 0",
           "size(regex.replace(text, 'a.*b|a', 'x')) >= 0",
           // As many states as letters.
           "lists.range(1000).exists(i, text.matches('[ab]*a[ab]{800}c'))",
           // A new pattern each time.
           "lists.range(100000).exists(i, 'x'.matches('(((.{10}){10}){10})' + string(i)))",
       }) {
    INFO(expression);
    harness.evaluation.reset();
    CHECK(harness.show(expression) == "error: this takes more than 100000 steps (limit `evaluation-steps`)");
  }
  harness.evaluation.reset();
  CHECK(harness.show("size(regex.replace(text, 'a*', lists.range(1000).map(i, r'\\0').join())) > 0") ==
        "error: this makes a text of more than 16777216 bytes (limit `text-bytes`)");
}

}  // namespace
}  // namespace scruple::cel
