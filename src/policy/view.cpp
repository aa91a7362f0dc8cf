#include "policy/view.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "policy/dates.h"
#include "policy/marks.h"
#include "policy/place.h"
#include "schema/format.h"
#include "schema/validator.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace scruple::policy {

namespace {

// Sections that a campaign never takes from its organization file.
bool is_inherited_section(std::string_view key) {
  constexpr std::string_view own[] = {"scruple",        "kind",     "campaign", "assets",
                                      "asset_defaults", "audience", "waivers",  "organization"};
  return std::ranges::find(own, key) == std::end(own) && !key.starts_with("x-");
}

// A name such as a field or a column has: no address, no number.
bool is_plain_name(std::string_view key) {
  const auto letter = [](char c) { return is_letter(c) || c == '_'; };
  return !key.empty() && letter(key.front()) &&
         std::ranges::all_of(key, [&](char c) { return letter(c) || c == '-' || is_digit(c); });
}

std::string_view path_text(const Document& document, NodeId id) {
  const Node& node = document.node(id);
  if (node.kind == NodeKind::string) return node.text;
  const Member* path = document.find(id, "path");
  return path != nullptr && document.node(path->value).kind == NodeKind::string ? document.node(path->value).text : "";
}

}  // namespace

View::View(std::uint32_t number, const schema::Schema& schema, schema::TypeId type, const Document& manifest,
           const Document* organization, bool organization_unreadable)
    : schema_(&schema),
      manifest_(&manifest),
      organization_(organization),
      number_(number),
      organization_unreadable_(organization_unreadable) {
  Entry& root = entries_.add();
  root.first = {&manifest, manifest.root(), {}};
  root.type = type;
  root.may_inherit = organization != nullptr || organization_unreadable;
}

View::View(std::uint32_t number, const Document& facts, cel::Marks marks)
    : manifest_(&facts), number_(number), marks_(marks) {
  entries_.add().first = {&facts, facts.root(), {}};
}

View::Fields::Fields(const View& view, schema::TypeId type)
    : schema_(view.schema_),
      map_(schema_ == nullptr || type == schema::no_type ? schema::no_type : schema_->accepting(type, NodeKind::map)) {}

schema::TypeId View::Fields::type_of(std::string_view key) {
  if (map_ == schema::no_type) return schema::no_type;
  if (const auto* property = schema_->property(map_, key, next_)) return property->type;
  return schema_->type(map_).items;
}

schema::TypeId View::item_type(schema::TypeId type) const {
  if (schema_ == nullptr || type == schema::no_type) return schema::no_type;
  const schema::TypeId list = schema_->accepting(type, NodeKind::list);
  return list == schema::no_type ? schema::no_type : schema_->type(list).items;
}

View::Entry& View::add_child(EntryId parent, const Part& first, const Part& second, std::string_view key,
                             std::size_t index, schema::TypeId type) const {
  const Entry& above = entries_[parent];
  Entry& child = entries_.add();
  child.first = first ? first : second;
  child.parent = parent;
  child.key = key;
  child.index = static_cast<std::uint32_t>(index);
  child.type = type;
  child.may_inherit = above.may_inherit;
  child.inherited = !first || above.inherited;
  if (schema_ == nullptr || type == schema::no_type) return child;
  const schema::TypeId map = schema_->accepting(type, NodeKind::map);
  if (schema_->type(type).atomic || (map != schema::no_type && schema_->type(map).atomic)) {
    child.may_inherit = false;
  } else if (first) {
    child.second = second;
  }
  child.bare_id = map != schema::no_type && kind_of(child.first) == NodeKind::string && schema_->takes_bare_id(type);
  return child;
}

void View::expand_root(EntryId id, const Entry& entry) const {
  Fields fields(*this, entry.type);
  const auto add = [&](const Part& first, const Part& second, std::string_view key, schema::TypeId child) -> Entry& {
    return add_child(id, first, second, key, entries_.size() - entry.first_child, child);
  };
  for (const Member& member : manifest_->members(manifest_->root())) {
    const Part own{manifest_, member.value, member.key_span};
    Part inherited;
    if (organization_ != nullptr && is_inherited_section(member.key)) {
      if (const Member* section = organization_->find(organization_->root(), member.key)) {
        inherited = {organization_, section->value, section->key_span};
      }
    }
    if (member.key == "organization" && kind_of(own) == NodeKind::string) {
      // The name of a file stands for that file's section.
      if (organization_ == nullptr) continue;
      const Member* section = organization_->find(organization_->root(), "organization");
      if (section == nullptr) continue;
      Entry& child =
          add({organization_, section->value, section->key_span}, {}, member.key, fields.type_of(member.key));
      child.may_inherit = false;
      child.inherited = true;
      continue;
    }
    Entry& child = add(own, inherited, member.key, fields.type_of(member.key));
    child.may_inherit = child.may_inherit && is_inherited_section(member.key);
  }
  if (organization_ == nullptr) return;
  for (const Member& member : organization_->members(organization_->root())) {
    if (!is_inherited_section(member.key) || manifest_->find(manifest_->root(), member.key) != nullptr) continue;
    const schema::TypeId section = fields.type_of(member.key);
    if (is_chosen(section)) continue;
    add({}, {organization_, member.value, member.key_span}, member.key, section);
  }
}

void View::expand_map(EntryId id, const Entry& entry) const {
  const auto count = [&] { return entries_.size() - entry.first_child; };
  const bool merges = entry.second && kind_of(entry.second) == NodeKind::map;
  Fields fields(*this, entry.type);
  if (entry.bare_id) {
    add_child(id, {entry.first.document, entry.first.node, {}}, {}, "id", 0, fields.type_of("id"));
  } else {
    const bool inherited_whole = organization_ != nullptr && entry.first.document == organization_;
    for (const Member& member : entry.first.document->members(entry.first.node)) {
      const schema::TypeId type = fields.type_of(member.key);
      if (inherited_whole && is_chosen(type)) continue;
      Part inherited;
      if (merges) {
        if (const Member* other = entry.second.document->find(entry.second.node, member.key)) {
          inherited = {entry.second.document, other->value, other->key_span};
        }
      }
      add_child(id, {entry.first.document, member.value, member.key_span}, inherited, member.key, count(), type);
    }
  }
  if (!merges) return;
  for (const Member& member : entry.second.document->members(entry.second.node)) {
    if (entry.bare_id ? member.key == "id" : entry.first.document->find(entry.first.node, member.key) != nullptr)
      continue;
    const schema::TypeId type = fields.type_of(member.key);
    if (is_chosen(type)) continue;
    add_child(id, {}, {entry.second.document, member.value, member.key_span}, member.key, count(), type);
  }
}

void View::expand_list(EntryId id, const Entry& entry) const {
  const schema::TypeId type = item_type(entry.type);
  const auto id_text = [](const Document& document, NodeId item) -> std::string_view {
    const Node& node = document.node(item);
    if (node.kind == NodeKind::string) return node.text;
    const Member* member = document.find(item, "id");
    return member != nullptr && document.node(member->value).kind == NodeKind::string
               ? document.node(member->value).text
               : "";
  };
  const bool inherits_by_id = type != schema::no_type && entry.second && kind_of(entry.second) == NodeKind::list &&
                              schema_->accepting(type, NodeKind::map) != schema::no_type &&
                              schema_->property(schema_->accepting(type, NodeKind::map), "id") != nullptr;
  Part defaults;
  if (schema_ != nullptr && entry.key == "assets" && entry.parent == 0) {
    if (const Member* member = manifest_->find(manifest_->root(), "asset_defaults")) {
      defaults = {manifest_, member->value, member->key_span};
    }
  }
  std::unordered_map<std::string_view, NodeId> registered;
  if (inherits_by_id) {
    for (const Member& other : entry.second.document->members(entry.second.node)) {
      registered.emplace(id_text(*entry.second.document, other.value), other.value);
    }
    registered.erase("");
  }
  std::size_t index = 0;
  for (const Member& member : entry.first.document->members(entry.first.node)) {
    Part inherited = defaults;
    if (!registered.empty()) {
      const auto other = registered.find(id_text(*entry.first.document, member.value));
      if (other != registered.end()) inherited = {entry.second.document, other->second, {}};
    }
    add_child(id, {entry.first.document, member.value, {}}, inherited, {}, index++, type);
  }
}

bool View::is_map(const Entry& entry) const { return entry.bare_id || kind_of(entry.first) == NodeKind::map; }

void View::add_children(EntryId id, Entry& entry) const {
  entry.expanded = true;
  entry.first_child = static_cast<EntryId>(entries_.size());
  if (id == 0 && schema_ != nullptr) {
    expand_root(id, entry);
  } else if (is_map(entry)) {
    expand_map(id, entry);
  } else {
    expand_list(id, entry);
  }
  entry.child_count = static_cast<std::uint32_t>(entries_.size() - entry.first_child);
}

cel::Value View::root() const { return value_of(0, nullptr); }

cel::Value View::registered(std::string_view section, std::string_view list) const {
  if (organization_ == nullptr) return {};
  NodeId holder = organization_->root();
  EntryId parent = 0;
  if (!section.empty()) {
    const Member* member = organization_->find(holder, section);
    parent = child(0, section);
    if (member == nullptr || parent == none) return {};
    holder = member->value;
  }
  const Member* member = organization_->find(holder, list);
  if (member == nullptr || organization_->node(member->value).kind != NodeKind::list) return {};
  const auto id = static_cast<EntryId>(entries_.size());
  add_child(parent, {organization_, member->value, member->key_span}, {}, list, 0,
            Fields(*this, entries_[parent].type).type_of(list))
      .inherited = true;
  return value_of(id, nullptr);
}

cel::Value View::plain_value(EntryId id, const Node& node) const {
  cel::Value value;
  switch (node.kind) {
    case NodeKind::null: value = cel::Value::null(); break;
    case NodeKind::boolean: value = cel::Value::boolean(node.boolean); break;
    case NodeKind::integer: value = cel::Value::integer(node.integer); break;
    case NodeKind::real: value = cel::Value::real(node.real); break;
    case NodeKind::string: value = cel::Value::string(node.text); break;
    case NodeKind::list: value = cel::Value::container(cel::Kind::list, *this, id); break;
    case NodeKind::map: value = cel::Value::container(cel::Kind::map, *this, id); break;
  }
  return value.with_origin(origin(id)).with_marks(marks_);
}

cel::Value View::first_value_of(EntryId id, Entry& entry, cel::Evaluation* evaluation) const {
  const cel::Value value = make_value(id, evaluation);
  if (!value.is_error()) entry.value = value;
  return value;
}

cel::Value View::make_value(EntryId id, cel::Evaluation* evaluation) const {
  const Entry& entry = entries_[id];
  const Node& node = entry.first.document->node(entry.first.node);
  if (entry.bare_id) return cel::Value::container(cel::Kind::map, *this, id).with_origin(origin(id));
  if (schema_ == nullptr || entry.type == schema::no_type) return plain_value(id, node);
  const auto error = [&](cel::ErrorKind kind, std::string_view message) {
    return evaluation == nullptr ? cel::Value() : evaluation->error(kind, message, {}, origin(id));
  };
  const auto wrong = [&] {
    return error(cel::ErrorKind::wrong_type, concat("`", place(id), "` does not hold what it should"));
  };

  const NodeKind kind = schema::kind_of(node);
  const schema::TypeId chosen = schema_->accepting(entry.type, kind);
  const schema::Type& outer = schema_->type(entry.type);
  const schema::Type& type = chosen == schema::no_type ? outer : schema_->type(chosen);
  const bool anything = outer.kinds == 0 && outer.alternative_count == 0;
  if (anything) return plain_value(id, node);
  if (schema::says_nothing(node, *schema_, entry.type)) {
    const bool blank = node.kind == NodeKind::null || trim_ascii(node.text).empty();
    return error(cel::ErrorKind::absence,
                 blank ? concat("`", place(id), "` is empty")
                       : concat("`", place(id), "` holds only the placeholder `", node.text, "`"));
  }
  const auto values = schema_->values(chosen == schema::no_type ? entry.type : chosen);
  if (chosen == schema::no_type) return wrong();

  cel::Value value;
  switch (kind) {
    case NodeKind::null: return wrong();
    case NodeKind::boolean: value = cel::Value::boolean(node.boolean); break;
    case NodeKind::integer:
      if ((type.kinds & schema::allow_real) == 0)
        value = cel::Value::integer(schema::whole_number(node));
      else
        value = cel::Value::real(node.kind == NodeKind::real ? node.real : static_cast<double>(node.integer));
      break;
    case NodeKind::real:
      if (!std::isfinite(node.real)) return wrong();
      value = cel::Value::real(node.real);
      break;
    case NodeKind::list:
    case NodeKind::map:
      value = cel::Value::container(node.kind == NodeKind::list ? cel::Kind::list : cel::Kind::map, *this, id);
      break;
    case NodeKind::string: value = cel::Value::string(node.text); break;
  }
  if (outer.format == schema::Format::path || type.format == schema::Format::path) {
    value = cel::Value::container(cel::Kind::opaque, *this, id);
  } else if (type.format == schema::Format::date || type.format == schema::Format::date_time) {
    const auto instant = node.kind == NodeKind::string ? parse_instant(node.text) : std::nullopt;
    if (!instant) return wrong();
    value = cel::Value::timestamp(*instant);
  } else if (node.kind == NodeKind::string && schema::check_format(type.format, node.text)) {
    return wrong();
  } else if (!values.empty() && std::ranges::find(values, node.text) == values.end()) {
    return wrong();
  }
  return value.with_origin(origin(id));
}

cel::Value View::missing(EntryId below, cel::Evaluation& evaluation) const {
  if (!organization_unreadable_ || !entries_[below].may_inherit) return {};
  const Member* named = manifest_->find(manifest_->root(), "organization");
  if (named == nullptr) return {};
  // An entry for the field itself: the view shows the section that it stands for.
  const auto id = static_cast<EntryId>(entries_.size());
  Entry& field = entries_.add();
  field.first = {manifest_, named->value, named->key_span};
  field.parent = 0;
  field.key = "organization";
  return evaluation.error(cel::ErrorKind::unavailable, "the organization file cannot be read", {}, origin(id));
}

cel::Value View::register_problem(std::string_view section, cel::Evaluation& evaluation) const {
  return is_inherited_section(section) ? missing(0, evaluation) : cel::Value();
}

std::string_view View::type_name(std::uint32_t handle) const {
  const Entry& entry = entries_[handle];
  if (schema_ != nullptr && entry.type != schema::no_type && schema_->type(entry.type).format == schema::Format::path)
    return "path";
  return is_map(entry) ? "map" : "list";
}

std::size_t View::size(std::uint32_t handle, cel::Evaluation&) const { return expand(handle).child_count; }

cel::Value View::at(std::uint32_t handle, std::size_t index, cel::Evaluation& evaluation) const {
  return value_of(static_cast<EntryId>(expand(handle).first_child + index), &evaluation);
}

cel::Value View::key_at(std::uint32_t handle, std::size_t index, cel::Evaluation&) const {
  const auto child = static_cast<EntryId>(expand(handle).first_child + index);
  return cel::Value::string(entries_[child].key).with_origin(origin(child)).with_marks(marks_);
}

bool View::is_mentioned(EntryId map, std::string_view key) const {
  const Entry& entry = entries_[map];
  const auto mentions = [&](const Part& part) { return part && part.document->find(part.node, key) != nullptr; };
  return mentions(entry.first) || mentions(entry.second);
}

// Part of each look-up of a field, hence inlined: a call costs as much as the search.
[[gnu::always_inline]] inline View::EntryId View::child_of_map(EntryId map, std::string_view key) const {
  const Entry& entry = expand(map);
  for (EntryId first = entry.first_child, left = entry.child_count; left > 0;) {
    const std::span<Entry> run = entries_.run(first, left);
    for (const Entry& child : run) {
      if (same_name(child.key, key)) return first + static_cast<EntryId>(&child - run.data());
    }
    first += static_cast<EntryId>(run.size());
    left -= static_cast<EntryId>(run.size());
  }
  return none;
}

View::EntryId View::child(EntryId id, std::string_view key) const {
  return is_map(entries_[id]) ? child_of_map(id, key) : none;
}

[[gnu::always_inline]] inline cel::Value View::find_named(std::uint32_t handle, std::string_view key, bool named,
                                                          cel::Evaluation& evaluation) const {
  const cel::Value& whole = entries_[handle].value;
  if (whole.is_unset() ? type_name(handle) != "map" : !whole.is(cel::Kind::map)) return {};
  const EntryId found = child_of_map(handle, key);
  if (found != none) {
    if (named) entries_[found].named = true;
    return value_of(found, &evaluation);
  }
  return organization_unreadable_ ? why_missing(handle, key, evaluation) : cel::Value();
}

cel::Value View::find(std::uint32_t handle, std::string_view key, cel::Evaluation& evaluation) const {
  return find_named(handle, key, true, evaluation);
}

// Of a name that no readable document holds.
cel::Value View::why_missing(EntryId handle, std::string_view key, cel::Evaluation& evaluation) const {
  if (handle == 0 && key == "organization") return missing(0, evaluation);
  if (handle == 0 && !is_inherited_section(key)) return {};
  if (is_chosen(Fields(*this, entries_[handle].type).type_of(key))) return {};
  return missing(handle, evaluation);
}

cel::Value View::find(std::uint32_t handle, const cel::Value& key, cel::Evaluation& evaluation) const {
  if (!key.is(cel::Kind::string)) return {};
  return find_named(handle, key.as_text(), (key.marks() & mark_sensitive) == 0, evaluation);
}

// The head of a block says what it is: its key, else the id of the item, else its first key.
Span View::head_of(const Part& part) const {
  const Node& node = part.document->node(part.node);
  const bool container = node.kind == NodeKind::list || node.kind == NodeKind::map;
  // An empty value has nothing to point at but its key.
  if (node.span.begin == node.span.end && part.key_span != Span{}) return part.key_span;
  if (!container || node.flow) return node.span;
  if (part.key_span != Span{}) return part.key_span;
  if (const Member* member = part.document->find(part.node, "id")) return part.document->node(member->value).span;
  if (part.node == part.document->root()) return {node.span.begin, node.span.begin};
  return node.count == 0 ? node.span : part.document->members(part.node).front().key_span;
}

View::Spot View::spot(EntryId id) const {
  const Entry& entry = entries_[id];
  Spot spot;
  spot.document = entry.first.document;
  spot.layer =
      organization_ != nullptr && entry.first.document == organization_ ? Layer::organization : Layer::campaign;
  spot.node = entry.first.node;
  spot.key_span = entry.first.key_span;
  spot.span = head_of(entry.first);
  spot.inherited = entry.inherited;
  if (schema_ != nullptr && entry.type != schema::no_type) spot.is_public = schema_->type(entry.type).is_public;
  return spot;
}

std::optional<Span> View::organization_span(EntryId id) const {
  const Entry& entry = entries_[id];
  if (organization_ == nullptr) return std::nullopt;
  if (entry.first.document == organization_) return head_of(entry.first);
  if (entry.second && entry.second.document == organization_) return head_of(entry.second);
  return std::nullopt;
}

bool View::is_inherited_whole(EntryId id) const {
  return organization_ != nullptr && entries_[id].first.document == organization_ && !entries_[id].may_inherit;
}

View::EntryId View::campaign_ancestor(EntryId id) const {
  while (id != 0 && entries_[id].first.document != manifest_) id = entries_[id].parent;
  return id;
}

std::string_view View::id_of(EntryId item) const {
  const Entry& entry = entries_[item];
  const Document& document = *entry.first.document;
  return entry.bare_id ? document.node(entry.first.node).text : id_in(entry.first);
}

// What a map says as its `id`.
std::string_view View::id_in(const Part& map) const {
  const Member* member = map.document->find(map.node, "id");
  if (member == nullptr || map.document->node(member->value).kind != NodeKind::string) return {};
  const std::string_view id = map.document->node(member->value).text;
  return schema_ != nullptr && schema::is_placeholder(id) ? std::string_view{} : id;
}

std::string_view View::item_id(EntryId list, std::size_t index) const {
  const auto item = static_cast<EntryId>(expand(list).first_child + index);
  const Entry& entry = entries_[item];
  if (entry.second && kind_of(entry.first) == NodeKind::map &&
      entry.first.document->find(entry.first.node, "id") == nullptr)
    return id_in(entry.second);
  const std::string_view id = id_of(item);
  return entry.bare_id && schema::is_placeholder(id) ? std::string_view{} : id;
}

void View::learn_ids(EntryId list) const {
  if (entries_[list].ids_known) return;
  const Entry& entry = expand(list);
  std::vector<EntryId> items(entry.child_count);
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i] = static_cast<EntryId>(entry.first_child + i);
    entries_[items[i]].id = id_of(items[i]);
  }
  std::ranges::sort(items, {}, [&](EntryId item) { return entries_[item].id; });
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto same = [&](std::size_t other) { return entries_[items[other]].id == entries_[items[i]].id; };
    entries_[items[i]].unique_id =
        !entries_[items[i]].id.empty() && (i == 0 || !same(i - 1)) && (i + 1 == items.size() || !same(i + 1));
  }
  entries_[list].ids_known = true;
}

bool View::has_unique_id(EntryId item) const {
  learn_ids(entries_[item].parent);
  return entries_[item].unique_id;
}

std::string View::place(EntryId id) const {
  std::vector<EntryId> way;
  for (EntryId i = id; i != 0 && i != none; i = entries_[i].parent) way.push_back(i);
  // Of evidence that can hold personal data a place shows the fields that the expression named: any other key, and
  // every id, could be a person's.
  const bool hidden = (marks_ & mark_sensitive) != 0;
  std::string place;
  for (auto i = way.rbegin(); i != way.rend(); ++i) {
    const Entry& entry = entries_[*i];
    const bool in_map = is_map(entries_[entry.parent]);
    if (in_map && (!hidden || (entry.named && is_plain_name(entry.key)))) {
      schema::append_key_step(place, entry.key);
    } else if (!in_map && !hidden && has_unique_id(*i)) {
      schema::append_id_step(place, id_of(*i));
    } else {
      schema::append_index_step(place, entry.index);
    }
  }
  return place;
}

std::string_view View::written(EntryId id) const {
  const Entry& entry = entries_[id];
  const Node& node = entry.first.document->node(entry.first.node);
  if (node.kind == NodeKind::list) return {};
  return node.kind == NodeKind::map ? path_text(*entry.first.document, entry.first.node) : node.text;
}

std::string_view View::scalar_text(EntryId id) const {
  const Part& part = entries_[id].first;
  const Node& node = part.document->node(part.node);
  const bool scalar = node.kind != NodeKind::null && node.kind != NodeKind::list && node.kind != NodeKind::map;
  return scalar ? node.text : std::string_view();
}

std::vector<const Document*> View::documents() const {
  if (organization_ == nullptr) return {manifest_};
  return {manifest_, organization_};
}

std::vector<View::IdUse> View::id_uses(std::size_t most_entries) const {
  std::vector<IdUse> uses;
  collect_id_uses(0, most_entries, uses);
  return uses;
}

// As deep as documents nest.
void View::collect_id_uses(EntryId id, std::size_t& left, std::vector<IdUse>& uses) const {
  if (left == 0) return;
  --left;
  const Entry& entry = entries_[id];
  const Node& node = entry.first.document->node(entry.first.node);
  if (node.kind == NodeKind::list || is_map(entry)) {
    expand(id);
    for (std::uint32_t i = 0; i < entry.child_count; ++i) collect_id_uses(entry.first_child + i, left, uses);
  }
  if (node.kind != NodeKind::string || entry.type == schema::no_type) return;
  const schema::TypeId type = schema_->accepting(entry.type, NodeKind::string);
  if (type == schema::no_type || schema_->type(type).format < schema::Format::person) return;
  if (!schema::says_nothing(node, *schema_, entry.type))
    uses.push_back({{schema_->type(type).format, node.text, entry.bare_id}, id});
}

View::EntryId View::resolve(std::string_view place) const {
  const auto steps = parse_place(place);
  if (!steps) return none;
  EntryId at = 0;
  for (const PlaceStep& step : *steps) {
    if (is_map(entries_[at])) {
      at = child(at, step.text);
      if (at == none) return none;
      continue;
    }
    if (!step.bracketed || kind_of(entries_[at].first) != NodeKind::list) return none;
    const Entry& list = expand(at);
    EntryId found = none;
    if (step.index) {
      if (*step.index < list.child_count) found = list.first_child + *step.index;
    } else {
      for (EntryId item = list.first_child; item < list.first_child + list.child_count; ++item) {
        if (id_of(item) == step.text && has_unique_id(item)) found = item;
      }
    }
    if (found == none) return none;
    at = found;
  }
  return at;
}

}  // namespace scruple::policy
