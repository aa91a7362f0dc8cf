#include "lint/parts.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple::linting {

namespace {

using cel::Node;
using cel::NodeId;
using cel::NodeType;
using cel::Program;

// Texts of arguments inside of arguments; definitions nest no deeper in practice.
constexpr int deepest_argument = 8;

bool is_named(const Node& node) { return node.type == NodeType::local && node.b != 0; }

// A parameter stands in the text of its definition, its argument in the text of the caller.
bool is_parameter(const Program& program, NodeId id) {
  const Node& node = program.node(id);
  return is_named(node) && program.node_source(node.b - 1) != node.source;
}

bool has_name(NodeType type) {
  return type == NodeType::select || type == NodeType::has || type == NodeType::optional_select ||
         type == NodeType::unknown_name;
}

bool same_constant(const Program& first, const Node& a, const Program& second, const Node& b) {
  const cel::Constant& x = first.tables().constants[a.a];
  const cel::Constant& y = second.tables().constants[b.a];
  if (x.kind != y.kind) return false;
  const bool is_text = x.kind == cel::Kind::string || x.kind == cel::Kind::bytes || x.kind == cel::Kind::type;
  if (!is_text) return x.bits == y.bits;
  return first.tables().texts.substr(x.bits, x.length) == second.tables().texts.substr(y.bits, y.length);
}

struct Replacement {
  Span span;
  NodeId argument;
};

// The parameters in the text of a node, in the order of the text.
void find_parameters(const Program& program, NodeId id, std::uint32_t source, std::vector<Replacement>& out) {
  const Node& node = program.node(id);
  if (node.source != source) return;
  if (is_parameter(program, id)) {
    out.push_back({program.node_span(id), node.b - 1});
    return;
  }
  for (const NodeId child : program.children(id)) find_parameters(program, child, source, out);
}

void append_folded(std::string& out, std::string_view text, std::size_t limit) {
  for (const char c : text) {
    if (out.size() >= limit) return;
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
}

void append_text(std::string& out, const Part& part, NodeId id, std::size_t limit, int depth) {
  const Program& program = part.program;
  id = resolved(program, id);
  const Node& node = program.node(id);
  const std::string_view text =
      node.source == 0 ? part.expression.text : part.pack.tables().definitions[node.source - 1];
  std::vector<Replacement> parameters;
  if (node.source != 0 && depth < deepest_argument) find_parameters(program, id, node.source, parameters);
  std::ranges::sort(parameters, {}, [](const Replacement& r) { return r.span.begin; });
  std::uint32_t at = node.begin;
  for (const Replacement& parameter : parameters) {
    if (parameter.span.begin < at) continue;
    append_folded(out, text.substr(at, parameter.span.begin - at), limit);
    append_text(out, part, parameter.argument, limit, depth + 1);
    at = parameter.span.end;
  }
  append_folded(out, text.substr(at, node.end - at), limit);
}

}  // namespace

NodeId resolved(const Program& program, NodeId id) {
  while (is_parameter(program, id)) id = program.node(id).b - 1;
  return id;
}

bool is_bound_name(const Program& program, NodeId id) {
  return is_named(program.node(id)) && !is_parameter(program, id);
}

bool same(const Program& first, NodeId a, const Program& second, NodeId b) {
  a = resolved(first, a);
  b = resolved(second, b);
  const Node& x = first.node(a);
  const Node& y = second.node(b);
  if (x.type != y.type || x.child_count != y.child_count) return false;
  switch (x.type) {
    case NodeType::constant: return same_constant(first, x, second, y);
    case NodeType::variable: return x.a == y.a;
    case NodeType::local: return &first == &second && x.a == y.a;
    case NodeType::call:
      if (x.a != y.a) return false;
      break;
    case NodeType::comprehension:
    case NodeType::bind: return &first == &second && a == b;
    default:
      if (has_name(x.type) && first.node_name(a) != second.node_name(b)) return false;
      break;
  }
  const auto left = first.children(a);
  const auto right = second.children(b);
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!same(first, left[i], second, right[i])) return false;
  }
  return true;
}

bool contains(const Program& program, NodeId below, const Program& other, NodeId wanted) {
  if (same(program, below, other, wanted)) return true;
  return std::ranges::any_of(program.children(below),
                             [&](NodeId child) { return contains(program, child, other, wanted); });
}

std::string node_text(const Part& part, NodeId node, std::size_t limit) {
  std::string text;
  append_text(text, part, node, limit, 0);
  return text;
}

}  // namespace scruple::linting
