#include "cel/planner.h"

#include "base/strings.h"
#include "base/suggest.h"
#include "cel/macro.h"
#include "cel/name_scope.h"
#include "cel/parser.h"
#include "cel/program_state.h"
#include "cel/regular_expression.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace scruple::cel {

// Local values have an index each, never shared: what a bound name stands for is evaluated where the name is first
// used, while all locals between its binding and that place are live.
class Planner {
  static constexpr std::size_t most_issues = 100;

 public:
  Planner(const Environment& environment, std::vector<Issue>& issues)
      : environment_(environment), issues_(issues), scope_(environment), state_(std::make_unique<Program::State>()) {}

  std::optional<Program> run(const Ast& ast, std::uint32_t source) {
    text_ = {&ast, source, UINT32_MAX};
    const NodeId root = plan(ast.root);
    if (too_large_) return std::nullopt;
    ProgramTables& tables = state_->tables;
    tables.nodes = state_->nodes;
    tables.children = state_->children;
    tables.words = state_->words;
    tables.constants = state_->constants;
    tables.texts = state_->texts;
    tables.root = root;
    tables.local_count = local_count_;
    tables.cache_count = cache_count_;
    tables.levels = levels_[root];
    return Program(std::move(state_));
  }

 private:
  // The text that is being planned: the expression, or a definition's body.
  struct Text {
    const Ast* ast = nullptr;
    std::uint32_t source = 0;
    std::uint32_t visible_slots = UINT32_MAX;
  };

  // A macro's variable, a bound name, an argument.
  struct Local {
    std::string_view name;
    std::uint32_t index = 0;
    NodeId init = 0;
    bool lazy = false;
  };

  struct TextRange {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
  };

  const Expression& expression(ExpressionId id) const { return (*text_.ast)[id]; }

  // --- issues

  // A text that is wrong everywhere is told so often enough; each further issue would be compared with all others.
  bool has_enough_issues() const { return issues_.size() >= most_issues; }

  void issue(Span span, std::string message, std::string hint = {}) {
    ++mistakes_;
    if (has_enough_issues()) return;
    // A definition's body is planned once for each call.
    const bool known = std::any_of(issues_.begin(), issues_.end(), [&](const Issue& other) {
      return other.source == text_.source && other.span == span && other.message == message;
    });
    if (!known) issues_.push_back({text_.source, span, std::move(message), std::move(hint)});
  }

  // --- nodes

  Node node(NodeType type, const Expression& from, std::uint32_t a = 0, std::uint32_t b = 0) const {
    Node made;
    made.type = type;
    made.source = text_.source;
    made.begin = from.span.begin;
    made.end = from.span.end;
    made.a = a;
    made.b = b;
    return made;
  }

  NodeId add(Node made, std::span<const NodeId> children = {}) {
    std::uint32_t levels = 1;
    for (const NodeId child : children) levels = std::max(levels, levels_[child] + 1);
    if (made.type == NodeType::local && made.b != 0) levels = levels_[made.b - 1] + 1;
    if (levels > most_levels()) too_deep({made.begin, made.end});
    if (state_->nodes.size() >= environment_.limits.nodes) {
      too_large({made.begin, made.end}, concat("the expression has more than ", environment_.limits.nodes,
                                               " parts once its definitions are expanded"));
    }
    made.first_child = static_cast<std::uint32_t>(state_->children.size());
    made.child_count = static_cast<std::uint32_t>(children.size());
    state_->children.insert(state_->children.end(), children.begin(), children.end());
    state_->nodes.push_back(made);
    levels_.push_back(levels);
    return static_cast<NodeId>(state_->nodes.size() - 1);
  }

  std::uint32_t most_levels() const {
    return static_cast<std::uint32_t>(std::min<std::size_t>(4 * environment_.limits.nesting, Evaluation::most_levels));
  }

  void too_deep(Span span) {
    too_large(span, concat("the expression is nested more than ", most_levels(),
                           " levels deep once its definitions are expanded"));
  }

  void too_large(Span span, std::string message) {
    if (!too_large_) issue(span, std::move(message));
    too_large_ = true;
  }

  // Stands in for what has an issue: of no type, so that the checker sees no second one in it.
  NodeId nothing(const Expression& from) { return unknown(UnknownName::variable, from, {}); }

  TextRange text(std::string_view bytes) {
    const auto [known, is_new] = texts_.try_emplace(std::string(bytes));
    if (is_new) {
      known->second = {static_cast<std::uint32_t>(state_->texts.size()), static_cast<std::uint32_t>(bytes.size())};
      state_->texts += bytes;
    }
    return known->second;
  }

  std::uint32_t constant(Constant value) {
    state_->constants.push_back(value);
    return static_cast<std::uint32_t>(state_->constants.size() - 1);
  }

  std::uint32_t text_constant(Kind kind, std::string_view bytes) {
    const TextRange range = text(bytes);
    return constant({kind, range.offset, range.length});
  }

  NodeId named(NodeType type, const Expression& from, std::string_view name, std::span<const NodeId> children) {
    const TextRange range = text(name);
    return add(node(type, from, range.offset, range.length), children);
  }

  std::vector<NodeId> plan_all(std::span<const ExpressionId> ids) {
    std::vector<NodeId> planned;
    planned.reserve(ids.size());
    for (const ExpressionId id : ids) planned.push_back(plan(id));
    return planned;
  }

  NodeId plan_simple(NodeType type, const Expression& from, std::uint32_t a = 0) {
    const std::vector<NodeId> children = plan_all(from.children);
    return add(node(type, from, a), children);
  }

  // --- expressions

  NodeId plan(ExpressionId id) {
    const Expression& from = expression(id);
    // Definitions in definitions nest deeper than any one text: this recursion needs a bound of its own.
    if (depth_ >= most_levels()) too_deep(from.span);
    if (too_large_) return nothing_at_all();
    ++depth_;
    const NodeId planned = plan_one(id, from);
    --depth_;
    return planned;
  }

  NodeId plan_one(ExpressionId id, const Expression& from) {
    switch (from.type) {
      case ExpressionType::literal: return plan_literal(from);
      case ExpressionType::name: return plan_path(id);
      case ExpressionType::select: return plan_path(id);
      case ExpressionType::optional_select:
        return named(NodeType::optional_select, from, from.name, plan_all(from.children));
      case ExpressionType::has: return named(NodeType::has, from, from.name, plan_all(from.children));
      case ExpressionType::index: return plan_simple(NodeType::index, from);
      case ExpressionType::optional_index: return plan_simple(NodeType::optional_index, from);
      case ExpressionType::call: return plan_call(from);
      case ExpressionType::receiver_call: return plan_receiver_call(from);
      case ExpressionType::logical_and: return plan_simple(NodeType::logical_and, from);
      case ExpressionType::logical_or: return plan_simple(NodeType::logical_or, from);
      case ExpressionType::conditional: return plan_simple(NodeType::conditional, from);
      case ExpressionType::list:
      case ExpressionType::map: return plan_container(from);
      case ExpressionType::message: return plan_message(from);
      case ExpressionType::macro: return plan_macro(from);
      case ExpressionType::bind: return plan_bind(from);
    }
    return nothing(from);
  }

  // Once a limit is passed nothing more is added; any node will do.
  NodeId nothing_at_all() {
    if (state_->nodes.empty()) add({});
    return 0;
  }

  NodeId plan_literal(const Expression& from) {
    const Literal& literal = from.literal;
    const bool is_text = literal.kind == Kind::string || literal.kind == Kind::bytes;
    return add(node(NodeType::constant, from,
                    is_text ? text_constant(literal.kind, literal.text) : constant({literal.kind, literal.bits, 0})));
  }

  const Local* find_local(std::string_view name) const {
    for (std::size_t i = locals_.size(); i > locals_begin_; --i) {
      if (locals_[i - 1].name == name) return &locals_[i - 1];
    }
    return nullptr;
  }

  // A chain of selections on a name: `a.b.c`, outermost last. Empty if there is something else below.
  std::vector<ExpressionId> path(ExpressionId id) const {
    std::vector<ExpressionId> steps;
    for (;;) {
      const Expression& step = expression(id);
      const bool is_name = step.type == ExpressionType::name;
      if (!is_name && (step.type != ExpressionType::select || step.quoted)) return {};
      steps.push_back(id);
      if (is_name) break;
      id = step.children.front();
    }
    std::reverse(steps.begin(), steps.end());
    return steps;
  }

  std::string qualified_name(std::span<const ExpressionId> steps) const {
    std::string name;
    for (const ExpressionId step : steps) {
      if (!name.empty()) name += '.';
      name += expression(step).name;
    }
    return name;
  }

  // A name, or selections on one: the longest prefix that names something wins.
  NodeId plan_path(ExpressionId id) {
    const Expression& from = expression(id);
    const std::vector<ExpressionId> steps = path(id);
    if (steps.empty()) return plan_select(from, plan(from.children.front()));

    const Expression& root = expression(steps.front());
    if (const Local* local = root.absolute ? nullptr : find_local(root.name)) {
      const NodeId operand = add(node(NodeType::local, root, local->index, local->lazy ? local->init + 1 : 0));
      return plan_selects(std::span(steps).subspan(1), operand);
    }
    for (std::size_t length = steps.size(); length > 0; --length) {
      const std::span<const ExpressionId> prefix(steps.data(), length);
      const auto found = scope_.find_value(qualified_name(prefix), root.absolute, text_.visible_slots);
      if (!found) continue;
      const Expression& at = expression(prefix.back());
      const NodeId operand = found->variable != nullptr
                                 ? add(node(NodeType::variable, at, found->variable->slot))
                                 : add(node(NodeType::constant, at, text_constant(Kind::type, found->type)));
      return plan_selects(std::span(steps).subspan(length), operand);
    }
    return plan_selects(std::span(steps).subspan(1), unknown_variable(root));
  }

  NodeId plan_selects(std::span<const ExpressionId> steps, NodeId operand) {
    for (const ExpressionId step : steps) operand = plan_select(expression(step), operand);
    return operand;
  }

  NodeId plan_select(const Expression& from, NodeId operand) {
    return named(NodeType::select, from, from.name, std::span(&operand, 1));
  }

  NodeId unknown(UnknownName what, const Expression& from, std::string_view name) {
    const TextRange range = text(name);
    Node made = node(NodeType::unknown_name, from, range.offset, range.length);
    made.flags = static_cast<std::uint8_t>(what);
    return add(made);
  }

  NodeId unknown_variable(const Expression& root) {
    if (!environment_.names_checked) return unknown(UnknownName::variable, root, root.name);
    if (has_enough_issues()) return nothing(root);
    std::vector<std::string_view> names = scope_.value_names(text_.visible_slots);
    for (std::size_t i = locals_begin_; i < locals_.size(); ++i) names.push_back(locals_[i].name);
    std::string hint = did_you_mean(root.name, names);
    if (scope_.find_function(root.name, root.absolute)) {
      hint = concat("`", root.name, "` is a function: call it as ", root.name, "(…)");
    }
    issue(root.name_span, concat("unknown name `", root.name, "`"), std::move(hint));
    return nothing(root);
  }

  // --- calls

  NodeId plan_call(const Expression& from) {
    const auto callable = scope_.find_function(from.name, from.absolute);
    if (!callable) return unknown_function(from, from.name, Style::global);
    return plan_callable(from, *callable, from.name, from.children);
  }

  NodeId plan_receiver_call(const Expression& from) {
    const std::span<const ExpressionId> children = from.children;
    // `math.ceil(x)` is a function's qualified name, if there is one.
    if (const std::vector<ExpressionId> steps = path(children.front()); !steps.empty()) {
      const std::string name = concat(qualified_name(steps), '.', from.name);
      const auto callable = scope_.find_function(name, expression(steps.front()).absolute);
      if (callable) return plan_callable(from, *callable, name, children.subspan(1));
    }
    if (children.size() == 2 && (from.name == "or" || from.name == "orValue")) {
      return plan_simple(from.name == "or" ? NodeType::optional_or : NodeType::optional_or_value, from);
    }
    const auto group = environment_.functions->find_group(from.name, Style::receiver);
    if (!group) return unknown_function(from, from.name, Style::receiver);
    return plan_group(from, *group, children);
  }

  NodeId plan_callable(const Expression& from, const NameScope::Callable& callable, std::string_view name,
                       std::span<const ExpressionId> arguments) {
    if (callable.definition != nullptr) return plan_definition(from, *callable.definition, name, arguments);
    return plan_group(from, callable.group, arguments);
  }

  NodeId plan_group(const Expression& from, std::uint32_t group, std::span<const ExpressionId> arguments) {
    const std::size_t mistakes_before = mistakes_;
    check_count(from, group, arguments.size());
    const std::vector<NodeId> children = plan_all(arguments);
    Node made = node(NodeType::call, from, group);
    if (mistakes_ == mistakes_before && !too_large_) made.b = has_constant_pattern(group, children) ? 1 : 0;
    return add(made, children);
  }

  // What is wrong with a call whatever its arguments are.
  void check_count(const Expression& from, std::uint32_t group_index, std::size_t given) {
    if (!environment_.names_checked) return;
    const FunctionRegistry::Group& group = environment_.functions->group(group_index);
    const std::size_t receiver = group.style == Style::receiver ? 1 : 0;
    std::vector<std::size_t> counts;
    for (const std::uint32_t index : group.rows) {
      const FunctionRow& row = environment_.functions->row(index);
      const std::size_t declared = row.parameters.size();
      if (given == declared || (row.variadic && given > declared)) return;
      counts.push_back(declared - receiver);
    }
    std::sort(counts.begin(), counts.end());
    counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
    std::string wanted;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (i > 0) wanted += i + 1 == counts.size() ? " or " : ", ";
      wanted += i + 1 == counts.size() ? plural(counts[i], "argument") : std::to_string(counts[i]);
    }
    issue(from.name_span, concat("`", group.name, "` takes ", wanted, ", not ", given - receiver));
  }

  // A constant pattern is checked here.
  bool has_constant_pattern(std::uint32_t group, std::span<const NodeId> arguments) {
    for (const std::uint32_t index : environment_.functions->group(group).rows) {
      const std::int8_t pattern = environment_.functions->row(index).pattern;
      if (pattern < 0 || static_cast<std::size_t>(pattern) >= arguments.size()) continue;
      const Node& argument = state_->nodes[arguments[static_cast<std::size_t>(pattern)]];
      if (argument.type != NodeType::constant) return false;
      const Constant& value = state_->constants[argument.a];
      if (value.kind != Kind::string) return false;
      if (environment_.names_checked) check_pattern(argument, value);
      return true;
    }
    return false;
  }

  void check_pattern(const Node& argument, const Constant& value) {
    const RegularExpression pattern(std::string_view(state_->texts).substr(value.bits, value.length));
    if (!pattern.valid()) {
      issue({argument.begin, argument.end}, concat("this is no regular expression: ", visible(pattern.error())),
            "the syntax is that of RE2");
    }
  }

  NodeId unknown_function(const Expression& from, std::string_view name, Style style) {
    if (!environment_.names_checked) return unknown(UnknownName::function, from, name);
    if (has_enough_issues()) return nothing(from);
    const Style other = style == Style::global ? Style::receiver : Style::global;
    bool is_macro = false;
    const bool in_other_style = other == Style::global ? scope_.find_function(name, false).has_value()
                                                       : environment_.functions->find_group(name, other).has_value();
    if (in_other_style && other == Style::receiver) {
      issue(from.name_span, concat("`", name, "` is called on a value: `x.", name, "(…)`"));
    } else if (in_other_style) {
      issue(from.name_span, concat("`", name, "` is not called on a value: `", name, "(x)`"));
    } else if (const std::string_view usage = macro_usage(name); !usage.empty()) {
      issue(from.name_span, concat("`", name, "` is written ", usage));
      is_macro = true;
    } else {
      std::vector<std::string_view> names = scope_.function_names(style);
      if (style == Style::receiver) {
        for (const MacroRow& row : macros()) names.push_back(row.name);
        names.insert(names.end(), {"or", "orValue"});
      } else {
        names.push_back("has");
      }
      issue(from.name_span, concat("unknown function `", name, "`"), did_you_mean(name, names));
      is_macro = style == Style::receiver && !macro_usage(nearest(name, names)).empty();
    }
    // The arguments have mistakes of their own; those of a macro that was meant have its variables too. The receiver
    // may be the namespace of a function that was meant.
    const bool skip_receiver =
        style == Style::receiver && expression(from.children.front()).type == ExpressionType::name;
    const std::size_t first = skip_receiver ? 1 : 0;
    const std::size_t count = is_macro ? std::size_t{style == Style::receiver} : from.children.size();
    if (count > first) plan_all(std::span(from.children).subspan(first, count - first));
    return nothing(from);
  }

  NodeId plan_message(const Expression& from) {
    if (!environment_.names_checked) return unknown(UnknownName::type, from, from.name);
    issue(from.name_span, concat("unknown type `", from.name, "`"), "a map is written {\"key\": value}");
    return nothing(from);
  }

  // --- definitions

  const Ast* body_of(const Definition& definition) {
    auto [known, is_new] = bodies_.try_emplace(&definition);
    if (is_new) {
      std::vector<Issue> problems;
      known->second = parse(definition.body, environment_.limits.nesting, problems);
      for (Issue& problem : problems) {
        ++mistakes_;
        problem.source = definition.source;
        issues_.push_back(std::move(problem));
      }
    }
    return known->second ? &*known->second : nullptr;
  }

  NodeId plan_definition(const Expression& from, const Definition& definition, std::string_view name,
                         std::span<const ExpressionId> arguments) {
    if (arguments.size() != definition.parameters.size()) {
      issue(from.name_span, concat("`", name, "` takes ", plural(definition.parameters.size(), "argument"), ", not ",
                                   arguments.size()));
      return nothing(from);
    }
    if (std::find(expanding_.begin(), expanding_.end(), &definition) != expanding_.end()) {
      std::string circle;
      for (auto step = std::find(expanding_.begin(), expanding_.end(), &definition); step != expanding_.end(); ++step) {
        circle += concat("`", (*step)->name, "` calls ");
      }
      issue(from.name_span, concat("a definition cannot call itself: ", circle, "`", name, "`"));
      return nothing(from);
    }
    std::vector<NodeId> children = plan_all(arguments);
    const Ast* body = body_of(definition);
    if (body == nullptr || too_large_) return nothing(from);

    Node made = node(NodeType::bind, from, local_count_);
    made.flags = node_definition;
    // The body sees its parameters and what every definition sees, nothing of its caller.
    const Text caller = std::exchange(text_, {body, definition.source, environment_.definition_visible_slots});
    const std::size_t caller_locals_begin = std::exchange(locals_begin_, locals_.size());
    for (std::size_t i = 0; i < children.size(); ++i) {
      locals_.push_back({definition.parameters[i].name, local_count_++, children[i], true});
    }
    expanding_.push_back(&definition);
    children.push_back(plan(body->root));
    expanding_.pop_back();
    locals_.resize(locals_begin_);
    locals_begin_ = caller_locals_begin;
    text_ = caller;
    return add(made, children);
  }

  // --- macros and literals

  NodeId plan_bind(const Expression& from) {
    const NodeId init = plan(from.children[0]);
    const Node made = node(NodeType::bind, from, local_count_);
    locals_.push_back({from.name, local_count_++, init, true});
    const NodeId body = plan(from.children[1]);
    locals_.pop_back();
    return add(made, std::vector<NodeId>{init, body});
  }

  NodeId plan_macro(const Expression& from) {
    std::vector<NodeId> children = {plan(from.children.front())};
    Node made = node(NodeType::comprehension, from, static_cast<std::uint32_t>(from.macro), local_count_);
    const std::size_t locals_before = locals_.size();
    locals_.push_back({from.name, local_count_++, 0, false});
    if (!from.second_name.empty()) {
      made.flags = node_two_variables;
      locals_.push_back({from.second_name, local_count_++, 0, false});
    }
    for (std::size_t i = 1; i < from.children.size(); ++i) children.push_back(plan(from.children[i]));
    locals_.resize(locals_before);
    return add(made, children);
  }

  bool is_constant(NodeId id) const {
    const Node& child = state_->nodes[id];
    return child.type == NodeType::constant ||
           ((child.type == NodeType::list || child.type == NodeType::map) && child.a != 0);
  }

  NodeId plan_container(const Expression& from) {
    const std::vector<NodeId> children = plan_all(from.children);
    Node made = node(from.type == ExpressionType::list ? NodeType::list : NodeType::map, from);
    const bool has_optional = std::find(from.optional.begin(), from.optional.end(), true) != from.optional.end();
    if (has_optional) {
      made.b = static_cast<std::uint32_t>(state_->words.size()) + 1;
      state_->words.resize(state_->words.size() + (from.optional.size() + 31) / 32);
      for (std::size_t i = 0; i < from.optional.size(); ++i) {
        if (from.optional[i]) state_->words[made.b - 1 + i / 32] |= 1u << (i % 32);
      }
    } else if (!too_large_ &&
               std::all_of(children.begin(), children.end(), [&](NodeId child) { return is_constant(child); })) {
      made.a = ++cache_count_;
    }
    return add(made, children);
  }

  const Environment& environment_;
  std::vector<Issue>& issues_;
  NameScope scope_;
  std::unique_ptr<Program::State> state_;
  std::vector<std::uint32_t> levels_;  // by node
  std::map<std::string, TextRange> texts_;

  Text text_;
  std::vector<Local> locals_;
  std::size_t locals_begin_ = 0;  // those before are a caller's
  std::vector<const Definition*> expanding_;
  std::map<const Definition*, std::optional<Ast>> bodies_;
  std::uint32_t local_count_ = 0;
  std::uint32_t cache_count_ = 0;
  std::size_t mistakes_ = 0;
  std::uint32_t depth_ = 0;  // of plan()
  bool too_large_ = false;
};

std::optional<Program> plan(const Ast& ast, const Environment& environment, std::uint32_t source,
                            std::vector<Issue>& issues) {
  return Planner(environment, issues).run(ast, source);
}

}  // namespace scruple::cel
