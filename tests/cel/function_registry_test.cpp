#include "cel/function_registry.h"

#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

FunctionRow row(std::string_view name, std::vector<Type> parameters, std::int64_t answer_tag) {
  FunctionRow made;
  made.name = name;
  made.parameters = std::move(parameters);
  made.call = answer_tag == 1 ? Function([](Evaluation&, std::span<const Value>) { return Value::integer(1); })
                              : Function([](Evaluation&, std::span<const Value>) { return Value::integer(2); });
  return made;
}

TEST_CASE("function registry: the first row that takes the values is called") {
  Harness harness;
  Document document;
  const Type integer = Type::of(Type::Tag::integer);
  harness.functions.add(row("f", {integer}, 1));
  harness.functions.add(row("f", {Type::dyn()}, 2));
  harness.functions.add(row("of_asset", {Type::object("asset")}, 1));
  harness.functions.add(row("of_asset", {Type::object("person")}, 2));
  FunctionRow variadic = row("many", {Type::of(Type::Tag::string), integer}, 1);
  variadic.variadic = true;
  harness.functions.add(variadic);
  std::vector<Type> nine(9, integer);
  harness.functions.add(row("nine", nine, 2));
  harness.declare("asset", document.object({}));
  const Row rows[] = {
      {"f(5)", "1"},
      {"f('a')", "2"},
      {"f(null)", "2"},
      {"of_asset(asset)", "1"},
      {"of_asset({})", "error: no `of_asset` for a map"},
      {"many('a', 1)", "1"},
      {"many('a', 1, 2, 3, 4, 5, 6, 7, 8, 9)", "1"},
      {"many('a', 1, 'b')", "error: no `many` for text, a whole number and text"},
      {"many('a')", "[0, 4): `many` takes 2 arguments, not 1"},
      {"nine(1, 2, 3, 4, 5, 6, 7, 8, 9)", "2"},
      {"nine(1, 2, 3, 4, 5, 6, 7, 8, 'x')",
       "error: no `nine` for a whole number, a whole number, a whole number, a whole number, a whole number, a whole "
       "number, a whole number, a whole number and text"},
      {"nine(1)", "[0, 4): `nine` takes 9 arguments, not 1"},
  };
  for (const Row& wanted : rows) {
    INFO(wanted.expression);
    CHECK(harness.show(wanted.expression) == wanted.wanted);
  }
  CHECK(harness.functions.find("f", Style::global).size() == 2);
  CHECK(harness.functions.find("f", Style::receiver).empty());
  CHECK_FALSE(harness.functions.find_group("g", Style::global));
}

TEST_CASE("function registry: marks of a whole group") {
  Harness harness;
  harness.functions.set_marks("size", Style::global, 4, 2);
  harness.declare("x", Value::string("abc").with_marks(3));
  CHECK(static_cast<int>(harness.value("size(x)").marks()) == 5);
  CHECK(static_cast<int>(harness.value("x.size()").marks()) == 3);
}

TEST_CASE("function registry: the standard library is complete") {
  FunctionRegistry functions;
  register_standard_library(functions);
  for (const FunctionRow& known : functions.rows()) {
    INFO(known.name);
    CHECK(known.call != nullptr);
    CHECK((known.style == Style::global || !known.parameters.empty()));
  }
  CHECK(to_string(functions.row(functions.find("size", Style::global)[3]).parameters[0]) == "map(K, V)");
}

}  // namespace
}  // namespace scruple::cel
