// The strings extension, without `format`. Positions are in code points.
#include "base/strings.h"
#include "cel/stdlib/library.h"
#include "cel/stdlib/text_search.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <vector>

namespace scruple::cel {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::int64_t all_of_them = std::numeric_limits<std::int64_t>::max();

Value out_of_range(Evaluation& evaluation, std::int64_t position) {
  return failure(evaluation, concat("position ", position, " is outside of the text"));
}

Value position_of(std::string_view text, std::size_t offset) {
  return Value::integer(offset == npos ? -1 : static_cast<std::int64_t>(count_code_points(text.substr(0, offset))));
}

Value char_at(Evaluation& evaluation, Arguments a) {
  const std::string_view text = a[0].as_text();
  evaluation.charge_bytes(text.size());
  const std::size_t offset = offset_of(text, a[1].as_integer());
  if (offset == npos) return out_of_range(evaluation, a[1].as_integer());
  if (offset == text.size()) return Value::string({});
  return Value::string(text.substr(offset, code_point_length(text, offset)));
}

Value index_of(Evaluation& evaluation, Arguments a) {
  const std::string_view text = a[0].as_text();
  evaluation.charge_bytes(text.size());
  const std::int64_t from = a.size() == 3 ? a[2].as_integer() : 0;
  const std::size_t offset = offset_of(text, from);
  if (offset == npos) return out_of_range(evaluation, from);
  return position_of(text, find_text(text, a[1].as_text(), offset));
}

Value last_index_of(Evaluation& evaluation, Arguments a) {
  std::string_view text = a[0].as_text();
  const std::string_view wanted = a[1].as_text();
  evaluation.charge_bytes(text.size());
  if (a.size() == 3) {
    const std::size_t offset = offset_of(text, a[2].as_integer());
    if (offset == npos) return out_of_range(evaluation, a[2].as_integer());
    // It may begin at that position, and reach beyond.
    text = text.substr(0, std::min(text.size(), offset + wanted.size()));
  }
  return position_of(text, find_last_text(text, wanted));
}

Value substring(Evaluation& evaluation, Arguments a) {
  const std::string_view text = a[0].as_text();
  evaluation.charge_bytes(text.size());
  const std::size_t begin = offset_of(text, a[1].as_integer());
  if (begin == npos) return out_of_range(evaluation, a[1].as_integer());
  if (a.size() == 2) return Value::string(text.substr(begin));
  const std::size_t end = offset_of(text, a[2].as_integer());
  if (end == npos) return out_of_range(evaluation, a[2].as_integer());
  if (end < begin) return failure(evaluation, "the end of a substring cannot come before its beginning");
  return Value::string(text.substr(begin, end - begin));
}

// The next place at which an empty text matches, or where `wanted` stands, at or after `from`.
std::size_t next_match(std::string_view text, std::string_view wanted, std::size_t from, bool first) {
  if (!wanted.empty()) return find_text(text, wanted, from);
  if (first) return 0;
  return from < text.size() ? from + code_point_length(text, from) : npos;
}

Value replace_text(Evaluation& evaluation, Arguments a) {
  const std::string_view text = a[0].as_text();
  const std::string_view wanted = a[1].as_text();
  const std::string_view replacement = a[2].as_text();
  std::int64_t left = a.size() == 4 && a[3].as_integer() >= 0 ? a[3].as_integer() : all_of_them;
  evaluation.charge_bytes(text.size());
  std::string out;
  std::size_t copied = 0;
  std::size_t at = 0;
  for (bool first = true; left > 0; --left, first = false) {
    at = next_match(text, wanted, at, first);
    if (at == npos) break;
    if (const Value none = evaluation.no_room_for_text(out.size() + replacement.size()); none.is_error()) return none;
    out += text.substr(copied, at - copied);
    out += replacement;
    copied = at + wanted.size();
    if (!wanted.empty()) at = copied;
  }
  out += text.substr(copied);
  return evaluation.string(out);
}

Value split(Evaluation& evaluation, Arguments a) {
  const std::string_view text = a[0].as_text();
  const std::string_view separator = a[1].as_text();
  std::int64_t left = a.size() == 3 && a[2].as_integer() >= 0 ? a[2].as_integer() : all_of_them;
  evaluation.charge_bytes(text.size());
  std::vector<Value> parts;
  std::size_t begin = 0;
  for (; left > 1 && evaluation.charge(1); --left) {
    std::size_t end = npos;
    if (!separator.empty()) {
      end = find_text(text, separator, begin);
    } else if (begin < text.size() && begin + code_point_length(text, begin) < text.size()) {
      end = begin + code_point_length(text, begin);
    }
    if (end == npos) break;
    parts.push_back(Value::string(text.substr(begin, end - begin)));
    begin = end + separator.size();
  }
  // An empty text has no characters to split into.
  const bool nothing = separator.empty() && text.empty() && left > 1;
  if (left > 0 && !nothing) parts.push_back(Value::string(text.substr(begin)));
  return evaluation.list(parts);
}

Value join_list(Evaluation& evaluation, Arguments a) {
  const Elements elements(a[0], evaluation);
  const std::string_view separator = a.size() == 2 ? a[1].as_text() : std::string_view();
  std::string out;
  for (std::size_t i = 0; i < elements.size() && evaluation.charge(1); ++i) {
    const Value element = elements[i];
    if (element.is_error()) return element;
    if (!element.is(Kind::string)) return failure(evaluation, "`join` needs a list of texts");
    if (const Value none = evaluation.no_room_for_text(out.size() + separator.size() + element.as_text().size());
        none.is_error())
      return none;
    if (i > 0) out += separator;
    out += element.as_text();
  }
  return evaluation.string(out);
}

// The property White_Space of Unicode.
bool is_white_space(std::string_view character) {
  static constexpr std::array<std::string_view, 25> characters = {
      "\t",     "\n",     "\v",     "\f",     "\r",     " ",      "\u0085", "\u00a0", "\u1680",
      "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
      "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};
  return std::find(characters.begin(), characters.end(), character) != characters.end();
}

Value trim(Evaluation& evaluation, Arguments a) {
  std::string_view text = a[0].as_text();
  evaluation.charge_bytes(text.size());
  while (!text.empty()) {
    const std::string_view first = text.substr(0, code_point_length(text, 0));
    if (!is_white_space(first)) break;
    text.remove_prefix(first.size());
  }
  while (!text.empty()) {
    std::size_t begin = text.size() - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80) --begin;
    if (!is_white_space(text.substr(begin))) break;
    text = text.substr(0, begin);
  }
  return Value::string(text);
}

Value lower_ascii(Evaluation& evaluation, Arguments a) { return evaluation.string(to_lower_ascii(a[0].as_text())); }

Value upper_ascii(Evaluation& evaluation, Arguments a) {
  std::string out(a[0].as_text());
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return evaluation.string(out);
}

Value reverse(Evaluation& evaluation, Arguments a) {
  const std::string_view text = a[0].as_text();
  std::string out(text.size(), '\0');
  std::size_t end = out.size();
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t length = code_point_length(text, offset);
    end -= length;
    text.copy(out.data() + end, length, offset);
    offset += length;
  }
  return evaluation.string(out);
}

Value quote(Evaluation& evaluation, Arguments a) {
  std::string out = "\"";
  for (const char c : a[0].as_text()) {
    switch (c) {
      case '\a': out += "\\a"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '\v': out += "\\v"; break;
      case '\\': out += "\\\\"; break;
      case '"': out += "\\\""; break;
      default: out += c;
    }
  }
  return evaluation.string(out + '"');
}

}  // namespace

void register_string_extension(FunctionRegistry& registry) {
  using namespace types;
  add_receiver(registry, "charAt", {string(), integer()}, string(), char_at);
  add_receiver(registry, "indexOf", {string(), string()}, integer(), index_of);
  add_receiver(registry, "indexOf", {string(), string(), integer()}, integer(), index_of);
  add_receiver(registry, "lastIndexOf", {string(), string()}, integer(), last_index_of);
  add_receiver(registry, "lastIndexOf", {string(), string(), integer()}, integer(), last_index_of);
  add_receiver(registry, "substring", {string(), integer()}, string(), substring);
  add_receiver(registry, "substring", {string(), integer(), integer()}, string(), substring);
  add_receiver(registry, "replace", {string(), string(), string()}, string(), replace_text);
  add_receiver(registry, "replace", {string(), string(), string(), integer()}, string(), replace_text);
  add_receiver(registry, "split", {string(), string()}, list(string()), split);
  add_receiver(registry, "split", {string(), string(), integer()}, list(string()), split);
  add_receiver(registry, "join", {list(string())}, string(), join_list);
  add_receiver(registry, "join", {list(string()), string()}, string(), join_list);
  add_receiver(registry, "trim", {string()}, string(), trim);
  add_receiver(registry, "lowerAscii", {string()}, string(), lower_ascii);
  add_receiver(registry, "upperAscii", {string()}, string(), upper_ascii);
  add_receiver(registry, "reverse", {string()}, string(), reverse);
  add_global(registry, "strings.quote", {string()}, string(), quote);
}

}  // namespace scruple::cel
