#include "policy/rule_lint.h"

#include "base/strings.h"
#include "base/suggest.h"
#include "cel/checker.h"
#include "cel/regular_expression.h"
#include "policy/compiled_pack.h"
#include "policy/types.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace scruple::policy {

namespace {

using cel::NodeId;
using cel::NodeType;
using cel::Type;
using Tag = Type::Tag;

// Functions that look up what only a campaign has.
constexpr std::string_view campaign_look_ups[] = {"asset", "segment"};

class Linter {
 public:
  Linter(const cel::Program& program, std::span<const Type> types, std::string_view text,
         const cel::Environment& environment)
      : program_(program), tables_(program.tables()), types_(types), text_(text), environment_(environment) {}

  std::vector<cel::Issue> run(Use use) {
    own_.resize(tables_.nodes.size());
    find_own(tables_.root, {});
    for (NodeId id = 0; id < tables_.nodes.size(); ++id) look_at(id);
    look_at_result(use);
    return std::move(issues_);
  }

 private:
  const cel::Node& node(NodeId id) const { return tables_.nodes[id]; }
  std::span<const NodeId> children(NodeId id) const { return program_.children(id); }

  void issue(std::uint32_t source, Span span, std::string message, std::string hint) {
    const bool known = std::ranges::any_of(issues_, [&](const cel::Issue& other) {
      return other.source == source && other.span == span && other.message == message;
    });
    if (!known) issues_.push_back({source, span, std::move(message), std::move(hint)});
  }
  void issue(NodeId at, std::string message, std::string hint = {}) {
    issue(node(at).source, program_.node_span(at), std::move(message), std::move(hint));
  }

  std::string_view source_text(std::uint32_t source) const {
    const auto known = std::ranges::find(environment_.definitions, source, &cel::Definition::source);
    return source == 0 || known == environment_.definitions.end() ? text_ : std::string_view(known->body);
  }

  // A part as its author wrote it, on one line.
  std::string written(NodeId id) const {
    const std::string_view text = source_text(node(id).source).substr(node(id).begin, node(id).end - node(id).begin);
    constexpr std::size_t most_shown = 60;
    return concat('`', shorten(visible(text), most_shown), '`');
  }

  // What a local name stands for, if that is known.
  NodeId behind(NodeId id) const {
    while (node(id).type == NodeType::local && node(id).b != 0) id = node(id).b - 1;
    return id;
  }

  std::optional<std::string_view> constant_text(NodeId id) const {
    if (node(id).type != NodeType::constant) return std::nullopt;
    const cel::Constant& value = tables_.constants[node(id).a];
    if (value.kind != cel::Kind::string) return std::nullopt;
    return tables_.texts.substr(value.bits, value.length);
  }

  std::string_view function_of(NodeId id) const { return environment_.functions->group(node(id).a).name; }

  // For each node the nearest part around it that is written here, not in a definition.
  void find_own(NodeId id, Span around) {
    if (own_[id] != Span{}) return;
    if (node(id).source == 0) around = program_.node_span(id);
    own_[id] = around;
    for (const NodeId child : children(id)) find_own(child, around);
  }

  // What is wrong with a definition only as it is called here.
  void issue_of_caller(NodeId at, Span span, std::string what, std::string hint) {
    if (node(at).source == 0)
      return issue(0, span, concat("a rule of scope `organization` cannot ", what), std::move(hint));
    issue(0, own_[at],
          concat("this calls a definition that a rule of scope `organization` cannot use: it would ", what),
          std::move(hint));
  }

  void look_at(NodeId id) {
    switch (node(id).type) {
      case NodeType::call: return look_at_call(id);
      case NodeType::select:
      case NodeType::has:
      case NodeType::optional_select: return look_at_section(id, program_.node_name(id));
      case NodeType::index:
      case NodeType::optional_index:
        if (const auto key = constant_text(children(id)[1])) look_at_section(id, *key);
        return;
      default: return;
    }
  }

  // --- scope

  bool of_organization() const { return environment_.variables[slot_manifest].type.name() == organization_record; }

  void look_at_section(NodeId id, std::string_view name) {
    const Type& operand = types_[children(id)[0]];
    if (!of_organization() || operand.name() != organization_record) return;
    if (std::ranges::find(campaign_sections, name) == std::end(campaign_sections)) return;
    issue_of_caller(id, cel::name_span(source_text(node(id).source), node(id), name),
                    concat("read `manifest.", name, "`: it is judged on organization files too"),
                    "write `scope: campaign`, or ask the organization's sections only");
  }

  // --- calls

  void look_at_call(NodeId id) {
    const std::string_view name = function_of(id);
    const auto arguments = children(id);
    if (of_organization() && std::ranges::find(campaign_look_ups, name) != std::end(campaign_look_ups)) {
      issue_of_caller(
          id, program_.node_span(id),
          concat("call `", name, "`: an organization file has no ", name == "asset" ? "assets" : "audience"),
          "write `scope: campaign`");
    }
    if (name == "_/_" && types_[arguments[0]].is(Tag::integer) && types_[arguments[1]].is(Tag::integer)) {
      issue(id, "this division cuts off what is left over: 1 / 2 is 0",
            concat("write `double(", inner(arguments[0]), ") / double(", inner(arguments[1]), ")`"));
    }
    if (name == "_==_" || name == "_!=_") look_at_equality(id, arguments[0], arguments[1]);
    if (name == "@in") look_at_membership(id, arguments[0], arguments[1]);
    if (name.starts_with("sets.")) compare_lists(arguments[0], arguments[1]);
    look_at_pattern(id);
  }

  // Without the back quotes.
  std::string inner(NodeId id) const {
    const std::string text = written(id);
    return text.substr(1, text.size() - 2);
  }

  // --- values that cannot be

  // The choices of a value that is not itself written here.
  const std::vector<std::string>* choices(NodeId id) const {
    if (constant_text(behind(id))) return nullptr;
    return choices(types_[id]);
  }
  static const std::vector<std::string>* choices(const Type& type) {
    return type.is(Tag::string) && type.choices() && !type.choices()->empty() ? type.choices().get() : nullptr;
  }

  static bool holds(const std::vector<std::string>& values, std::string_view value) {
    return std::ranges::find(values, value) != values.end();
  }

  // `constant` is written where only `allowed` can be.
  void check_value(NodeId constant, const std::vector<std::string>& allowed, NodeId compared) {
    const auto value = constant_text(behind(constant));
    if (!value || holds(allowed, *value)) return;
    const std::vector<std::string_view> names(allowed.begin(), allowed.end());
    issue(behind(constant), concat(written(compared), " is never \"", visible(*value), "\""),
          did_you_mean(*value, names));
  }

  void look_at_equality(NodeId id, NodeId left, NodeId right) {
    const bool null_left = types_[left].is(Tag::null);
    if (null_left != types_[right].is(Tag::null)) {
      const NodeId other = null_left ? right : left;
      // What was read from a manifest is never null: a null there is an absence.
      if (!types_[other].is(Tag::dyn)) {
        issue(id, concat(written(other), " is never null: what is null in a manifest is absent"),
              "write `has(x.field)` to ask whether it is declared");
      }
      return;
    }
    compare_lists(left, right);
    const auto* of_left = choices(left);
    const auto* of_right = choices(right);
    if (of_left != nullptr) check_value(right, *of_left, left);
    if (of_right != nullptr) check_value(left, *of_right, right);
    if (of_left != nullptr && of_right != nullptr) check_overlap(id, *of_left, *of_right, left, right);
  }

  void check_overlap(NodeId id, const std::vector<std::string>& left, const std::vector<std::string>& right,
                     NodeId left_node, NodeId right_node) {
    if (std::ranges::any_of(left, [&](const std::string& value) { return holds(right, value); })) return;
    issue(id, concat(written(left_node), " and ", written(right_node), " have no value in common"));
  }

  void look_at_membership(NodeId id, NodeId left, NodeId right) {
    const NodeId list = behind(right);
    const Type& container = types_[right];
    if (container.is(Tag::record)) return look_at_key(left, container);
    if (!container.is(Tag::list)) return;
    if (node(list).type == NodeType::list) {
      if (const auto* allowed = choices(left)) check_elements(list, *allowed, left);
      return;
    }
    const auto* allowed = choices(container.arguments()[0]);
    if (allowed == nullptr) return;
    check_value(left, *allowed, right);
    if (const auto* of_left = choices(left)) check_overlap(id, *of_left, *allowed, left, right);
  }

  void check_elements(NodeId list, const std::vector<std::string>& allowed, NodeId compared) {
    for (const NodeId element : children(list)) check_value(element, allowed, compared);
  }

  // Two lists of which one is written here.
  void compare_lists(NodeId left, NodeId right) {
    for (const auto& [here, there] : {std::pair(behind(left), right), std::pair(behind(right), left)}) {
      if (node(here).type != NodeType::list || node(behind(there)).type == NodeType::list) continue;
      if (!types_[there].is(Tag::list)) continue;
      if (const auto* allowed = choices(types_[there].arguments()[0])) check_elements(here, *allowed, there);
    }
  }

  // `"name" in record`
  void look_at_key(NodeId key, const Type& container) {
    const auto name = constant_text(key);
    const cel::Record* record = environment_.records->find(container.name());
    if (!name || record == nullptr || record->find(*name) != nullptr) return;
    std::vector<std::string_view> names;
    for (const auto& field : record->fields) names.push_back(field.name);
    issue(key, concat("there is no ", record->noun, " `", visible(*name), "` in `", container.name(), "`"),
          did_you_mean(*name, names));
  }

  // --- regular expressions

  // The text of constants that are put together, `r"a" + r"b"`.
  std::optional<std::string> folded(NodeId id, std::size_t depth = 0) const {
    constexpr std::size_t most_depth = 200;
    id = behind(id);
    if (const auto text = constant_text(id)) return std::string(*text);
    if (node(id).type != NodeType::call || function_of(id) != "_+_" || depth > most_depth) return std::nullopt;
    auto left = folded(children(id)[0], depth + 1);
    const auto right = left ? folded(children(id)[1], depth + 1) : std::nullopt;
    if (!right) return std::nullopt;
    constexpr std::size_t most_bytes = 100'000;
    *left += *right;
    return left->size() > most_bytes ? std::nullopt : left;
  }

  void look_at_pattern(NodeId id) {
    for (const std::uint32_t row : environment_.functions->group(node(id).a).rows) {
      const std::int8_t pattern = environment_.functions->row(row).pattern;
      if (pattern < 0 || static_cast<std::size_t>(pattern) >= children(id).size()) continue;
      const NodeId argument = children(id)[static_cast<std::size_t>(pattern)];
      if (constant_text(argument)) return;  // the planner has looked at it
      const auto text = folded(argument);
      if (!text) return;
      const cel::RegularExpression expression(*text);
      if (!expression.valid()) {
        issue(argument, concat("this is no regular expression: ", visible(expression.error())),
              "the syntax is that of RE2");
      }
      return;
    }
  }

  // --- results

  static bool can_be_shown(const Type& type) {
    switch (type.tag()) {
      case Tag::record:
      case Tag::map:
      case Tag::type: return false;
      case Tag::object: return type.name() == "path" || type.name() == "evidence";
      case Tag::list:
      case Tag::optional: return can_be_shown(type.arguments()[0]);
      default: return true;
    }
  }

  void look_at_result(Use use) {
    const NodeId root = tables_.root;
    const Type& type = types_[root];
    if (type.is(Tag::dyn)) return;
    const std::string found = type.is(Tag::null) ? "null" : concat('`', to_string(type), '`');
    switch (use) {
      case Use::when:
      case Use::reference:
      case Use::require:
        if (type.is(Tag::boolean)) return;
        return issue(root,
                     concat(use == Use::require ? "`require`" : "`when`", " has to be true or false; this is ", found),
                     condition_hint(type));
      case Use::range:
        if (type.is(Tag::list) || type.is(Tag::map) || type.is(Tag::record)) return;
        return issue(root, concat("`for` goes through a list or a map; this is ", found),
                     type.is(Tag::optional) ? "write `.orValue([])` after it, and say under `silence` why" : "");
      case Use::at:
        if (node(root).type == NodeType::constant) issue(root, "`at` names the field to point at, as in `asset.path`");
        return;
      case Use::shown:
        if (can_be_shown(type)) return;
        return issue(root, concat("a message cannot show ", found, " as a whole"), "name one of its fields");
      case Use::value: return;
    }
  }

  std::string condition_hint(const Type& type) const {
    const std::string text = inner(tables_.root);
    switch (type.tag()) {
      case Tag::string: return concat("compare it, as in `", text, " == \"…\"`");
      case Tag::list: return concat("write `size(", text, ") > 0`");
      case Tag::optional: return concat("write `", text, ".hasValue()`");
      case Tag::integer:
      case Tag::real: return concat("compare it, as in `", text, " > 0`");
      default: return {};
    }
  }

  const cel::Program& program_;
  const cel::ProgramTables& tables_;
  std::span<const Type> types_;
  std::string_view text_;
  const cel::Environment& environment_;
  std::vector<cel::Issue> issues_;
  std::vector<Span> own_;  // by node
};

}  // namespace

std::vector<cel::Issue> lint_expression(const cel::Program& program, std::span<const cel::Type> types, Use use,
                                        std::string_view text, const cel::Environment& environment) {
  return Linter(program, types, text, environment).run(use);
}

std::vector<std::size_t> unused_arguments(const cel::Program& program, std::size_t count) {
  const auto& nodes = program.tables().nodes;
  const std::uint32_t first = program.node(program.root()).a;
  std::vector<bool> used(count);
  for (const cel::Node& node : nodes) {
    if (node.type == NodeType::local && node.a >= first && node.a - first < count) used[node.a - first] = true;
  }
  std::vector<std::size_t> unused;
  for (std::size_t i = 0; i < count; ++i) {
    if (!used[i]) unused.push_back(i);
  }
  return unused;
}

}  // namespace scruple::policy
