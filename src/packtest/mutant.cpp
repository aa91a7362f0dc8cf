#include "packtest/mutant.h"

#include "base/strings.h"
#include "packtest/rule_expressions.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <utility>

namespace scruple::packtest {

namespace {

using cel::NodeId;
using cel::NodeType;

// An operator as it is called, and as it is written.
struct Operator {
  std::string_view name;
  std::string_view sign;
  std::string_view other;  // what it is changed to
};

constexpr std::array<Operator, 9> operators = {{{"_<_", "<", "_<=_"},
                                                {"_<=_", "<=", "_<_"},
                                                {"_>_", ">", "_>=_"},
                                                {"_>=_", ">=", "_>_"},
                                                {"_==_", "==", "_!=_"},
                                                {"_!=_", "!=", "_==_"},
                                                {"_+_", "+", "_-_"},
                                                {"_-_", "-", "_+_"},
                                                {"_*_", "*", "_+_"}}};

const Operator* find_operator(std::string_view name) {
  const auto found = std::ranges::find(operators, name, &Operator::name);
  return found == operators.end() ? nullptr : &*found;
}

// What a text is changed to, as it is written.
constexpr std::string_view other_text = "\"~\"";

// The longest side of an operator that is shown in full.
constexpr std::size_t most_shown = 60;

// The end of a long text, or its beginning, at a character's boundary.
std::string tail(std::string_view text) {
  const std::string whole = without_breaks(text);
  if (whole.size() <= most_shown) return whole;
  std::size_t at = whole.size() - most_shown;
  while (at < whole.size() && (static_cast<unsigned char>(whole[at]) & 0xC0) == 0x80) ++at;
  return concat("…", whole.substr(at));
}
std::string head(std::string_view text) {
  const std::string whole = without_breaks(text);
  if (whole.size() <= most_shown) return whole;
  std::size_t at = most_shown;
  while (at > 0 && (static_cast<unsigned char>(whole[at]) & 0xC0) == 0x80) --at;
  return concat(whole.substr(0, at), "…");
}

class MutantFinder {
 public:
  MutantFinder(const cel::Program& program, const cel::FunctionRegistry& functions,
               const std::vector<std::string_view>& texts)
      : program_(program), functions_(functions), texts_(texts), seen_(program.tables().nodes.size()) {}

  std::vector<Mutant> find() {
    visit(program_.root(), std::nullopt);
    return std::move(found_);
  }

 private:
  std::string_view text(const cel::Node& node) const {
    return texts_[node.source].substr(node.begin, node.end - node.begin);
  }

  void add(NodeId id, Change change, Span mark, std::string before, std::string after, std::string_view name = {},
           bool value = false) {
    const cel::Node& node = program_.node(id);
    Mutant mutant{change, node.type, node.source,       {node.begin, node.end}, mark,
                  name,   value,     std::move(before), std::move(after)};
    found_.push_back(std::move(mutant));
  }

  void visit(NodeId id, std::optional<NodeId> parent) {
    if (seen_[id]) return;
    seen_[id] = true;
    const cel::Node& node = program_.node(id);
    switch (node.type) {
      case NodeType::constant: constant(id, node, parent); break;
      case NodeType::logical_and:
      case NodeType::logical_or: logic(id, node); break;
      case NodeType::conditional: conditional(id, node); break;
      case NodeType::call: call(id, node); break;
      case NodeType::has: negation(id, node); break;
      case NodeType::comprehension: quantifier(id, node); break;
      default: break;
    }
    for (const NodeId child : program_.children(id)) visit(child, id);
  }

  Span whole(const cel::Node& node) const { return {node.begin, node.end}; }

  // Where an operator stands between two of its operands.
  Span sign_between(const cel::Node& left, const cel::Node& right, std::string_view sign) const {
    const std::string_view all = texts_[left.source];
    const auto at = all.find(sign, left.end);
    if (at == std::string_view::npos || at >= right.begin) return {left.end, right.begin};
    return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + sign.size())};
  }

  void call(NodeId id, const cel::Node& node) {
    const std::string_view name = functions_.group(node.a).name;
    const auto children = program_.children(id);
    if (name == "!_") {
      add(id, Change::unwrap, {node.begin, node.begin + 1}, head(text(node)), head(text(program_.node(children[0]))));
      return;
    }
    const Operator* written = find_operator(name);
    if (written != nullptr && children.size() == 2) {
      const cel::Node& left = program_.node(children[0]);
      const cel::Node& right = program_.node(children[1]);
      const Span mark = sign_between(left, right, written->sign);
      const std::string_view all = texts_[node.source];
      const std::string before_sign = tail(all.substr(node.begin, mark.begin - node.begin));
      const std::string after_sign = head(all.substr(mark.end, node.end - mark.end));
      add(id, Change::call, mark, concat(before_sign, ' ', written->sign, ' ', after_sign),
          concat(before_sign, ' ', find_operator(written->other)->sign, ' ', after_sign), written->other);
      return;
    }
    if (std::ranges::all_of(functions_.group(node.a).rows, [&](std::uint32_t row) {
          return functions_.row(row).result.tag() == cel::Type::Tag::boolean;
        })) {
      negation(id, node);
    }
  }

  void negation(NodeId id, const cel::Node& node) {
    const std::string before = head(text(node));
    add(id, Change::negate, whole(node), before, concat("!(", before, ")"));
  }

  void logic(NodeId id, const cel::Node& node) {
    const bool is_and = node.type == NodeType::logical_and;
    const auto children = program_.children(id);
    const cel::Node& first = program_.node(children[0]);
    const cel::Node& second = program_.node(children[1]);
    const std::string_view sign = is_and ? "&&" : "||";
    const std::string left = tail(text(first));
    const std::string right = head(text(second));
    add(id, Change::logic, sign_between(first, second, sign), concat(left, ' ', sign, ' ', right),
        concat(left, is_and ? " || " : " && ", right));
    for (const NodeId child : children) {
      const cel::Node& part = program_.node(child);
      if (part.type == NodeType::constant) continue;
      add(child, Change::drop, whole(part), head(text(part)), is_and ? "true" : "false", {}, is_and);
    }
  }

  void conditional(NodeId id, const cel::Node& node) {
    const auto children = program_.children(id);
    add(id, Change::yes, whole(node), head(text(node)), head(text(program_.node(children[1]))));
    add(id, Change::no, whole(node), head(text(node)), head(text(program_.node(children[2]))));
  }

  void quantifier(NodeId id, const cel::Node& node) {
    const auto macro = static_cast<cel::Macro>(node.a);
    if (macro != cel::Macro::all && macro != cel::Macro::exists && macro != cel::Macro::exists_one) return;
    const std::string_view from = macro == cel::Macro::all      ? ".all("
                                  : macro == cel::Macro::exists ? ".exists("
                                                                : ".exists_one(";
    const std::string_view to = macro == cel::Macro::exists ? ".all(" : ".exists(";
    const std::string_view all = texts_[node.source];
    const std::uint32_t range_end = program_.node(program_.children(id)[0]).end;
    const auto dot = all.find('.', range_end);
    if (dot == std::string_view::npos || dot >= node.end) return;
    const std::string range = tail(all.substr(node.begin, dot - node.begin));
    const auto open = all.find('(', dot);
    const std::string rest = head(all.substr(open + 1, node.end - open - 1));
    add(id, Change::quantifier, {static_cast<std::uint32_t>(dot + 1), static_cast<std::uint32_t>(open)},
        concat(range, from, rest), concat(range, to, rest));
  }

  void constant(NodeId id, const cel::Node& node, std::optional<NodeId> parent) {
    const cel::Constant& value = program_.tables().constants[node.a];
    std::string changed;
    switch (value.kind) {
      case cel::Kind::boolean: changed = value.bits != 0 ? "false" : "true"; break;
      case cel::Kind::integer: changed = std::to_string(static_cast<std::int64_t>(value.bits + 1)); break;
      case cel::Kind::unsigned_integer: changed = concat(value.bits + 1, 'u'); break;
      case cel::Kind::real: changed = concat(text(node), " + 1.0"); break;
      case cel::Kind::string:
        // `x.?y.orValue("")`: one text that is never there is as good as another.
        if (value.length == 0 && parent && program_.node(*parent).type == NodeType::optional_or_value) return;
        changed = other_text;
        break;
      default: return;
    }
    std::string before(text(node));
    // A constant alone says little: what stands around it is shown as well, where that is short.
    if (parent) {
      const cel::Node& around = program_.node(*parent);
      const bool in_list = around.type == NodeType::list || around.type == NodeType::map;
      const bool same_text = around.source == node.source && around.begin <= node.begin && node.end <= around.end;
      if (!in_list && same_text && around.end - around.begin <= most_shown) {
        const std::string_view outer = text(around);
        changed = without_breaks(
            concat(outer.substr(0, node.begin - around.begin), changed, outer.substr(node.end - around.begin)));
        before = without_breaks(outer);
      }
    }
    add(id, Change::constant, whole(node), std::move(before), std::move(changed));
  }

  const cel::Program& program_;
  const cel::FunctionRegistry& functions_;
  const std::vector<std::string_view>& texts_;
  std::vector<bool> seen_;
  std::vector<Mutant> found_;
};

// A program's tables, to be changed.
struct Draft {
  std::vector<cel::Node> nodes;
  std::vector<NodeId> children;
  std::vector<cel::Constant> constants;
  std::string texts;

  explicit Draft(const cel::ProgramTables& tables)
      : nodes(tables.nodes.begin(), tables.nodes.end()),
        children(tables.children.begin(), tables.children.end()),
        constants(tables.constants.begin(), tables.constants.end()),
        texts(tables.texts) {}

  void become_constant(cel::Node& node, cel::Constant value) {
    node.type = NodeType::constant;
    node.flags = 0;
    node.first_child = 0;
    node.child_count = 0;
    node.a = static_cast<std::uint32_t>(constants.size());
    node.b = 0;
    constants.push_back(value);
  }
};

cel::Constant another(const cel::Constant& constant, std::string& texts) {
  cel::Constant changed = constant;
  switch (constant.kind) {
    case cel::Kind::boolean: changed.bits = constant.bits == 0 ? 1 : 0; break;
    case cel::Kind::real: changed.bits = std::bit_cast<std::uint64_t>(std::bit_cast<double>(constant.bits) + 1); break;
    case cel::Kind::string:
      changed.bits = texts.size();
      changed.length = 1;
      texts += '~';
      break;
    default: changed.bits = constant.bits + 1; break;
  }
  return changed;
}

void change_node(Draft& draft, NodeId id, const Mutant& mutant, const cel::FunctionRegistry& functions) {
  const cel::Node old = draft.nodes[id];
  const auto child = [&](std::uint32_t i) { return draft.nodes[draft.children[old.first_child + i]]; };
  cel::Node& node = draft.nodes[id];
  switch (mutant.change) {
    case Change::call: node.a = *functions.find_group(mutant.name, cel::Style::global); break;
    case Change::logic:
      node.type = old.type == NodeType::logical_and ? NodeType::logical_or : NodeType::logical_and;
      break;
    case Change::drop: draft.become_constant(node, {cel::Kind::boolean, mutant.value ? 1u : 0u, 0}); break;
    case Change::negate:
      node.type = NodeType::call;
      node.flags = 0;
      node.a = *functions.find_group("!_", cel::Style::global);
      node.b = 0;
      node.first_child = static_cast<std::uint32_t>(draft.children.size());
      node.child_count = 1;
      draft.children.push_back(static_cast<NodeId>(draft.nodes.size()));
      draft.nodes.push_back(old);
      break;
    case Change::unwrap: node = child(0); break;
    case Change::yes: node = child(1); break;
    case Change::no: node = child(2); break;
    case Change::quantifier: {
      const bool exists = old.a == static_cast<std::uint32_t>(cel::Macro::exists);
      node.a = static_cast<std::uint32_t>(exists ? cel::Macro::all : cel::Macro::exists);
      break;
    }
    case Change::constant: draft.become_constant(node, another(draft.constants[old.a], draft.texts)); break;
  }
}

}  // namespace

std::vector<Mutant> find_mutants(const cel::Program& program, const cel::FunctionRegistry& functions,
                                 const std::vector<std::string_view>& texts) {
  return MutantFinder(program, functions, texts).find();
}

bool is_about(const Mutant& mutant, std::uint32_t source, const cel::Node& node) {
  return node.type == mutant.type && node.source == source && Span{node.begin, node.end} == mutant.span;
}

cel::ProgramTables apply(const Mutant& mutant, const cel::ProgramTables& tables, const cel::FunctionRegistry& functions,
                         policy::TableStorage& storage) {
  Draft draft(tables);
  bool changed = false;
  for (NodeId id = 0; id < tables.nodes.size(); ++id) {
    if (!is_about(mutant, mutant.source, tables.nodes[id])) continue;
    change_node(draft, id, mutant, functions);
    changed = true;
  }
  if (!changed) return tables;
  cel::ProgramTables mutated = tables;
  mutated.nodes = storage.keep(std::move(draft.nodes));
  mutated.children = storage.keep(std::move(draft.children));
  mutated.constants = storage.keep(std::move(draft.constants));
  mutated.texts = storage.keep(std::move(draft.texts));
  ++mutated.levels;
  return mutated;
}

}  // namespace scruple::packtest
