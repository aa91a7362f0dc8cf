#include "cel/type.h"

#include <string_view>

namespace scruple::cel {
namespace {

std::string_view tag_name(Type::Tag tag) {
  switch (tag) {
    case Type::Tag::dyn: return "dyn";
    case Type::Tag::null: return "null_type";
    case Type::Tag::boolean: return "bool";
    case Type::Tag::integer: return "int";
    case Type::Tag::unsigned_integer: return "uint";
    case Type::Tag::real: return "double";
    case Type::Tag::string: return "string";
    case Type::Tag::bytes: return "bytes";
    case Type::Tag::timestamp: return "timestamp";
    case Type::Tag::duration: return "duration";
    case Type::Tag::list: return "list";
    case Type::Tag::map: return "map";
    case Type::Tag::optional: return "optional_type";
    case Type::Tag::type: return "type";
    case Type::Tag::object:
    case Type::Tag::parameter: break;
  }
  return {};
}

}  // namespace

std::string to_string(const Type& type) {
  std::string out(type.name().empty() ? tag_name(type.tag()) : std::string_view(type.name()));
  if (type.arguments().empty()) return out;
  char separator = '(';
  for (const Type& argument : type.arguments()) {
    out += separator;
    if (separator == ',') out += ' ';
    out += to_string(argument);
    separator = ',';
  }
  return out + ')';
}

}  // namespace scruple::cel
