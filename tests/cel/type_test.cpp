#include "cel/type.h"

#include "catch.h"
#include "cel/unifier.h"

namespace scruple::cel {
namespace {

using Tag = Type::Tag;

const Type integer = Type::of(Tag::integer);
const Type text = Type::of(Tag::string);

Type one_of(std::vector<std::string> values) {
  return Type::one_of(std::make_shared<const std::vector<std::string>>(std::move(values)));
}

}  // namespace

TEST_CASE("type: as text") {
  CHECK(to_string(Type::dyn()) == "dyn");
  CHECK(to_string(Type::of(Tag::null)) == "null_type");
  CHECK(to_string(Type::map(text, Type::list(integer))) == "map(string, list(int))");
  CHECK(to_string(Type::optional(Type::record("assets"))) == "optional_type(assets)");
  CHECK(to_string(Type::type_of(integer)) == "type(int)");
  CHECK(to_string(one_of({"a", "b"})) == "string");
}

TEST_CASE("type: choices do not make another type") {
  CHECK(one_of({"a"}) == text);
  CHECK(one_of({"a"}) == one_of({"b"}));
  CHECK(Type::record("a") != Type::record("b"));
}

TEST_CASE("type: fields of records") {
  Record record{"assets", "field", {{"kind", text}}, "x-"};
  REQUIRE(record.find("kind") != nullptr);
  CHECK(*record.find("kind") == text);
  REQUIRE(record.find("x-own") != nullptr);
  CHECK(record.find("x-own")->is(Tag::dyn));
  CHECK(record.find("kin") == nullptr);
  record.open_prefix.clear();
  CHECK(record.find("x-own") == nullptr);
}

TEST_CASE("unifier: what agrees") {
  struct Row {
    Type a, b;
    bool agrees;
  };
  const Row rows[] = {
      {integer, integer, true},
      {integer, text, false},
      {integer, Type::dyn(), true},
      {Type::list(integer), Type::list(Type::dyn()), true},
      {Type::list(integer), Type::list(text), false},
      {Type::list(integer), Type::map(integer, integer), false},
      {Type::of(Tag::null), Type::of(Tag::timestamp), true},
      {Type::of(Tag::null), Type::record("a"), true},
      {Type::of(Tag::null), text, false},
      {Type::record("a"), Type::record("a"), true},
      {Type::record("a"), Type::record("b"), false},
      {Type::record("a"), Type::map(text, Type::dyn()), true},
      {Type::record("a"), Type::map(integer, Type::dyn()), false},
      {Type::object("path"), text, false},
  };
  for (const Row& row : rows) {
    INFO(to_string(row.a) << " and " << to_string(row.b));
    CHECK(Unifier().agree(row.a, row.b) == row.agrees);
    CHECK(Unifier().agree(row.b, row.a) == row.agrees);
  }
}

TEST_CASE("unifier: parameters stand for what they meet first") {
  Unifier unifier;
  const Type open = unifier.fresh();
  CHECK(unifier.agree(Type::list(open), Type::list(integer)));
  CHECK(unifier.resolve(open) == integer);
  CHECK_FALSE(unifier.agree(open, text));
  const Type other = unifier.fresh();
  CHECK(unifier.settle(Type::list(other)) == Type::list(Type::dyn()));
  CHECK_FALSE(unifier.agree(other, Type::list(other)));  // a type in itself
  const std::size_t before = unifier.mark();
  CHECK(unifier.agree(other, text));
  unifier.back_to(before);
  CHECK(unifier.agree(other, integer));
}

TEST_CASE("unifier: what is one or the other") {
  Unifier unifier;
  CHECK(unifier.join(integer, text).is(Tag::dyn));
  CHECK(unifier.join(Type::of(Tag::null), Type::of(Tag::duration)) == Type::of(Tag::duration));
  CHECK(unifier.join(Type::record("a"), Type::map(text, Type::dyn())).is(Tag::map));
  const Type both = unifier.join(one_of({"a"}), one_of({"b"}));
  REQUIRE(both.choices());
  CHECK(*both.choices() == std::vector<std::string>{"a", "b"});
  CHECK_FALSE(unifier.join(one_of({"a"}), text).choices());
}

TEST_CASE("unifier: types cannot grow without end") {
  Type deep = integer;
  for (int i = 0; i < 1000; ++i) deep = list_of(deep);
  std::size_t levels = 0;
  for (const Type* at = &deep; !at->arguments().empty(); at = &at->arguments()[0]) ++levels;
  CHECK(levels <= most_type_levels);
  // Each parameter stands for a map of the next one twice: unfolded it has 2^60 parts.
  Unifier unifier;
  std::vector<Type> open;
  for (int i = 0; i < 60; ++i) open.push_back(unifier.fresh());
  for (std::size_t i = 0; i + 1 < open.size(); ++i) {
    REQUIRE(unifier.agree(open[i], Type::map(open[i + 1], open[i + 1])));
  }
  CHECK(to_string(unifier.settle(open[0])).size() < 2000);
}

}  // namespace scruple::cel
