#include "evidence/json_lines_reader.h"

#include "base/strings.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

namespace scruple::evidence {

namespace {

using Kind = Problem::Kind;

void skip_blank(const char*& at, const char* end) {
  while (at < end && (*at == ' ' || *at == '\t' || *at == '\r')) ++at;
}

std::optional<char32_t> four_hex(const char* at, const char* end) {
  if (end - at < 4) return std::nullopt;
  char32_t code = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = at[i];
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return std::nullopt;
    code = code * 16 + static_cast<char32_t>(digit);
  }
  return code;
}

// What stands behind a backslash. `at` is moved behind it.
bool append_escape(std::string& out, const char*& at, const char* end) {
  if (at == end) return false;
  const char c = *at++;
  switch (c) {
    case '"':
    case '\\':
    case '/': out += c; return true;
    case 'b': out += '\b'; return true;
    case 'f': out += '\f'; return true;
    case 'n': out += '\n'; return true;
    case 'r': out += '\r'; return true;
    case 't': out += '\t'; return true;
    case 'u': break;
    default: return false;
  }
  auto code = four_hex(at, end);
  if (!code || *code == 0) return false;
  at += 4;
  if (*code >= 0xDC00 && *code < 0xE000) return false;
  if (*code >= 0xD800 && *code < 0xDC00) {
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u') return false;
    const auto low = four_hex(at + 2, end);
    if (!low || *low < 0xDC00 || *low >= 0xE000) return false;
    code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
    at += 6;
  }
  append_utf8(out, *code);
  return true;
}

bool is_number(std::string_view text) {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t begin = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i > begin;
  };
  if (i < text.size() && text[i] == '-') ++i;
  if (!digits()) return false;
  if (i < text.size() && text[i] == '.' && (++i, !digits())) return false;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (!digits()) return false;
  }
  return i == text.size();
}

}  // namespace

JsonLinesReader::JsonLinesReader(RowBuffer buffer, std::string name, TableLimits limits)
    : buffer_(std::move(buffer)), name_(std::move(name)), limits_(limits) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (buffer_.text().starts_with(byte_order_mark)) buffer_.consume(buffer_.begin() + byte_order_mark.size());
}

void JsonLinesReader::fail(std::string message, std::string hint) {
  problem_ = Problem{
      Kind::malformed, concat("`", shorten(visible(name_), 200), "`: ", message), std::move(hint), {}, std::nullopt};
}

bool JsonLinesReader::next() {
  std::string_view line;
  if (problem_ || !take_line(line)) return false;
  const std::string wrong = parse(line);
  if (!wrong.empty()) {
    fail(concat("row ", count_ + 1, " (line ", line_, ") ", wrong, "."),
         "JSON Lines have one object of names and values a line.");
    return false;
  }
  if (count_ == limits_.rows) {
    fail(concat("it has more than ", limits_.rows, " rows (limit `table-rows`)."), "Name an extract.");
    return false;
  }
  ++count_;
  row_line_ = line_;
  return true;
}

bool JsonLinesReader::take_line(std::string_view& line) {
  for (;;) {
    const std::string_view text = buffer_.text();
    const auto line_end = text.find('\n');
    if (line_end == text.npos && !buffer_.at_end()) {
      if (text.size() > limits_.row_bytes) break;
      buffer_.more();
      continue;
    }
    if (buffer_.failed()) {
      problem_ = Problem{Kind::unreadable, concat("`", visible(name_), "` cannot be read."), {}, {}, std::nullopt};
      return false;
    }
    if (text.empty()) return false;
    line = text.substr(0, line_end);
    buffer_.consume(line_end == text.npos ? buffer_.end() : buffer_.begin() + line_end + 1);
    ++line_;
    if (line.size() > limits_.row_bytes) break;
    if (!trim_ascii(line).empty()) return true;
  }
  fail(concat("a line is longer than ", limits_.row_bytes >> 20, " MB; it stands behind row ", count_, "."), {});
  return false;
}

std::size_t JsonLinesReader::column_of(std::string_view key, std::size_t expected) {
  if (expected < columns_.size() && columns_[expected] == key) return expected;
  const auto [known, is_new] = indexes_.try_emplace(std::string(key), columns_.size());
  if (is_new) {
    columns_.emplace_back(key);
    cells_.emplace_back();
  }
  return known->second;
}

std::string JsonLinesReader::parse(std::string_view line) {
  if (line.find('\0') != line.npos) return "holds a NUL byte, as no text does";
  if (find_invalid_utf8(line) != line.npos) return "is not valid UTF-8";
  unescaped_used_ = 0;
  cells_.assign(columns_.size(), std::string_view());
  const char* at = line.data();
  const char* const end = at + line.size();
  const std::string not_json = "is no JSON object";
  skip_blank(at, end);
  if (at == end || *at++ != '{') return not_json;
  skip_blank(at, end);
  bool open = at == end || *at != '}';
  if (!open) ++at;
  for (std::size_t expected = 0; open; ++expected) {
    std::string_view key;
    std::string_view found;
    skip_blank(at, end);
    if (!text(at, end, key)) return not_json;
    skip_blank(at, end);
    if (at == end || *at++ != ':') return not_json;
    skip_blank(at, end);
    if (!value(at, end, found)) return not_json;
    const std::size_t column = column_of(key, expected);
    if (columns_.size() > limits_.columns) {
      return concat("brings the number of names over ", limits_.columns, " (limit `table-columns`)");
    }
    if (cells_[column].data() != nullptr) return concat("names `", shorten(visible(key), 80), "` twice");
    cells_[column] = found;
    skip_blank(at, end);
    if (at == end) return not_json;
    open = *at == ',';
    if (!open && *at != '}') return not_json;
    ++at;
  }
  skip_blank(at, end);
  return at == end ? std::string() : not_json;
}

// `at` stands on the quote before, and behind the quote after.
bool JsonLinesReader::text(const char*& at, const char* end, std::string_view& value) {
  if (at == end || *at != '"') return false;
  const char* const start = ++at;
  const auto ends = [](char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; };
  at = std::find_if(at, end, ends);
  if (at == end) return false;
  if (*at == '"') {
    value = {start, static_cast<std::size_t>(at++ - start)};
    return true;
  }
  if (unescaped_used_ == unescaped_.size()) unescaped_.emplace_back();
  std::string& out = unescaped_[unescaped_used_++];
  out.assign(start, at);
  while (at < end && *at != '"') {
    if (static_cast<unsigned char>(*at) < 0x20) return false;
    if (*at != '\\') {
      out += *at++;
    } else if (++at; !append_escape(out, at, end)) {
      return false;
    }
  }
  if (at++ == end) return false;
  value = out;
  return true;
}

// A list or a map in a cell is its JSON text; a null is nothing, as is a name that is not there.
bool JsonLinesReader::value(const char*& at, const char* end, std::string_view& value) {
  if (at == end) return false;
  if (*at == '"') return text(at, end, value);
  const char* const start = at;
  if (*at == '{' || *at == '[') {
    std::size_t depth = 0;
    bool quoted = false;
    for (; at < end; ++at) {
      if (quoted) {
        if (*at == '\\') ++at;
        if (at < end && *at == '"') quoted = false;
        continue;
      }
      quoted = *at == '"';
      if (*at == '{' || *at == '[') ++depth;
      if ((*at == '}' || *at == ']') && --depth == 0) {
        ++at;
        break;
      }
    }
    if (depth != 0) return false;
  } else {
    while (at < end && *at != ',' && *at != '}' && *at != ' ' && *at != '\t' && *at != '\r') ++at;
  }
  value = {start, static_cast<std::size_t>(at - start)};
  if (value == "null") {
    value = {};
    return true;
  }
  return *start == '{' || *start == '[' || value == "true" || value == "false" || value == "null" || is_number(value);
}

}  // namespace scruple::evidence
