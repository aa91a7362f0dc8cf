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
  Entry root;
  root.first = {&manifest, manifest.root(), {}};
  root.type = type;
  root.may_inherit = organization != nullptr || organization_unreadable;
  add(root);
}

View::View(std::uint32_t number, const Document& facts, cel::Marks marks)
    : manifest_(&facts), number_(number), marks_(marks) {
  Entry root;
  root.first = {&facts, facts.root(), {}};
  add(root);
}

View::EntryId View::add(Entry entry) const {
  entries_.push_back(entry);
  return static_cast<EntryId>(entries_.size() - 1);
}

schema::TypeId View::child_type(schema::TypeId type, std::string_view key) const {
  if (schema_ == nullptr || type == schema::no_type) return schema::no_type;
  const schema::TypeId map = schema_->accepting(type, NodeKind::map);
  if (map == schema::no_type) return schema::no_type;
  if (const auto* property = schema_->property(map, key)) return property->type;
  return schema_->type(map).items;
}

schema::TypeId View::item_type(schema::TypeId type) const {
  if (schema_ == nullptr || type == schema::no_type) return schema::no_type;
  const schema::TypeId list = schema_->accepting(type, NodeKind::list);
  return list == schema::no_type ? schema::no_type : schema_->type(list).items;
}

View::Entry View::make_child(EntryId parent, Part first, Part second, std::string_view key, std::size_t index,
                             schema::TypeId type) const {
  Entry child;
  child.first = first ? first : second;
  child.second = first ? second : Part{};
  child.parent = parent;
  child.key = key;
  child.index = static_cast<std::uint32_t>(index);
  child.type = type;
  child.may_inherit = entries_[parent].may_inherit;
  child.inherited = !first || entries_[parent].inherited;
  if (schema_ == nullptr || type == schema::no_type) {
    child.second = {};
    return child;
  }
  const NodeKind kind = kind_of(child.first);
  const schema::TypeId map = schema_->accepting(type, NodeKind::map);
  const bool has_items_with_id = map != schema::no_type && schema_->property(map, "id") != nullptr;
  child.bare_id = kind == NodeKind::string && has_items_with_id && schema_->type(type).format != schema::Format::path;
  if (schema_->type(type).atomic || (map != schema::no_type && schema_->type(map).atomic)) {
    child.second = {};
    child.may_inherit = false;
  }
  return child;
}

void View::expand_root(EntryId id, std::vector<Entry>& children) const {
  const schema::TypeId type = entries_[id].type;
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
      Entry child = make_child(id, {organization_, section->value, section->key_span}, {}, member.key, children.size(),
                               child_type(type, member.key));
      child.may_inherit = false;
      child.inherited = true;
      children.push_back(child);
      continue;
    }
    Entry child = make_child(id, own, inherited, member.key, children.size(), child_type(type, member.key));
    child.may_inherit = child.may_inherit && is_inherited_section(member.key);
    children.push_back(child);
  }
  if (organization_ == nullptr) return;
  for (const Member& member : organization_->members(organization_->root())) {
    if (!is_inherited_section(member.key) || manifest_->find(manifest_->root(), member.key) != nullptr) continue;
    const schema::TypeId section = child_type(type, member.key);
    if (is_chosen(section)) continue;
    children.push_back(
        make_child(id, {}, {organization_, member.value, member.key_span}, member.key, children.size(), section));
  }
}

void View::expand_map(EntryId id, std::vector<Entry>& children) const {
  const Entry entry = entries_[id];
  const bool merges = entry.second && kind_of(entry.second) == NodeKind::map;
  if (entry.bare_id) {
    children.push_back(
        make_child(id, {entry.first.document, entry.first.node, {}}, {}, "id", 0, child_type(entry.type, "id")));
  } else {
    const bool inherited_whole = organization_ != nullptr && entry.first.document == organization_;
    for (const Member& member : entry.first.document->members(entry.first.node)) {
      if (inherited_whole && is_chosen(child_type(entry.type, member.key))) continue;
      Part inherited;
      if (merges) {
        if (const Member* other = entry.second.document->find(entry.second.node, member.key)) {
          inherited = {entry.second.document, other->value, other->key_span};
        }
      }
      children.push_back(make_child(id, {entry.first.document, member.value, member.key_span}, inherited, member.key,
                                    children.size(), child_type(entry.type, member.key)));
    }
  }
  if (!merges) return;
  const std::size_t own = children.size();
  for (const Member& member : entry.second.document->members(entry.second.node)) {
    const auto same_key = [&](const Entry& child) { return child.key == member.key; };
    if (std::any_of(children.begin(), children.begin() + static_cast<std::ptrdiff_t>(own), same_key)) continue;
    const schema::TypeId type = child_type(entry.type, member.key);
    if (is_chosen(type)) continue;
    children.push_back(
        make_child(id, {}, {entry.second.document, member.value, member.key_span}, member.key, children.size(), type));
  }
}

void View::expand_list(EntryId id, std::vector<Entry>& children) const {
  const Entry entry = entries_[id];
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
  for (const Member& member : entry.first.document->members(entry.first.node)) {
    Part inherited = defaults;
    if (const auto other = registered.find(id_text(*entry.first.document, member.value)); other != registered.end())
      inherited = {entry.second.document, other->second, {}};
    children.push_back(make_child(id, {entry.first.document, member.value, {}}, inherited, {}, children.size(), type));
  }
}

bool View::is_map(const Entry& entry) const { return entry.bare_id || kind_of(entry.first) == NodeKind::map; }

const View::Entry& View::expand(EntryId id) const {
  if (entries_[id].expanded) return entries_[id];
  std::vector<Entry> children;
  if (id == 0 && schema_ != nullptr) {
    expand_root(id, children);
  } else if (is_map(entries_[id])) {
    expand_map(id, children);
  } else {
    expand_list(id, children);
  }
  Entry& entry = entries_[id];
  entry.expanded = true;
  entry.first_child = static_cast<EntryId>(entries_.size());
  entry.child_count = static_cast<std::uint32_t>(children.size());
  for (const Entry& child : children) entries_.push_back(child);
  return entry;
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
  Entry entry = make_child(parent, {organization_, member->value, member->key_span}, {}, list, 0,
                           child_type(entries_[parent].type, list));
  entry.inherited = true;
  return value_of(add(entry), nullptr);
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

// `evaluation` is null only where the value is known to be no error (the root).
cel::Value View::value_of(EntryId id, cel::Evaluation* evaluation) const {
  Entry& entry = entries_[id];
  if (!entry.value.is_unset()) return entry.value;
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
  Entry field;
  field.first = {manifest_, named->value, named->key_span};
  field.parent = 0;
  field.key = "organization";
  const EntryId id = add(field);
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

View::EntryId View::child(EntryId id, std::string_view key) const {
  if (!is_map(entries_[id])) return none;
  const Entry& entry = expand(id);
  for (EntryId i = entry.first_child; i < entry.first_child + entry.child_count; ++i) {
    if (entries_[i].key == key) return i;
  }
  return none;
}

cel::Value View::find(std::uint32_t handle, std::string_view key, cel::Evaluation& evaluation) const {
  return find_named(handle, key, true, evaluation);
}

cel::Value View::find_named(std::uint32_t handle, std::string_view key, bool named, cel::Evaluation& evaluation) const {
  const cel::Value& whole = entries_[handle].value;
  if (whole.is_unset() ? type_name(handle) != "map" : !whole.is(cel::Kind::map)) return {};
  const EntryId found = child(handle, key);
  if (found != none) {
    entries_[found].named = entries_[found].named || named;
    return value_of(found, &evaluation);
  }
  if (handle == 0 && key == "organization" && organization_unreadable_) return missing(0, evaluation);
  if (handle == 0 && !is_inherited_section(key)) return {};
  if (is_chosen(child_type(entries_[handle].type, key))) return {};
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
  const Node& node = document.node(entry.first.node);
  if (entry.bare_id) return node.text;
  const Member* member = node.kind == NodeKind::map ? document.find(entry.first.node, "id") : nullptr;
  if (member == nullptr || document.node(member->value).kind != NodeKind::string) return {};
  const std::string_view id = document.node(member->value).text;
  return schema_ != nullptr && schema::is_placeholder(id) ? std::string_view{} : id;
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
  std::vector<EntryId> waiting{0};
  for (std::size_t walked = 0; !waiting.empty() && walked < most_entries; ++walked) {
    const EntryId id = waiting.back();
    waiting.pop_back();
    const Entry entry = entries_[id];
    const Node& node = entry.first.document->node(entry.first.node);
    if (node.kind == NodeKind::list || node.kind == NodeKind::map) {
      const Entry& expanded = expand(id);
      for (std::uint32_t i = expanded.child_count; i > 0; --i) waiting.push_back(expanded.first_child + i - 1);
      continue;
    }
    if (node.kind != NodeKind::string || entry.type == schema::no_type ||
        schema::says_nothing(node, *schema_, entry.type))
      continue;
    const schema::TypeId type = schema_->accepting(entry.type, NodeKind::string);
    if (type == schema::no_type || schema_->type(type).format < schema::Format::person) continue;
    uses.push_back({id, schema_->type(type).format, node.text, entry.bare_id});
  }
  return uses;
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
