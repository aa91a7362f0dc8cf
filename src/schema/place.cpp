#include "schema/validator.h"

#include "base/ascii.h"

#include <algorithm>

namespace scruple::schema {

namespace {

bool is_bare(std::string_view word) {
  const auto allowed = [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; };
  return !word.empty() && std::ranges::all_of(word, allowed) && !std::ranges::all_of(word, is_digit);
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\u00";
      out += "0123456789abcdef"[byte >> 4];
      out += "0123456789abcdef"[byte & 0xF];
    } else {
      out += c;
    }
  }
  out += '"';
}

// The id by which an item of a list can be named: that of a map which says one.
std::string_view id_of(const Document& document, NodeId item) {
  const Member* id = document.find(item, "id");
  if (id == nullptr || document.node(id->value).kind != NodeKind::string) return {};
  const std::string_view text = document.node(id->value).text;
  return is_placeholder(text) ? std::string_view{} : text;
}

}  // namespace

void append_key_step(std::string& place, std::string_view key) {
  if (is_bare(key)) {
    if (!place.empty()) place += '.';
    place += key;
  } else {
    place += '[';
    append_json_string(place, key);
    place += ']';
  }
}

void append_id_step(std::string& place, std::string_view id) {
  place += '[';
  if (is_bare(id))
    place += id;
  else
    append_json_string(place, id);
  place += ']';
}

void append_index_step(std::string& place, std::size_t index) {
  place += '[';
  place += std::to_string(index);
  place += ']';
}

std::string Places::name(NodeId root, const Path& path) {
  std::string place;
  NodeId at = root;
  for (const std::uint32_t index : path) {
    const auto members = document_.members(at);
    if (index >= members.size()) break;
    const Member& member = members[index];
    if (document_.node(at).kind == NodeKind::map) {
      append_key_step(place, member.key);
    } else {
      const auto [entry, is_new] = ids_.try_emplace(at);
      if (is_new) {
        for (const Member& item : members) ++entry->second[id_of(document_, item.value)];
      }
      const std::string_view id = id_of(document_, member.value);
      if (!id.empty() && entry->second[id] == 1)
        append_id_step(place, id);
      else
        append_index_step(place, index);
    }
    at = member.value;
  }
  return place;
}

}  // namespace scruple::schema
