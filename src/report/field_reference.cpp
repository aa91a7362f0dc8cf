#include "report/field_reference.h"

#include "base/strings.h"
#include "report/page.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace scruple::report {

namespace {

using schema::Schema;
using schema::Type;
using schema::TypeId;

constexpr std::size_t deepest = 8;  // sections within sections

class FieldReference {
 public:
  FieldReference(const Schema& schema, std::ostream& out) : schema_(schema), out_(out) {}

  void write() {
    for (const TypeId kind : schema_.alternatives(schema_.root())) {
      for (const schema::Property& section : schema_.properties(kind)) {
        const TypeId body = body_of(section.type);
        if (body == schema::no_type || !seen_.insert(section.name).second) continue;
        const bool list = is_list(section.type);
        out_ << "\n### " << section.name << (list ? "[]" : "") << "\n\n";
        if (const std::string text = description(section.type); !text.empty()) out_ << text << "\n\n";
        out_ << "| field | holds | meaning |\n| --- | --- | --- |\n";
        write_fields(body, "", 0);
      }
    }
  }

 private:
  bool is_list(TypeId id) const { return (schema_.type(id).kinds & schema::allow_list) != 0; }

  // The mapping that a field holds, by itself or as the items of its list; no_type if it holds none.
  TypeId body_of(TypeId id) const {
    if (!schema_.properties(id).empty()) return id;
    for (const TypeId alternative : schema_.alternatives(id)) {
      const TypeId body = body_of(alternative);
      if (body != schema::no_type) return body;
    }
    const TypeId items = schema_.type(id).items;
    return is_list(id) && items != schema::no_type ? body_of(items) : schema::no_type;
  }

  std::string description(TypeId id) const { return markdown_text(schema_.type(id).description); }

  // "one of `email`, `sms`", "list of texts"
  std::string holds(TypeId id) const {
    const Type& type = schema_.type(id);
    const bool list = is_list(id) && type.items != schema::no_type;
    const TypeId one = list ? type.items : id;
    std::string text;
    if (const auto values = schema_.values(one); !values.empty()) {
      for (const std::string_view value : values) text += concat(text.empty() ? "`" : ", `", value, "`");
      text = concat(values.size() > 1 ? (list ? "any of " : "one of ") : "", text);
      return text;
    }
    return concat(list ? "list: " : "", kind_of(one));
  }

  std::string kind_of(TypeId id) const {
    const Type& type = schema_.type(id);
    if (type.format != schema::Format::none) return std::string(schema::to_string(type.format));
    if (body_of(id) != schema::no_type) return "mapping";
    if ((type.kinds & schema::allow_boolean) != 0) return "`true` or `false`";
    if ((type.kinds & schema::allow_real) != 0) return "number";
    if ((type.kinds & schema::allow_integer) != 0) return "whole number";
    if ((type.kinds & schema::allow_string) != 0) return "text";
    return (type.kinds & schema::allow_map) != 0 ? "mapping" : "any value";
  }

  void write_fields(TypeId body, const std::string& prefix, std::size_t depth) {
    for (const schema::Property& field : schema_.properties(body)) {
      const std::string name = concat(prefix, field.name);
      out_ << "| `" << name << "` | " << holds(field.type) << " | " << description(field.type) << " |\n";
      const Type& type = schema_.type(field.type);
      const TypeId inner = body_of(field.type);
      // A path may be a mapping with columns; that is said once, on this page.
      if (inner == schema::no_type || type.format == schema::Format::path || depth == deepest) continue;
      write_fields(inner, concat(name, is_list(field.type) ? "[]." : "."), depth + 1);
    }
  }

  const Schema& schema_;
  std::ostream& out_;
  std::set<std::string_view> seen_;
};

}  // namespace

void write_field_reference(const Schema& schema, std::ostream& out) { FieldReference(schema, out).write(); }

}  // namespace scruple::report
