#include "base/strings.h"
#include "base/suggest.h"
#include "schema/canonical.h"
#include "schema/pattern.h"
#include "schema/schema.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace scruple::schema {

// Turns the JSON of a schema into tables, one Type a subschema, the definitions before what refers to them.
class SchemaReader {
 public:
  SchemaReader(const Document& document, Diagnostics& diagnostics) : document_(document), diagnostics_(diagnostics) {}

  std::optional<OwnedSchema> read() {
    const std::size_t problems = diagnostics_.size();
    if (document_.node(document_.root()).kind != NodeKind::map) {
      broken(document_.root(), "A schema is a map.");
      return std::nullopt;
    }
    out_.root_ = read_type(document_.root(), 0);
    if (const Member* definitions = document_.find(document_.root(), "$defs")) {
      for (const Member& member : document_.members(definitions->value)) {
        out_.definitions_.push_back({keep(member.key), read_type(member.value, 0), false});
      }
    }
    // The tables are indexed with 16 bits.
    if (std::max({out_.properties_.size(), out_.values_.size(), out_.alternatives_.size()}) > 0xFFFF) {
      broken(document_.root(), "The schema has too many parts.");
    }
    if (diagnostics_.size() != problems) return std::nullopt;
    return std::move(out_);
  }

 private:
  // Schemas that people write are some ten levels deep.
  static constexpr std::size_t depth_limit = 100;

  void report(Span span, std::string code, std::string message, std::string hint = {}) {
    diagnostics_.push_back(
        {Severity::error, std::move(code), std::move(message), std::move(hint), locate(document_.source(), span)});
  }
  void broken(NodeId node, std::string message) {
    report(document_.node(node).span, "schema/broken", std::move(message));
  }

  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    if (const auto found = kept_.find(text); found != kept_.end()) return found->first;
    const auto& owned = out_.texts_.emplace_back(std::make_shared<const std::string>(text));
    return kept_.emplace(std::string_view(*owned), true).first->first;
  }

  TypeId add_type() {
    if (out_.types_.size() >= no_type) return no_type;
    out_.types_.emplace_back();
    return static_cast<TypeId>(out_.types_.size() - 1);
  }

  // The node that `#/$defs/name…` names.
  NodeId resolve(NodeId reference) {
    const Node& node = document_.node(reference);
    std::string_view rest = node.text;
    if (node.kind != NodeKind::string || !rest.starts_with("#/$defs/")) {
      report(node.span, "schema/unsupported", "`$ref` must begin with `#/$defs/`.");
      return no_node;
    }
    rest.remove_prefix(2);
    NodeId at = document_.root();
    while (!rest.empty()) {
      const std::size_t slash = std::min(rest.find('/'), rest.size());
      const Member* member = document_.find(at, rest.substr(0, slash));
      if (member == nullptr) {
        broken(reference, concat("There is no `", node.text, "`."));
        return no_node;
      }
      at = member->value;
      rest.remove_prefix(std::min(slash + 1, rest.size()));
    }
    return at;
  }

  TypeId read_type(NodeId node, std::size_t depth);
  void read_keywords(NodeId node, Type& type, std::size_t depth);
  void read_properties(NodeId node, Type& type, std::size_t depth);
  void read_alternatives(NodeId node, Type& type, std::size_t depth);
  void read_values(NodeId node, Type& type);
  std::uint8_t read_kinds(NodeId node);

  bool flag(const Member& member) {
    const Node& node = document_.node(member.value);
    if (node.kind == NodeKind::boolean) return node.boolean;
    broken(member.value, concat("`", member.key, "` is `true` or `false`."));
    return false;
  }
  std::string_view text(const Member& member) {
    const Node& node = document_.node(member.value);
    if (node.kind == NodeKind::string) return node.text;
    broken(member.value, concat("`", member.key, "` is text."));
    return {};
  }
  std::optional<double> number(const Member& member) {
    const Node& node = document_.node(member.value);
    if (node.kind == NodeKind::integer) return static_cast<double>(node.integer);
    if (node.kind == NodeKind::real) return node.real;
    broken(member.value, concat("`", member.key, "` is a number."));
    return std::nullopt;
  }

  const Document& document_;
  Diagnostics& diagnostics_;
  OwnedSchema out_;
  std::map<std::string_view, bool> kept_;
  std::map<NodeId, TypeId> read_;  // subschemas by their node
  std::vector<NodeId> open_;       // those that are being read
};

namespace {

constexpr std::array formats = {Format::date, Format::date_time, Format::path,         Format::language, Format::market,
                                Format::host, Format::uri,       Format::email_or_uri, Format::sha256,   Format::id};
constexpr std::array references = {Format::person,  Format::ai_system, Format::asset, Format::dataset,
                                   Format::segment, Format::purpose,   Format::use};

template <std::size_t Size>
Format format_from(std::string_view name, const std::array<Format, Size>& among) {
  for (const Format format : among) {
    if (to_string(format) == name) return format;
  }
  return Format::none;
}

// JSON on one line.
std::string compact(std::string_view json) {
  std::string out;
  bool quoted = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (!quoted && (c == '\n' || c == '\r' || c == '\t' || c == ' ')) {
      if (!out.empty() && (out.back() == ',' || out.back() == ':')) out += ' ';
      continue;
    }
    out += c;
    if (c == '"') quoted = !quoted;
    if (quoted && c == '\\' && i + 1 < json.size()) out += json[++i];
  }
  return out;
}

}  // namespace

std::uint8_t SchemaReader::read_kinds(NodeId node) {
  const Node& value = document_.node(node);
  if (value.kind == NodeKind::list) {
    unsigned kinds = 0;
    for (const Member& member : document_.members(node)) {
      // `type` lists words only: a list in it would nest without bound.
      if (document_.node(member.value).kind == NodeKind::string) kinds |= read_kinds(member.value);
    }
    return static_cast<std::uint8_t>(kinds);
  }
  if (value.text == "null") return allow_null;
  if (value.text == "boolean") return allow_boolean;
  if (value.text == "integer") return allow_integer;
  if (value.text == "number") return allow_integer | allow_real;
  if (value.text == "string") return allow_string;
  if (value.text == "array") return allow_list;
  if (value.text == "object") return allow_map;
  broken(node, concat("There is no type `", value.text, "`."));
  return 0;
}

void SchemaReader::read_values(NodeId node, Type& type) {
  unsigned kinds = 0;
  std::vector<std::string_view> values;
  const auto add = [&](NodeId id) {
    const Node& value = document_.node(id);
    if (value.kind == NodeKind::list || value.kind == NodeKind::map) {
      report(value.span, "schema/unsupported", "A list or a map as an allowed value is not supported.");
      return;
    }
    const unsigned kind = bit_of(kind_of(value));
    if (kinds != 0 && kinds != kind) {
      report(value.span, "schema/unsupported", "The values of `enum` must be of one kind.");
      return;
    }
    kinds = kind;
    values.push_back(keep(canonical_text(value)));
  };
  if (document_.node(node).kind == NodeKind::list) {
    for (const Member& member : document_.members(node)) add(member.value);
  } else {
    add(node);
  }
  if (type.kinds == 0) type.kinds = static_cast<std::uint8_t>(kinds);
  type.first_value = static_cast<std::uint16_t>(out_.values_.size());
  type.value_count = static_cast<std::uint16_t>(values.size());
  out_.values_.insert(out_.values_.end(), values.begin(), values.end());
}

void SchemaReader::read_properties(NodeId node, Type& type, std::size_t depth) {
  std::vector<Property> properties;
  if (const Member* member = document_.find(node, "properties")) {
    for (const Member& property : document_.members(member->value)) {
      properties.push_back({keep(property.key), read_type(property.value, depth + 1), false});
    }
  }
  if (const Member* member = document_.find(node, "required")) {
    for (const Member& name : document_.members(member->value)) {
      const std::string_view wanted = document_.node(name.value).text;
      const auto found = std::ranges::find(properties, wanted, &Property::name);
      if (found == properties.end()) {
        broken(name.value, concat("`", wanted, "` is required, but it is no property."));
      } else {
        found->required = true;
      }
    }
  }
  type.first_property = static_cast<std::uint16_t>(out_.properties_.size());
  type.property_count = static_cast<std::uint16_t>(properties.size());
  out_.properties_.insert(out_.properties_.end(), properties.begin(), properties.end());
}

void SchemaReader::read_alternatives(NodeId node, Type& type, std::size_t depth) {
  std::vector<TypeId> alternatives;
  unsigned kinds = 0;
  for (const Member& member : document_.members(node)) {
    const TypeId id = read_type(member.value, depth + 1);
    if (id == no_type) return;
    const unsigned taken = out_.types_[id].kinds;
    if (taken == 0) broken(member.value, "An alternative must say its `type`.");
    if ((kinds & taken & ~unsigned{allow_map}) != 0) {
      report(document_.node(member.value).span, "schema/unsupported",
             "The alternatives of `oneOf` must differ in the kind of value, or all be maps.");
    }
    kinds |= taken;
    alternatives.push_back(id);
  }
  if (type.kinds == 0) type.kinds = static_cast<std::uint8_t>(kinds);
  type.first_alternative = static_cast<std::uint16_t>(out_.alternatives_.size());
  type.alternative_count = static_cast<std::uint16_t>(alternatives.size());
  out_.alternatives_.insert(out_.alternatives_.end(), alternatives.begin(), alternatives.end());
}

void SchemaReader::read_keywords(NodeId node, Type& type, std::size_t depth) {
  static constexpr std::string_view known[] = {"$ref",
                                               "$schema",
                                               "$id",
                                               "$comment",
                                               "$defs",
                                               "type",
                                               "properties",
                                               "required",
                                               "items",
                                               "enum",
                                               "const",
                                               "minimum",
                                               "maximum",
                                               "minItems",
                                               "minLength",
                                               "pattern",
                                               "format",
                                               "title",
                                               "description",
                                               "examples",
                                               "oneOf",
                                               "x-ref",
                                               "x-public",
                                               "x-atomic",
                                               "x-chosen",
                                               "x-prose",
                                               "x-stricter",
                                               "x-also",
                                               "additionalProperties",
                                               "patternProperties"};

  bool closed = type.kinds != 0 && !type.open;  // what a reference brought
  for (const Member& member : document_.members(node)) {
    const std::string_view key = member.key;
    const Node& value = document_.node(member.value);
    if (key == "type") {
      type.kinds = read_kinds(member.value);
    } else if (key == "title") {
      type.title = keep(text(member));
    } else if (key == "description") {
      type.description = keep(text(member));
    } else if (key == "examples") {
      const auto examples = document_.members(member.value);
      if (examples.empty()) {
        broken(member.value, "`examples` is a list of at least one value.");
      } else {
        const Span span = document_.node(examples[0].value).span;
        type.example = keep(compact(document_.source().text().substr(span.begin, span.end - span.begin)));
      }
    } else if (key == "items") {
      type.items = read_type(member.value, depth + 1);
    } else if (key == "minimum") {
      type.minimum = number(member);
    } else if (key == "maximum") {
      type.maximum = number(member);
    } else if (key == "minItems" || key == "minLength") {
      type.minimum_size = static_cast<std::uint32_t>(std::clamp(number(member).value_or(0), 0.0, 1e9));
    } else if (key == "pattern") {
      type.pattern = keep(text(member));
      if (!is_pattern(type.pattern)) report(value.span, "schema/unsupported", "This form of pattern is not supported.");
    } else if (key == "format" || key == "x-ref") {
      type.format = key == "format" ? format_from(text(member), formats) : format_from(text(member), references);
      if (type.format == Format::none) broken(member.value, concat("There is no ", key, " `", value.text, "`."));
    } else if (key == "additionalProperties") {
      closed = value.kind == NodeKind::boolean && !value.boolean;
      if (value.kind == NodeKind::map) type.items = read_type(member.value, depth + 1);
    } else if (key == "patternProperties") {
      const auto patterns = document_.members(member.value);
      type.extensible = patterns.size() == 1 && patterns[0].key == "^x-";
      if (!type.extensible) report(value.span, "schema/unsupported", "`patternProperties` may only hold `^x-`.");
    } else if (key == "x-atomic") {
      type.atomic = flag(member);
    } else if (key == "x-chosen") {
      type.chosen = flag(member);
    } else if (key == "x-public") {
      type.is_public = flag(member);
    } else if (key == "x-prose") {
      type.prose = flag(member);
    } else if (key == "x-also") {
      std::vector<std::string> names;
      for (const Member& name : document_.members(member.value)) names.emplace_back(document_.node(name.value).text);
      if (names.empty()) broken(member.value, "`x-also` is a list of names.");
      type.also = keep(join(names, " "));
    } else if (key == "x-stricter") {
      type.stricter = text(member) == "lower" ? Stricter::lower : Stricter::higher;
      if (value.text != "lower" && value.text != "higher") broken(member.value, "`x-stricter` is `lower` or `higher`.");
    } else if (std::ranges::find(known, key) == std::end(known)) {
      report(member.key_span, "schema/unsupported", concat("The keyword `", key, "` is not supported."),
             did_you_mean(key, known));
    }
  }
  // These need the type's kinds, wherever `type` stands.
  if (const Member* values = document_.find(node, "enum")) read_values(values->value, type);
  if (const Member* value = document_.find(node, "const")) read_values(value->value, type);
  if (const Member* alternatives = document_.find(node, "oneOf")) {
    read_alternatives(alternatives->value, type, depth);
  }
  if (document_.find(node, "properties") != nullptr) read_properties(node, type, depth);
  const bool restricts = type.minimum || type.maximum || type.minimum_size != 0 || !type.pattern.empty() ||
                         type.items != no_type || type.property_count != 0;
  if (type.kinds == 0 && restricts)
    report(document_.node(node).span, "schema/unsupported", "A schema with these keywords must say its `type`.");
  type.open = (type.kinds & allow_map) != 0 && type.alternative_count == 0 && !closed;
}

TypeId SchemaReader::read_type(NodeId node, std::size_t depth) {
  if (const auto found = read_.find(node); found != read_.end()) return found->second;
  if (document_.node(node).kind != NodeKind::map) {
    broken(node, "A schema is a map.");
    return no_type;
  }
  if (depth > depth_limit || open_.size() > depth_limit) {
    broken(node, "Schemas are nested too deep here.");
    return no_type;
  }
  if (std::ranges::find(open_, node) != open_.end()) {
    report(document_.node(node).span, "schema/unsupported", "A schema that contains itself is not supported.");
    return no_type;
  }

  Type type;
  open_.push_back(node);
  TypeId id = no_type;
  if (const Member* reference = document_.find(node, "$ref")) {
    const NodeId target = resolve(reference->value);
    const TypeId base = target == no_node ? no_type : read_type(target, depth + 1);
    if (base != no_type) {
      type = out_.types_[base];
      if (document_.members(node).size() == 1) id = base;
    }
  }
  if (id == no_type) {
    read_keywords(node, type, depth);
    id = add_type();
    if (id == no_type) {
      broken(node, "The schema has too many parts.");
    } else {
      out_.types_[id] = type;
    }
  }
  open_.pop_back();
  read_[node] = id;
  return id;
}

std::optional<OwnedSchema> read_schema(const Document& document, Diagnostics& diagnostics) {
  return SchemaReader(document, diagnostics).read();
}

}  // namespace scruple::schema
