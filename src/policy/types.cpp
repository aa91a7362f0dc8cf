#include "policy/types.h"

#include "base/strings.h"
#include "policy/fairness_functions.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace scruple::policy {

namespace {

using cel::Record;
using cel::Type;
using Tag = Type::Tag;

// Of the records that are no part of a manifest.
constexpr std::array<std::string_view, 2> evidence_records = {"html", "image"};

// Turns a schema's types into cel's, mirroring what View makes of a document.
class TypeReader {
 public:
  TypeReader(const schema::Schema& schema, cel::Records& records) : schema_(schema), records_(records) {}

  Type read(schema::TypeId id, const std::string& place) {
    const schema::Type& type = schema_.type(id);
    const auto alternatives = schema_.alternatives(id);
    const auto has_format = [&](schema::Format format) {
      return type.format == format || std::ranges::any_of(alternatives, [&](schema::TypeId alternative) {
               return schema_.type(alternative).format == format;
             });
    };
    const schema::TypeId map = alternative(id, schema::allow_map);
    // The view shows the section `organization` even where the campaign names its file.
    const bool is_section = map != schema::no_type && place == "organization";
    if (has_format(schema::Format::path) && !is_section) return Type::object("path");
    // A bare id stands for the item of that id.
    if (map != schema::no_type) return read_map(map, place);
    if (type.kinds == schema::allow_list) {
      return Type::list(type.items == schema::no_type ? Type::dyn() : read(type.items, place));
    }
    return scalar(id);
  }

  Type read_map(schema::TypeId id, const std::string& place) {
    const schema::Type& type = schema_.type(id);
    if (type.property_count == 0 && !type.extensible) {
      return Type::map(Type::of(Tag::string), type.items == schema::no_type ? Type::dyn() : read(type.items, place));
    }
    Record record;
    record.name = place;
    for (const schema::Property& property : schema_.properties(id)) {
      record.fields.push_back({std::string(property.name), read(property.type, concat(place, ".", property.name))});
    }
    if (type.extensible) record.open_prefix = "x-";
    records_.add(std::move(record));
    return Type::record(place);
  }

  // The whole manifest: its sections are named without the manifest.
  Type read_root(schema::TypeId id, std::string_view name) {
    Record record;
    record.name = name;
    record.noun = "section";
    record.open_prefix = "x-";
    for (const schema::Property& property : schema_.properties(id)) {
      record.fields.push_back({std::string(property.name), read(property.type, std::string(property.name))});
    }
    records_.add(std::move(record));
    return Type::record(std::string(name));
  }

 private:
  // The type itself or its alternative that takes a kind of value.
  schema::TypeId alternative(schema::TypeId id, schema::KindBit kind) const {
    const auto alternatives = schema_.alternatives(id);
    if (alternatives.empty()) return schema_.type(id).kinds == kind ? id : schema::no_type;
    const auto found = std::ranges::find_if(
        alternatives, [&](schema::TypeId alternative) { return schema_.type(alternative).kinds == kind; });
    return found == alternatives.end() ? schema::no_type : *found;
  }

  Type scalar(schema::TypeId id) const {
    const schema::Type& type = schema_.type(id);
    switch (type.kinds) {
      case schema::allow_boolean: return Type::of(Tag::boolean);
      case schema::allow_integer: return Type::of(Tag::integer);
      case schema::allow_real:
      case schema::allow_real | schema::allow_integer: return Type::of(Tag::real);
      case schema::allow_string: break;
      default: return Type::dyn();
    }
    if (type.format == schema::Format::date || type.format == schema::Format::date_time)
      return Type::of(Tag::timestamp);
    const auto values = schema_.values(id);
    if (values.empty()) return Type::of(Tag::string);
    return Type::one_of(std::make_shared<const std::vector<std::string>>(values.begin(), values.end()));
  }

  const schema::Schema& schema_;
  cel::Records& records_;
};

// What evidence/html.h says of a page, evidence/image.h of a picture, and the other facts of a file.
void add_evidence(cel::Records& records) {
  const Type text = Type::of(Tag::string);
  const Type yes_or_no = Type::of(Tag::boolean);
  const Type count = Type::of(Tag::integer);
  const Type number = Type::of(Tag::real);
  const auto list_of = [](const char* name) { return Type::list(Type::record(name)); };
  const auto add = [&](const char* name, std::vector<Record::Field> fields) {
    records.add({name, "field", std::move(fields), {}});
  };
  add("evidence", {{"exists", yes_or_no},
                   {"name", text},
                   {"size", count},
                   {"sha256", text},
                   {"text", text},
                   {"html", Type::record("html")},
                   {"table", Type::object("table")},
                   {"image", Type::record("image")},
                   {"json", Type::dyn()},
                   {"yaml", Type::dyn()}});
  Record table;
  table.name = "table";
  table.has_rows = true;
  table.fields = {{"columns", Type::list(text)},
                  {"row_count", count},
                  {"row_numbers", Type::list(count)},
                  {"rows", Type::list(Type::map(text, text))}};
  records.add(std::move(table));
  add("html", {{"title", text},
               {"language", text},
               {"visible_text", text},
               {"text_blocks", list_of("html.text_blocks")},
               {"text_runs", list_of("html.text_runs")},
               {"headings", list_of("html.headings")},
               {"links", list_of("html.links")},
               {"images", list_of("html.images")},
               {"embeds", list_of("html.embeds")},
               {"forms", list_of("html.forms")},
               {"controls", list_of("html.controls")},
               {"meta", list_of("html.meta")},
               {"resource_hosts", list_of("html.resource_hosts")},
               {"merge_tags", list_of("html.merge_tags")},
               {"scripted", yes_or_no},
               {"linked_style", yes_or_no}});
  add("html.text_blocks", {{"text", text}, {"in_footer", yes_or_no}});
  add("html.text_runs", {{"text", text},
                         {"hidden", yes_or_no},
                         {"font_px", number},
                         {"contrast", number},
                         {"in_footer", yes_or_no},
                         {"aria_hidden", yes_or_no}});
  add("html.headings", {{"level", count}, {"text", text}, {"hidden", yes_or_no}});
  add("html.links", {{"text", text},
                     {"href", text},
                     {"host", text},
                     {"scheme", text},
                     {"hidden", yes_or_no},
                     {"in_footer", yes_or_no},
                     {"rel", text},
                     {"title", text},
                     {"aria_label", text},
                     {"image_alt", text},
                     {"font_px", number},
                     {"contrast", number}});
  add("html.images", {{"src", text},
                      {"host", text},
                      {"alt", text},
                      {"hidden", yes_or_no},
                      {"width", number},
                      {"height", number},
                      {"in_link", yes_or_no}});
  add("html.embeds",
      {{"url", text}, {"tag", text}, {"alt", text}, {"caption", text}, {"hidden", yes_or_no}, {"at", count}});
  add("html.forms", {{"id", text},
                     {"action", text},
                     {"action_host", text},
                     {"method", text},
                     {"text", text},
                     {"hidden", yes_or_no},
                     {"controls", list_of("html.controls")}});
  add("html.controls", {{"type", text},
                        {"tag", text},
                        {"name", text},
                        {"id", text},
                        {"label", text},
                        {"has_label", yes_or_no},
                        {"value", text},
                        {"checked", yes_or_no},
                        {"aria_checked", text},
                        {"required", yes_or_no},
                        {"disabled", yes_or_no},
                        {"hidden", yes_or_no},
                        {"multiple", yes_or_no},
                        {"options", list_of("html.controls.options")},
                        {"form", count}});
  add("html.controls.options", {{"text", text}, {"value", text}, {"selected", yes_or_no}});
  add("html.meta", {{"name", text}, {"content", text}});
  add("html.resource_hosts", {{"host", text}, {"kind", text}, {"url", text}});
  add("html.merge_tags", {{"text", text}, {"name", text}, {"tool", text}, {"logic", yes_or_no}, {"fallback", text}});
  add("image", {{"format", text},
                {"width", count},
                {"height", count},
                {"source_types", list_of("image.source_types")},
                {"content_credentials", yes_or_no},
                {"tools", list_of("image.tools")},
                {"credits", list_of("image.credits")},
                {"texts", list_of("image.texts")},
                {"location", list_of("image.tags")},
                {"owner", list_of("image.tags")}});
  add("image.source_types", {{"value", text}, {"found_in", text}});
  add("image.tools", {{"name", text}, {"tag", text}, {"found_in", text}});
  add("image.credits", {{"name", text}, {"tag", text}, {"found_in", text}});
  add("image.texts", {{"key", text}, {"text", text}, {"found_in", text}});
  add("image.tags", {{"tag", text}, {"found_in", text}});
}

}  // namespace

Types make_types(const schema::Schema& manifest) {
  Types types;
  TypeReader reader(manifest, types.records);
  types.organization = reader.read_root(manifest.definition("organization_file"), organization_record);
  // What a campaign has besides is there without a type: rule_lint says why such a rule cannot read it.
  Record organization = *types.records.find(organization_record);
  for (const std::string_view section : campaign_sections)
    organization.fields.push_back({std::string(section), Type()});
  types.records.add(std::move(organization));
  types.campaign = reader.read_root(manifest.definition("campaign_manifest"), manifest_record);
  add_evidence(types.records);
  add_fairness_records(types.records);
  return types;
}

bool is_manifest_record(const cel::Type& type) {
  if (!type.is(Tag::record) || type.name() == params_record) return false;
  const std::string_view name = type.name();
  if (name.starts_with(fairness_record_prefix)) return false;
  return std::ranges::find(evidence_records, name.substr(0, name.find('.'))) == evidence_records.end();
}

std::string field_place(std::string_view record, std::string_view field) {
  if (record == manifest_record || record == organization_record) return std::string(field);
  return concat(record, ".", field);
}

cel::Type item_type(std::string_view place) { return Type::optional(Type::record(std::string(place))); }

}  // namespace scruple::policy
