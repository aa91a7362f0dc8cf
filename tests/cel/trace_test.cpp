#include "cel/dump.h"
#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

std::string trace_of(Harness& harness, std::string_view text) {
  const Program& program = harness.program(text);
  Trace trace;
  const Value value = evaluate_traced(program, program.root(), harness.frame(), harness.evaluation, trace);
  CHECK(harness.show(value) == harness.show(text));
  return dump(trace, program, harness.evaluation);
}

TEST_CASE("trace: what was evaluated, and only that") {
  Harness harness;
  harness.declare("x", Value::integer(3));
  CHECK(trace_of(harness, "x > 1 || x / 0 > 1") ==
        "[0, 18) true\n"
        "  [0, 5) true\n"
        "    [0, 1) 3\n"
        "    [4, 5) 1\n");
  CHECK(trace_of(harness, "x == 3 ? 'a' : 'b'") ==
        "[0, 18) \"a\"\n"
        "  [0, 6) true\n"
        "    [0, 1) 3\n"
        "    [5, 6) 3\n"
        "  [9, 12) \"a\"\n");
  CHECK(trace_of(harness, "x / 0") ==
        "[0, 5) error: a division by zero\n"
        "  [0, 1) 3\n"
        "  [4, 5) 0\n");
}

TEST_CASE("trace: a macro's elements") {
  Harness harness;
  harness.declare("list", harness.evaluation.list(std::vector<Value>{Value::integer(5), Value::integer(-1)}));
  // Those that passed are let go only when there are too many.
  CHECK(trace_of(harness, "list.all(x, x > 0)") ==
        "[0, 18) false\n"
        "  [0, 4) [5, -1]\n"
        "  [12, 17) true  <- 0: 5\n"
        "    [12, 13) 5\n"
        "    [16, 17) 0\n"
        "  [12, 17) false  <- 1: -1\n"
        "    [12, 13) -1\n"
        "    [16, 17) 0\n");
}

TEST_CASE("trace: an argument stands where it was first used") {
  Harness harness;
  harness.define("both", {"a", "b"}, "a && b");
  CHECK(trace_of(harness, "both(1 > 2, 3 > 2)") ==
        "[0, 18) false\n"
        "  [0, 6) false\n"
        "    [0, 1) false\n"
        "      [5, 10) false\n"
        "        [5, 6) 1\n"
        "        [9, 10) 2\n");
}

TEST_CASE("trace: one of many iterations is bounded, and keeps what decided") {
  Harness harness;
  const Program& program = harness.program("lists.range(100000).all(x, x < 99999)");
  Trace trace;
  const Value value = evaluate_traced(program, program.root(), harness.frame(), harness.evaluation, trace);
  CHECK(value.is_false());
  REQUIRE_FALSE(trace.children.empty());
  CHECK(trace.children.size() < 60'000);
  CHECK(trace.children.back().iteration == 99'999);
  CHECK(trace.children.back().value.is_false());
}

}  // namespace
}  // namespace scruple::cel
