#include "harness.h"

#include "catch.h"

#include <chrono>

namespace scruple::cel {
namespace {

constexpr std::string_view steps = "error: this takes more than 1000000 steps (limit `evaluation-steps`)";
constexpr std::string_view text_bytes = "error: this makes a text of more than 16777216 bytes (limit `text-bytes`)";
constexpr std::string_view list_elements =
    "error: this makes a list of more than 100000 elements (limit `list-elements`)";

TEST_CASE("limits: whatever grows ends with an error that names the limit") {
  Harness harness;
  harness.declare("text", Value::string(harness.evaluation.copy(std::string(3'000'000, 'x'))));
  // A list doubled fifty times.
  const std::string doubled =
      "cel.bind(a, [1, 1], cel.bind(b, [a, a, a, a, a, a, a, a], cel.bind(c, [b, b, b, b, b, b, b, b], "
      "cel.bind(d, [c, c, c, c, c, c, c, c], cel.bind(e, [d, d, d, d, d, d, d, d], "
      "cel.bind(f, [e, e, e, e, e, e, e, e], cel.bind(g, [f, f, f, f, f, f, f, f], ";
  struct Case {
    std::string expression;
    std::string_view limit;
  };
  for (const Case& test : std::vector<Case>{
           {"lists.range(1000).all(a, lists.range(1000).all(b, lists.range(1000).all(c, true)))", steps},
           {"lists.range(9223372036854775807)", list_elements},
           {"lists.range(100001)", list_elements},
           {"lists.range(60000) + lists.range(60000)", list_elements},
           {"[lists.range(60000), lists.range(60000)].flatten()", list_elements},
           {"lists.range(99999).map(i, [i, i]).flatten()", list_elements},
           {"lists.range(5000).map(i, lists.range(i).map(j, -j)).distinct()", steps},
           {"lists.range(3000).map(i, text.replace('x', 'yy')).size() > 0", steps},
           {"lists.range(100).map(i, text + text).size() > 0", steps},
           {"lists.range(100).map(i, text).join().size() > 0", text_bytes},
           {"text.replace('x', text) == ''", text_bytes},
           {"text + text + text + text + text + text == ''", text_bytes},
           {"'%s'.format([lists.range(100).map(i, text)]) == ''", text_bytes},
           {"'%s%s%s%s%s%s'.format([text, text, text, text, text, text]) == ''", text_bytes},
           {"lists.range(1000).map(i, text).sort() == []", steps},
           {"lists.range(1000).sortBy(i, text) == []", steps},
           {"lists.range(100000).all(i, !(text in ['a','b','c','d','e','f','g','h','i','j']))", steps},
           {"lists.range(100000).all(i, text == text)", steps},
           {"lists.range(100000).all(i, size(text) > 0)", steps},
           {"lists.range(100000).all(i, !text.contains('y'))", steps},
           {"lists.range(100000).all(i, text.indexOf('y') < 0)", steps},
           {"lists.range(100000).all(i, text.lastIndexOf('y') < 0)", steps},
           {"lists.range(100000).all(i, !has({'a': i}.b) && !(text in {'a': i}))", steps},
           {"sets.contains(lists.range(2000), lists.range(2000))", steps},
           {concat(doubled, "g.flatten(100).size() > 0)))))))"), list_elements},
           {concat(doubled, "'%s%s'.format([g, g]) == '')))))))"), steps},
       }) {
    INFO(test.expression);
    harness.evaluation.reset_steps();
    const auto begin = std::chrono::steady_clock::now();
    CHECK(harness.show(test.expression) == test.limit);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
  }
}

TEST_CASE("limits: the error is of its kind and says so once") {
  Harness harness;
  harness.evaluation.step_limit = 100;
  const Value value = harness.value("lists.range(1000).map(x, x)");
  REQUIRE(value.is_error());
  CHECK(value.as_error().kind == ErrorKind::limit);
  CHECK(value.as_error().next == nullptr);
  harness.evaluation.reset();
  CHECK(harness.show("1 + 1") == "2");
}

TEST_CASE("limits: the budget is of one evaluation") {
  Harness harness;
  const Program& program = harness.program("1 + 2 * 3");
  evaluate(program, harness.frame(), harness.evaluation);
  const std::uint64_t once = harness.evaluation.steps();
  CHECK(once == 5);
  evaluate(program, harness.frame(), harness.evaluation);
  CHECK(harness.evaluation.steps() == 2 * once);
  harness.evaluation.reset_steps();
  CHECK(harness.evaluation.steps() == 0);
  CHECK(harness.evaluation.can_afford(harness.evaluation.step_limit));
  CHECK_FALSE(harness.evaluation.can_afford(harness.evaluation.step_limit + 1));
}

TEST_CASE("limits: all evaluations together have a budget") {
  Harness harness;
  harness.evaluation.total_step_limit = 100;
  harness.evaluation.begin_total();
  const Program& program = harness.program("[1, 2, 3].map(x, x * x).size()");
  std::size_t done = 0;
  for (; done < 100; ++done) {
    harness.evaluation.reset_steps();
    if (evaluate(program, harness.frame(), harness.evaluation).is_error()) break;
  }
  CHECK(done > 1);
  CHECK(done < 20);
  CHECK(harness.evaluation.total_exhausted());
  harness.evaluation.reset();
  CHECK(harness.show("1 + 1") == "error: all rules together took more than 100 steps (limit `manifest-steps`)");
  harness.evaluation.begin_total();
  CHECK(harness.show("1 + 1") == "2");
}

TEST_CASE("limits: memory that is released is used again") {
  Harness harness;
  const Evaluation::Mark mark = harness.evaluation.mark();
  const char* first = harness.evaluation.copy("some text").data();
  harness.evaluation.release(mark);
  CHECK(harness.evaluation.copy("other one").data() == first);
}

TEST_CASE("limits: errors that meet again and again are bounded") {
  Harness harness;
  Evaluation errors;
  Value many;
  for (int i = 0; i < 256; ++i) {
    const Value next = errors.error(ErrorKind::evaluation, concat("number ", i));
    many = i == 0 ? next : errors.merge_errors(many, next);
  }
  harness.declare("many", many);
  harness.evaluation.step_limit = 1'000'000;
  // A million copies of 256 errors would take gigabytes.
  const Value value = harness.value("lists.range(200000).all(i, many)");
  CHECK(value.is_error());
  CHECK(harness.evaluation.steps() < 1'010'000);
}

TEST_CASE("limits: memory is kept and used again") {
  Harness harness;
  const Program& program = harness.program("lists.range(1000).map(x, string(x)).join(',')");
  for (int i = 0; i < 3; ++i) {
    harness.evaluation.reset();
    CHECK(evaluate(program, harness.frame(), harness.evaluation).as_text().size() == 3889);
  }
}

}  // namespace
}  // namespace scruple::cel
