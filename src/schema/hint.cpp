#include "schema/hint.h"

#include "base/ascii.h"
#include "base/lookalike.h"
#include "base/strings.h"
#include "schema/date.h"
#include "schema/format.h"
#include "schema/validator.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace scruple::schema {

namespace {

constexpr std::size_t longest_shown = 60;

// Escapes that YAML and JSON have in common.
std::string quoted(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      out += c == '\n' ? std::string("\\n") : concat("\\u00", digits[byte >> 4], digits[byte & 15]);
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// A plain scalar that a reader of YAML takes for this very text.
bool is_plain_text(std::string_view text) {
  if (text.empty()) return false;
  const auto letter = [](char c) { return is_letter(c) || is_beyond_ascii(c); };
  const auto allowed = [&](char c) {
    return letter(c) || is_digit(c) || std::string_view(" ._-/@").find(c) != text.npos;
  };
  if (!std::ranges::all_of(text, allowed) || text.back() == ' ') return false;
  const std::string lower = to_lower_ascii(text);
  if (lower == "true" || lower == "false" || lower == "null") return false;
  return letter(text.front()) || is_date(text) || text.front() == '/';
}

// The number in "1,000", "1 000", "1_000", "30 days", "$500", "20 %" or "0,5", as it is written without the rest.
// Nothing if more than one number, or a comma or point that could be either, stands there.
std::optional<std::string> number_in(std::string_view text, bool whole, bool share) {
  text = trim_ascii(text);
  if (text.size() > 40) return std::nullopt;
  const auto first = std::ranges::find_if(text, is_digit);
  if (first == text.end()) return std::nullopt;
  const auto begin = static_cast<std::size_t>(first - text.begin());
  std::size_t end = begin;
  while (end < text.size() && (is_digit(text[end]) || std::string_view(".,_").find(text[end]) != text.npos ||
                               (text[end] == ' ' && end + 1 < text.size() && is_digit(text[end + 1])))) {
    ++end;
  }
  while (!is_digit(text[end - 1])) --end;
  if (std::ranges::any_of(text.substr(end), is_digit)) return std::nullopt;
  const std::string_view before = trim_ascii(text.substr(0, begin));
  if (before == "-") return std::nullopt;

  std::string digits;
  std::size_t marks = 0, mark = 0, group = 0;
  for (const char c : text.substr(begin, end - begin)) {
    if (is_digit(c)) {
      digits += c;
      ++group;
    } else if (c == '.' || c == ',') {
      ++marks;
      mark = digits.size();
      group = 0;
    } else if (group == 0) {
      return std::nullopt;
    }
  }
  // One mark with three digits after it can be a thousand or a fraction; with others it is a fraction.
  if (marks == 1 && digits.size() - mark != 3)
    digits.insert(mark, ".");
  else if (marks == 1 && share)
    return std::nullopt;
  else if (marks > 1 && digits.size() - mark != 3)
    return std::nullopt;
  if (digits.size() > 15) return std::nullopt;

  double value = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (parsed.ec != std::errc{} || parsed.ptr != digits.data() + digits.size()) return std::nullopt;
  if (share && text.substr(end).find('%') != text.npos) value /= 100;
  if (whole && value != std::floor(value)) return std::nullopt;
  return number_text(value);
}

std::string boolean_hint(const Spot& spot, const Node& node) {
  const std::string word = to_lower_ascii(without_lookalikes(node.text.substr(0, 18)));
  for (const auto* yes : {"yes", "y", "on", "true", "1", "ja", "oui"}) {
    if (word == yes) return write_hint(spot, "true");
  }
  for (const auto* no : {"no", "n", "off", "false", "0", "nein", "non"}) {
    if (word == no) return write_hint(spot, "false");
  }
  return "write `true` or `false`";
}

std::string number_hint(const Spot& spot, const Node& node, const Type& type) {
  const bool whole = (type.kinds & allow_real) == 0;
  const bool share = type.maximum && *type.maximum == 1;
  if (node.kind == NodeKind::real && std::abs(node.real) < 1e15 && node.real == std::floor(node.real)) {
    return write_hint(spot, number_text(node.real));
  }
  if (node.kind != NodeKind::string) return {};
  const auto number = number_in(node.text, whole, share);
  if (!number) return {};
  const bool only_quotes = *number == node.text;
  return concat(write_hint(spot, *number), only_quotes ? ", without quotes" : "");
}

std::string text_hint(const Spot& spot, const Document& document, NodeId id, const Schema& schema, TypeId type_id) {
  const Node& node = document.node(id);
  const Type& type = schema.type(type_id);
  const auto values = schema.values(type_id);
  if (node.kind == NodeKind::list) {
    const auto members = document.members(id);
    if (members.size() != 1 || document.node(members[0].value).kind != NodeKind::string) return {};
    const std::string_view only = document.node(members[0].value).text;
    if (only.size() > longest_shown) return "write the one value, without a list around it";
    return concat(write_hint(spot, written(only, spot.json)), ", without a list around it");
  }
  if (node.kind == NodeKind::map) {
    for (const auto* key : {"path", "id"}) {
      const Member* member = document.find(id, key);
      if (member == nullptr || document.node(member->value).kind != NodeKind::string) continue;
      const std::string_view inner = document.node(member->value).text;
      if (inner.size() <= longest_shown) return write_hint(spot, written(inner, spot.json));
    }
    return {};
  }
  if (!values.empty() || node.text.size() > longest_shown) return {};
  if (const auto problem = check_format(type.format, node.text)) {
    return problem->replacement.empty() ? problem->advice : write_hint(spot, problem->replacement);
  }
  if (!type.pattern.empty()) return {};
  return concat(write_hint(spot, quoted(node.text)), ", in quotes");
}

std::string list_hint(const Spot& spot, const Document& document, NodeId id, const Schema& schema, TypeId type) {
  const Node& node = document.node(id);
  const TypeId items = schema.type(type).items;
  if (node.kind == NodeKind::map && !document.members(id).empty()) {
    // `-id: mail` or `– id: mail` in place of `- id: mail`
    const std::string_view key = document.members(id)[0].key;
    const Lookalike dash = lookalike_at(key, 0);
    const bool hyphen = key.size() > 1 && key[0] == '-';
    if ((hyphen || dash.kind == LookalikeKind::dash) && key.size() <= longest_shown) {
      const std::string name = without_lookalikes(key.substr(hyphen ? 1 : dash.length));
      return concat("write `- ", name, ": …`: an item begins with a hyphen and a blank");
    }
  }
  if (node.kind == NodeKind::map) {
    // `copybot: {…}` in place of `- id: copybot`
    const TypeId map = items == no_type ? no_type : schema.alternative(items, NodeKind::map);
    const auto members = document.members(id);
    if (map != no_type && schema.property(map, "id") != nullptr && document.find(id, "id") == nullptr &&
        !members.empty() && document.node(members[0].value).kind == NodeKind::map && !spot.json &&
        members[0].key.size() <= longest_shown) {
      return concat("write `- id: ", written(members[0].key, false), "` in place of `", members[0].key, ":`");
    }
    return spot.json || node.flow ? "put `[` and `]` around it" : "begin each item with `- `";
  }
  if (node.text.size() > longest_shown) return "write each item on a line of its own, after `- `";
  const TypeId item = items == no_type ? no_type : schema.alternative(items, NodeKind::string);
  if (item == no_type || (schema.type(item).kinds != 0 && (schema.type(item).kinds & allow_string) == 0)) {
    return "write each item on a line of its own, after `- `";
  }
  // "email, web" was meant as two items; a comma in prose is a comma.
  const std::string_view text = trim_ascii(node.text);
  if (const Lookalike dash = lookalike_at(text, 0);
      dash.kind == LookalikeKind::dash || (text.size() > 1 && text[0] == '-' && node.style == ScalarStyle::plain)) {
    return "write each item on a line of its own, after `- `: a hyphen and a blank";
  }
  const bool several = node.kind == NodeKind::string && !schema.type(item).prose;
  std::string list = "[";
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = several ? std::min(text.find(',', at), text.size()) : text.size();
    const std::string part = without_lookalikes(text.substr(at, comma - at));
    if (!part.empty()) list += concat(list.size() > 1 ? ", " : "", written(part, spot.json));
    at = comma + 1;
  }
  return write_hint(spot, list + ']');
}

std::string map_hint(const Spot& spot, const Document& document, NodeId id, const Schema& schema, TypeId type) {
  const Node& node = document.node(id);
  if (node.kind == NodeKind::list) {
    return document.members(id).size() == 1 ? "write it without the `- ` or brackets: there is only one" : "";
  }
  const TypeId map = schema.alternative(type, NodeKind::map);
  auto properties = map == no_type ? std::span<const Property>{} : schema.properties(map);
  // `$schema` is for editors.
  while (!properties.empty() && properties[0].name.starts_with('$')) properties = properties.subspan(1);
  if (properties.empty() || spot.json) return {};
  // The item of a list that was meant by its id, or the file of something that is described by a map.
  for (const Property& property : properties) {
    const bool meant = property.name == "id" || property.name == "path";
    if (!meant || node.kind != NodeKind::string || node.text.size() > longest_shown) continue;
    const std::string field = concat(property.name, ": ", written(node.text, false));
    return spot.key.empty() ? concat("write `- ", field, "`")
                            : concat("write `", spot.key, ":` and below it, indented, `", field, "`");
  }
  return concat("its fields stand below it, indented: `", properties[0].name, "`",
                properties.size() > 1 ? concat(", `", properties[1].name, "`") : "", properties.size() > 2 ? " …" : "");
}

}  // namespace

std::string number_text(double value) {
  char digits[400];
  const bool plain = std::abs(value) < 1e15;
  const auto result = plain ? std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed)
                            : std::to_chars(digits, digits + sizeof digits, value);
  return std::string(digits, result.ptr);
}

std::string written(std::string_view text, bool json) {
  return !json && is_plain_text(text) ? std::string(text) : quoted(text);
}

std::string assignment(const Spot& spot, std::string_view value) {
  if (spot.key.empty() || spot.key.size() > longest_shown) return concat("`", value, "`");
  if (spot.json) return concat("`\"", spot.key, "\": ", value, "`");
  return concat("`", spot.key, ": ", value, "`");
}

std::string write_hint(const Spot& spot, std::string_view value) { return concat("write ", assignment(spot, value)); }

std::string kind_hint(const Spot& spot, const Document& document, NodeId node, const Schema& schema, TypeId type) {
  const unsigned kinds = schema.type(type).kinds;
  const bool scalar = document.node(node).kind != NodeKind::list && document.node(node).kind != NodeKind::map;
  if ((kinds & allow_boolean) != 0) return scalar ? boolean_hint(spot, document.node(node)) : std::string{};
  if ((kinds & allow_integer) != 0) return number_hint(spot, document.node(node), schema.type(type));
  if ((kinds & allow_string) != 0) {
    const TypeId text = schema.alternative(type, NodeKind::string);
    return text_hint(spot, document, node, schema, text);
  }
  if ((kinds & allow_list) != 0) return list_hint(spot, document, node, schema, type);
  if ((kinds & allow_map) != 0) return map_hint(spot, document, node, schema, type);
  return {};
}

std::string range_hint(const Spot& spot, const Type& type, double value) {
  if (type.maximum && *type.maximum == 1 && value > 1 && value <= 100) {
    return concat(write_hint(spot, number_text(value / 100)), " for ", number_text(value), " %");
  }
  return {};
}

}  // namespace scruple::schema
