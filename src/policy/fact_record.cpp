#include "policy/fact_record.h"

#include "base/hash.h"
#include "base/strings.h"
#include "cel/number_text.h"

#include "scruple/document.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <set>
#include <utility>
#include <vector>

namespace scruple::policy {

namespace {

using cel::Evaluation;
using cel::Kind;
using cel::Marks;
using cel::Value;

constexpr std::string_view head = "{\n  \"scruple_record\": 1,\n  \"facts\": [";

std::string quoted(std::string_view text) {
  std::string out = "\"";
  constexpr std::string_view digits = "0123456789abcdef";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += concat("\\u00", digits[byte >> 4], digits[byte & 15]);
    } else {
      out += c;
    }
  }
  return out + '"';
}

// A value is a list: a letter for its kind, and what it holds.
bool append(std::string& out, const Value& value, Marks secret, Evaluation& evaluation, bool outermost) {
  // A row that decided is not written down: that it did is.
  const bool row = value.is(Kind::map) && !outermost && (value.marks() & secret) != 0;
  if ((value.marks() & secret) != 0 && !row) return false;
  switch (value.kind()) {
    case Kind::null: out += "[\"n\"]"; return true;
    case Kind::boolean: out += value.as_boolean() ? "[\"b\", true]" : "[\"b\", false]"; return true;
    case Kind::integer: out += concat("[\"i\", ", value.as_integer(), "]"); return true;
    case Kind::unsigned_integer: out += concat("[\"u\", \"", value.as_unsigned(), "\"]"); return true;
    case Kind::real: out += concat("[\"d\", ", quoted(cel::format_real(value.as_real())), "]"); return true;
    case Kind::string: out += concat("[\"s\", ", quoted(value.as_text()), "]"); return true;
    case Kind::duration: out += concat("[\"p\", ", value.as_duration(), "]"); return true;
    case Kind::timestamp:
      out += concat("[\"t\", ", value.as_timestamp().seconds, ", ", value.as_timestamp().nanos, "]");
      return true;
    case Kind::optional:
      out += value.as_optional() == nullptr ? "[\"o\"" : "[\"o\", ";
      if (value.as_optional() != nullptr && !append(out, *value.as_optional(), secret, evaluation, false)) return false;
      out += ']';
      return true;
    case Kind::list:
    case Kind::map: {
      const cel::Container& container = value.as_container();
      const std::size_t size = row ? 0 : container.size(value.handle(), evaluation);
      out += value.is(Kind::list) ? "[\"l\"" : "[\"m\"";
      for (std::size_t i = 0; i < size; ++i) {
        if (value.is(Kind::map)) {
          out += ", ";
          if (!append(out, container.key_at(value.handle(), i, evaluation), secret, evaluation, false)) return false;
        }
        out += ", ";
        if (!append(out, container.at(value.handle(), i, evaluation), secret, evaluation, false)) return false;
      }
      out += ']';
      return true;
    }
    default: return false;
  }
}

class FactReader {
 public:
  FactReader(const Document& document, Marks marks, Evaluation& evaluation)
      : document_(document), marks_(marks), evaluation_(evaluation) {}

  // Unset for what is none.
  Value read(NodeId id) const {
    const auto parts = document_.members(id);
    if (document_.node(id).kind != NodeKind::list || parts.empty()) return {};
    const std::string_view kind = text(parts[0].value);
    const Value value = read(kind, parts);
    return value.is_unset() ? value : value.with_marks(marks_);
  }

 private:
  Value read(std::string_view kind, std::span<const Member> parts) const {
    if (kind == "n") return Value::null();
    if (kind == "l" || kind == "m") return read_entries(kind == "l", parts);
    if (kind == "o" && parts.size() == 1) return Value::optional(nullptr);
    if (parts.size() < 2) return {};
    const Node& node = document_.node(parts[1].value);
    if (kind == "o") {
      const Value inner = read(parts[1].value);
      return inner.is_unset() ? inner : evaluation_.optional(inner);
    }
    if (kind == "b" && node.kind == NodeKind::boolean) return Value::boolean(node.boolean);
    if (kind == "s" && node.kind == NodeKind::string) return evaluation_.string(node.text);
    if (kind == "d" && node.kind == NodeKind::string) {
      const auto number = cel::parse_real(node.text);
      return number ? Value::real(*number) : Value();
    }
    if (kind == "u" && node.kind == NodeKind::string) {
      std::uint64_t number = 0;
      const auto end = node.text.data() + node.text.size();
      return std::from_chars(node.text.data(), end, number).ptr == end ? Value::unsigned_integer(number) : Value();
    }
    if (node.kind != NodeKind::integer) return {};
    if (kind == "i") return Value::integer(node.integer);
    if (kind == "p") return Value::duration(node.integer);
    if (kind != "t" || parts.size() < 3) return {};
    const Node& nanos = document_.node(parts[2].value);
    if (nanos.kind != NodeKind::integer || nanos.integer < 0 || nanos.integer > 999'999'999) return {};
    return Value::timestamp({node.integer, static_cast<std::uint32_t>(nanos.integer)});
  }

  Value read_entries(bool list, std::span<const Member> parts) const {
    std::vector<Value> items;
    for (const Member& part : parts.subspan(1)) {
      items.push_back(read(part.value));
      if (items.back().is_unset()) return {};
    }
    if (list) return evaluation_.list(items);
    return items.size() % 2 == 0 ? evaluation_.map(items) : Value();
  }

  std::string_view text(NodeId id) const { return document_.node(id).text; }

  const Document& document_;
  Marks marks_;
  Evaluation& evaluation_;
};

std::optional<Document> parse(SourcePtr source, Diagnostics& problems) {
  DocumentLimits limits;
  limits.bytes = 64u << 20;
  return read_json(std::move(source), limits, problems);
}

}  // namespace

FactRecord::FactRecord(FactRecord&& other) noexcept : taking_(other.taking_), facts_(std::move(other.facts_)) {}

std::optional<FactRecord> FactRecord::read(SourcePtr source, Diagnostics& problems) {
  const auto document = parse(source, problems);
  if (!document) return std::nullopt;
  const auto fail = [&](std::string message) {
    Diagnostic diagnostic;
    diagnostic.code = "usage/record";
    diagnostic.message = std::move(message);
    diagnostic.hint = "take one with `scruple record MANIFEST -o FILE`";
    diagnostic.location.file = source->name();
    problems.push_back(std::move(diagnostic));
    return std::nullopt;
  };
  const Document& record = *document;
  const bool is_map = record.node(record.root()).kind == NodeKind::map;
  const Member* version = is_map ? record.find(record.root(), "scruple_record") : nullptr;
  const Member* facts = is_map ? record.find(record.root(), "facts") : nullptr;
  if (version == nullptr || facts == nullptr || record.node(facts->value).kind != NodeKind::list)
    return fail("this is no record of facts");
  if (record.node(version->value).text != "1") return fail("this record was written by another version of scruple");
  FactRecord read;
  read.taking_ = false;
  for (const Member& member : record.members(facts->value)) {
    if (record.node(member.value).kind != NodeKind::map)
      return fail("a fact of this record is not as scruple writes it");
    std::string fields[6];
    constexpr std::string_view names[6] = {"campaign", "file", "fact", "on", "sha256", "value"};
    for (std::size_t i = 0; i < 6; ++i) {
      const Member* field = record.find(member.value, names[i]);
      if (field == nullptr) return fail("a fact of this record is not as scruple writes it");
      const Node& node = record.node(field->value);
      fields[i] = i == 5 ? std::string(source->text().substr(node.span.begin, node.span.end - node.span.begin))
                         : std::string(node.text);
    }
    read.facts_[{fields[0], fields[1], fields[2]}] = {fields[3], fields[4], fields[5]};
  }
  return read;
}

void FactRecord::add(Key key, Fact fact) {
  const std::lock_guard lock(mutex_);
  facts_.insert_or_assign(std::move(key), std::move(fact));
}

std::size_t FactRecord::files() const {
  std::set<std::string_view> names;
  for (const auto& [key, fact] : facts_) names.insert(key.file);
  return names.size();
}

const FactRecord::Fact* FactRecord::find(const Key& key) const {
  const auto found = facts_.find(key);
  return found == facts_.end() ? nullptr : &found->second;
}

bool FactRecord::knows(std::string_view campaign, std::string_view file) const {
  for (const auto& [key, fact] : facts_) {
    if (key.file == file && (campaign.empty() || key.campaign == campaign)) return true;
  }
  return false;
}

std::string FactRecord::write() const {
  std::string out(head);
  bool first = true;
  for (const auto& [key, fact] : facts_) {
    out += concat(first ? "" : ",", "\n    {\"campaign\": ", quoted(key.campaign), ", \"file\": ", quoted(key.file),
                  ", \"fact\": ", quoted(key.fact), ", \"on\": ", quoted(fact.day),
                  ", \"sha256\": ", quoted(fact.sha256), ", \"value\": ", fact.value, "}");
    first = false;
  }
  return out + "\n  ]\n}\n";
}

std::string fact_name(std::string_view question) {
  const auto last = question.rfind('|');
  std::string_view word = question.substr(last == question.npos ? 0 : last + 1);
  word = word.substr(0, word.find('('));
  constexpr std::string_view words[] = {"all",      "columns",     "count",     "distinct", "exists",
                                        "group_by", "keys",        "max",       "min",      "rows",
                                        "sum",      "row_numbers", "row_count", "size",     "sha256"};
  if (std::ranges::find(words, word) == std::end(words)) word = "fact";
  return concat(word, " ", sha256_hex(question));
}

std::optional<std::string> fact_to_json(const Value& value, Marks secret, Evaluation& evaluation) {
  std::string out;
  if (!append(out, value, secret, evaluation, true)) return std::nullopt;
  return out;
}

Value fact_from_json(std::string_view json, Marks marks, Evaluation& evaluation) {
  Diagnostics problems;
  const auto document = parse(std::make_shared<const Source>("record", std::string(json)), problems);
  return document ? FactReader(*document, marks, evaluation).read(document->root()) : Value();
}

}  // namespace scruple::policy
