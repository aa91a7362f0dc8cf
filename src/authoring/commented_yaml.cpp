#include "authoring/commented_yaml.h"

#include "base/strings.h"
#include "schema/format.h"
#include "schema/hint.h"

#include "scruple/document.h"

#include <memory>
#include <set>
#include <utility>

namespace scruple::authoring {

namespace {

using schema::TypeId;

constexpr std::size_t line_width = 100;

Entry entry(Entry::Kind kind, std::string key, std::string note) {
  Entry made;
  made.kind = kind;
  made.key = std::move(key);
  made.note = std::move(note);
  return made;
}

class Writer {
 public:
  explicit Writer(const schema::Schema& schema) : schema_(schema) {}

  std::string write(const Entry& root, TypeId type) {
    write_map(root, type, 0);
    return std::move(out_);
  }

 private:
  // The alternative for this kind of value, or the type itself.
  TypeId resolved(TypeId type, NodeKind kind) const {
    const TypeId chosen = type == schema::no_type ? schema::no_type : schema_.alternative(type, kind);
    return chosen == schema::no_type ? type : chosen;
  }

  TypeId item_type(TypeId list) const {
    const TypeId items = list == schema::no_type ? schema::no_type : schema_.type(list).items;
    return resolved(items, NodeKind::map);
  }

  TypeId field_type(TypeId map, const std::string& key) const {
    const auto* property = map == schema::no_type ? nullptr : schema_.property(map, key);
    return property == nullptr ? schema::no_type : property->type;
  }

  void line(std::size_t indent, std::string_view text) {
    out_.append(commented_ ? margin_ : indent, ' ');
    if (commented_) out_.append("# ").append(indent - margin_, ' ');
    out_.append(text).append("\n");
  }

  // Wrapped; a word is never broken.
  void comment(std::size_t indent, std::string_view text) {
    std::string current;
    while (!text.empty()) {
      const std::size_t blank = std::min(text.find(' '), text.size());
      const std::string_view word = text.substr(0, blank);
      text.remove_prefix(std::min(blank + 1, text.size()));
      if (!current.empty() && indent + 2 + current.size() + 1 + word.size() > line_width) {
        line(indent, concat("# ", current));
        current.clear();
      }
      if (!word.empty()) current += concat(current.empty() ? "" : " ", word);
    }
    if (!current.empty()) line(indent, concat("# ", current));
  }

  std::string scalar(std::string_view word, TypeId type) const {
    if (type == schema::no_type) return schema::written(word, false);
    const auto kinds = schema_.type(type).kinds;
    const bool takes_text = kinds == 0 || (kinds & schema::allow_string) != 0;
    return takes_text ? schema::written(word, false) : std::string(word);
  }

  std::string flow(const std::vector<std::string>& words, TypeId list) const {
    const TypeId items = list == schema::no_type ? schema::no_type : schema_.type(list).items;
    std::string out = "[";
    for (const std::string& word : words) {
      out += concat(out.size() > 1 ? ", " : "", scalar(word, resolved(items, NodeKind::string)));
    }
    return out + ']';
  }

  // The schema's first example as it is written in YAML; empty if there is none that fits on a line.
  std::string example_of(TypeId type) const {
    const std::string_view json = type == schema::no_type ? std::string_view{} : schema_.type(type).example;
    if (json.empty()) return {};
    Diagnostics ignored;
    const auto document =
        read_json(std::make_shared<const Source>("example.json", std::string(json)), DocumentLimits{}, ignored);
    if (!document) return {};
    const Node& root = document->node(document->root());
    if (root.kind == NodeKind::map) return {};
    if (root.kind != NodeKind::list) return scalar(root.text, type);
    std::vector<std::string> words;
    for (const Member& member : document->members(document->root())) {
      if (document->node(member.value).kind == NodeKind::map) return {};
      words.emplace_back(document->node(member.value).text);
    }
    return flow(words, type);
  }

  // A value that could stand in a field: an example's fields are never empty.
  std::string sample_of(TypeId type) const {
    if (const std::string example = example_of(type); !example.empty()) return example;
    const auto values = type == schema::no_type ? std::span<const std::string_view>{} : schema_.values(type);
    return values.empty() ? "…" : scalar(values.front(), type);
  }

  // What an empty field may hold, in a sentence.
  std::string expectation(TypeId type, std::string_view description) const {
    std::string names;
    bool all_named = true;
    for (const std::string_view value : schema_.values(type)) {
      names += concat(names.empty() ? "" : ", ", value);
      all_named = all_named && description.find(concat("`", value, "`")) != std::string_view::npos;
    }
    if (!names.empty()) return all_named ? "" : concat("One of: ", names, ".");
    const schema::Type& fields = schema_.type(type);
    if (fields.kinds == schema::allow_boolean) return "Write true or false.";
    if (const std::string example = example_of(type); !example.empty()) return concat("For example: ", example);
    const TypeId item = fields.items == schema::no_type ? schema::no_type : resolved(fields.items, NodeKind::string);
    if (item != schema::no_type && schema_.type(item).format != schema::Format::none)
      return concat("A list, each ", schema::expected(schema_.type(item).format), ".");
    if (fields.format != schema::Format::none && fields.format != schema::Format::path)
      return concat("Write ", schema::expected(fields.format), ".");
    return {};
  }

  // What the schema says of a field, the first time that it is written.
  void describe(const Entry& field, TypeId map, TypeId type, std::size_t indent) {
    if (commented_) return;
    if (type != schema::no_type && described_.emplace(map, field.key).second) {
      std::string text(schema_.type(type).description);
      if (field.kind == Entry::Kind::open && field.entries.empty()) {
        const std::string more = expectation(type, text);
        if (!more.empty()) text += concat(text.empty() ? "" : " ", more);
      }
      comment(indent, text);
    }
    comment(indent, field.note);
  }

  void write_map(const Entry& map, TypeId type, std::size_t indent) {
    for (const Entry& field : map.entries) {
      if (indent == 0 && !out_.empty() && is_section(field)) out_ += '\n';
      write_field(field, type, indent, "");
    }
  }

  // The head of a manifest stands together; all else is set apart.
  static bool is_section(const Entry& field) { return field.kind != Entry::Kind::text; }

  // `dash`: "- " for the first field of an item, which stands two columns to the left of the others.
  void write_field(const Entry& field, TypeId map, std::size_t indent, std::string_view dash) {
    const TypeId type = field_type(map, field.key);
    const std::size_t at = indent - dash.size();
    describe(field, map, type, at);
    const std::string head = concat(dash, field.key, ":");
    switch (field.kind) {
      case Entry::Kind::open:
        line(at, commented_ ? concat(head, " ", sample_of(type)) : head);
        write_example(field, type, indent + 2);
        break;
      case Entry::Kind::text:
        line(at, concat(head, " ", scalar(field.words.at(0), resolved(type, NodeKind::string))));
        break;
      case Entry::Kind::choice: line(at, concat(head, " ", flow(field.words, resolved(type, NodeKind::list)))); break;
      case Entry::Kind::map:
        line(at, head);
        write_map(field, resolved(type, NodeKind::map), indent + 2);
        break;
      case Entry::Kind::list:
        line(at, head);
        for (const Entry& item : field.entries) {
          comment(indent + 2, item.note);
          write_item(item, item_type(resolved(type, NodeKind::list)), indent + 4);
        }
        break;
    }
  }

  void write_item(const Entry& item, TypeId type, std::size_t indent) {
    std::string_view dash = "- ";
    for (const Entry& field : item.entries) {
      write_field(field, type, indent, dash);
      dash = "";
    }
  }

  void write_example(const Entry& field, TypeId type, std::size_t indent) {
    if (field.entries.empty()) return;
    commented_ = true;
    margin_ = indent;
    const TypeId list = type == schema::no_type ? schema::no_type : schema_.accepting(type, NodeKind::list);
    if (list != schema::no_type) {
      write_item(field, item_type(list), indent + 2);
    } else {
      write_map(field, resolved(type, NodeKind::map), indent);
    }
    commented_ = false;
  }

  const schema::Schema& schema_;
  std::string out_;
  std::set<std::pair<TypeId, std::string>> described_;  // map and field
  bool commented_ = false;                              // an example is written, behind `# ` at column margin_
  std::size_t margin_ = 0;
};

}  // namespace

Entry open(std::string key, std::string note) { return entry(Entry::Kind::open, std::move(key), std::move(note)); }

Entry open(std::string key, std::string note, std::vector<Entry> example) {
  Entry made = open(std::move(key), std::move(note));
  made.entries = std::move(example);
  return made;
}

Entry text(std::string key, std::string value, std::string note) {
  Entry made = entry(Entry::Kind::text, std::move(key), std::move(note));
  made.words.push_back(std::move(value));
  return made;
}

Entry choice(std::string key, std::vector<std::string> words, std::string note) {
  Entry made = entry(Entry::Kind::choice, std::move(key), std::move(note));
  made.words = std::move(words);
  return made;
}

Entry map(std::string key, std::vector<Entry> entries, std::string note) {
  Entry made = entry(Entry::Kind::map, std::move(key), std::move(note));
  made.entries = std::move(entries);
  return made;
}

Entry list(std::string key, std::vector<Entry> items, std::string note) {
  Entry made = entry(Entry::Kind::list, std::move(key), std::move(note));
  made.entries = std::move(items);
  return made;
}

std::string write_commented(const Entry& root, const schema::Schema& schema, schema::TypeId type) {
  return Writer(schema).write(root, type);
}

}  // namespace scruple::authoring
