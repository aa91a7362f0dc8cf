#include "cel/checker.h"

#include "catch.h"
#include "harness.h"

namespace scruple::cel {
namespace {

using Tag = Type::Tag;

const Type text = Type::of(Tag::string);

// A language with a record `asset` that has `id`, `kind` (mail or page), `date`, `size`, `tags`, `path` and an inner
// record `author`, and a list of such.
class Typed : public Harness {
 public:
  Typed() {
    environment.types_checked = true;
    const auto kinds = std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"mail", "page"});
    records.add({"author", "field", {{"name", text}}, {}});
    records.add({"asset",
                 "field",
                 {{"id", text},
                  {"kind", Type::one_of(kinds)},
                  {"date", Type::of(Tag::timestamp)},
                  {"size", Type::of(Tag::integer)},
                  {"share", Type::of(Tag::real)},
                  {"tags", Type::list(text)},
                  {"path", Type::object("path")},
                  {"author", Type::record("author")}},
                 "x-"});
    environment.records = &records;
    declare_typed("asset", Type::record("asset"));
    declare_typed("assets", Type::list(Type::record("asset")));
    declare_typed("any", Type::dyn());
    declare_typed("count", Type::map(text, Type::of(Tag::integer)));
  }

  void declare_typed(std::string name, Type type) {
    declare(std::move(name));
    environment.variables.back().type = std::move(type);
  }

  // The type of an expression, or what is wrong with it.
  std::string type(std::string_view expression) {
    const Compiled compiled = compile(expression, environment);
    if (!compiled.program) return Harness::show(compiled.issues);
    return to_string(compiled.types[compiled.program->root()]);
  }

  Records records;
};

}  // namespace

TEST_CASE("checker: types of expressions") {
  Typed typed;
  const Row rows[] = {
      {"1", "int"},
      {"1u", "uint"},
      {"1.5", "double"},
      {"'a'", "string"},
      {"b'a'", "bytes"},
      {"null", "null_type"},
      {"int", "type(int)"},
      {"type(asset)", "type"},
      {"[]", "list(dyn)"},
      {"[1, 2]", "list(int)"},
      {"[1, 'a']", "list(dyn)"},
      {"[[], [1]]", "list(list(int))"},
      {"{'a': 1}", "map(string, int)"},
      {"{'a': 1, 2: 'b'}", "map(dyn, dyn)"},
      {"[1, ?optional.of(2)]", "list(int)"},
      {"1 + 2", "int"},
      {"'a' + 'b'", "string"},
      {"[1] + [2]", "list(int)"},
      {"[] + [2]", "list(int)"},
      {"any + 1", "int"},
      {"any + any", "dyn"},
      {"1 == 2 && 'a' < 'b'", "bool"},
      {"1 < 2.5", "bool"},
      {"dyn(1) == 'a'", "bool"},
      {"true ? 1 : 2", "int"},
      {"true ? any : 2", "dyn"},
      {"asset.date - duration('1h')", "timestamp"},
      {"asset.date - asset.date", "duration"},
      {"asset.author.name", "string"},
      {"asset['id']", "string"},
      {"asset.`x-own`", "dyn"},
      {"asset.?author.name", "optional_type(string)"},
      {"asset.?author.?name.orValue('')", "string"},
      {"asset[?'id']", "optional_type(string)"},
      {"has(asset.author.name)", "bool"},
      {"count.x", "int"},
      {"count[?'x']", "optional_type(int)"},
      {"any.x.y", "dyn"},
      {"assets[0].kind", "string"},
      {"assets.map(a, a.size)", "list(int)"},
      {"assets.filter(a, a.size > 1)[0].size", "int"},
      {"assets.map(a, a.size > 1, a.id)", "list(string)"},
      {"assets.all(i, a, i < a.size)", "bool"},
      {"count.transformMap(k, n, k + string(n))", "map(string, string)"},
      {"count.transformList(k, n, n)", "list(int)"},
      {"assets.transformMapEntry(i, a, {a.id: i})", "map(string, int)"},
      {"assets.sortBy(a, a.size)", "list(asset)"},
      {"asset.map(key, key)", "list(string)"},
      {"cel.bind(x, asset.size, x + 1)", "int"},
      {"asset.?size.optMap(n, [n])", "optional_type(list(int))"},
      {"asset.?author.optFlatMap(a, a.?name)", "optional_type(string)"},
      {"optional.none().or(optional.of(1))", "optional_type(int)"},
      {"assets.first().value().id", "string"},
      {"size(asset) + size('a') + assets.size()", "int"},
      {"'id' in asset", "bool"},
      {"asset.date == null", "bool"},
      {"math.greatest(1, 2)", "int"},
      {"math.greatest(1, 2.0)", "dyn"},
      {"'%d'.format([1])", "string"},
      {"regex.extract('a', 'a')", "optional_type(string)"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(typed.type(row.expression) == row.wanted);
  }
}

TEST_CASE("checker: what is wrong, and where") {
  Typed typed;
  const Row rows[] = {
      {"asset.kid", "[6, 9): there is no field `kid` in `asset` (did you mean `id`?)"},
      {"has(asset.author.nam)", "[17, 20): there is no field `nam` in `author` (did you mean `name`?)"},
      {"asset.?author.?age", "[15, 18): there is no field `age` in `author` (there is `name`)"},
      {"asset['kid']", "[6, 11): there is no field `kid` in `asset` (did you mean `id`?)"},
      {"asset.`kid`", "[7, 10): there is no field `kid` in `asset` (did you mean `id`?)"},
      {"asset.id.length", "[9, 15): there is no field `length`: this is `string`, which has none"},
      {"assets.id",
       "[7, 9): there is no field `id`: this is `list(asset)`, which has none (write `list.all(x, …)` or "
       "`list.exists(x, …)` for its elements, `list[0]` for one)"},
      {"asset.path.name",
       "[11, 15): there is no field `name`: this is `path`, which has none (`path` is shown in messages and given to "
       "functions only)"},
      {"asset.size + 'a'", "[0, 16): `+` takes no `int` and `string` (write string(…) around what is no text)"},
      {"asset.size + 1.5",
       "[0, 16): `+` takes no `int` and `double` (numbers of one type: write double(…) or int(…) around one of them)"},
      {"asset.date - 90", "[0, 15): `-` takes no `timestamp` and `int` (a number of days is written days(90))"},
      {"asset.date == '2026-03-01'",
       "[0, 26): `timestamp` and `string` are never equal (a day is written date(\"2026-03-01\"))"},
      {"asset.id == null",
       "[0, 16): `string` and null are never equal (write `has(x.field)` to ask whether it is declared)"},
      {"asset.path == 'a.html'", "[0, 22): `path` and `string` are never equal"},
      {"1 in asset.tags", "[0, 15): `int` and `string` are never equal"},
      {"'a' in asset.id",
       "[0, 15): `in` looks into lists and maps; this is `string` (write `text.contains(part)` for a part of a text)"},
      {"asset.id.startsWith(1)",
       "[20, 21): `startsWith` takes no `int` here (there is string.startsWith(string) -> bool)"},
      {"asset.size.startsWith('a')",
       "[0, 10): `startsWith` is no function of `int` (there is string.startsWith(string) -> bool)"},
      {"-asset.id", "[0, 9): `-` takes no `string` (there is -int -> int; -double -> double)"},
      {"asset.id && true", "[0, 8): `&&` needs true or false; this is `string` (compare it: `… == \"…\"`)"},
      {"asset.size ? 1 : 2", "[0, 10): `? :` needs true or false; this is `int`"},
      {"true ? 1 : 'a'", "[11, 14): after `:` stands `string`, before it `int` (both have to be of one type)"},
      {"assets.all(a, a.size)", "[14, 20): `all` needs true or false; this is `int`"},
      {"asset.size.all(a, true)", "[0, 10): `all` goes through a list or a map; this is `int`"},
      {"asset.?tags.exists(t, t == '')",
       "[0, 11): `exists` goes through a list or a map; this is `optional_type(list(string))` (write `.orValue([])` "
       "before it)"},
      {"asset.id.orValue('')",
       "[0, 8): `orValue` is no function of `string` (it belongs to what may be missing: `x.?field.orValue(…)`)"},
      {"asset.?id.orValue(1)", "[18, 19): `orValue` needs `string` here, not `int`"},
      {"asset.tags['a']", "[11, 14): an element of a list is taken by its number, not by `string`"},
      {"count[1]", "[6, 7): the keys of this map are `string`, not `int`"},
      {"{1.5: 2}", "[1, 4): a key is a text, a whole number or true or false, not `double`"},
      {"[?1]", "[2, 3): after `?` stands what may be missing, an optional; this is `int`"},
      // All of them; and nothing more of what has a mistake already.
      {"asset.kid.x && nme > 1 && asset.size == ''",
       "[15, 18): unknown name `nme` (there are `asset`, `assets`, `any` and `count`) + [6, 9): there is no field "
       "`kid` in `asset` (did you mean `id`?) + "
       "[26, 42): `int` and `string` are never equal"},
      {"size(asset, 1)", "[0, 4): `size` takes 1 argument, not 2"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(typed.type(row.expression) == row.wanted);
  }
}

TEST_CASE("checker: definitions have the types of what they are called with") {
  Typed typed;
  typed.define("is_mail", {"a"}, "a.kind == 'mail'");
  typed.define("first_of", {"list"}, "list[0]");
  typed.define("twice", {"x"}, "x + x");
  const Row rows[] = {
      {"is_mail(asset)", "bool"},
      {"is_mail(any)", "bool"},
      {"first_of(assets)", "asset"},
      {"first_of([1])", "int"},
      {"twice('a')", "string"},
      {"is_mail(asset.author)", "1:[2, 6): there is no field `kind` in `author` (there is `name`)"},
      {"twice(asset)", "3:[0, 5): `+` takes no `asset` and `asset`"},
      {"first_of(assets).kid", "[17, 20): there is no field `kid` in `asset` (did you mean `id`?)"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(typed.type(row.expression) == row.wanted);
  }
}

TEST_CASE("checker: hostile texts") {
  Typed typed;
  std::string doubling = "{'a': 1}";
  for (int i = 0; i < 60; ++i)
    doubling = concat("cel.bind(x", i, ", ", doubling, ", {'a': x", i, ", 'b': [x", i, "]})");
  CHECK(typed.type(doubling).size() < 2000);
  CHECK(typed.type("math.greatest()").find("takes 1 argument, not 0") != std::string::npos);
  std::string lists = "[]";
  for (int i = 0; i < 200; ++i) lists = concat('[', lists, ']');
  CHECK(typed.type(lists).size() < 500);
  std::string many = "asset.no_such_field";
  for (int i = 0; i < 2000; ++i) many += " || asset.no_such_field" + std::to_string(i);
  CHECK(compile(many, typed.environment).issues.size() == 100);
}

TEST_CASE("checker: signatures") {
  FunctionRow row;
  row.name = "_+_";
  row.parameters = {text, text};
  row.result = text;
  CHECK(signature(row) == "string + string -> string");
  row.name = "text.words";
  row.parameters = {text};
  CHECK(signature(row) == "text.words(string) -> string");
  row.name = "-_";
  CHECK(signature(row) == "-string -> string");
  row.name = "trim";
  row.style = Style::receiver;
  CHECK(signature(row) == "string.trim() -> string");
  row.name = "@in";
  row.style = Style::global;
  row.parameters = {text, Type::list(text)};
  CHECK(signature(row) == "string in list(string) -> string");
}

}  // namespace scruple::cel
