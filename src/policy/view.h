// How rules see a document: a tree of cel values that is made as it is walked.
//
// The view of a manifest is an overlay: what the campaign says, below it what its organization file says, below each
// asset the `asset_defaults`. It is no copy: each value keeps the document and node where it stands. Every way to a
// value has an entry of its own, so that an aliased node has one place for each way it is reached; an Origin names an
// entry.
//
// The view decides what is *there*: in a manifest a null, a blank and a placeholder are absent. It gives values their
// schema's type: a date is a timestamp, a path is opaque; what does not fit is an error of kind `wrong_type`.
// Without a schema (facts of evidence) values are what they are.
#pragma once

#include "base/stable_vector.h"
#include "cel/cel.h"
#include "schema/schema.h"
#include "schema/validator.h"

#include "scruple/document.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::policy {

// Which document of a view.
enum class Layer : std::uint8_t { campaign, organization };

class View final : public cel::Container {
 public:
  using EntryId = std::uint32_t;
  static constexpr EntryId none = 0xFFFFFFFF;

  // A manifest. `organization` is the organization file of a campaign, or null. `organization_unreadable`: the campaign
  // names one that cannot be used, so that what the campaign lacks is unknown rather than absent.
  // `number` is this view's number among the views of an evaluation: part of its origins.
  View(std::uint32_t number, const schema::Schema& schema, schema::TypeId type, const Document& manifest,
       const Document* organization, bool organization_unreadable);

  // Facts of evidence: no schema; each value carries `marks`.
  View(std::uint32_t number, const Document& facts, cel::Marks marks);

  View(const View&) = delete;
  View& operator=(const View&) = delete;

  cel::Value root() const;

  // The list of that name in the organization file alone, for look-ups by id; unset if there is none.
  cel::Value registered(std::string_view section, std::string_view list) const;

  // An error if the organization file could say more of this section, and cannot be read; else unset.
  cel::Value register_problem(std::string_view section, cel::Evaluation& evaluation) const;

  // Where an entry stands.
  struct Spot {
    const Document* document = nullptr;
    Layer layer = Layer::campaign;
    NodeId node = no_node;
    Span span;               // the value; the key for a map or a list in block style
    Span key_span;           // empty for items of lists
    bool is_public = false;  // a path field whose file is written for the public
    bool inherited = false;  // it stands in the organization file, or in the defaults, and was not said here
  };
  Spot spot(EntryId entry) const;
  // Where the organization file says something of this entry, though the campaign's word may count; nothing if it is
  // silent.
  std::optional<Span> organization_span(EntryId entry) const;
  // Whether a campaign could add to this entry what its organization file does not say: not to a value that is
  // inherited whole.
  bool is_inherited_whole(EntryId entry) const;
  // The nearest entry at or above this one that stands in the campaign's document (or the root).
  EntryId campaign_ancestor(EntryId entry) const;
  EntryId parent(EntryId entry) const { return entries_[entry].parent; }
  std::string_view key(EntryId entry) const { return entries_[entry].key; }  // empty for items of lists
  // `assets[hero-mail].path`; "" for the root. Without the prefix `organization:`.
  std::string place(EntryId entry) const;
  // The text of a scalar as it is written, decoded; the path of a path field; empty for a container.
  std::string_view written(EntryId entry) const;
  // The text of a scalar, whatever its type; empty for null and for a container.
  std::string_view scalar_text(EntryId entry) const;
  // The manifest, and the organization file if there is one.
  std::vector<const Document*> documents() const;
  // The entry that a place names; none if there is no such place.
  EntryId resolve(std::string_view place) const;
  EntryId child(EntryId entry, std::string_view key) const;
  // Every text whose format says that it is the id of something else, in the order of the view. At most so many
  // entries are walked: a file that is all aliases is not.
  struct IdUse : schema::IdUse {
    EntryId entry = none;
  };
  std::vector<IdUse> id_uses(std::size_t most_entries) const;
  // The id of an item of a list, as expressions read it; empty if it has none. The item is not expanded.
  std::string_view item_id(EntryId list, std::size_t index) const;
  // Whether a document says something under this name of a map, whether or not it counts.
  bool is_mentioned(EntryId map, std::string_view key) const;
  // The schema's type of an entry; no_type without a schema.
  schema::TypeId type(EntryId entry) const { return entries_[entry].type; }

  static EntryId entry_of(cel::Origin origin) { return static_cast<EntryId>(origin & 0xFFFFFFFF) - 1; }
  static std::uint32_t view_of(cel::Origin origin) { return static_cast<std::uint32_t>(origin >> 32); }
  // The origin of the whole manifest.
  bool is_root(cel::Origin origin) const { return origin == this->origin(0); }
  cel::Origin origin(EntryId entry) const { return (cel::Origin{number_} << 32) | (entry + 1); }

  std::string_view type_name(std::uint32_t handle) const override;
  std::size_t size(std::uint32_t handle, cel::Evaluation& evaluation) const override;
  cel::Value at(std::uint32_t handle, std::size_t index, cel::Evaluation& evaluation) const override;
  cel::Value key_at(std::uint32_t handle, std::size_t index, cel::Evaluation& evaluation) const override;
  cel::Value find(std::uint32_t handle, std::string_view key, cel::Evaluation& evaluation) const override;
  cel::Value find(std::uint32_t handle, const cel::Value& key, cel::Evaluation& evaluation) const override;

 private:
  // A node in one of the documents.
  struct Part {
    const Document* document = nullptr;
    NodeId node = no_node;
    Span key_span;
    explicit operator bool() const { return document != nullptr; }
  };
  struct Entry {
    Part first;   // what counts
    Part second;  // what it inherits from, key by key; none for most
    EntryId parent = none;
    std::uint32_t index = 0;  // among its siblings
    std::string_view key;     // empty for items of lists
    schema::TypeId type = schema::no_type;
    bool bare_id = false;      // a bare id that stands for `{id: …}`
    bool may_inherit = false;  // an organization file could say what is missing here
    bool inherited = false;
    bool ids_known = false;  // of a list: whether `id` and `unique_id` of its items are filled in
    bool unique_id = false;
    std::string_view id;  // of an item of a list
    bool expanded = false;
    bool named = false;  // an expression named the key itself, or computed it from what may be shown
    EntryId first_child = none;
    std::uint32_t child_count = 0;
    cel::Value value;  // once it was asked for; an error is made anew, in the memory of who asks
  };

  // The entry with its children known.
  const Entry& expand(EntryId id) const {
    Entry& entry = entries_[id];
    if (!entry.expanded) add_children(id, entry);
    return entry;
  }
  void add_children(EntryId id, Entry& entry) const;
  void expand_map(EntryId id, const Entry& entry) const;
  void expand_list(EntryId id, const Entry& entry) const;
  void expand_root(EntryId id, const Entry& entry) const;
  EntryId child_of_map(EntryId map, std::string_view key) const;
  cel::Value find_named(std::uint32_t handle, std::string_view key, bool named, cel::Evaluation& evaluation) const;
  cel::Value why_missing(EntryId handle, std::string_view key, cel::Evaluation& evaluation) const;
  // Adds an entry: a child, where it comes right after those of the same parent.
  Entry& add_child(EntryId parent, const Part& first, const Part& second, std::string_view key, std::size_t index,
                   schema::TypeId type) const;
  void collect_id_uses(EntryId id, std::size_t& left, std::vector<IdUse>& uses) const;
  // The types of the values of a map, asked for one after the other.
  class Fields {
   public:
    Fields(const View& view, schema::TypeId type);
    schema::TypeId type_of(std::string_view key);

   private:
    const schema::Schema* schema_;
    schema::TypeId map_;
    std::size_t next_ = 0;
  };
  schema::TypeId item_type(schema::TypeId type) const;
  // A list of the campaign's own choice: what the organization's file holds of it is a register, not that list.
  bool is_chosen(schema::TypeId type) const { return type != schema::no_type && schema_->type(type).chosen; }
  bool is_map(const Entry& entry) const;
  Span head_of(const Part& part) const;
  NodeKind kind_of(const Part& part) const { return part.document->node(part.node).kind; }
  std::string_view id_of(EntryId item) const;
  std::string_view id_in(const Part& map) const;
  bool has_unique_id(EntryId item) const;
  void learn_ids(EntryId list) const;
  // `evaluation` is null only where the value is known to be no error (the root).
  cel::Value value_of(EntryId id, cel::Evaluation* evaluation) const {
    Entry& entry = entries_[id];
    if (entry.value.is_unset()) return first_value_of(id, entry, evaluation);
    return entry.value;
  }
  cel::Value first_value_of(EntryId id, Entry& entry, cel::Evaluation* evaluation) const;
  cel::Value make_value(EntryId id, cel::Evaluation* evaluation) const;
  cel::Value missing(EntryId below, cel::Evaluation& evaluation) const;
  cel::Value plain_value(EntryId id, const Node& node) const;

  const schema::Schema* schema_ = nullptr;
  const Document* manifest_ = nullptr;
  const Document* organization_ = nullptr;
  std::uint32_t number_ = 0;
  cel::Marks marks_ = 0;
  bool organization_unreadable_ = false;
  // The overlay grows as it is read; a view belongs to one worker.
  mutable StableVector<Entry> entries_;
};

}  // namespace scruple::policy
