#include "cel/dump.h"

#include "base/strings.h"
#include "cel/number_text.h"

#include <array>
#include <bit>

namespace scruple::cel {
namespace {

constexpr std::array<std::string_view, 20> macro_names = {"all",           "exists",       "exists_one",
                                                          "map",           "map_filter",   "filter",
                                                          "transformList", "transformMap", "transformMapEntry",
                                                          "sortBy",        "optMap",       "optFlatMap",
                                                          "where",         "count",        "sum",
                                                          "min",           "max",          "distinct",
                                                          "keys",          "group_by"};

constexpr std::array<std::string_view, 37> token_names = {
    "end", "name",  "quoted", "reserved", "true", "false", "null", "int", "uint", "double", "string", "bytes", "in",
    "dot", "comma", "colon",  "question", "(",    ")",     "[",    "]",   "{",    "}",      "+",      "-",     "*",
    "/",   "%",     "!",      "<",        "<=",   ">",     ">=",   "==",  "!=",   "&&",     "||"};

std::string literal_text(Kind kind, std::uint64_t bits, std::string_view text) {
  switch (kind) {
    case Kind::boolean: return bits != 0 ? "true" : "false";
    case Kind::integer: return std::to_string(static_cast<std::int64_t>(bits));
    case Kind::unsigned_integer: return concat(bits, 'u');
    case Kind::real: return concat("double ", format_real_plainly(std::bit_cast<double>(bits)));
    case Kind::string: return concat('"', visible(text), '"');
    case Kind::bytes: return concat("b\"", visible(text), '"');
    case Kind::type: return concat("type ", text);
    default: return "null";
  }
}

class AstDump {
 public:
  explicit AstDump(const Ast& ast) : ast_(ast) {}

  std::string text(ExpressionId id) const {
    const Expression& e = ast_[id];
    const std::string_view dot = e.absolute ? "." : "";
    switch (e.type) {
      case ExpressionType::literal: return literal_text(e.literal.kind, e.literal.bits, e.literal.text);
      case ExpressionType::name: return concat(dot, e.name);
      case ExpressionType::select: return concat("select(", children(e), ", ", e.name, ')');
      case ExpressionType::optional_select: return concat("select?(", children(e), ", ", e.name, ')');
      case ExpressionType::has: return concat("has(", children(e), ", ", e.name, ')');
      case ExpressionType::index: return concat("index(", children(e), ')');
      case ExpressionType::optional_index: return concat("index?(", children(e), ')');
      case ExpressionType::call: return concat(dot, e.name, '(', children(e), ')');
      case ExpressionType::receiver_call: return concat('.', e.name, '(', children(e), ')');
      case ExpressionType::logical_and: return concat("and(", children(e), ')');
      case ExpressionType::logical_or: return concat("or(", children(e), ')');
      case ExpressionType::conditional: return concat("if(", children(e), ')');
      case ExpressionType::list: return concat('[', children(e), ']');
      case ExpressionType::map: return concat('{', children(e), '}');
      case ExpressionType::message: return concat("message(", e.name, ')');
      case ExpressionType::macro:
        return concat(macro_names[static_cast<std::size_t>(e.macro)], '[', e.name, e.second_name.empty() ? "" : ", ",
                      e.second_name, "](", children(e), ')');
      case ExpressionType::bind: return concat("bind[", e.name, "](", children(e), ')');
    }
    return {};
  }

 private:
  std::string children(const Expression& e) const {
    std::string out;
    const std::size_t width = e.type == ExpressionType::map ? 2 : 1;
    for (std::size_t i = 0; i < e.children.size(); ++i) {
      if (i > 0) out += i % width == 0 ? ", " : ": ";
      if (i % width == 0 && i / width < e.optional.size() && e.optional[i / width]) out += '?';
      out += text(e.children[i]);
    }
    return out;
  }

  const Ast& ast_;
};

class ProgramDump {
 public:
  ProgramDump(const Program& program, const FunctionRegistry& functions) : program_(program), functions_(functions) {}

  std::string text(NodeId id) const {
    const Node& n = program_.node(id);
    switch (n.type) {
      case NodeType::constant: {
        const Constant& c = program_.tables().constants[n.a];
        const bool is_text = c.kind == Kind::string || c.kind == Kind::bytes || c.kind == Kind::type;
        return literal_text(c.kind, c.bits, is_text ? program_.tables().texts.substr(c.bits, c.length) : "");
      }
      case NodeType::variable: return concat('$', n.a);
      case NodeType::local: return concat('#', n.a);
      case NodeType::unknown_name: return concat("unknown(", program_.node_name(id), ')');
      case NodeType::select: return concat("select(", children(id), ", ", program_.node_name(id), ')');
      case NodeType::has: return concat("has(", children(id), ", ", program_.node_name(id), ')');
      case NodeType::optional_select: return concat("select?(", children(id), ", ", program_.node_name(id), ')');
      case NodeType::index: return concat("index(", children(id), ')');
      case NodeType::optional_index: return concat("index?(", children(id), ')');
      case NodeType::call: {
        const FunctionRegistry::Group& group = functions_.group(n.a);
        return concat(group.style == Style::receiver ? "." : "", group.name, n.b != 0 ? "[pattern]" : "", '(',
                      children(id), ')');
      }
      case NodeType::optional_or: return concat(".or(", children(id), ')');
      case NodeType::optional_or_value: return concat(".orValue(", children(id), ')');
      case NodeType::logical_and: return concat("and(", children(id), ')');
      case NodeType::logical_or: return concat("or(", children(id), ')');
      case NodeType::conditional: return concat("if(", children(id), ')');
      case NodeType::list: return concat(n.a != 0 ? "constant" : "", '[', children(id), ']');
      case NodeType::map: return concat(n.a != 0 ? "constant" : "", '{', children(id), '}');
      case NodeType::comprehension: return concat(macro_names[n.a], "[#", n.b, "](", children(id), ')');
      case NodeType::bind:
        return concat((n.flags & node_definition) != 0 ? "define" : "bind", "[#", n.a, "](", children(id), ')');
    }
    return {};
  }

 private:
  std::string children(NodeId id) const {
    std::string out;
    for (const NodeId child : program_.children(id)) {
      if (!out.empty()) out += ", ";
      out += text(child);
    }
    return out;
  }

  const Program& program_;
  const FunctionRegistry& functions_;
};

void append_trace(std::string& out, const Trace& trace, const Program& program, Evaluation& evaluation,
                  std::size_t indent) {
  const Span span = program.node_span(trace.node);
  out.append(indent, ' ');
  out += concat('[', span.begin, ", ", span.end, ") ", to_display(trace.value, evaluation));
  if (!trace.element.is_unset()) out += concat("  <- ", trace.iteration, ": ", to_display(trace.element, evaluation));
  out += '\n';
  for (const Trace& child : trace.children) append_trace(out, child, program, evaluation, indent + 2);
}

}  // namespace

std::string dump(const Tokens& tokens) {
  std::string out;
  for (const Token& token : tokens.tokens) {
    if (!out.empty()) out += ' ';
    out += token_names[static_cast<std::size_t>(token.type)];
    switch (token.type) {
      case TokenType::identifier:
      case TokenType::quoted_identifier:
      case TokenType::reserved: out += concat('(', token.text, ')'); break;
      case TokenType::string:
      case TokenType::bytes: out += concat('(', visible(token.text), ')'); break;
      case TokenType::integer:
      case TokenType::unsigned_integer: out += concat('(', token.bits, ')'); break;
      case TokenType::real: out += concat('(', format_real_plainly(std::bit_cast<double>(token.bits)), ')'); break;
      default: break;
    }
  }
  return out;
}

std::string dump(const Ast& ast) { return AstDump(ast).text(ast.root); }

std::string dump(const Program& program, const FunctionRegistry& functions) {
  return ProgramDump(program, functions).text(program.root());
}

std::string dump(const Trace& trace, const Program& program, Evaluation& evaluation) {
  std::string out;
  append_trace(out, trace, program, evaluation, 0);
  return out;
}

}  // namespace scruple::cel
