// The families of the standard library and of its extensions, and what their functions share.
#pragma once

#include "cel/evaluation.h"
#include "cel/function_registry.h"
#include "cel/type.h"
#include "cel/value.h"

#include <cstddef>
#include <span>
#include <string_view>

namespace scruple::cel {

void register_arithmetic(FunctionRegistry& registry);
void register_comparisons(FunctionRegistry& registry);
void register_strings(FunctionRegistry& registry);
void register_conversions(FunctionRegistry& registry);
void register_time(FunctionRegistry& registry);
void register_collections(FunctionRegistry& registry);

void register_string_extension(FunctionRegistry& registry);
void register_format(FunctionRegistry& registry);
void register_math(FunctionRegistry& registry);
void register_encoders(FunctionRegistry& registry);
void register_optionals(FunctionRegistry& registry);
void register_list_extension(FunctionRegistry& registry);
void register_sets(FunctionRegistry& registry);
void register_regex(FunctionRegistry& registry);

using Arguments = std::span<const Value>;

// Types as rows write them.
namespace types {
inline Type dyn() { return Type::dyn(); }
inline Type null() { return Type::of(Type::Tag::null); }
inline Type boolean() { return Type::of(Type::Tag::boolean); }
inline Type integer() { return Type::of(Type::Tag::integer); }
inline Type unsigned_integer() { return Type::of(Type::Tag::unsigned_integer); }
inline Type real() { return Type::of(Type::Tag::real); }
inline Type string() { return Type::of(Type::Tag::string); }
inline Type bytes() { return Type::of(Type::Tag::bytes); }
inline Type timestamp() { return Type::of(Type::Tag::timestamp); }
inline Type duration() { return Type::of(Type::Tag::duration); }
inline Type type() { return Type::of(Type::Tag::type); }
inline Type list(Type element) { return Type::list(std::move(element)); }
inline Type map(Type key, Type value) { return Type::map(std::move(key), std::move(value)); }
inline Type optional(Type value) { return Type::optional(std::move(value)); }
inline Type parameter(const char* name) { return Type::parameter(name); }
}  // namespace types

// f(…)
inline void add_global(FunctionRegistry& registry, std::string_view name, std::vector<Type> parameters, Type result,
                       Function call) {
  FunctionRow row;
  row.name = name;
  row.parameters = std::move(parameters);
  row.result = std::move(result);
  row.call = call;
  registry.add(std::move(row));
}

// x.f(…); the first parameter is x.
inline void add_receiver(FunctionRegistry& registry, std::string_view name, std::vector<Type> parameters, Type result,
                         Function call) {
  FunctionRow row;
  row.name = name;
  row.style = Style::receiver;
  row.parameters = std::move(parameters);
  row.result = std::move(result);
  row.call = call;
  registry.add(std::move(row));
}

inline Value failure(Evaluation& evaluation, std::string_view message, std::string_view hint = {}) {
  return evaluation.error(ErrorKind::evaluation, message, hint);
}

// What a function gives when its work does not fit into the budget; the evaluator says so then.
inline Value over_budget(Evaluation& evaluation) {
  evaluation.charge(evaluation.step_limit);
  return evaluation.over_budget();
}

// The elements of a list, each looked up when it is asked for.
class Elements {
 public:
  Elements(const Value& list, Evaluation& evaluation)
      : container_(list.as_container()),
        handle_(list.handle()),
        size_(container_.size(list.handle(), evaluation)),
        evaluation_(evaluation) {}

  std::size_t size() const { return size_; }
  Value operator[](std::size_t index) const { return container_.at(handle_, index, evaluation_); }

 private:
  const Container& container_;
  std::uint32_t handle_;
  std::size_t size_;
  Evaluation& evaluation_;
};

}  // namespace scruple::cel
