#include "cel/program.h"

#include "cel/dump.h"
#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("program: conjuncts") {
  Harness harness;
  for (const char* name : {"a", "b", "c", "d"}) harness.declare(name);
  struct Split {
    std::string_view expression;
    std::vector<std::string_view> parts;
  };
  const Split rows[] = {
      {"a", {"a"}},
      {"a && b && c", {"a", "b", "c"}},
      {"a && (b && c) && d", {"a", "b", "c", "d"}},
      {"a && (b || c)", {"a", "b || c"}},
      {"a || b && c", {"a || b && c"}},
      {"!(a && b)", {"!(a && b)"}},
  };
  for (const Split& row : rows) {
    INFO(row.expression);
    const Program& program = harness.program(row.expression);
    std::vector<std::string_view> parts;
    for (const NodeId id : program.conjuncts()) {
      const Span span = program.node_span(id);
      parts.push_back(row.expression.substr(span.begin, span.end - span.begin));
    }
    CHECK(parts == row.parts);
  }
}

TEST_CASE("program: the slots that are read") {
  Harness harness;
  for (const char* name : {"a", "b", "c", "d"}) harness.declare(name);
  harness.define("uses_c", {"x"}, "x + c");
  harness.define("ignores", {"x"}, "d");
  struct Read {
    std::string_view expression;
    std::vector<std::uint32_t> slots;
  };
  const Read rows[] = {
      {"1", {}},
      {"b + a + b", {0, 1}},
      {"[a].all(x, x == b)", {0, 1}},
      {"uses_c(a)", {0, 2}},
      {"ignores(a)", {3}},
      {"cel.bind(x, a, 1)", {}},
      {"cel.bind(x, a, x)", {0}},
      {"cel.bind(x, a, cel.bind(y, x + b, y))", {0, 1}},
      {"has(a.b)", {0}},
  };
  for (const Read& row : rows) {
    INFO(row.expression);
    const Program& program = harness.program(row.expression);
    CHECK(program.slots(program.root()) == row.slots);
  }
}

TEST_CASE("program: names of nodes") {
  Harness harness;
  harness.declare("a");
  CHECK(harness.program("a.field").node_name(harness.program("a.field").root()) == "field");
  CHECK(harness.program("has(a.`x y`)").node_name(harness.program("has(a.`x y`)").root()) == "x y");
}

TEST_CASE("program: one made from tables is the same") {
  Harness harness;
  harness.declare("x", Value::integer(4));
  harness.define("half", {"n"}, "n / 2");
  for (const char* expression :
       {"half(x) + 1", "[1, 2, 3].map(i, i * x)", "'abc'.matches('b+') && x in [1, 2, 3, 4, 5, 6, 7, 8, 9]",
        "{'a': [1, {'b': x}]}.a[1].b", "[?optional.none(), 1, ?optional.of(x)]", "cel.bind(y, x, y + y)",
        "b'\\xff' == b'\\377' && 1.5 < 2u", "x / 0", "{}.missing", "[1, 'a'].all(e, e > 0)", "{1: 1, 1u: 2}"}) {
    INFO(expression);
    const Program& planned = harness.program(expression);
    const Program copy(planned.tables());
    CHECK(dump(copy, harness.functions) == dump(planned, harness.functions));
    for (int time = 0; time < 2; ++time) {
      CHECK(harness.show(evaluate(copy, harness.frame(), harness.evaluation)) ==
            harness.show(evaluate(planned, harness.frame(), harness.evaluation)));
    }
    CHECK(copy.slots(copy.root()) == planned.slots(planned.root()));
  }
}

TEST_CASE("program: what it cached outlives the evaluation that made it") {
  Harness harness;
  const Program& program = harness.program("['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']");
  const Value first = evaluate(program, harness.frame(), harness.evaluation);
  {
    Evaluation other;
    CHECK(evaluate(program, harness.frame(), other).is(Kind::list));
  }
  harness.evaluation.reset();
  CHECK(harness.show(first) == "[\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\", \"j\"]");
}

}  // namespace
}  // namespace scruple::cel
