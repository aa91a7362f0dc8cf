#include "builtin/table_writer.h"

#include "base/strings.h"

#include <cstdio>
#include <span>

namespace scruple::builtin {

namespace {

std::string write_number(double number) {
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", number);
  return text;
}

std::string write_optional(const std::optional<double>& number) {
  return number ? concat("std::optional<double>{", write_number(*number), "}") : std::string("{}");
}

template <typename Enum>
std::string write_enum(std::string_view type, Enum value) {
  return concat(type, "{", static_cast<unsigned>(value), "}");
}

std::string write_bool(bool value) { return value ? "true" : "false"; }

// The tables of one pack. Each array is written before what points to it, under a number.
class PackWriter {
 public:
  explicit PackWriter(std::string_view name) : name_(name) {}

  std::string write(const policy::PackTables& pack) {
    const std::string rules =
        array<policy::CompiledRule>("CompiledRule", pack.rules, [this](const auto& rule) { return write(rule); });
    const std::string references = array<policy::Reference>("Reference", pack.references, [](const auto& reference) {
      return concat("{", write_text(reference.id), ", ", write_text(reference.citation), ", ",
                    write_text(reference.jurisdiction), ", ", write_enum("Basis::Kind", reference.kind), ", ",
                    write_text(reference.applies_from), ", ", write_text(reference.asks), ", ",
                    write_text(reference.url), ", ", write_text(reference.reviewed_on), ", ",
                    write_bool(reference.from_memory), "}");
    });
    const std::string words = array<policy::WordList>("WordList", pack.words, [this](const auto& list) {
      const std::string languages =
          array<policy::WordList::Language>("WordList::Language", list.languages, [this](const auto& language) {
            return concat("{", write_text(language.language), ", ", texts(language.phrases), "}");
          });
      return concat("{", write_text(list.name), ", ", languages, "}");
    });
    const std::string files = array<policy::PackFile>("PackFile", pack.files, [](const auto& file) {
      return concat("{", write_text(file.path), ", ", write_text(file.text), "}");
    });
    const std::string definitions = texts(pack.definitions);
    out_ +=
        concat("constexpr PackTables ", name_, "{", write_text(pack.id), ", ", write_text(pack.version), ", ",
               write_text(pack.title), ", ", write_text(pack.description), ", ", write_text(pack.sha256), ", ", rules,
               ", ", references, ", ", words, ", ", files, ", ", definitions, ", ", pack.expression_count, "};\n");
    return std::move(out_);
  }

 private:
  template <typename T, typename Write>
  std::string array(std::string_view type, std::span<const T> items, Write write_item) {
    if (items.empty()) return "{}";
    std::vector<std::string> written;
    for (const T& item : items) written.push_back(write_item(item));
    const std::string name = concat(name_, "_", ++count_);
    out_ += concat("constexpr ", type, " ", name, "[] = {\n");
    for (const auto& item : written) out_ += concat(item, ",\n");
    out_ += "};\n";
    return name;
  }

  std::string texts(std::span<const std::string_view> items) {
    return array<std::string_view>("std::string_view", items, write_text);
  }

  template <typename T>
  std::string numbers(std::string_view type, std::span<const T> items) {
    return array<T>(type, items, [](T item) { return concat(item); });
  }

  std::string write(const policy::Expression& expression) {
    if (!expression) return "{}";
    const cel::ProgramTables& tables = expression.tables;
    const std::string nodes = array<cel::Node>("cel::Node", tables.nodes, [](const cel::Node& node) {
      return concat("{", write_enum("cel::NodeType", node.type), ", ", static_cast<unsigned>(node.flags), ", ",
                    node.source, ", ", node.begin, ", ", node.end, ", ", node.first_child, ", ", node.child_count, ", ",
                    node.a, ", ", node.b, "}");
    });
    const std::string constants =
        array<cel::Constant>("cel::Constant", tables.constants, [](const cel::Constant& constant) {
          return concat("{", write_enum("cel::Kind", constant.kind), ", ", constant.bits, "u, ", constant.length, "}");
        });
    const std::string children = numbers("cel::NodeId", tables.children);
    const std::string words = numbers("std::uint32_t", tables.words);
    return concat("{", write_text(expression.text), ", {", nodes, ", ", children, ", ", words, ", ", constants, ", ",
                  write_text(tables.texts), ", ", tables.root, ", ", tables.local_count, ", ", tables.cache_count, ", ",
                  tables.levels, "}, ", expression.index, "}");
  }

  std::string message(std::span<const policy::MessagePart> parts) {
    return array<policy::MessagePart>("MessagePart", parts, [this](const auto& part) {
      return concat("{", write_text(part.text), ", ", write(part.value), "}");
    });
  }

  std::string write(const policy::CompiledRule& rule) {
    const std::string aliases = texts(rule.aliases);
    const std::string generators =
        array<policy::Generator>("Generator", rule.generators, [this](const auto& generator) {
          return concat("{", write_text(generator.variable), ", ", generator.slot, ", ", write(generator.range), "}");
        });
    const std::string when = write(rule.when);
    const std::string conjuncts = array<policy::Conjunct>("Conjunct", rule.conjuncts, [](const auto& conjunct) {
      return concat("{", conjunct.node, ", ", conjunct.stage, "}");
    });
    const std::string lets = array<policy::Let>("Let", rule.lets, [this](const auto& let) {
      return concat("{", write_text(let.name), ", ", let.slot, ", ", let.stage, ", ", write(let.value), "}");
    });
    const std::string requirements =
        array<policy::Requirement>("Requirement", rule.requirements, [this](const auto& requirement) {
          const std::string that = write(requirement.that);
          const std::string at = write(requirement.at);
          const std::string text = message(requirement.message);
          const std::string remark_when = write(requirement.remark_when);
          return concat("{", that, ", ", at, ", ", text, ", ", remark_when, ", ", message(requirement.remark), "}");
        });
    const std::string text = message(rule.message);
    const std::string references = array<policy::ReferenceUse>(
        "ReferenceUse", rule.references,
        [this](const auto& use) { return concat("{", write_text(use.id), ", ", write(use.when), "}"); });
    const std::string parameters =
        array<policy::Parameter>("Parameter", rule.parameters, [this](const auto& parameter) {
          return concat("{", write_text(parameter.name), ", ", write_enum("Parameter::Type", parameter.type), ", ",
                        write_number(parameter.number), ", ", write_text(parameter.text), ", ", texts(parameter.texts),
                        ", ", write_text(parameter.description), ", ", write_optional(parameter.minimum), ", ",
                        write_optional(parameter.maximum), ", ", write_enum("Parameter::Stricter", parameter.stricter),
                        "}");
        });
    const std::string silence = array<policy::SilenceEntry>("SilenceEntry", rule.silence, [](const auto& entry) {
      return concat("{", write_text(entry.field), ", ", write_text(entry.reason), "}");
    });
    return concat("{", write_text(rule.id), ", ", aliases, ", ", write_text(rule.title), ", ",
                  write_enum("Severity", rule.severity), ", ", write_enum("Level", rule.level), ", ",
                  write_enum("Gate", rule.gate), ", ", write_enum("Scope", rule.scope), ", ",
                  write_enum("Ask", rule.ask), ", ", generators, ", ", when, ", ", conjuncts, ", ", lets, ", ",
                  requirements, ", ", text, ", ", write_text(rule.remediation), ", ", write_text(rule.rationale), ", ",
                  references, ", ", parameters, ", ", silence, ", ", write_bool(rule.waiver_allowed), ", ",
                  rule.waiver_max_days, ", ", rule.slot_count, "}");
  }

  std::string name_;
  std::string out_;
  std::size_t count_ = 0;
};

}  // namespace

std::string write_text(std::string_view text) {
  if (text.empty()) return "{}";
  std::string out = "\"";
  std::size_t column = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte >= 0x7F || c == '?') {
      // Octal: three digits at most, so that what follows is never taken in. `?`: no trigraphs.
      char escape[5];
      std::snprintf(escape, sizeof escape, "\\%03o", byte);
      out += escape;
    } else {
      out += c;
    }
    if (++column == 4000) {  // compilers have limits on one literal
      out += "\"\n\"";
      column = 0;
    }
  }
  return concat(out, "\"sv");
}

std::string write_schema(std::string_view name, const schema::Tables& tables) {
  std::string out = concat("namespace ", name, "_tables {\n");
  const auto array = [&](std::string_view type, std::string_view variable, std::size_t size,
                         auto write_item) -> std::string {
    if (size == 0) return "{}";
    out += concat("constexpr ", type, " ", variable, "[] = {\n");
    for (std::size_t i = 0; i < size; ++i) out += concat(write_item(i), ",\n");
    out += "};\n";
    return concat(name, "_tables::", variable);
  };
  const std::string types = array("Type", "types", tables.types.size(), [&](std::size_t i) {
    const schema::Type& type = tables.types[i];
    return concat("{", static_cast<unsigned>(type.kinds), ", ", write_enum("Format", type.format), ", ",
                  write_enum("Stricter", type.stricter), ", ", write_bool(type.atomic), ", ", write_bool(type.chosen),
                  ", ", write_bool(type.is_public), ", ", write_bool(type.prose), ", ", write_bool(type.open), ", ",
                  write_bool(type.extensible), ", ", type.first_property, ", ", type.property_count, ", ",
                  type.first_value, ", ", type.value_count, ", ", type.first_alternative, ", ", type.alternative_count,
                  ", ", type.items, ", ", write_optional(type.minimum), ", ", write_optional(type.maximum), ", ",
                  type.minimum_size, ", ", write_text(type.pattern), ", ", write_text(type.title), ", ",
                  write_text(type.description), ", ", write_text(type.example), ", ", write_text(type.also), "}");
  });
  const auto write_property = [](const schema::Property& property) {
    return concat("{", write_text(property.name), ", ", property.type, ", ", write_bool(property.required), "}");
  };
  const std::string properties = array("Property", "properties", tables.properties.size(),
                                       [&](std::size_t i) { return write_property(tables.properties[i]); });
  const std::string values = array("std::string_view", "values", tables.values.size(),
                                   [&](std::size_t i) { return write_text(tables.values[i]); });
  const std::string alternatives = array("TypeId", "alternatives", tables.alternatives.size(),
                                         [&](std::size_t i) { return concat(tables.alternatives[i]); });
  const std::string definitions = array("Property", "definitions", tables.definitions.size(),
                                        [&](std::size_t i) { return write_property(tables.definitions[i]); });
  out += concat("}  // namespace\n\nTables ", name, "() { return {", types, ", ", properties, ", ", values, ", ",
                alternatives, ", ", tables.root, ", ", definitions, "}; }\n\n");
  return out;
}

std::string write_pack(std::string_view name, const policy::PackTables& tables) {
  return PackWriter(name).write(tables);
}

}  // namespace scruple::builtin
