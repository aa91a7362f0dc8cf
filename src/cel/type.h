// Static types: what signatures of functions and declarations of names are written in.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace scruple::cel {

class Type {
 public:
  enum class Tag : std::uint8_t {
    dyn,
    null,
    boolean,
    integer,
    unsigned_integer,
    real,
    string,
    bytes,
    timestamp,
    duration,
    list,
    map,
    optional,
    type,
    object,
    parameter
  };

  Type() = default;  // dyn
  static Type dyn() { return {}; }
  static Type of(Tag tag) { return Type(tag); }
  static Type list(Type element) { return Type(Tag::list, {}, {std::move(element)}); }
  static Type map(Type key, Type value) { return Type(Tag::map, {}, {std::move(key), std::move(value)}); }
  static Type optional(Type value) { return Type(Tag::optional, {}, {std::move(value)}); }
  static Type object(std::string name) { return Type(Tag::object, std::move(name), {}); }  // opaque, or a host's record
  static Type parameter(std::string name) { return Type(Tag::parameter, std::move(name), {}); }  // T of a signature

  Tag tag() const { return tag_; }
  const std::string& name() const { return name_; }
  const std::vector<Type>& arguments() const { return arguments_; }

  friend bool operator==(const Type&, const Type&) = default;

 private:
  explicit Type(Tag tag) : tag_(tag) {}
  Type(Tag tag, std::string name, std::vector<Type> arguments)
      : tag_(tag), name_(std::move(name)), arguments_(std::move(arguments)) {}

  Tag tag_ = Tag::dyn;
  std::string name_;
  std::vector<Type> arguments_;
};

std::string to_string(const Type& type);  // "list(string)"

}  // namespace scruple::cel
