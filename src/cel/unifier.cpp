#include "cel/unifier.h"

#include "base/strings.h"

#include <algorithm>

namespace scruple::cel {
namespace {

// Parameters that stand for types with parameters can unfold to any size: these bound work and memory.
constexpr std::size_t most_steps = 5'000'000;
constexpr std::size_t most_parts = 100;

using Tag = Type::Tag;

std::size_t levels(const Type& type) {
  std::size_t deepest = 0;
  for (const Type& argument : type.arguments()) deepest = std::max(deepest, levels(argument));
  return deepest + 1;
}

Type within_limit(Type type) { return levels(type) < most_type_levels ? std::move(type) : Type::dyn(); }

// `type` with other arguments.
Type rebuild(const Type& type, std::vector<Type> arguments) {
  switch (type.tag()) {
    case Tag::list: return Type::list(std::move(arguments[0]));
    case Tag::map: return Type::map(std::move(arguments[0]), std::move(arguments[1]));
    case Tag::optional: return Type::optional(std::move(arguments[0]));
    case Tag::type: return Type::type_of(std::move(arguments[0]));
    default: return type;
  }
}

template <typename Change>
Type with_arguments(const Type& type, Change change) {
  if (type.arguments().empty()) return type;
  std::vector<Type> arguments;
  for (const Type& argument : type.arguments()) arguments.push_back(change(argument));
  return rebuild(type, std::move(arguments));
}

// What has no value of its own can be null.
bool may_be_null(const Type& type) {
  switch (type.tag()) {
    case Tag::null:
    case Tag::timestamp:
    case Tag::duration:
    case Tag::record:
    case Tag::optional:
    case Tag::object: return true;
    default: return false;
  }
}

}  // namespace

Type list_of(Type element) { return Type::list(within_limit(std::move(element))); }
Type map_of(Type key, Type value) { return Type::map(within_limit(std::move(key)), within_limit(std::move(value))); }
Type optional_of(Type value) { return Type::optional(within_limit(std::move(value))); }

Type Unifier::fresh() { return Type::parameter(concat('#', made_++)); }

Type Unifier::instantiate(const Type& type, std::map<std::string, Type>& names) {
  if (type.is(Tag::parameter)) {
    auto [known, is_new] = names.try_emplace(type.name());
    if (is_new) known->second = fresh();
    return known->second;
  }
  return with_arguments(type, [&](const Type& argument) { return instantiate(argument, names); });
}

const Type* Unifier::look_up(const Type& parameter) const {
  const auto found = bound_.find(parameter.name());
  return found == bound_.end() ? nullptr : &found->second;
}

bool Unifier::occurs(const Type& parameter, const Type& in) const {
  if (++steps_ > most_steps) return false;
  if (in.is(Tag::parameter)) {
    if (in == parameter) return true;
    const Type* value = look_up(in);
    return value != nullptr && occurs(parameter, *value);
  }
  return std::ranges::any_of(in.arguments(), [&](const Type& argument) { return occurs(parameter, argument); });
}

bool Unifier::agree(const Type& a, const Type& b) {
  if (++steps_ > most_steps) return true;
  const auto settle_parameter = [&](const Type& parameter, const Type& other) {
    if (const Type* value = look_up(parameter)) {
      const Type known = *value;
      return agree(known, other);
    }
    if (other == parameter) return true;
    if (occurs(parameter, other)) return false;
    bound_.emplace(parameter.name(), within_limit(other));
    trail_.push_back(parameter.name());
    return true;
  };
  if (a.is(Tag::parameter)) return settle_parameter(a, b);
  if (b.is(Tag::parameter)) return settle_parameter(b, a);
  if (a.is(Tag::dyn) || b.is(Tag::dyn)) {
    if (a.tag() != b.tag()) ++loose_;
    return true;
  }
  if (a.is(Tag::null) || b.is(Tag::null)) return may_be_null(a.is(Tag::null) ? b : a);
  if (a.is(Tag::record) && b.is(Tag::map)) return agree(b, a);
  if (a.is(Tag::map) && b.is(Tag::record)) {
    return agree(a.arguments()[0], Type::of(Tag::string)) && agree(a.arguments()[1], Type::dyn());
  }
  if (a.tag() != b.tag() || a.name() != b.name()) return false;
  // Which type a type is of counts for nothing when the two are compared.
  if (a.is(Tag::type)) return true;
  for (std::size_t i = 0; i < a.arguments().size(); ++i) {
    if (!agree(a.arguments()[i], b.arguments()[i])) return false;
  }
  return true;
}

Type Unifier::join(const Type& a, const Type& b) {
  const std::size_t before = mark();
  if (!agree(a, b)) {
    back_to(before);
    return Type::dyn();
  }
  const Type left = resolve(a);
  const Type right = resolve(b);
  if (left.is(Tag::dyn) || right.is(Tag::null)) return left;
  if (right.is(Tag::dyn) || left.is(Tag::null)) return right;
  if (left.is(Tag::string)) {
    if (!left.choices() || !right.choices()) return Type::of(Tag::string);
    if (left.choices() == right.choices()) return left;
    auto both = std::make_shared<std::vector<std::string>>(*left.choices());
    both->insert(both->end(), right.choices()->begin(), right.choices()->end());
    constexpr std::size_t most_choices = 200;
    return both->size() > most_choices ? Type::of(Tag::string) : Type::one_of(std::move(both));
  }
  if (left.tag() != right.tag()) return left.is(Tag::map) ? left : right;  // a record is a map as well
  if (left.arguments().empty()) return left;
  std::vector<Type> arguments;
  for (std::size_t i = 0; i < left.arguments().size(); ++i) {
    arguments.push_back(join(left.arguments()[i], right.arguments()[i]));
  }
  return rebuild(left, std::move(arguments));
}

Type Unifier::resolve(const Type& type, std::size_t& room, bool settle) const {
  if (room == 0) return Type::dyn();
  --room;
  if (type.is(Tag::parameter)) {
    const Type* value = look_up(type);
    if (value == nullptr) return settle ? Type::dyn() : type;
    return resolve(*value, room, settle);
  }
  return with_arguments(type, [&](const Type& argument) { return resolve(argument, room, settle); });
}

Type Unifier::resolve(const Type& type) const {
  std::size_t room = most_parts;
  return resolve(type, room, false);
}

Type Unifier::settle(const Type& type) const {
  std::size_t room = most_parts;
  return resolve(type, room, true);
}

void Unifier::back_to(std::size_t mark) {
  while (trail_.size() > mark) {
    bound_.erase(trail_.back());
    trail_.pop_back();
  }
}

}  // namespace scruple::cel
