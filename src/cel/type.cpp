#include "cel/type.h"

#include <algorithm>

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
    case Type::Tag::record:
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

const Type* Record::find(std::string_view field) const {
  static const Type any;
  const auto found = std::ranges::find(fields, field, &Field::name);
  if (found != fields.end()) return &found->type;
  return !open_prefix.empty() && field.starts_with(open_prefix) ? &any : nullptr;
}

void Records::add(Record record) {
  std::string name = record.name;
  records_.insert_or_assign(std::move(name), std::move(record));
}

const Record* Records::find(std::string_view name) const {
  const auto found = records_.find(name);
  return found == records_.end() ? nullptr : &found->second;
}

}  // namespace scruple::cel
