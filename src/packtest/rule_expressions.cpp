#include "packtest/rule_expressions.h"

#include "base/strings.h"

#include <algorithm>

namespace scruple::packtest {

namespace {

using cel::Macro;
using cel::NodeId;
using cel::NodeType;

class ConditionFinder {
 public:
  ConditionFinder(const cel::Program& program, const cel::FunctionRegistry& functions)
      : program_(program), functions_(functions), seen_(program.tables().nodes.size()) {}

  std::vector<NodeId> find(bool is_condition) {
    visit(program_.root(), is_condition || is_test(program_.root()));
    return std::move(found_);
  }

 private:
  // `wanted`: true or false is needed here.
  void visit(NodeId id, bool wanted) {
    if (seen_[id]) return;
    seen_[id] = true;
    const cel::Node& node = program_.node(id);
    const auto children = program_.children(id);
    switch (node.type) {
      case NodeType::constant: return;
      case NodeType::logical_and:
      case NodeType::logical_or:
        for (const NodeId child : children) visit(child, true);
        return;
      case NodeType::conditional:
        visit(children[0], true);
        visit(children[1], wanted);
        visit(children[2], wanted);
        return;
      case NodeType::call:
        if (functions_.group(node.a).name == "!_") return visit(children[0], true);
        for (const NodeId child : children) visit(child, false);
        break;
      case NodeType::bind:
        for (const NodeId child : children.first(children.size() - 1)) visit(child, is_test(child));
        if ((node.flags & cel::node_definition) == 0) return visit(children.back(), wanted);
        visit(children.back(), is_test(children.back()));
        break;
      case NodeType::comprehension:
        visit(children[0], false);
        if (children.size() > 1) visit(children[1], has_predicate(node));
        if (children.size() > 2) visit(children[2], false);
        break;
      default:
        for (const NodeId child : children) visit(child, false);
        break;
    }
    if (wanted) found_.push_back(id);
  }

  static bool has_predicate(const cel::Node& node) {
    switch (static_cast<Macro>(node.a)) {
      case Macro::all:
      case Macro::exists:
      case Macro::exists_one:
      case Macro::filter:
      case Macro::where:
      case Macro::count:
      case Macro::map_filter: return true;
      case Macro::transform_list:
      case Macro::transform_map:
      case Macro::transform_map_entry: return node.child_count == 3;
      default: return false;
    }
  }

  // Whether the node gives true or false, whatever it is made of.
  bool is_test(NodeId id) const {
    const cel::Node& node = program_.node(id);
    const auto children = program_.children(id);
    switch (node.type) {
      case NodeType::logical_and:
      case NodeType::logical_or:
      case NodeType::has: return true;
      case NodeType::constant: return program_.tables().constants[node.a].kind == cel::Kind::boolean;
      case NodeType::conditional: return is_test(children[1]) && is_test(children[2]);
      case NodeType::bind: return is_test(children.back());
      case NodeType::comprehension:
        return node.a == static_cast<std::uint32_t>(Macro::all) ||
               node.a == static_cast<std::uint32_t>(Macro::exists) ||
               node.a == static_cast<std::uint32_t>(Macro::exists_one);
      case NodeType::call:
        return std::ranges::all_of(functions_.group(node.a).rows, [&](std::uint32_t row) {
          return functions_.row(row).result.tag() == cel::Type::Tag::boolean;
        });
      default: return false;
    }
  }

  const cel::Program& program_;
  const cel::FunctionRegistry& functions_;
  std::vector<bool> seen_;  // what a bound name stands for is reached in two ways
  std::vector<NodeId> found_;
};

}  // namespace

std::vector<RuleExpression> expressions_of(const policy::WrittenRule& written, const policy::CompiledRule& rule) {
  std::vector<RuleExpression> expressions;
  for (std::size_t i = 0; i < rule.generators.size(); ++i) {
    const policy::Text& text = written.generators[i];
    const auto begin = text.value.rfind(rule.generators[i].range.text);
    expressions.push_back({text, static_cast<std::uint32_t>(begin), rule.generators[i].range, false});
  }
  if (rule.when) expressions.push_back({written.when, 0, rule.when, true});
  for (std::size_t i = 0; i < rule.lets.size(); ++i)
    expressions.push_back({written.lets[i].value, 0, rule.lets[i].value, false});
  for (std::size_t i = 0; i < rule.requirements.size(); ++i)
    expressions.push_back({written.requirements[i].that, 0, rule.requirements[i].that, true});
  return expressions;
}

Written written_as(const policy::PolicyPack& pack, const policy::WrittenRule& rule, const RuleExpression& expression,
                   const cel::Node& node) {
  if (node.source == 0) {
    return {&expression.text,
            {expression.begin + node.begin, expression.begin + node.end},
            concat(pack.id.value, "/", rule.id.value),
            &rule.mutants};
  }
  const policy::WrittenDefinition& definition = pack.definitions[node.source - 1];
  return {
      &definition.is, {node.begin, node.end}, concat("definition `", definition.name.value, "`"), &definition.mutants};
}

bool is_about(const policy::WrittenMutant& reason, std::string_view change) {
  return without_breaks(reason.change.value) == change;
}

bool is_justified(const std::vector<policy::WrittenMutant>& reasons, std::string_view change) {
  return std::ranges::any_of(reasons, [&](const policy::WrittenMutant& reason) { return is_about(reason, change); });
}

std::string without_breaks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string plain(const policy::Text& text, Span span) {
  return without_breaks(text.value.substr(span.begin, span.end - span.begin));
}

std::vector<cel::NodeId> conditions(const cel::Program& program, const cel::FunctionRegistry& functions,
                                    bool is_condition) {
  return ConditionFinder(program, functions).find(is_condition);
}

}  // namespace scruple::packtest
