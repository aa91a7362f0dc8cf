// Static types: what signatures of functions and declarations of names are written in, and what the checker finds.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
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
    record,
    object,
    parameter
  };
  // The only texts that a value of this type can be.
  using Choices = std::shared_ptr<const std::vector<std::string>>;

  Type() = default;  // dyn
  static Type dyn() { return {}; }
  static Type of(Tag tag) { return Type(tag); }
  static Type list(Type element) { return Type(Tag::list, {}, {std::move(element)}); }
  static Type map(Type key, Type value) { return Type(Tag::map, {}, {std::move(key), std::move(value)}); }
  static Type optional(Type value) { return Type(Tag::optional, {}, {std::move(value)}); }
  static Type type_of(Type type) { return Type(Tag::type, {}, {std::move(type)}); }
  static Type record(std::string name) { return Type(Tag::record, std::move(name), {}); }  // a map; see Records
  static Type object(std::string name) { return Type(Tag::object, std::move(name), {}); }  // opaque; can have fields
  static Type parameter(std::string name) { return Type(Tag::parameter, std::move(name), {}); }  // T of a signature
  static Type one_of(Choices choices) {
    Type type(Tag::string);
    type.choices_ = std::move(choices);
    return type;
  }

  Tag tag() const { return tag_; }
  bool is(Tag tag) const { return tag_ == tag; }
  const std::string& name() const { return name_; }
  const std::vector<Type>& arguments() const { return arguments_; }
  const Choices& choices() const { return choices_; }  // null: any text

  // Choices do not count: they are no part of the language, only known of a value.
  friend bool operator==(const Type& a, const Type& b) {
    return a.tag_ == b.tag_ && a.name_ == b.name_ && a.arguments_ == b.arguments_;
  }

 private:
  explicit Type(Tag tag) : tag_(tag) {}
  Type(Tag tag, std::string name, std::vector<Type> arguments)
      : tag_(tag), name_(std::move(name)), arguments_(std::move(arguments)) {}

  Tag tag_ = Tag::dyn;
  std::string name_;
  std::vector<Type> arguments_;
  Choices choices_;
};

std::string to_string(const Type& type);  // "list(string)"

// The fields of a record or an object.
struct Record {
  struct Field {
    std::string name;
    Type type;
  };
  std::string name;            // of the type
  std::string noun = "field";  // what a message calls one of them
  std::vector<Field> fields;
  std::string open_prefix;  // keys that begin so are dyn; empty: there are none
  bool has_rows = false;    // folds go over it: its rows are maps from text to text

  // Null if there is no such field. A key with the open prefix gives a field of type dyn.
  const Type* find(std::string_view field) const;
};

// Types with named fields, by name. A record or object that is not among them may have any fields.
class Records {
 public:
  void add(Record record);
  const Record* find(std::string_view name) const;

 private:
  std::map<std::string, Record, std::less<>> records_;
};

}  // namespace scruple::cel
