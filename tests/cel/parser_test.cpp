#include "cel/parser.h"

#include "cel/dump.h"
#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

constexpr std::size_t nesting = 250;

std::string tree(std::string_view text) {
  std::vector<Issue> issues;
  const std::optional<Ast> ast = parse(text, nesting, issues);
  return ast ? dump(*ast) : Harness::show(issues);
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

TEST_CASE("parser: precedence and association") {
  const Row rows[] = {
      {"1 + 2 * 3", "_+_(1, _*_(2, 3))"},
      {"1 * 2 + 3", "_+_(_*_(1, 2), 3)"},
      {"1 - 2 - 3", "_-_(_-_(1, 2), 3)"},
      {"8 / 4 % 3", "_%_(_/_(8, 4), 3)"},
      {"(1 + 2) * 3", "_*_(_+_(1, 2), 3)"},
      {"a < b == c", "_==_(_<_(a, b), c)"},
      {"a + 1 in b", "@in(_+_(a, 1), b)"},
      {"a || b && c || d", "or(a, and(b, c), d)"},
      {"a && b && c", "and(a, b, c)"},
      {"a && (b && c)", "and(a, and(b, c))"},
      {"a ? b : c ? d : e", "if(a, b, if(c, d, e))"},
      {"a || b ? c || d : e", "if(or(a, b), or(c, d), e)"},
      {"!a && b", "and(!_(a), b)"},
      {"!!a", "!_(!_(a))"},
      {"-a.b", "-_(select(a, b))"},
      {"-a[0] * 2", "_*_(-_(index(a, 0)), 2)"},
      {"- -a", "-_(-_(a))"},
      {"!(-a)", "!_(-_(a))"},
      {"-1", "-1"},
      {"- 1", "-1"},
      {"1 -1", "_-_(1, 1)"},
      {"--1", "-_(-1)"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"-0x8000000000000000", "-9223372036854775808"},
      {"-0.0", "double -0"},
      {"-1u", "-_(1u)"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(tree(row.expression) == row.wanted);
  }
}

TEST_CASE("parser: members, calls and literals") {
  const Row rows[] = {
      {"a.b.c", "select(select(a, b), c)"},
      {".a.b", "select(.a, b)"},
      {".f(x)", ".f(x)"},
      {"a.b(c, d)", ".b(a, c, d)"},
      {"a.package.while", "select(select(a, package), while)"},
      {"a.package()", ".package(a)"},
      {"m.`content-type`.x", "select(select(m, content-type), x)"},
      {"has(m.`a/b`)", "has(m, a/b)"},
      {"a.?b[?c]", "index?(select?(a, b), c)"},
      {"a[b].c", "select(index(a, b), c)"},
      {"'a'.size()", ".size(\"a\")"},
      {"[]", "[]"},
      {"[1, ?a, 2,]", "[1, ?a, 2]"},
      {"{}", "{}"},
      {"{'a': 1, ?'b': c,}", "{\"a\": 1, ?\"b\": c}"},
      {"has(a.b.c)", "has(select(a, b), c)"},
      {"has(a.?b.c)", "has(select?(a, b), c)"},
      {"has(a, b)", "has(a, b)"},
      {"l.all(x, x > 0)", "all[x](l, _>_(x, 0))"},
      {"l.map(x, x > 0, x)", "map_filter[x](l, _>_(x, 0), x)"},
      {"l.all(x)", ".all(l, x)"},
      {"all(l, x, y)", "all(l, x, y)"},
      {"cel.bind(x, 1, x)", "bind[x](1, x)"},
      {"a.bind(x, 1, x)", ".bind(a, x, 1, x)"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(tree(row.expression) == row.wanted);
  }
}

TEST_CASE("parser: what is wrong is named at its place") {
  const Row rows[] = {
      {"", "[0, 0): there is no expression here"},
      {"  // nothing", "[12, 12): there is no expression here"},
      {"a +", "[3, 3): the expression ends where a value should follow"},
      {"a b", "[2, 3): `b` stands where an operator should"},
      {"a and b", "[2, 5): `and` stands where an operator should (write `&&`)"},
      {"a OR b", "[2, 4): `OR` stands where an operator should (write `||`)"},
      {"(a", "[2, 2): the expression ends where the closing `)` should follow"},
      {"(a]", "[2, 3): `]` stands where the closing `)` should"},
      {"f(a,)", "[4, 5): `)` stands where a value should"},
      {"f(a b)", "[4, 5): `b` stands where a `,` or the closing `)` should"},
      {"[,]", "[1, 2): `,` stands where a value should"},
      {"[1, 2", "[5, 5): the expression ends where a `,` or the closing `]` should follow"},
      {"{'a'}", "[4, 5): `}` stands where the `:` between key and value should"},
      {"{'a': 1 'b': 2}", "[8, 11): `'b'` stands where a `,` or the closing `}` should"},
      {"a.", "[2, 2): the expression ends where the name of a field should follow"},
      {"a.1", "[1, 3): `.1` stands where an operator should"},
      {"a.in", "[2, 4): `in` cannot be selected as a field (write [\"in\"])"},
      {"a.true", "[2, 6): `true` cannot be selected as a field (write [\"true\"])"},
      {"if", "[0, 2): `if` is a reserved word and cannot be used as a name"},
      {"while(a)", "[0, 5): `while` is a reserved word and cannot be used as a name"},
      {"`a`", "[0, 3): a name in ` ` is only for fields, after a dot"},
      {"a.`b`()", "[2, 5): a name in ` ` is a field and cannot be called"},
      {"a ? b", "[5, 5): the expression ends where the `:` of the conditional should follow"},
      {"a ? b ? c : d : e",
       "[6, 7): a conditional inside a conditional needs parentheses (write `a ? (b ? c : d) : e`)"},
      {"!-a", "[1, 2): `!` and `-` cannot follow each other (write `!(-x)`)"},
      {"-!a", "[1, 2): `!` and `-` cannot follow each other (write `-(!x)`)"},
      {"9223372036854775808", "[0, 19): this whole number is too large for 64 bits"},
      {"-9223372036854775809", "[0, 20): this whole number is too large for 64 bits"},
      {"has(a)", "[4, 5): `has` asks for a field, and this is none (`has` is written has(value.field))"},
      {"has(m['f'])",
       "[4, 10): `has` asks for a field, and this is none (`has` is written has(value.field); for a key use "
       "`key in map`)"},
      {"has(m.?f)",
       "[4, 8): `has` asks for a field, and this is none (`has` is written has(value.field), without `?`)"},
      {"l.all(1, true)",
       "[6, 7): `all` needs a simple name for its variable here (it is written list.all(x, condition))"},
      {"l.map(a.b, 1)",
       "[6, 9): `map` needs a simple name for its variable here (it is written list.map(x, expression))"},
      {"l.all(x, x, true)", "[9, 10): the two variables of `all` have the same name"},
      {"cel.bind(.x, 1, x)",
       "[9, 11): `bind` needs a simple name for its variable here (it is written cel.bind(x, value, expression))"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(tree(row.expression) == row.wanted);
  }
}

TEST_CASE("parser: 32 levels work, a thousand are an issue") {
  struct Nest {
    std::string_view open;
    std::string_view inner;
    std::string_view close;
  };
  const Nest nests[] = {
      {"(", "1", ")"},
      {"[", "1", "]"},
      {"{1: ", "1", "}"},
      {"f(", "1", ")"},
      {"a[", "1", "]"},
      {"!", "true", ""},
      {"- ", "a", ""},
      {"a ? b : ", "c", ""},
      {"1 + (", "1", ")"},
      {"", "a", ".b"},
      {"", "a", "[0]"},
      {"", "a", ".f()"},
      {"", "1", " + 1"},
      {"", "a", " < b"},
      {"l.all(x, ", "true", ")"},
      {"cel.bind(x, ", "1", ", x)"},
      {"T{a: ", "1", "}"},
  };
  for (const Nest& nest : nests) {
    INFO(nest.open << nest.inner << nest.close);
    const auto nested = [&](std::size_t levels) {
      return concat(repeated(nest.open, levels), nest.inner, repeated(nest.close, levels));
    };
    std::vector<Issue> issues;
    CHECK(parse(nested(32), nesting, issues).has_value());
    CHECK(issues.empty());
    for (const std::size_t levels : {std::size_t{1000}, std::size_t{20'000}}) {
      issues.clear();
      CHECK_FALSE(parse(nested(levels), nesting, issues).has_value());
      CHECK(Harness::show(issues).find("the expression is nested more than 250 levels deep") != std::string::npos);
    }
  }
  // Not closed either.
  for (const std::string_view open : {"(", "[", "{", "f(", "a[", "{1:", "T{", "!", "-"}) {
    INFO(open);
    std::vector<Issue> issues;
    CHECK_FALSE(parse(repeated(open, 5000), nesting, issues).has_value());
    CHECK(issues.size() == 1);
  }
}

TEST_CASE("parser: long chains and lists are no nesting") {
  for (const std::string& text : {repeated("a && ", 5000) + "a", repeated("a || ", 5000) + "a",
                                  concat('[', repeated("1, ", 5000), ']'), concat("f(", repeated("1, ", 5000), "1)")}) {
    std::vector<Issue> issues;
    CHECK(parse(text, nesting, issues).has_value());
  }
}

}  // namespace
}  // namespace scruple::cel
