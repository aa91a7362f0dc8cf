#include "base/file_system.h"
#include "base/hash.h"
#include "base/strings.h"
#include "document/scalar_span.h"
#include "policy/pack.h"
#include "schema/validator.h"

#include <algorithm>

namespace scruple::policy {

namespace {

constexpr std::uint64_t file_limit = 4u << 20;
constexpr std::string_view pack_file_name = "pack.yaml";

// Reads the files of one pack into one PolicyPack.
class PackReader {
 public:
  PackReader(const schema::Schema& schema, const FileSystem& files, Diagnostics& diagnostics)
      : schema_(schema), files_(files), diagnostics_(diagnostics) {}

  std::optional<PolicyPack> read(const std::string& path) {
    pack_.path = path;
    const FileInfo info = files_.info(path);
    bool found = false;
    if (info.status == FileStatus::is_folder) {
      found = read_folder(path);
    } else if (info.status == FileStatus::ok) {
      const Document* document = load(path, std::string(path::file_name(path)));
      found = document != nullptr;
      if (found) read_pack_file(*document, std::string(path::folder(path)));
    } else {
      report(concat("the pack `", path, "` ", to_string(info.status)), "give a pack's folder, or one YAML file", path);
    }
    if (!found) return std::nullopt;
    // The order in which files were read does not count for the digest.
    std::ranges::sort(pack_.files, {}, [](const auto& file) { return file.first; });
    std::string all;
    for (const auto& [name, source] : pack_.files) {
      all += concat(name, '\0', source->text().size(), '\0', source->text());
    }
    pack_.sha256 = sha256_hex(all);
    return std::move(pack_);
  }

 private:
  void report(std::string message, std::string hint, const std::string& file) {
    Diagnostic diagnostic;
    diagnostic.code = "pack/file";
    diagnostic.message = std::move(message);
    diagnostic.hint = std::move(hint);
    diagnostic.location.file = file;
    diagnostics_.push_back(std::move(diagnostic));
  }

  void report(const Document& document, Span span, std::string message, std::string hint = {}) {
    diagnostics_.push_back(
        {Severity::error, "pack/form", std::move(message), std::move(hint), locate(document.source(), span)});
  }

  // One YAML document; null if it could not be read. `name` is relative to the pack's folder.
  const Document* load(const std::string& path, const std::string& name) {
    FileContents contents = files_.read(path, file_limit);
    if (contents.status != FileStatus::ok) {
      report(concat("`", path, "` ", to_string(contents.status)), {}, path);
      return nullptr;
    }
    auto source = std::make_shared<const Source>(path, std::move(contents.bytes));
    pack_.files.emplace_back(name, source);
    const std::size_t before = diagnostics_.size();
    auto documents = read_documents(source, DocumentLimits{}, diagnostics_);
    for (std::size_t i = before; i < diagnostics_.size(); ++i) {
      diagnostics_[i].code = "pack/syntax";
      const Position at = diagnostics_[i].location.begin;
      auto quoted = quoted_entry(source->line(at.line), at.column);
      if (quoted.empty()) quoted = quoted_line(*source, at.line);
      if (!quoted.empty() && diagnostics_[i].hint.find("in quotes") != std::string::npos) diagnostics_[i].hint = quoted;
    }
    if (diagnostics_.size() != before || documents.empty()) return nullptr;
    if (documents.size() > 1) {
      report(documents[1], {documents[1].span().begin, documents[1].span().begin},
             "a pack's file holds one document; a second one begins here", "write one file a rule");
      return nullptr;
    }
    pack_.documents.push_back(std::move(documents.front()));
    find_cut_texts(pack_.documents.back());
    find_lost_anchors(pack_.documents.back());
    return &pack_.documents.back();
  }

  bool read_folder(const std::string& folder) {
    const std::string file = path::join(folder, pack_file_name);
    if (files_.info(file).status != FileStatus::ok) {
      report(concat("`", folder, "` holds no `", pack_file_name, "`"),
             "a pack's folder holds `pack.yaml` and one file a rule", folder);
      return false;
    }
    const Document* document = load(file, std::string(pack_file_name));
    if (document != nullptr) read_pack_file(*document, folder);
    for (const auto& entry : files_.list(folder)) {
      if (!entry.is_regular || !is_yaml(entry.name) || entry.name == pack_file_name) continue;
      const Document* rule = load(path::join(folder, entry.name), entry.name);
      if (rule == nullptr) continue;
      if (!check(*rule, rule->root(), "rule")) continue;
      read_rule(*rule, rule->root());
      const Text id = pack_.rules.back().id;
      const auto stem = entry.name.substr(0, entry.name.rfind('.'));
      if (id && id.value != stem) {
        report(*rule, span_of(id), concat("the rule `", id.value, "` stands in a file named `", entry.name, "`"),
               concat("name the file `", id.value, ".yaml`"));
      }
    }
    read_words(path::join(folder, "words"), "words");
    read_references(path::join(folder, "references"), "references");
    return document != nullptr;
  }

  static bool is_yaml(std::string_view name) { return name.ends_with(".yaml") || name.ends_with(".yml"); }

  void read_words(const std::string& folder, const std::string& name) {
    for (const auto& entry : files_.list(folder)) {
      if (!entry.is_regular || !is_yaml(entry.name)) continue;
      const Document* document = load(path::join(folder, entry.name), path::join(name, entry.name));
      if (document == nullptr || !check(*document, document->root(), "words")) continue;
      pack_.words.push_back({entry.name.substr(0, entry.name.rfind('.')), document});
    }
  }

  void read_references(const std::string& folder, const std::string& name) {
    for (const auto& entry : files_.list(folder)) {
      if (!entry.is_regular || !is_yaml(entry.name)) continue;
      if (const Document* document = load(path::join(folder, entry.name), path::join(name, entry.name)))
        add_references(*document, document->root());
    }
  }

  void add_references(const Document& document, NodeId list) {
    if (document.node(list).kind != NodeKind::list) {
      report(document, document.node(list).span, "a file of references holds a list", "begin each entry with `- id:`");
      return;
    }
    for (const Member& entry : document.members(list)) {
      if (check(document, entry.value, "reference")) pack_.references.emplace_back(&document, entry.value);
    }
  }

  // `form` names the definition of the pack's schema that a file or a mapping follows.
  bool check(const Document& document, NodeId node, std::string_view form) {
    const schema::TypeId type = schema_.definition(form);
    bool usable = true;
    for (auto& violation : schema::validate(document, node, schema_, type)) {
      std::string hint = std::move(violation.hint);
      if (const auto better = trap_hint(document, violation.node); !better.empty()) hint = better;
      report(document, violation.span, std::move(violation.message), std::move(hint));
      usable = false;
    }
    return usable;
  }

  // A text that begins with `{` was meant as text, and YAML read a mapping.
  std::string trap_hint(const Document& document, NodeId node) const {
    if (node == no_node) return {};
    const Node& value = document.node(node);
    if (value.kind != NodeKind::map || !value.flow) return {};
    const auto written = document.source().text().substr(value.span.begin, value.span.end - value.span.begin);
    if (written.find(':') != std::string_view::npos) return {};
    return quoted_line(document.source(), document.source().position(value.span.begin).line);
  }

  // "write `when: 'asset.?x'`", for a column in `[{id: y, when: asset.?x}]`; empty if it is not inside brackets.
  static std::string quoted_entry(std::string_view line, std::uint32_t column) {
    std::size_t key = line.npos;
    std::size_t value = line.npos;
    int lists = 0;  // and maps, that are open
    int depth = 0;  // of brackets within a value: `f(x)`, `a[0]`
    char before = ':';
    std::uint32_t at = 1;
    for (std::size_t i = 0; i < line.size() && at < column; ++i) {
      const char c = line[i];
      const bool opens = c == '(' || c == '[' || c == '{';
      const bool closes = c == ')' || c == ']' || c == '}';
      if (opens && c != '(' && depth == 0 && std::string_view("[{,:-").find(before) != line.npos) {
        ++lists;
        key = value = i + 1;
      } else if (opens || (closes && depth > 0)) {
        depth += opens ? 1 : -1;
      } else if (closes) {
        --lists;
      } else if (depth == 0 && c == ',') {
        key = value = i + 1;
      } else if (depth == 0 && c == ':' && lists > 0 && line.substr(i + 1).starts_with(' ')) {
        value = i + 1;
      }
      if (c != ' ') before = c;
      if (i + 1 < line.size() && (static_cast<unsigned char>(line[i + 1]) & 0xC0U) != 0x80U) ++at;
    }
    if (lists < 1) return {};
    std::size_t end = value;
    for (depth = 0; end < line.size(); ++end) {
      const char c = line[end];
      if (depth == 0 && std::string_view(",]}").find(c) != line.npos) break;
      depth += (c == '(' || c == '[' || c == '{') - (c == ')' || c == ']' || c == '}');
    }
    std::string quoted;
    for (const char c : trim_ascii(line.substr(value, end - value))) quoted.append(c == '\'' ? 2 : 1, c);
    const auto name = trim_ascii(line.substr(key, value - key));
    return concat("write `", name, name.empty() ? "'" : " '", quoted, "'`");
  }

  // "write `require: '!has(x)'`", for a line `require: !has(x)`; empty if the line is no key with a text.
  static std::string quoted_line(const Source& source, std::uint32_t number) {
    const auto line = trim_ascii(source.line(number));
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) return {};
    const auto text = trim_ascii(line.substr(colon + 2));
    if (text.empty() || text.front() == '|' || text.front() == '>') return {};
    // `"email" in channels`: a text in quotes with more after it. One that is only in quotes needs no others.
    const bool begins_quoted = text.front() == '"' || text.front() == '\'';
    if (begins_quoted && (text.size() < 2 || text.find(text.front(), 1) >= text.size() - 1)) return {};
    std::string quoted;
    for (const char c : text) quoted.append(c == '\'' ? 2 : 1, c);
    return concat("write `", line.substr(0, colon), ": '", quoted, "'`");
  }

  // ` #` in a plain text begins a comment and cuts the text short.
  void find_cut_texts(const Document& document) {
    const auto text = document.source().text();
    for (const Comment& comment : document.comments()) {
      if (comment.node == no_node || comment.span.begin < 2) continue;
      const Node& node = document.node(comment.node);
      if (node.kind != NodeKind::string || node.style != ScalarStyle::plain || node.span.end > comment.span.begin)
        continue;
      const auto between = text.substr(node.span.end, comment.span.begin - node.span.end);
      if (between != " " || comment.span.begin + 1 >= text.size()) continue;
      // A comment is written with a blank after `#`; `#1` or `#tag` was meant as text.
      const char next = text[comment.span.begin + 1];
      if (next == ' ' || next == '#' || next == '!' || next == '\n' || next == '\r') continue;
      report(document, comment.span, "` #` begins a comment: the text before it is cut short here",
             quoted_line(document.source(), document.source().position(comment.span.begin).line));
    }
  }

  // A plain text that begins with `&` is read as an anchor and what follows it.
  void find_lost_anchors(const Document& document) {
    const auto text = document.source().text();
    for (NodeId id = 0; id < document.node_count(); ++id) {
      const Node& node = document.node(id);
      if (node.kind != NodeKind::string || node.style != ScalarStyle::plain) continue;
      const auto blank = text.find_last_not_of(' ', node.span.begin == 0 ? 0 : node.span.begin - 1);
      if (blank == std::string_view::npos || blank + 1 == node.span.begin) continue;
      const auto before = text.find_last_of(" \n", blank);
      const auto begin = before == std::string_view::npos ? 0 : before + 1;
      const auto anchor = text.substr(begin, blank + 1 - begin);
      if (anchor.size() < 2 || anchor.front() != '&') continue;
      if (text.find(concat("*", anchor.substr(1))) != std::string_view::npos) continue;
      const auto at = static_cast<std::uint32_t>(begin);
      report(document, {at, at + static_cast<std::uint32_t>(anchor.size())},
             concat("`", anchor, "` is no part of the text: YAML reads it as an anchor, which nothing refers to"),
             quoted_line(document.source(), document.source().position(at).line));
    }
  }

  static Span span_of(const Text& text) { return text.document->node(text.node).span; }

  static Text text_of(const Document& document, NodeId node) {
    const Node& scalar = document.node(node);
    if (scalar.kind == NodeKind::list || scalar.kind == NodeKind::map || scalar.kind == NodeKind::null) return {};
    return {scalar.text, &document, node};
  }

  static Text text(const Document& document, NodeId map, std::string_view key) {
    const Member* member = document.find(map, key);
    return member == nullptr ? Text{} : text_of(document, member->value);
  }

  static NodeId node(const Document& document, NodeId map, std::string_view key) {
    const Member* member = document.find(map, key);
    return member == nullptr ? no_node : member->value;
  }

  // A field with nothing after it: the author meant to say something.
  void find_empty(const Document& document, NodeId map) {
    for (const Member& member : document.members(map)) {
      if (document.node(member.value).kind == NodeKind::null)
        report(document, member.key_span, concat("`", member.key, "` is empty"), "give it a value, or remove the line");
    }
  }

  // A value or a list of values.
  template <typename Visit>
  static void each(const Document& document, NodeId value, Visit visit) {
    if (value == no_node) return;
    if (document.node(value).kind != NodeKind::list) return visit(value);
    for (const Member& item : document.members(value)) visit(item.value);
  }

  void read_pack_file(const Document& document, const std::string& folder) {
    const NodeId root = document.root();
    if (document.find(root, "pack") == nullptr && document.find(root, "scruple") != nullptr) {
      return report(document, document.find(root, "scruple")->key_span, "this is a manifest, not a policy pack",
                    "`scruple check` checks manifests");
    }
    if (!check(document, root, "pack_file")) return;
    find_empty(document, root);
    pack_.id = text(document, root, "id");
    pack_.version = text(document, root, "version");
    pack_.title = text(document, root, "title");
    pack_.description = text(document, root, "description");
    pack_.required = text(document, root, "requires");
    pack_.today = text(document, root, "today");
    defaults_document_ = &document;
    defaults_ = node(document, root, "defaults");
    read_shared(document, root);
    if (const NodeId included = node(document, root, "include"); included != no_node) {
      each(document, included, [&](NodeId item) { include(document, item, folder); });
    }
    if (const NodeId rules = node(document, root, "rules"); rules != no_node) {
      each(document, rules, [&](NodeId rule) { read_rule(document, rule); });
    }
  }

  void include(const Document& document, NodeId item, const std::string& folder) {
    const std::string written(document.node(item).text);
    const std::string path = path::normalize(path::join(folder, written));
    const FileInfo info = files_.info(path);
    if (info.status == FileStatus::is_folder) {
      read_references(path, written);
    } else if (info.status == FileStatus::ok) {
      const Document* shared = load(path, written);
      if (shared != nullptr && check(*shared, shared->root(), "common_file")) read_shared(*shared, shared->root());
    } else {
      report(document, document.node(item).span, concat("`", written, "` ", to_string(info.status)));
    }
  }

  // What a pack's file and a file that it includes may both hold.
  void read_shared(const Document& document, NodeId root) {
    if (const NodeId base = node(document, root, "base"); base != no_node) {
      pack_.base_document = &document;
      pack_.base = base;
    }
    if (const NodeId references = node(document, root, "references"); references != no_node)
      add_references(document, references);
    for (const Member& member : members(document, root, "define")) {
      WrittenDefinition definition;
      definition.name = {member.key, &document, member.value};
      definition.is = text(document, member.value, "is");
      each(document, node(document, member.value, "arguments"),
           [&](NodeId name) { definition.arguments.push_back(text_of(document, name)); });
      definition.mutants = read_mutants(document, member.value);
      pack_.definitions.push_back(std::move(definition));
    }
  }

  static std::span<const Member> members(const Document& document, NodeId map, std::string_view key) {
    const NodeId value = node(document, map, key);
    return value == no_node ? std::span<const Member>{} : document.members(value);
  }

  void read_rule(const Document& document, NodeId node_id) {
    find_empty(document, node_id);
    WrittenRule rule;
    rule.document = &document;
    rule.node = node_id;
    const auto field = [&](std::string_view key) {
      Text own = text(document, node_id, key);
      if (!own && defaults_ != no_node) own = text(*defaults_document_, defaults_, key);
      return own;
    };
    rule.id = text(document, node_id, "id");
    rule.title = text(document, node_id, "title");
    rule.severity = field("severity");
    rule.level = field("level");
    rule.gate = field("gate");
    rule.scope = field("scope");
    rule.ask = field("ask");
    each(document, node(document, node_id, "aliases"),
         [&](NodeId alias) { rule.aliases.push_back(text_of(document, alias)); });
    each(document, node(document, node_id, "for"),
         [&](NodeId generator) { rule.generators.push_back(text_of(document, generator)); });
    rule.when = text(document, node_id, "when");
    for (const Member& member : members(document, node_id, "let")) {
      rule.lets.push_back({{member.key, &document, member.value}, text_of(document, member.value)});
    }
    each(document, node(document, node_id, "require"), [&](NodeId requirement) {
      if (document.node(requirement).kind == NodeKind::map) {
        const NodeId remark = node(document, requirement, "remark");
        const auto said = [&](std::string_view key) {
          return remark == no_node ? Text{} : text(document, remark, key);
        };
        rule.requirements.push_back({text(document, requirement, "that"), text(document, requirement, "at"),
                                     text(document, requirement, "message"), said("when"), said("text")});
      } else {
        rule.requirements.push_back({text_of(document, requirement), {}, {}, {}, {}});
      }
    });
    rule.message = text(document, node_id, "message");
    rule.remediation = text(document, node_id, "remediation");
    rule.rationale = text(document, node_id, "rationale");
    each(document, node(document, node_id, "references"), [&](NodeId reference) {
      if (document.node(reference).kind == NodeKind::map) {
        rule.references.push_back({text(document, reference, "id"), text(document, reference, "when")});
      } else {
        rule.references.push_back({text_of(document, reference), {}});
      }
    });
    for (const Member& member : members(document, node_id, "params")) {
      rule.parameters.push_back({{member.key, &document, member.value},
                                 text(document, member.value, "type"),
                                 &document,
                                 node(document, member.value, "default"),
                                 node(document, member.value, "minimum"),
                                 node(document, member.value, "maximum"),
                                 text(document, member.value, "description"),
                                 text(document, member.value, "stricter")});
    }
    for (const Member& member : members(document, node_id, "silence")) {
      rule.silence.push_back({{member.key, &document, member.value}, text_of(document, member.value)});
    }
    rule.waiver = node(document, node_id, "waiver");
    rule.mutants = read_mutants(document, node_id);
    rule.tests = node(document, node_id, "tests");
    pack_.rules.push_back(std::move(rule));
  }

  static std::vector<WrittenMutant> read_mutants(const Document& document, NodeId holder) {
    std::vector<WrittenMutant> mutants;
    for (const Member& member : members(document, holder, "mutants"))
      mutants.push_back({{member.key, &document, member.value}, text_of(document, member.value)});
    return mutants;
  }

  const schema::Schema& schema_;
  const FileSystem& files_;
  Diagnostics& diagnostics_;
  PolicyPack pack_;
  const Document* defaults_document_ = nullptr;
  NodeId defaults_ = no_node;
};

}  // namespace

Location locate(const Text& text, Span part) {
  const Node& node = text.document->node(text.node);
  Span span = node.span;
  if (node.kind == NodeKind::string && node.text == text.value) {
    const std::string_view source = text.document->source().text();
    span.begin = source_offset(source, node, part.begin);
    span.end = std::max(span.begin, source_offset(source, node, part.end));
  }
  return scruple::locate(text.document->source(), span);
}

std::optional<PolicyPack> read_pack(const std::string& path, const schema::Schema& pack_schema, const FileSystem& files,
                                    Diagnostics& diagnostics) {
  return PackReader(pack_schema, files, diagnostics).read(path);
}

}  // namespace scruple::policy
