#include "cel/function_registry.h"

#include "base/strings.h"

#include <algorithm>

namespace scruple::cel {
namespace {

// Unset: any kind.
Kind kind_of(const Type& type) {
  switch (type.tag()) {
    case Type::Tag::dyn:
    case Type::Tag::parameter: return Kind::unset;
    case Type::Tag::null: return Kind::null;
    case Type::Tag::boolean: return Kind::boolean;
    case Type::Tag::integer: return Kind::integer;
    case Type::Tag::unsigned_integer: return Kind::unsigned_integer;
    case Type::Tag::real: return Kind::real;
    case Type::Tag::string: return Kind::string;
    case Type::Tag::bytes: return Kind::bytes;
    case Type::Tag::timestamp: return Kind::timestamp;
    case Type::Tag::duration: return Kind::duration;
    case Type::Tag::list: return Kind::list;
    case Type::Tag::map:
    case Type::Tag::record: return Kind::map;
    case Type::Tag::optional: return Kind::optional;
    case Type::Tag::type: return Kind::type;
    case Type::Tag::object: return Kind::opaque;
  }
  return Kind::unset;
}

bool accepts_all(const FunctionRow& row, std::span<const Value> arguments) {
  const std::size_t declared = row.parameters.size();
  if (arguments.size() < declared || (arguments.size() > declared && !row.variadic)) return false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!accepts(row.parameters[std::min(i, declared - 1)], arguments[i])) return false;
  }
  return true;
}

}  // namespace

std::string signature(const FunctionRow& row) {
  std::vector<std::string> parameters;
  for (const Type& parameter : row.parameters) parameters.push_back(to_string(parameter));
  const std::string result = concat(" -> ", to_string(row.result));
  if (row.name == "@in") return concat(parameters[0], " in ", parameters[1], result);
  if (const std::size_t begin = row.name.find_first_not_of('_'); row.name.ends_with('_')) {
    const auto symbol = row.name.substr(begin, row.name.find('_', begin) - begin);
    if (parameters.size() == 1) return concat(symbol, parameters[0], result);
    return concat(parameters[0], " ", symbol, " ", parameters[1], result);
  }
  std::string out;
  if (row.style == Style::receiver) {
    out = parameters.front() + '.';
    parameters.erase(parameters.begin());
  }
  return concat(out, row.name, "(", join(parameters, ", "), row.variadic ? ", …" : "", ")", result);
}

bool accepts(const Type& type, const Value& value) {
  const Kind kind = kind_of(type);
  if (kind == Kind::unset) return true;
  if (kind == Kind::opaque) {
    return value.is(Kind::opaque) && value.as_container().type_name(value.handle()) == type.name();
  }
  return value.is(kind);
}

FunctionRegistry::Overload FunctionRegistry::pack(const FunctionRow& row, std::uint32_t index) {
  Overload overload;
  overload.row = index;
  overload.target = {row.call, row.adds, row.clears};
  overload.packed = !row.variadic && row.parameters.size() <= packed_parameters;
  if (!overload.packed) return overload;
  overload.count = static_cast<std::uint8_t>(row.parameters.size());
  for (std::size_t i = 0; i < row.parameters.size(); ++i) {
    const Kind kind = kind_of(row.parameters[i]);
    if (kind == Kind::unset) continue;
    if (kind == Kind::opaque) overload.packed = false;  // its name counts too
    overload.kinds |= static_cast<std::uint64_t>(kind) << (8 * i);
    overload.mask |= std::uint64_t{0xff} << (8 * i);
  }
  return overload;
}

bool FunctionRegistry::may_begin_with(const Overload& overload, Kind kind) {
  const std::uint64_t mask = overload.mask & 0xff;
  return !overload.packed || mask == 0 || (overload.kinds & mask) == static_cast<std::uint64_t>(kind);
}

void FunctionRegistry::add(FunctionRow row) {
  const auto index = static_cast<std::uint32_t>(rows_.size());
  const auto [known, is_new] = index_.try_emplace({row.name, row.style}, static_cast<std::uint32_t>(groups_.size()));
  if (is_new) {
    groups_.push_back({row.name, row.style, {}});
    overloads_.emplace_back();
    if (row.name == "_==_") equality_.equal = known->second;
    if (row.name == "_!=_") equality_.unequal = known->second;
  }
  groups_[known->second].rows.push_back(index);
  Overloads& overloads = overloads_[known->second];
  overloads.rows.push_back(pack(row, index));
  for (std::size_t i = 0; i < kind_count; ++i) {
    const auto kind = static_cast<Kind>(i);
    if (may_begin_with(overloads.rows.back(), kind) && !may_begin_with(overloads.rows[overloads.first[i]], kind)) {
      overloads.first[i] = static_cast<std::uint8_t>(overloads.rows.size() - 1);
    }
  }
  rows_.push_back(std::move(row));
}

void FunctionRegistry::set_marks(std::string_view name, Style style, Marks adds, Marks clears) {
  const auto group = find_group(name, style);
  if (!group) return;
  for (Overload& overload : overloads_[*group].rows) {
    overload.target.adds = rows_[overload.row].adds = adds;
    overload.target.clears = rows_[overload.row].clears = clears;
  }
}

std::span<const std::uint32_t> FunctionRegistry::find(std::string_view name, Style style) const {
  const auto group = find_group(name, style);
  if (!group) return {};
  return groups_[*group].rows;
}

std::optional<std::uint32_t> FunctionRegistry::find_group(std::string_view name, Style style) const {
  const auto known = index_.find({name, style});
  if (known == index_.end()) return std::nullopt;
  return known->second;
}

const FunctionRegistry::Target* FunctionRegistry::find_overload(const Overloads& overloads, std::uint64_t kinds,
                                                                std::span<const Value> arguments) const {
  for (const Overload& overload : overloads.rows) {
    if (overload.packed) {
      if (overload.count == arguments.size() && (kinds & overload.mask) == overload.kinds) return &overload.target;
    } else if (accepts_all(rows_[overload.row], arguments)) {
      return &overload.target;
    }
  }
  return nullptr;
}

}  // namespace scruple::cel
