#include "packtest/yaml_writer.h"

#include "base/ascii.h"
#include "base/strings.h"

#include <algorithm>
#include <array>

namespace scruple::packtest {

namespace {

bool is_word(char c) {
  return is_letter_or_digit(c) || c == '_' || c == '-' || c == '.' || c == '/' || c == '@' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

// Letters first, no sign that means something to YAML, and no word that it knows; or a day.
bool is_plain(const std::string& text) {
  constexpr std::array<std::string_view, 4> words = {"true", "false", "null", "nan"};
  if (text.empty() || text.ends_with(' ') || text.find("  ") != std::string::npos) return false;
  const bool day = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                   std::ranges::all_of(text, [](char c) { return c == '-' || is_digit(c); });
  const char first = to_lower_ascii(text.substr(0, 1))[0];
  if (!day && (first < 'a' || first > 'z')) return false;
  if (std::ranges::find(words, to_lower_ascii(text)) != words.end()) return false;
  return std::ranges::all_of(text, [](char c) { return is_word(c) || c == ' '; });
}

std::string scalar(const Json& value) {
  if (!value.is_string()) return value.dump();
  const auto& text = value.get_ref<const std::string&>();
  return is_plain(text) ? text : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_flat(const Json& list) {
  return std::ranges::none_of(list, [](const Json& item) { return item.is_structured() && !item.empty(); });
}

void write(const Json& value, const std::string& indent, std::string& out);

// What follows `key:` or `-` on its line, or below it.
void write_value(const Json& value, const std::string& indent, bool in_list, std::string& out) {
  if (!value.is_structured() || value.empty()) {
    out += concat(" ", value.is_structured() ? value.dump() : scalar(value), "\n");
  } else if (value.is_array() && is_flat(value)) {
    std::vector<std::string> items;
    for (const Json& item : value) items.push_back(item.is_structured() ? item.dump() : scalar(item));
    out += concat(" [", join(items, ", "), "]\n");
  } else if (in_list) {
    std::string inner;
    write(value, indent, inner);
    out += concat(" ", std::string_view(inner).substr(indent.size()));
  } else {
    out += '\n';
    write(value, indent, out);
  }
}

void write(const Json& value, const std::string& indent, std::string& out) {
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      out += concat(indent, scalar(Json(key)), ":");
      write_value(member, indent + "  ", false, out);
    }
  } else if (value.is_array()) {
    for (const Json& item : value) {
      out += concat(indent, "-");
      write_value(item, indent + "  ", true, out);
    }
  }
}

}  // namespace

std::string to_yaml(const Json& value) {
  std::string out;
  write(value, "", out);
  return out.empty() ? value.dump() + "\n" : out;
}

}  // namespace scruple::packtest
