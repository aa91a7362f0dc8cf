#include "cel/evaluator.h"

#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

TEST_CASE("evaluator: logic takes either side's word") {
  Harness harness;
  const Row rows[] = {
      {"true && true", "true"},
      {"true && false", "false"},
      {"false || true", "true"},
      {"false || false", "false"},
      {"1 / 0 > 0 && false", "false"},
      {"false && 1 / 0 > 0", "false"},
      {"1 / 0 > 0 || true", "true"},
      {"true || 1 / 0 > 0", "true"},
      {"1 && false", "false"},
      {"'a' || true", "true"},
      {"1 / 0 > 0 && true", "error: a division by zero"},
      {"true && 1 / 0 > 0", "error: a division by zero"},
      {"1 && true", "error: `&&` needs true or false, not a whole number"},
      {"null || false", "error: `||` needs true or false, not null"},
      {"1 || 2 || true", "true"},
      {"!true", "false"},
      {"!1", "error: no `!` for a whole number"},
      {"true ? 1 : 1 / 0", "1"},
      {"false ? 1 / 0 : 'x'", "\"x\""},
      {"1 ? 2 : 3", "error: `?:` needs true or false, not a whole number"},
      {"1 / 0 > 0 ? 1 : 2", "error: a division by zero"},
      {"(1 / 0 > 0 ? true : true) || true", "true"},
      // Nothing else absorbs an error.
      {"[1, 1 / 0] == [2]", "error: a division by zero"},
      {"1 in [1, 1 / 0]", "error: a division by zero"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("evaluator: errors that meet are all kept, once each, in the order of the expression") {
  Harness harness;
  const Row rows[] = {
      {"1 / 0 > 0 && 1 > null", "error: a division by zero + error: no `>` for a whole number and null"},
      {"1 > null && 1 / 0 > 0", "error: no `>` for a whole number and null + error: a division by zero"},
      {"1 / 0 > 0 && (1 > null || 1 / 0 > 0)", "error: a division by zero + error: no `>` for a whole number and null"},
      {"[1 / 0, 1 % 0, -'a']", "error: a division by zero + error: no `-` for text"},
      {"{'a': 1 / 0, 1 + null: 2}", "error: a division by zero + error: no `+` for a whole number and null"},
      {"1 / 0 + (1 + null)", "error: a division by zero + error: no `+` for a whole number and null"},
      {"[1, 2].all(x, x / 0 > 0)", "error: a division by zero"},
      {"{'a': 1}[1 / 0].x", "error: a division by zero"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("evaluator: at most 256 errors are kept") {
  Harness harness;
  std::string text = "false";
  for (int i = 0; i < 400; ++i) text += concat(" || {}.k", i);
  const Value value = harness.value(text);
  std::size_t count = 0;
  for (const Error* error = &value.as_error(); error != nullptr; error = error->next) ++count;
  CHECK(count == Evaluation::most_errors);
}

TEST_CASE("evaluator: selection and indexing") {
  Harness harness;
  const Row rows[] = {
      {"{'a': 1}.a", "1"},
      {"{'a': {'b': [1, 2]}}.a.b[1]", "2"},
      {"{'a': 1}.b", "error: there is no `b`"},
      {"{'a': 1}['b']", "error: there is no `b`"},
      {"{1: 'x'}[1u]", "\"x\""},
      {"{1u: 'x'}[1.0]", "\"x\""},
      {"{1: 'x'}[1.5]", "error: there is no `1.5`"},
      {"{true: 'x'}[true]", "\"x\""},
      {"{1: 'x'}[null]", "error: null cannot be the key of a map"},
      {"{1: 'x'}[[1]]", "error: a list cannot be the key of a map"},
      {"[1, 2][0]", "1"},
      {"[1, 2][1u]", "2"},
      {"[1, 2][1.0]", "2"},
      {"[1, 2][0.5]", "error: a list is indexed by a whole number, not by 0.5"},
      {"[1, 2]['0']", "error: a list is indexed by a whole number, not by text"},
      {"[1, 2][2]", "error: there is no element [2] in a list of 2"},
      {"[1, 2][-1]", "error: there is no element [-1] in a list of 2"},
      {"[1, 2][18446744073709551615u]", "error: there is no element [9223372036854775807] in a list of 2"},
      {"[1, 2][double('NaN')]", "error: a list is indexed by a whole number, not by NaN"},
      {"'abc'[0]", "error: text cannot be indexed"},
      {"1.a", "error: a whole number has no fields: `a` cannot be selected"},
      {"(1).a", "error: a whole number has no fields: `a` cannot be selected"},
      {"[1].a", "error: a list has no fields: `a` cannot be selected"},
      {"null.a", "error: null has no fields: `a` cannot be selected"},
      {"{0: 1, 0u: 2}", "error: the key 0u comes twice in one map"},
      {"{'a': 1, 'a': 2}", "error: the key \"a\" comes twice in one map"},
      {"{1.0: 1}", "error: a number cannot be the key of a map"},
      {"{null: 1}", "error: null cannot be the key of a map"},
      {"{[1]: 1}", "error: a list cannot be the key of a map"},
      {"has({'a': null}.a)", "true"},
      {"has({'a': 1}.b)", "false"},
      {"has({}.a.b)", "error: there is no `a`"},
      {"has([1].a)", "error: a list has no fields: `a` cannot be selected"},
      {"has((1).a)", "error: a whole number has no fields: `a` cannot be selected"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }
}

TEST_CASE("evaluator: maps and lists with many keys") {
  Harness harness;
  std::string map = "{";
  for (int i = 0; i < 40; ++i) map += concat("'k", i, "': ", i, ", ");
  map += "1: 'one', true: 'yes', 7u: 'seven'}";
  harness.evaluation.step_limit = 10'000'000;
  CHECK(harness.show(map + ".k39") == "39");
  CHECK(harness.show(map + "[1.0]") == "\"one\"");
  CHECK(harness.show(map + "[7]") == "\"seven\"");
  CHECK(harness.show(map + "[true]") == "\"yes\"");
  CHECK(harness.show("'k40' in " + map) == "false");
  CHECK(harness.show(map.substr(0, map.size() - 1) + ", 7: 1}") == "error: the key 7 comes twice in one map");

  const std::string texts = "['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']";
  const std::string numbers = "[1, 2, 3, 4, 5, 6, 7, 8, 9, true]";
  CHECK(harness.show("'j' in " + texts) == "true");
  CHECK(harness.show("'k' in " + texts) == "false");
  CHECK(harness.show("1 in " + texts) == "false");
  CHECK(harness.show("9u in " + numbers) == "true");
  CHECK(harness.show("9.0 in " + numbers) == "true");
  CHECK(harness.show("true in " + numbers) == "true");
  CHECK(harness.show("false in " + numbers) == "false");
  CHECK(harness.show("'9' in " + numbers) == "false");
}

TEST_CASE("evaluator: calls say what there is") {
  Harness harness;
  const Value value = harness.value("size(1)");
  CHECK(value.as_error().message == "no `size` for a whole number");
  CHECK(value.as_error().hint == "there is `size(string)`, `size(bytes)`, `size(list(T))`, `size(map(K, V))`");
  CHECK(harness.value("1 + 'a'").as_error().hint ==
        "there is `int + int`, `double + double`, `string + string`, `uint + uint`, …");
  CHECK(harness.value("'a'.startsWith(1)").as_error().message == "no `startsWith` for text and a whole number");
  CHECK(harness.value("'a'.startsWith(1)").as_error().hint == "there is `string.startsWith(string)`");
  CHECK(harness.value("math.greatest('a')").as_error().message == "`math.greatest` compares numbers, not text");
}

TEST_CASE("evaluator: foreign data, origins and what is missing") {
  Harness harness;
  Document document;
  Error placeholder;
  placeholder.kind = ErrorKind::absence;
  placeholder.message = "this is a placeholder";
  placeholder.origin = 77;
  Error wrong;
  wrong.kind = ErrorKind::wrong_type;
  wrong.message = "this is no date";
  wrong.origin = 78;
  const Value tags = document.list({Value::string("a").with_origin(11), Value::string("b").with_origin(12)});
  const Value owner = document.map({{"name", Value::string("Ada").with_origin(21)}});
  harness.declare("asset", document.object({{"tags", tags},
                                            {"owner", owner},
                                            {"title", Value::error(placeholder)},
                                            {"day", Value::error(wrong)},
                                            {"n", Value::integer(3).with_origin(31)}}));
  const Row rows[] = {
      {"asset.owner.name", "\"Ada\""},
      {"asset.tags[1]", "\"b\""},
      {"has(asset.owner)", "true"},
      {"has(asset.title)", "false"},
      {"has(asset.nothing)", "false"},
      {"has(asset.day)", "error: this is no date"},
      {"asset.title", "error: this is a placeholder"},
      {"asset.?title", "optional.none()"},
      {"asset.?day", "error: this is no date"},
      {"asset.?title.orValue('x')", "\"x\""},
      {"'name' in asset.owner", "true"},
      {"1 in asset.owner", "false"},
      {"asset.owner[1]", "error: there is no `1`"},
      {"asset['tags']", "error: asset cannot be indexed"},
      {"size(asset)", "error: no `size` for asset"},
      {"asset == asset", "true"},
      {"asset == asset.owner", "false"},
      {"type(asset)", "asset"},
      {"asset.day == asset.day || true", "true"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(harness.show(row.expression) == row.wanted);
  }

  struct Standing {
    std::string_view expression;
    Origin origin;
  };
  const Standing standing[] = {
      {"asset.owner.name", 21},
      {"asset.tags[1]", 12},
      {"asset.tags.filter(t, t == 'b')[0]", 12},
      {"asset.tags.map(t, t)[0]", 11},
      {"asset.tags.sortBy(t, t == 'a' ? 1 : 0)[0]", 12},
      {"true ? asset.n : 1", 31},
      {"asset.?nothing.orValue(asset.n)", 31},
      {"asset.?n.orValue(1)", 31},
      {"asset.?n.value()", 31},
      {"cel.bind(x, asset.n, x)", 31},
      {"asset.tags.first().value()", 11},
      {"dyn(asset.n)", 31},
      {"asset.n + 1", 0},
      {"asset.owner.name + ''", 0},
      {"[asset.n][0]", 31},
      {"{'k': asset.n}.k", 31},
  };
  for (const Standing& row : standing) {
    INFO(row.expression);
    CHECK(harness.value(row.expression).origin() == row.origin);
  }

  const Value nothing = harness.value("asset.owner.phone");
  CHECK(nothing.as_error().kind == ErrorKind::absence);
  CHECK(nothing.as_error().origin == owner.origin());
  CHECK(nothing.as_error().missing == "phone");
  const Value beyond = harness.value("asset.tags[2]");
  CHECK(beyond.as_error().kind == ErrorKind::absence);
  CHECK(beyond.as_error().origin == tags.origin());
  CHECK(beyond.as_error().missing == "[2]");
  CHECK(harness.value("asset.day").as_error().kind == ErrorKind::wrong_type);
  CHECK(harness.value("asset.day").as_error().origin == 78);

  // The error says which node raised it.
  const Program& program = harness.program("1 == asset.owner.phone");
  const Value raised = evaluate(program, harness.frame(), harness.evaluation);
  CHECK(program.node_span(raised.as_error().node) == Span{5, 22});
}

TEST_CASE("evaluator: names that are lazy") {
  Harness harness;
  harness.declare("x");
  harness.declare("y");
  struct Host {
    Harness& harness;
    int calls = 0;
  } host{harness};
  Frame frame = harness.frame();
  frame.host = &host;
  frame.resolve = [](void* data, std::uint32_t slot, Evaluation& evaluation) {
    Host& asked = *static_cast<Host*>(data);
    ++asked.calls;
    if (slot == 1) return evaluation.error(ErrorKind::unavailable, "the file cannot be read");
    return asked.harness.slots[slot] = Value::integer(5);
  };
  CHECK(harness.show(evaluate(harness.program("x + x"), frame, harness.evaluation)) == "10");
  CHECK(host.calls == 1);
  const Value failed = evaluate(harness.program("1 + y"), frame, harness.evaluation);
  CHECK(failed.as_error().kind == ErrorKind::unavailable);
  CHECK(harness.show("y") == "error: this name has no value here");
}

TEST_CASE("evaluator: names that ask for each other without end are an error") {
  Harness harness;
  harness.declare("x");
  struct Host {
    const Program& program;
    Frame frame;
  } host{harness.program("1 + x"), harness.frame()};
  host.frame.host = &host;
  host.frame.resolve = [](void* data, std::uint32_t, Evaluation& evaluation) {
    const Host& asked = *static_cast<Host*>(data);
    return evaluate(asked.program, asked.frame, evaluation);
  };
  const Value value = evaluate(host.program, host.frame, harness.evaluation);
  REQUIRE(value.is_error());
  CHECK(value.as_error().kind == ErrorKind::limit);
  CHECK(value.as_error().message == "evaluations are nested more than 2500 deep (limit `evaluation-depth`)");
  // What it took is given back.
  CHECK(harness.show("1 + 1") == "2");
}

TEST_CASE("evaluator: marks are joined, added and cleared") {
  constexpr Marks computed = 1;
  constexpr Marks sensitive = 8;
  constexpr Marks recorded = 2;
  Harness harness({computed, sensitive});
  Document document;
  harness.declare("secret", Value::string("s").with_marks(sensitive));
  harness.declare("record", Value::integer(3).with_marks(recorded));
  harness.declare("holder", document.map({{"inner", Value::string("x").with_marks(sensitive)}}).with_marks(recorded));
  harness.declare("list", document.list({Value::string("s").with_marks(sensitive), Value::string("t")}));
  harness.declare("yes", Value::boolean(true).with_marks(recorded));
  harness.declare("hidden", Value::boolean(true).with_marks(sensitive));
  struct Marked {
    std::string_view expression;
    int marks;
  };
  const Marked rows[] = {
      {"secret", sensitive},
      {"secret + 'x'", sensitive | computed},
      {"secret == 's'", 0},
      {"secret in ['s']", 0},
      {"secret.contains('s')", 0},
      {"size(secret)", computed},
      {"secret.lowerAscii()", sensitive},
      {"record + 1", recorded | computed},
      {"record < 4", recorded | computed},
      {"holder.inner", recorded | sensitive},
      {"holder['inner']", recorded | sensitive},
      {"holder.?inner.value()", recorded | sensitive},
      {"has(holder.inner)", recorded},
      {"list[0]", sensitive},
      {"list[1]", 0},
      {"list.filter(x, x == 't')", 0},
      {"list.map(x, x)", sensitive},
      {"list.exists(x, x == 's')", 0},
      {"yes && true", recorded},
      {"yes && hidden", recorded},
      {"yes || hidden", recorded},
      {"yes ? secret : 'x'", recorded | sensitive},
      {"hidden ? 1 : 2", sensitive},
      {"[secret, record]", sensitive | recorded},
      {"{'a': secret}.a", sensitive},
      {"cel.bind(x, secret, x)", sensitive},
      {"math.abs(record)", recorded | computed},
      {"1 + 1", computed},
      {"secret + null", sensitive},
      {"record.x", recorded},
  };
  for (const Marked& row : rows) {
    INFO(row.expression);
    CHECK(static_cast<int>(harness.value(row.expression).marks()) == row.marks);
  }
}

TEST_CASE("evaluator: a part of a program can be evaluated alone") {
  Harness harness;
  harness.declare("x", Value::integer(2));
  const Program& program = harness.program("x > 1 && x + 1 == 4 && [1].all(y, y > 0)");
  std::string shown;
  for (const NodeId id : program.conjuncts()) {
    shown += harness.show(evaluate(program, id, harness.frame(), harness.evaluation)) + ' ';
  }
  CHECK(shown == "true false true ");
  const NodeId inside = program.children(program.conjuncts().back()).back();
  CHECK(harness.show(evaluate(program, inside, harness.frame(), harness.evaluation)) ==
        "error: a macro's variable has no value outside of the macro");
}

}  // namespace
}  // namespace scruple::cel
