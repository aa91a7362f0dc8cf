// Compares a document with a schema. All problems at once, each at its place; nothing is changed or filled in.
//
// What says nothing (a null, a blank text, a placeholder such as `TBD`) reads as absent: it breaks no type, and is a
// missing field where one is required.
#pragma once

#include "schema/schema.h"

#include "scruple/document.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace scruple::schema {

// One step of a path from the root: the index of a member.
using Path = std::vector<std::uint32_t>;

// Codes: unknown-field, missing-field, duplicate-id, wrong-type, wrong-kind (the root's `kind`), not-in-enum,
// out-of-range, too-short, malformed-date, malformed-market and so on for each format, malformed (a pattern),
// too-many (the last one: the rest was not listed).
struct Violation {
  std::string code;
  std::string message;    // "`ai_role` holds a whole number; text is expected, one of `none`, `assisted`, `generated`"
  std::string hint;       // "did you mean `launch_date`?", "write `launch_date: 2026-03-01`"; may be empty
  NodeId node = no_node;  // the value that breaks the schema; for an unknown or missing field the map
  Span span;            // what to point at: the key of an unknown field, else the value (the first line of a container)
  Path path;            // to the value; for a missing field to the map
  std::string missing;  // missing-field: its name
  // unknown-field: the field that was probably meant, by its name in the same map, or by its place elsewhere in the
  // document; empty if there is none.
  std::string meant;
  bool meant_elsewhere = false;
};

// A text that is, by its format, the id of something else.
struct IdUse {
  Format of = Format::none;
  std::string_view id;
  bool bare = false;  // an item of a list that is only an id: what it names stands in the organization's register
};

// Validates the part of `document` below `node` against `type`. At most some thousand violations. `ids`, if it is
// given, gets the ids of other things that the document holds.
std::vector<Violation> validate(const Document& document, NodeId node, const Schema& schema, TypeId type,
                                std::vector<IdUse>* ids = nullptr);

// Names the places of one document in words: `assets[hero-mail].disclosure.text`. An item whose id is unique in its
// list is named by it, other items by index.
class Places {
 public:
  explicit Places(const Document& document) : document_(document) {}

  std::string name(NodeId root, const Path& path);

 private:
  using Ids = std::unordered_map<std::string_view, std::uint32_t>;  // how often each stands in a list

  const Document& document_;
  std::unordered_map<NodeId, Ids> ids_;  // of the lists met so far: each is looked through once
};

// One step of a place, as it is appended: `.name`, `["odd key"]`, `[hero-mail]`, `["a b"]`, `[3]`.
void append_key_step(std::string& place, std::string_view key);
void append_id_step(std::string& place, std::string_view id);
void append_index_step(std::string& place, std::size_t index);

// "2026-03-01" exists in the calendar.
bool is_date(std::string_view text);
bool is_date_time(std::string_view text);

namespace detail {
// Nearly every text is known by its first character to be none.
constexpr bool may_begin_placeholder(char c) {
  switch (c) {
    case 't':
    case 'T':
    case 'n':
    case 'N':
    case '-':
    case '?':
    case '<': return true;
    default: return c <= ' ';
  }
}
bool is_placeholder(std::string_view text);
bool is_nothing_to(const Schema& schema, TypeId type, std::string_view placeholder);
}  // namespace detail

// A text that says nothing: `TBD`, `TODO`, `n/a`, `-`, `?`, `<…>` and blank ones. Not for enums that have the value
// and not in free prose: see Type::prose.
inline bool is_placeholder(std::string_view text) {
  return (text.empty() || detail::may_begin_placeholder(text.front())) && detail::is_placeholder(text);
}

// The whole rule: a null, a blank text, or a placeholder where this type does not take it for a value.
inline bool says_nothing(const Node& node, const Schema& schema, TypeId type) {
  if (node.kind == NodeKind::null) return true;
  return node.kind == NodeKind::string && is_placeholder(node.text) && detail::is_nothing_to(schema, type, node.text);
}

}  // namespace scruple::schema
