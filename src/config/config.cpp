#include "config/config.h"

#include "base/strings.h"
#include "schema/validator.h"

#include <algorithm>
#include <utility>

namespace scruple::config {

namespace {

// More lines of a kind than people write; each is tried on every file or rule.
constexpr std::size_t most_items = 1000;
constexpr std::size_t most_problems = 100;

class Reader {
 public:
  Reader(const ConfigFile& file, Diagnostics& diagnostics)
      : file_(file), document_(file.document), diagnostics_(diagnostics) {}

  void check(const schema::Schema& schema) {
    const NodeId root = document_.root();
    // A file without any setting is a config that changes nothing.
    if (document_.node(root).kind == NodeKind::null) return;
    for (auto& violation : schema::validate(document_, root, schema, schema.root()))
      report(concat("config/", violation.code), violation.span, std::move(violation.message),
             std::move(violation.hint));
    find_empty(root);
    for (const std::string_view list : {"packs", "include", "exclude", "locked"}) {
      const NodeId node = value(root, list);
      if (node == no_node || document_.node(node).count <= most_items) continue;
      report("config/too-many", document_.find(root, list)->key_span,
             concat("`", list, "` has more than ", most_items, " items"), "take patterns that match more at once");
    }
  }

  Config read() {
    Config config;
    config.level = text(document_.root(), "level");
    config.gate = text(document_.root(), "gate");
    config.fail_on = text(document_.root(), "fail-on");
    config.packs = texts("packs");
    config.include = texts("include");
    config.exclude = texts("exclude");
    config.locked = texts("locked").value_or(std::vector<Setting>{});
    for (const Member& rule : members("rules")) config.rules.push_back(rule_setting(rule));
    for (const Member& root : members("evidence-roots")) {
      std::string place = "evidence-roots";
      schema::append_key_step(place, root.key);
      config.evidence_roots.push_back({std::string(root.key), setting(root.value, std::move(place))});
    }
    config.waivers = value(document_.root(), "waivers");
    return config;
  }

  std::optional<Setting> text(NodeId map, std::string_view key) const {
    const NodeId node = value(map, key);
    if (node == no_node) return std::nullopt;
    return setting(node, std::string(key));
  }

 private:
  void report(std::string code, Span span, std::string message, std::string hint) {
    Diagnostic diagnostic;
    diagnostic.code = std::move(code);
    diagnostic.message = std::move(message);
    diagnostic.hint = std::move(hint);
    diagnostic.location = locate(document_.source(), span);
    diagnostics_.push_back(std::move(diagnostic));
  }

  // A key with nothing after it, or with a placeholder: whoever wrote it meant to set something.
  void find_empty(NodeId id) {
    for (const Member& member : document_.members(id)) {
      if (diagnostics_.size() > most_problems) return;
      const Node& node = document_.node(member.value);
      const bool prose = member.key == "reason";
      if (node.kind == NodeKind::null || (node.kind == NodeKind::string && !prose && schema::is_placeholder(node.text)))
        report("config/empty", member.key.empty() ? node.span : member.key_span,
               concat("`", member.key.empty() ? "an item" : shorten(member.key, 60), "` says nothing"),
               "give it a value, or take it out");
      find_empty(member.value);
    }
  }

  NodeId value(NodeId map, std::string_view key) const {
    const Member* member = document_.node(map).kind == NodeKind::map ? document_.find(map, key) : nullptr;
    return member == nullptr || document_.node(member->value).kind == NodeKind::null ? no_node : member->value;
  }

  std::span<const Member> members(std::string_view key) const {
    const NodeId node = value(document_.root(), key);
    return node == no_node ? std::span<const Member>{} : document_.members(node);
  }

  Setting setting(NodeId node, std::string place) const {
    return {std::string(trim_ascii(document_.node(node).text)), &file_, node, std::move(place), {}};
  }

  std::optional<std::vector<Setting>> texts(std::string_view key) const {
    if (value(document_.root(), key) == no_node) return std::nullopt;
    std::vector<Setting> settings;
    for (const Member& item : members(key)) {
      std::string place(key);
      schema::append_index_step(place, settings.size());
      settings.push_back(setting(item.value, std::move(place)));
      // Blanks at the end of a pattern may count.
      settings.back().value = document_.node(item.value).text;
    }
    return settings;
  }

  RuleSetting rule_setting(const Member& member) const {
    std::string place = "rules";
    schema::append_key_step(place, member.key);
    RuleSetting rule;
    rule.id = {std::string(member.key), &file_, member.value, place, member.key_span};
    if (document_.node(member.value).kind == NodeKind::string) {
      rule.severity = setting(member.value, place);
      return rule;
    }
    if (rule.severity = text(member.value, "severity"); rule.severity)
      rule.severity->place = concat(place, ".", rule.severity->place);
    const NodeId parameters = value(member.value, "params");
    if (parameters == no_node) return rule;
    for (const Member& parameter : document_.members(parameters)) {
      std::string at = concat(place, ".params");
      schema::append_key_step(at, parameter.key);
      rule.parameters.push_back(
          {std::string(parameter.key), &file_, parameter.value, std::move(at), parameter.key_span});
    }
    return rule;
  }

  const ConfigFile& file_;
  const Document& document_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::optional<Config> read_config(ConfigFilePtr file, const schema::Schema& schema, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  Reader reader(*file, diagnostics);
  reader.check(schema);
  if (diagnostics.size() != before) return std::nullopt;
  Config config = reader.read();
  config.file = std::move(file);
  return config;
}

std::optional<Setting> extended_by(const ConfigFilePtr& file) {
  Diagnostics unused;
  return Reader(*file, unused).text(file->document.root(), "extends");
}

std::vector<const Config*> layers_of(const Config& config) {
  std::vector<const Config*> layers;
  for (const Config* layer = &config; layer != nullptr; layer = layer->base.get()) layers.push_back(layer);
  std::ranges::reverse(layers);
  return layers;
}

}  // namespace scruple::config
