#include "cel/planner.h"

#include "cel/dump.h"
#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

std::string plan_of(Harness& harness, std::string_view text) {
  Compiled compiled = compile(text, harness.environment);
  return compiled.program ? dump(*compiled.program, harness.functions) : Harness::show(compiled.issues);
}

TEST_CASE("planner: names become slots, types and fields") {
  Harness harness;
  for (const char* name : {"asset", "asset.kind", "size", "ns.x", "ns.deep.x"}) harness.declare(name);
  const Row rows[] = {
      {"asset", "$0"},
      {"asset.name", "select($0, name)"},
      {"asset.kind", "$1"},
      {"asset.kind.x", "select($1, x)"},
      {"asset.`kind`", "select($0, kind)"},
      {"asset['kind']", "index($0, \"kind\")"},
      {"size(size)", "size($2)"},
      {".asset", "$0"},
      {"int", "type int"},
      {"google.protobuf.Duration", "type google.protobuf.Duration"},
      {"[1].map(asset, asset.kind)", "map[#0](constant[1], select(#0, kind))"},
      {"[1].map(asset, .asset.kind)", "map[#0](constant[1], $1)"},
      {"cel.bind(size, 1, size + .size)", "bind[#0](1, _+_(#0, $2))"},
      {"[1].exists(x, [2].exists(x, x > 0))", "exists[#0](constant[1], exists[#1](constant[2], _>_(#1, 0)))"},
      {"math.ceil(1.5)", "math.ceil(double 1.5)"},
      {"'a'.matches('b')", ".matches[pattern](\"a\", \"b\")"},
      {"'a'.matches(asset)", ".matches(\"a\", $0)"},
      {"[1, [2]]", "constant[1, constant[2]]"},
      {"[1, asset]", "[1, $0]"},
      {"has(asset.kind.x)", "has($1, x)"},
      {"optional.none().or(asset.?x)", ".or(optional.none(), select?($0, x))"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(plan_of(harness, row.expression) == row.wanted);
  }

  harness.environment.container = "ns.deep";
  CHECK(plan_of(harness, "x") == "$4");
  CHECK(plan_of(harness, "asset") == "$0");
  harness.environment.container = "ns.other";
  CHECK(plan_of(harness, "x") == "$3");
  CHECK(plan_of(harness, ".x") ==
        "[1, 2): unknown name `x` (there are `asset`, `asset.kind`, `size`, `ns.x` and `ns.deep.x`)");
}

TEST_CASE("planner: mistakes are all named, each at its place") {
  Harness harness;
  harness.declare("asset");
  harness.declare("campaign");
  const Row rows[] = {
      {"aset.name", "[0, 4): unknown name `aset` (did you mean `asset`?)"},
      {"asset && campain.x", "[9, 16): unknown name `campain` (did you mean `campaign`?)"},
      {"nothing_like_it", "[0, 15): unknown name `nothing_like_it` (there are `asset` and `campaign`)"},
      {"[1].all(item, itm > 0)", "[14, 17): unknown name `itm` (did you mean `item`?)"},
      {"size == 1", "[0, 4): unknown name `size` (`size` is a function: call it as size(…))"},
      {"siz(asset)", "[0, 3): unknown function `siz` (did you mean `size`?)"},
      {"asset.startWith('a')", "[6, 15): unknown function `startWith` (did you mean `startsWith`?)"},
      {"asset.filtr(x, true)", "[6, 11): unknown function `filtr` (did you mean `filter`?)"},
      {"contains('a', 'b')", "[0, 8): `contains` is called on a value: `x.contains(…)`"},
      {"asset.int()", "[6, 9): `int` is not called on a value: `int(x)`"},
      {"asset.all(x)", "[6, 9): `all` is written list.all(x, condition)"},
      {"asset.exists(true)", "[6, 12): `exists` is written list.exists(x, condition)"},
      {"has(asset, 1)", "[0, 3): `has` is written has(value.field)"},
      {"size()", "[0, 4): `size` takes 1 argument, not 0"},
      {"size(1, 2)", "[0, 4): `size` takes 1 argument, not 2"},
      {"'a'.substring()", "[4, 13): `substring` takes 1 or 2 arguments, not 0"},
      {"'a'.replace('b')", "[4, 11): `replace` takes 2 or 3 arguments, not 1"},
      {"math.greatest()", "[5, 13): `math.greatest` takes 1 argument, not 0"},
      {"'a'.matches('[')", "[12, 15): this is no regular expression: missing ]: [ (the syntax is that of RE2)"},
      {"Asset{name: 'x'}", "[0, 5): unknown type `Asset` (a map is written {\"key\": value})"},
      {"dyn", "[0, 3): unknown name `dyn` (`dyn` is a function: call it as dyn(…))"},
      {"aset.x && campain.y",
       "[0, 4): unknown name `aset` (did you mean `asset`?) + "
       "[10, 17): unknown name `campain` (did you mean `campaign`?)"},
      {"siz(aset)",
       "[0, 3): unknown function `siz` (did you mean `size`?) + "
       "[4, 8): unknown name `aset` (did you mean `asset`?)"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("planner: unknown names can wait for the evaluation") {
  Harness harness;
  harness.environment.names_checked = false;
  const Row rows[] = {
      {"x || true", "true"},
      {"f(17) || true", "true"},
      {"'a'.g() || true", "true"},
      {"x", "error: unknown name `x`"},
      {"f(1)", "error: unknown function `f`"},
      {"T{a: 1}", "error: unknown type `T`"},
      {"size(1, 2)", "error: no `size` for a whole number and a whole number"},
      {"'a'.matches('[')", "error: this is no regular expression: missing ]: ["},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("planner: definitions are expanded with their own names") {
  Harness harness;
  harness.declare("global", Value::integer(10));
  harness.declare("item", Value::integer(1000));
  harness.environment.definition_visible_slots = 1;
  harness.define("twice", {"x"}, "x + x");
  harness.define("plus", {"a", "b"}, "a + b + global");
  harness.define("item_of", {}, "item");
  harness.define("shadow", {"global"}, "global + .global");
  harness.define("inner", {"x"}, "[1, 2].map(y, x + y)");
  harness.define("first_of", {"a", "b"}, "a");
  harness.define("either", {"a", "b"}, "a || b");
  harness.define("nested", {"x"}, "twice(twice(x))");
  const Row rows[] = {
      {"twice(3)", "6"},
      {"plus(1, 2)", "13"},
      {"shadow(5)", "15"},
      {"nested(1)", "4"},
      // A macro's variable of the caller reaches the body only as an argument.
      {"[1, 2].map(y, inner(y * 10))", "[[11, 12], [21, 22]]"},
      {"[7].map(x, plus(x, x))", "[24]"},
      // Lazy: what is not used is not evaluated.
      {"first_of(1, 1 / 0)", "1"},
      {"either(true, 1 / 0 > 0)", "true"},
      {"twice(1 / 0)", "error: a division by zero"},
      {"item_of()", "3:[0, 4): unknown name `item` (there is `global`)"},
      {"twice()", "[0, 5): `twice` takes 1 argument, not 0"},
      {"plus(1, 2, 3)", "[0, 4): `plus` takes 2 arguments, not 3"},
      {"twise(1)", "[0, 5): unknown function `twise` (did you mean `twice`?)"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
  const Program& program = harness.program("twice(3)");
  CHECK(program.node_source(program.root()) == 0);
  CHECK(program.node_source(program.children(program.root()).back()) == 1);
}

TEST_CASE("planner: a caller's variable is not seen by a definition") {
  Harness harness;
  harness.define("leak", {}, "x");
  CHECK(harness.show("[1].map(x, leak())") == "1:[0, 1): unknown name `x`");
}

TEST_CASE("planner: an argument is evaluated once at most") {
  Harness harness;
  FunctionRow count;
  count.name = "count";
  count.result = Type::of(Type::Tag::integer);
  count.call = [](Evaluation& evaluation, std::span<const Value>) {
    return Value::integer(++*static_cast<std::int64_t*>(evaluation.host));
  };
  harness.functions.add(count);
  std::int64_t calls = 0;
  harness.evaluation.host = &calls;
  harness.define("thrice", {"x"}, "[x, x, x]");
  harness.define("deep", {"x"}, "thrice(x) + thrice(x)");
  CHECK(harness.show("thrice(count())") == "[1, 1, 1]");
  CHECK(harness.show("deep(count())") == "[2, 2, 2, 2, 2, 2]");
  CHECK(harness.show("cel.bind(x, count(), x + x)") == "6");
  CHECK(calls == 3);
  // A binding in the body of a macro is new for each element.
  CHECK(harness.show("[0, 0].map(e, cel.bind(x, count(), [x, x]))") == "[[4, 4], [5, 5]]");
  CHECK(harness.show("[0, 0].map(e, thrice(count()))") == "[[6, 6, 6], [7, 7, 7]]");
  CHECK(harness.show("cel.bind(unused, count(), 1)") == "1");
  CHECK(calls == 7);
}

TEST_CASE("planner: mistakes in definitions") {
  Harness harness;
  harness.define("self", {}, "1 + self()");
  harness.define("ping", {}, "pong()");
  harness.define("pong", {}, "ping()");
  harness.define("broken", {"x"}, "x +");
  const Row rows[] = {
      {"self()", "1:[4, 8): a definition cannot call itself: `self` calls `self`"},
      {"ping()", "3:[0, 4): a definition cannot call itself: `ping` calls `pong` calls `ping`"},
      {"broken(1)", "4:[3, 3): the expression ends where a value should follow"},
      // One mistake is told once, however often the definition is used.
      {"broken(1) + broken(2)", "4:[3, 3): the expression ends where a value should follow"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("planner: what definitions expand to is bounded") {
  SECTION("in size") {
    Harness harness;
    harness.define("d0", {"x"}, "x + x");
    for (int i = 1; i < 40; ++i) {
      const std::string before = concat("d", i - 1);
      harness.define(concat("d", i), {"x"}, concat(before, "(x) + ", before, "(x)"));
    }
    CHECK(harness.show("d39(1)").find("the expression has more than 50000 parts once its definitions are expanded") !=
          std::string::npos);
  }
  SECTION("in depth") {
    for (const int definitions : {6, 3000}) {
      Harness harness;
      std::string minuses;
      for (int i = 0; i < 240; ++i) minuses += "- ";
      harness.define("d0", {}, "1");
      for (int i = 1; i < definitions; ++i) harness.define(concat("d", i), {}, concat(minuses, "d", i - 1, "()"));
      CHECK(harness.show(concat("d", definitions - 1, "()"))
                .find("the expression is nested more than 1000 levels deep once its definitions are expanded") !=
            std::string::npos);
    }
  }
  SECTION("in depth, through arguments") {
    Harness harness;
    harness.define("wrap", {"x"}, "[[[[[[[[x]]]]]]]]");
    std::string call = "1";
    for (int i = 0; i < 200; ++i) call = concat("wrap(", call, ")");
    CHECK(harness.show(call).find("nested more than 1000 levels deep") != std::string::npos);
  }
}

TEST_CASE("planner: a text that is wrong everywhere gives a hundred issues, quickly") {
  Harness harness;
  for (int i = 0; i < 200; ++i) harness.declare(concat("some_variable_", i));
  std::string text = "u0";
  for (int i = 1; i < 12'000; ++i) text += concat("||u", i);
  const Compiled compiled = compile(text, harness.environment);
  CHECK_FALSE(compiled.program);
  CHECK(compiled.issues.size() == 100);
}

TEST_CASE("planner: limits of the text") {
  Harness harness;
  harness.environment.limits.source_bytes = 10;
  CHECK(harness.show("1 + 2 + 3 + 4") == "[0, 0): the expression is longer than 10 bytes (limit `expression-bytes`)");
  harness.environment.limits = {};
  harness.environment.limits.nodes = 5;
  CHECK(harness.show("1 + 2 + 3 + 4") ==
        "[12, 13): the expression has more than 5 parts once its definitions are expanded");
  harness.environment.limits = {};
  harness.environment.limits.nesting = 3;
  CHECK(harness.show("((1))") == "1");
  CHECK(harness.show("(((1)))") == "[3, 4): the expression is nested more than 3 levels deep");
}

}  // namespace
}  // namespace scruple::cel
