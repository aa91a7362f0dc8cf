// A JSON Schema as plain types: what a manifest (or a pack, a config) may hold. Flat tables of integers and text, so
// that the schemas which are part of scruple are constant data.
//
// Supported of JSON Schema (draft 2020-12): type, properties, required, additionalProperties (false, or the schema
// of the values of a map with free keys), patternProperties "^x-", items, enum, const, minimum, maximum, minItems,
// minLength, pattern, format, title, description, examples, $ref into $defs (keywords beside it win over those of
// what it names), and oneOf. Its alternatives differ in the kind of value; several maps are told apart by required
// properties with one allowed value, as the two kinds of manifest are by `kind`.
#pragma once

#include "base/strings.h"

#include "scruple/diagnostic.h"
#include "scruple/document.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::schema {

using TypeId = std::uint16_t;
inline constexpr TypeId no_type = 0xFFFF;

// What a string means. From `format`, or from `x-ref` for ids.
enum class Format : std::uint8_t {
  none,
  date,       // YYYY-MM-DD
  date_time,  // RFC 3339
  path,       // a file that is named as evidence: opaque to rules
  language,   // BCP 47
  market,     // ISO 3166, or EU
  host,
  uri,
  email_or_uri,
  sha256,
  id,      // the id of this item
  person,  // the id of a person, and so on
  ai_system,
  asset,
  dataset,
  segment,
  purpose,
  use,
};

// The keyword's word: "date", "email-or-uri", "ai_system"; empty for none.
std::string_view to_string(Format format);

enum class Stricter : std::uint8_t { none, lower, higher };  // of a list: `higher` holds more

// Bits of Type::kinds.
enum KindBit : std::uint8_t {
  allow_null = 1,
  allow_boolean = 2,
  allow_integer = 4,
  allow_real = 8,
  allow_string = 16,
  allow_list = 32,
  allow_map = 64,
};

// The bits stand in the order of the kinds.
constexpr KindBit bit_of(NodeKind kind) { return static_cast<KindBit>(1U << static_cast<unsigned>(kind)); }
static_assert(bit_of(NodeKind::null) == allow_null && bit_of(NodeKind::boolean) == allow_boolean &&
              bit_of(NodeKind::integer) == allow_integer && bit_of(NodeKind::real) == allow_real &&
              bit_of(NodeKind::string) == allow_string && bit_of(NodeKind::list) == allow_list &&
              bit_of(NodeKind::map) == allow_map);

// The kind of a number that JSON Schema sees: one without a fraction (`1.0`, `1e2`) is a whole number.
NodeKind kind_of(double number);
// The kind of a value as JSON Schema sees it.
inline NodeKind kind_of(const Node& node) { return node.kind == NodeKind::real ? kind_of(node.real) : node.kind; }
// The value of a number whose kind is a whole number, however it is written.
std::int64_t whole_number(const Node& node);

struct Property {
  std::string_view name;
  TypeId type = no_type;
  bool required = false;
};

struct Type {
  std::uint8_t kinds = 0;  // KindBit; of a oneOf all that its alternatives take; 0: anything (`x-*`, or no `type`)
  Format format = Format::none;
  Stricter stricter = Stricter::none;  // x-stricter
  bool atomic = false;                 // x-atomic: one value for inheritance, never merged key by key
  bool chosen = false;      // x-chosen: absent in the campaign is absent, whatever the organization's register holds
  bool is_public = false;   // x-public: the file is written for the public or holds no people
  bool prose = false;       // x-prose: free text, in which a placeholder word is no placeholder
  bool open = false;        // unknown keys are allowed (no `additionalProperties: false`)
  bool extensible = false;  // keys that begin with `x-` are allowed
  std::uint16_t first_property = 0, property_count = 0;
  std::uint16_t first_value = 0, value_count = 0;              // enum or const
  std::uint16_t first_alternative = 0, alternative_count = 0;  // oneOf
  TypeId items = no_type;  // of a list; of a map with free keys (`additionalProperties: {…}`): its values
  std::optional<double> minimum, maximum;
  std::uint32_t minimum_size = 0;  // minItems, minLength
  std::string_view pattern;        // see matches_pattern() in pattern.h
  std::string_view title, description;
  std::string_view example;  // the first of `examples`, as JSON
  std::string_view also;     // x-also: other names that people give to such a field, a blank between two
};

struct Tables {
  std::span<const Type> types;
  std::span<const Property> properties;
  std::span<const std::string_view> values;
  std::span<const TypeId> alternatives;
  TypeId root = 0;
  std::span<const Property> definitions;  // $defs by name
};

class Schema {
 public:
  explicit Schema(Tables tables) : tables_(tables) {}  // the tables outlive the schema

  const Tables& tables() const { return tables_; }
  TypeId root() const { return tables_.root; }
  const Type& type(TypeId id) const { return tables_.types[id]; }
  std::span<const Property> properties(TypeId id) const {
    return tables_.properties.subspan(type(id).first_property, type(id).property_count);
  }
  const Property* property(TypeId id, std::string_view name) const {
    std::size_t first = 0;
    return property(id, name, first);
  }
  // The same where the fields of a map are looked up one after the other. People mostly keep to one order: `next` says
  // where to begin, and is set to begin at what follows.
  const Property* property(TypeId id, std::string_view name, std::size_t& next) const {
    const std::span<const Property> all = properties(id);
    for (std::size_t tried = 0, i = next; tried < all.size(); ++tried, ++i) {
      if (i >= all.size()) i = 0;
      if (!same_name(all[i].name, name)) continue;
      next = i + 1;
      return &all[i];
    }
    return nullptr;
  }
  std::span<const std::string_view> values(TypeId id) const {  // allowed texts; empty: all
    return tables_.values.subspan(type(id).first_value, type(id).value_count);
  }
  std::span<const TypeId> alternatives(TypeId id) const {
    return tables_.alternatives.subspan(type(id).first_alternative, type(id).alternative_count);
  }

  // The type under this name of $defs, or no_type.
  TypeId definition(std::string_view name) const;

  // The type for a value of this kind: the alternative that takes it, the type itself if it has none; no_type if
  // no alternative takes it.
  TypeId alternative(TypeId id, NodeKind kind) const {
    return type(id).alternative_count == 0 ? id : chosen_alternative(id, kind);
  }

  // As alternative(), and no_type if the type itself does not take this kind either. A whole number is a number.
  TypeId accepting(TypeId id, NodeKind kind) const {
    const TypeId chosen = alternative(id, kind);
    if (chosen == no_type) return no_type;
    const std::uint8_t kinds = type(chosen).kinds;
    const bool takes =
        kinds == 0 || (kinds & bit_of(kind)) != 0 || (kind == NodeKind::integer && (kinds & allow_real) != 0);
    return takes ? chosen : no_type;
  }

  // Whether a text of this type is the id of a map, written alone in its place.
  bool takes_bare_id(TypeId id) const {
    const TypeId map = accepting(id, NodeKind::map);
    return map != no_type && type(id).format != Format::path && property(map, "id") != nullptr;
  }

  // For a type whose alternatives are maps told apart by required properties with one allowed value (`kind`): the
  // one for this map. An alternative without such a property takes a map that has none of them. Else no_type.
  TypeId alternative_for(TypeId id, const Document& document, NodeId map) const;

  // True if this property of this alternative of `id` tells it from the others.
  bool tells_apart(TypeId id, const Property& property) const;

 private:
  TypeId chosen_alternative(TypeId id, NodeKind kind) const;

  Tables tables_;
};

// A schema read from its JSON, with storage of its own. Copies share their texts.
class OwnedSchema {
 public:
  Schema schema() const;

 private:
  friend class SchemaReader;
  std::vector<Type> types_;
  std::vector<Property> properties_;
  std::vector<std::string_view> values_;
  std::vector<TypeId> alternatives_;
  std::vector<Property> definitions_;
  std::vector<std::shared_ptr<const std::string>> texts_;  // what the views point into
  TypeId root_ = 0;
};

// `document` is the schema's JSON. Keywords outside of the supported subset are diagnostics with code
// `schema/unsupported`, other mistakes `schema/broken`; nullopt if there is any.
std::optional<OwnedSchema> read_schema(const Document& document, Diagnostics& diagnostics);

}  // namespace scruple::schema
