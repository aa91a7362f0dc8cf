#include "schema/schema.h"

#include "schema/canonical.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace scruple::schema {

std::string_view to_string(Format format) {
  switch (format) {
    case Format::none: return "";
    case Format::date: return "date";
    case Format::date_time: return "date-time";
    case Format::path: return "path";
    case Format::language: return "language";
    case Format::market: return "market";
    case Format::host: return "host";
    case Format::uri: return "uri";
    case Format::email_or_uri: return "email-or-uri";
    case Format::sha256: return "sha256";
    case Format::id: return "id";
    case Format::person: return "person";
    case Format::ai_system: return "ai_system";
    case Format::asset: return "asset";
    case Format::dataset: return "dataset";
    case Format::segment: return "segment";
    case Format::purpose: return "purpose";
    case Format::use: return "use";
  }
  return "";
}

NodeKind kind_of(double number) {
  // Beyond this bound there is no integer of the language for it.
  constexpr double bound = 9.2e18;
  const bool whole = std::abs(number) < bound && number == std::floor(number);
  return whole ? NodeKind::integer : NodeKind::real;
}

std::int64_t whole_number(const Node& node) {
  return node.kind == NodeKind::real ? static_cast<std::int64_t>(node.real) : node.integer;
}

std::string canonical_text(const Node& node) {
  switch (kind_of(node)) {
    case NodeKind::boolean: return node.boolean ? "true" : "false";
    case NodeKind::integer: return std::to_string(whole_number(node));
    case NodeKind::real: {
      char digits[32];
      return {digits, std::to_chars(digits, digits + sizeof digits, node.real).ptr};
    }
    default: return std::string(node.text);
  }
}

namespace {

bool takes(const Type& type, NodeKind kind) { return type.kinds == 0 || (type.kinds & bit_of(kind)) != 0; }

}  // namespace

TypeId Schema::definition(std::string_view name) const {
  for (const Property& definition : tables_.definitions) {
    if (definition.name == name) return definition.type;
  }
  return no_type;
}

TypeId Schema::chosen_alternative(TypeId id, NodeKind kind) const {
  for (const TypeId candidate : alternatives(id)) {
    // The reader refuses a oneOf that contains itself, so this ends.
    if (takes(tables_.types[candidate], kind)) return alternative(candidate, kind);
  }
  return no_type;
}

bool Schema::tells_apart(TypeId id, const Property& property) const {
  if (!property.required || values(property.type).size() != 1) return false;
  const auto same = [&](TypeId other_id) {
    const Property* other = this->property(other_id, property.name);
    return other != nullptr && std::ranges::equal(values(other->type), values(property.type));
  };
  return !std::ranges::all_of(alternatives(id), same);
}

TypeId Schema::alternative_for(TypeId id, const Document& document, NodeId map) const {
  TypeId rest = no_type;
  bool contradicted = false;  // a property that tells apart is there with another value
  for (const TypeId candidate : alternatives(id)) {
    bool told = false;
    bool matches = true;
    for (const Property& property : properties(candidate)) {
      if (!tells_apart(id, property)) continue;
      told = true;
      const Member* member = document.find(map, property.name);
      const bool matches_here = member != nullptr &&
                                takes(type(property.type), kind_of(document.node(member->value))) &&
                                canonical_text(document.node(member->value)) == values(property.type)[0];
      contradicted = contradicted || (member != nullptr && !matches_here);
      matches = matches && matches_here;
    }
    if (told && matches) return candidate;
    if (!told && rest == no_type) rest = candidate;
  }
  return contradicted ? no_type : rest;
}

Schema OwnedSchema::schema() const {
  return Schema({types_, properties_, values_, alternatives_, root_, definitions_});
}

}  // namespace scruple::schema
