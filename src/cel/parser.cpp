#include "cel/parser.h"

#include "base/strings.h"
#include "cel/lexer.h"
#include "cel/macro.h"

#include <algorithm>
#include <array>
#include <limits>

namespace scruple::cel {
namespace {

struct BinaryOperator {
  TokenType token;
  int precedence;
  std::string_view function;
};

// `&&` and `||` are not here: a chain of them is one node.
constexpr std::array<BinaryOperator, 12> binary_operators = {{
    {TokenType::less, 1, "_<_"},
    {TokenType::less_equal, 1, "_<=_"},
    {TokenType::greater, 1, "_>_"},
    {TokenType::greater_equal, 1, "_>=_"},
    {TokenType::equal, 1, "_==_"},
    {TokenType::not_equal, 1, "_!=_"},
    {TokenType::keyword_in, 1, "@in"},
    {TokenType::plus, 2, "_+_"},
    {TokenType::minus, 2, "_-_"},
    {TokenType::star, 3, "_*_"},
    {TokenType::slash, 3, "_/_"},
    {TokenType::percent, 3, "_%_"},
}};

const BinaryOperator* find_binary(TokenType token) {
  const auto found = std::find_if(binary_operators.begin(), binary_operators.end(),
                                  [&](const BinaryOperator& op) { return op.token == token; });
  return found == binary_operators.end() ? nullptr : &*found;
}

// Recursive descent. After the first problem every step returns at once, with any id: `failed_` is the truth.
class Parser {
 public:
  Parser(std::string_view text, Tokens tokens, std::size_t nesting, std::vector<Issue>& issues)
      : text_(text), tokens_(std::move(tokens)), nesting_(nesting), issues_(issues) {}

  std::optional<Ast> run() {
    if (current().type == TokenType::end) {
      fail(current().span, "there is no expression here");
      return std::nullopt;
    }
    ast_.root = conditional();
    if (!failed_ && current().type != TokenType::end) unexpected("an operator");
    if (failed_) return std::nullopt;
    ast_.texts = std::move(tokens_.texts);
    return std::move(ast_);
  }

 private:
  // Counts the levels of recursion while it lives.
  class Level {
   public:
    explicit Level(Parser& parser) : parser_(parser) {
      if (++parser_.level_ > parser_.nesting_) parser_.too_deep(parser_.current().span);
    }
    ~Level() { --parser_.level_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Parser& parser_;
  };

  const Token& current() const { return tokens_.tokens[position_]; }
  const Token& next() const { return tokens_.tokens[std::min(position_ + 1, tokens_.tokens.size() - 1)]; }
  Span previous_span() const { return tokens_.tokens[position_ - 1].span; }
  bool at(TokenType type) const { return current().type == type; }

  const Token& advance() {
    const Token& token = tokens_.tokens[position_];
    if (token.type != TokenType::end) ++position_;
    return token;
  }

  bool accept(TokenType type) {
    if (!at(type) || failed_) return false;
    advance();
    return true;
  }

  void fail(Span span, std::string message, std::string hint = {}) {
    if (!failed_) issues_.push_back({0, span, std::move(message), std::move(hint)});
    failed_ = true;
  }

  void too_deep(Span span) { fail(span, concat("the expression is nested more than ", nesting_, " levels deep")); }

  // What stands where something else should.
  void unexpected(std::string_view wanted) {
    const Token& token = current();
    if (token.type == TokenType::end) {
      return fail(token.span, concat("the expression ends where ", wanted, " should follow"));
    }
    if (token.type == TokenType::reserved) {
      return fail(token.span, concat("`", token.text, "` is a reserved word and cannot be used as a name"));
    }
    const std::string_view written = text_.substr(token.span.begin, token.span.end - token.span.begin);
    std::string hint;
    if (token.type == TokenType::identifier) {
      if (written == "and" || written == "AND") hint = "write `&&`";
      if (written == "or" || written == "OR") hint = "write `||`";
      if (written == "not" || written == "NOT") hint = "write `!`";
    }
    fail(token.span, concat("`", visible(shorten(written, 40)), "` stands where ", wanted, " should"), hint);
  }

  bool expect(TokenType type, std::string_view wanted) {
    if (failed_) return false;
    if (accept(type)) return true;
    unexpected(wanted);
    return false;
  }

  ExpressionId add(Expression expression) {
    // The children of what is wrong may not exist.
    if (failed_) return 0;
    for (const ExpressionId child : expression.children) {
      expression.depth = std::max(expression.depth, ast_.expressions[child].depth + 1);
    }
    if (expression.depth > nesting_) too_deep(expression.span);
    ast_.expressions.push_back(std::move(expression));
    return static_cast<ExpressionId>(ast_.expressions.size() - 1);
  }

  Expression node(ExpressionType type, std::uint32_t begin) const {
    Expression expression;
    expression.type = type;
    expression.span = {begin, position_ > 0 ? previous_span().end : begin};
    return expression;
  }

  ExpressionId conditional() {
    const Level level(*this);
    if (failed_) return 0;
    const std::uint32_t begin = current().span.begin;
    const ExpressionId condition = logical_or();
    if (!accept(TokenType::question)) return condition;
    const ExpressionId yes = logical_or();
    if (!failed_ && at(TokenType::question)) {
      fail(current().span, "a conditional inside a conditional needs parentheses", "write `a ? (b ? c : d) : e`");
    }
    expect(TokenType::colon, "the `:` of the conditional");
    const ExpressionId no = conditional();
    Expression expression = node(ExpressionType::conditional, begin);
    expression.children = {condition, yes, no};
    return add(std::move(expression));
  }

  ExpressionId logical_or() {
    return chain(TokenType::logical_or, ExpressionType::logical_or, [this] { return logical_and(); });
  }

  ExpressionId logical_and() {
    return chain(TokenType::logical_and, ExpressionType::logical_and, [this] { return binary(1); });
  }

  template <typename Operand>
  ExpressionId chain(TokenType op, ExpressionType type, Operand operand) {
    if (failed_) return 0;
    const std::uint32_t begin = current().span.begin;
    const ExpressionId first = operand();
    if (failed_ || !at(op)) return first;
    std::vector<ExpressionId> operands = {first};
    while (accept(op)) operands.push_back(operand());
    Expression expression = node(type, begin);
    expression.children = std::move(operands);
    return add(std::move(expression));
  }

  ExpressionId binary(int precedence) {
    if (failed_) return 0;
    const std::uint32_t begin = current().span.begin;
    ExpressionId left = unary();
    while (!failed_) {
      const BinaryOperator* op = find_binary(current().type);
      if (op == nullptr || op->precedence < precedence) break;
      const Span op_span = advance().span;
      const ExpressionId right = binary(op->precedence + 1);
      Expression expression = node(ExpressionType::call, begin);
      expression.name = op->function;
      expression.name_span = op_span;
      expression.children = {left, right};
      left = add(std::move(expression));
    }
    return left;
  }

  ExpressionId unary() {
    if (failed_) return 0;
    const Token& token = current();
    if (token.type != TokenType::exclamation && token.type != TokenType::minus) return member();
    const std::uint32_t begin = token.span.begin;
    const bool minus = token.type == TokenType::minus;
    if (minus && (next().type == TokenType::integer || next().type == TokenType::real)) return member();
    const Level level(*this);
    advance();
    if (at(minus ? TokenType::exclamation : TokenType::minus)) {
      fail(current().span, "`!` and `-` cannot follow each other", minus ? "write `-(!x)`" : "write `!(-x)`");
      return 0;
    }
    const ExpressionId operand = unary();
    Expression expression = node(ExpressionType::call, begin);
    expression.name = minus ? "-_" : "!_";
    expression.name_span = token.span;
    expression.children = {operand};
    return add(std::move(expression));
  }

  ExpressionId member() {
    const std::uint32_t begin = current().span.begin;
    ExpressionId operand = primary();
    while (!failed_) {
      if (at(TokenType::dot)) {
        operand = selection(operand, begin);
      } else if (at(TokenType::left_bracket)) {
        operand = indexing(operand, begin);
      } else {
        break;
      }
    }
    return operand;
  }

  ExpressionId selection(ExpressionId operand, std::uint32_t begin) {
    advance();
    const bool optional = accept(TokenType::question);
    const Token& token = current();
    const bool quoted = token.type == TokenType::quoted_identifier;
    if (!quoted && token.type != TokenType::identifier && token.type != TokenType::reserved) {
      if (token.type == TokenType::keyword_in || token.type == TokenType::true_literal ||
          token.type == TokenType::false_literal || token.type == TokenType::null_literal) {
        const std::string_view word = text_.substr(token.span.begin, token.span.end - token.span.begin);
        fail(token.span, concat("`", word, "` cannot be selected as a field"), concat("write [\"", word, "\"]"));
      } else {
        unexpected("the name of a field");
      }
      return 0;
    }
    advance();
    if (!optional && at(TokenType::left_paren)) {
      if (!quoted) return receiver_call(operand, token, begin);
      fail(token.span, "a name in ` ` is a field and cannot be called");
      return 0;
    }
    Expression expression = node(optional ? ExpressionType::optional_select : ExpressionType::select, begin);
    expression.name = token.text;
    expression.name_span = token.span;
    expression.quoted = quoted;
    expression.children = {operand};
    return add(std::move(expression));
  }

  ExpressionId indexing(ExpressionId operand, std::uint32_t begin) {
    advance();
    const bool optional = accept(TokenType::question);
    const ExpressionId key = conditional();
    expect(TokenType::right_bracket, "the closing `]`");
    Expression expression = node(optional ? ExpressionType::optional_index : ExpressionType::index, begin);
    expression.children = {operand, key};
    return add(std::move(expression));
  }

  std::vector<ExpressionId> arguments() {
    std::vector<ExpressionId> arguments;
    advance();
    if (accept(TokenType::right_paren)) return arguments;
    do {
      arguments.push_back(conditional());
    } while (accept(TokenType::comma));
    expect(TokenType::right_paren, "a `,` or the closing `)`");
    return arguments;
  }

  ExpressionId receiver_call(ExpressionId operand, const Token& name, std::uint32_t begin) {
    std::vector<ExpressionId> given = arguments();
    if (failed_) return 0;
    const Expression& receiver = ast_[operand];
    if (name.text == "bind" && given.size() == 3 && receiver.type == ExpressionType::name && receiver.name == "cel") {
      return bind(given, name, begin);
    }
    if (const MacroRow* row = find_macro(name.text, given.size())) return macro(*row, operand, given, name, begin);
    Expression expression = node(ExpressionType::receiver_call, begin);
    expression.name = name.text;
    expression.name_span = name.span;
    expression.children = {operand};
    expression.children.insert(expression.children.end(), given.begin(), given.end());
    return add(std::move(expression));
  }

  // The name of a variable that a macro introduces.
  std::string_view variable(ExpressionId id, std::string_view macro_name) {
    const Expression& expression = ast_[id];
    if (expression.type == ExpressionType::name && !expression.absolute) return expression.name;
    fail(expression.span, concat("`", macro_name, "` needs a simple name for its variable here"),
         concat("it is written ", macro_usage(macro_name)));
    return {};
  }

  ExpressionId bind(const std::vector<ExpressionId>& given, const Token& name, std::uint32_t begin) {
    Expression expression = node(ExpressionType::bind, begin);
    expression.name = variable(given[0], name.text);
    expression.name_span = ast_[given[0]].span;
    expression.children = {given[1], given[2]};
    return add(std::move(expression));
  }

  ExpressionId macro(const MacroRow& row, ExpressionId range, const std::vector<ExpressionId>& given, const Token& name,
                     std::uint32_t begin) {
    Expression expression = node(ExpressionType::macro, begin);
    expression.macro = row.macro;
    expression.name_span = name.span;
    expression.name = variable(given[0], name.text);
    if (row.variables == 2) {
      expression.second_name = variable(given[1], name.text);
      if (expression.name == expression.second_name) {
        fail(ast_[given[1]].span, concat("the two variables of `", name.text, "` have the same name"));
      }
    }
    expression.children = {range};
    expression.children.insert(expression.children.end(), given.begin() + row.variables, given.end());
    return add(std::move(expression));
  }

  ExpressionId primary() {
    if (failed_) return 0;
    const Token& token = current();
    const std::uint32_t begin = token.span.begin;
    switch (token.type) {
      case TokenType::left_paren: {
        advance();
        const ExpressionId inner = conditional();
        expect(TokenType::right_paren, "the closing `)`");
        return inner;
      }
      case TokenType::left_bracket: return list();
      case TokenType::left_brace: return map();
      case TokenType::dot:
        if (next().type == TokenType::identifier) {
          advance();
          return named(begin, true);
        }
        break;
      case TokenType::identifier: return named(begin, false);
      case TokenType::minus: {
        advance();
        return number(begin, true);
      }
      case TokenType::integer:
      case TokenType::unsigned_integer:
      case TokenType::real: return number(begin, false);
      case TokenType::string: return literal(Kind::string, 0, advance().text, begin);
      case TokenType::bytes: return literal(Kind::bytes, 0, advance().text, begin);
      case TokenType::true_literal: advance(); return literal(Kind::boolean, 1, {}, begin);
      case TokenType::false_literal: advance(); return literal(Kind::boolean, 0, {}, begin);
      case TokenType::null_literal: advance(); return literal(Kind::null, 0, {}, begin);
      case TokenType::quoted_identifier: fail(token.span, "a name in ` ` is only for fields, after a dot"); return 0;
      default: break;
    }
    unexpected("a value");
    return 0;
  }

  ExpressionId literal(Kind kind, std::uint64_t bits, std::string_view text, std::uint32_t begin) {
    Expression expression = node(ExpressionType::literal, begin);
    expression.literal = {kind, bits, text};
    return add(std::move(expression));
  }

  ExpressionId number(std::uint32_t begin, bool negative) {
    const Token& token = advance();
    if (token.type == TokenType::unsigned_integer) return literal(Kind::unsigned_integer, token.bits, {}, begin);
    if (token.type == TokenType::real) {
      constexpr std::uint64_t sign = std::uint64_t{1} << 63;
      return literal(Kind::real, negative ? token.bits ^ sign : token.bits, {}, begin);
    }
    // One more below zero than above.
    const std::uint64_t most = std::uint64_t{std::numeric_limits<std::int64_t>::max()} + (negative ? 1 : 0);
    if (token.bits > most) fail({begin, token.span.end}, "this whole number is too large for 64 bits");
    return literal(Kind::integer, negative ? 0 - token.bits : token.bits, {}, begin);
  }

  // A name, a call, or `name.name{…}`.
  ExpressionId named(std::uint32_t begin, bool absolute) {
    const Token& token = advance();
    if (at(TokenType::left_paren)) {
      std::vector<ExpressionId> given = arguments();
      if (failed_) return 0;
      if (token.text == "has" && given.size() == 1 && !absolute) return has(given.front(), begin);
      Expression expression = node(ExpressionType::call, begin);
      expression.name = token.text;
      expression.name_span = token.span;
      expression.absolute = absolute;
      expression.children = std::move(given);
      return add(std::move(expression));
    }
    if (const std::size_t type_end = message_type_end(); type_end != 0) return message(begin, type_end);
    Expression expression = node(ExpressionType::name, begin);
    expression.name = token.text;
    expression.name_span = token.span;
    expression.absolute = absolute;
    return add(std::move(expression));
  }

  ExpressionId has(ExpressionId argument, std::uint32_t begin) {
    const Expression& select = ast_[argument];
    if (select.type != ExpressionType::select) {
      std::string hint = "`has` is written has(value.field)";
      if (select.type == ExpressionType::index) hint += "; for a key use `key in map`";
      if (select.type == ExpressionType::optional_select) hint += ", without `?`";
      fail(select.span, "`has` asks for a field, and this is none", hint);
      return 0;
    }
    Expression expression = node(ExpressionType::has, begin);
    expression.name = select.name;
    expression.name_span = select.name_span;
    expression.quoted = select.quoted;
    expression.children = select.children;
    return add(std::move(expression));
  }

  // Where the `{` stands that follows a name here, over `.name`s; 0 if none does.
  std::size_t message_type_end() const {
    std::size_t i = position_;
    while (tokens_.tokens[i].type == TokenType::dot && tokens_.tokens[i + 1].type == TokenType::identifier) i += 2;
    return tokens_.tokens[i].type == TokenType::left_brace ? i : 0;
  }

  // There are no message types. It is parsed so that the problem is named for what it is.
  ExpressionId message(std::uint32_t begin, std::size_t type_end) {
    position_ = type_end;
    const Span type_span = {begin, previous_span().end};
    advance();
    while (!failed_ && !at(TokenType::right_brace)) {
      accept(TokenType::question);
      const TokenType field = current().type;
      if (field != TokenType::identifier && field != TokenType::quoted_identifier && field != TokenType::reserved) {
        unexpected("the name of a field");
      }
      advance();
      expect(TokenType::colon, "a `:`");
      conditional();
      if (!accept(TokenType::comma)) break;
    }
    expect(TokenType::right_brace, "a `,` or the closing `}`");
    Expression expression = node(ExpressionType::message, begin);
    expression.name = text_.substr(type_span.begin, type_span.end - type_span.begin);
    expression.name_span = type_span;
    return add(std::move(expression));
  }

  ExpressionId list() {
    const std::uint32_t begin = advance().span.begin;
    std::vector<ExpressionId> elements;
    std::vector<bool> optional;
    while (!failed_ && !at(TokenType::right_bracket)) {
      optional.push_back(accept(TokenType::question));
      elements.push_back(conditional());
      if (!accept(TokenType::comma)) break;
    }
    expect(TokenType::right_bracket, "a `,` or the closing `]`");
    Expression expression = node(ExpressionType::list, begin);
    expression.children = std::move(elements);
    expression.optional = std::move(optional);
    return add(std::move(expression));
  }

  ExpressionId map() {
    const std::uint32_t begin = advance().span.begin;
    std::vector<ExpressionId> entries;
    std::vector<bool> optional;
    while (!failed_ && !at(TokenType::right_brace)) {
      optional.push_back(accept(TokenType::question));
      entries.push_back(conditional());
      expect(TokenType::colon, "the `:` between key and value");
      entries.push_back(conditional());
      if (!accept(TokenType::comma)) break;
    }
    expect(TokenType::right_brace, "a `,` or the closing `}`");
    Expression expression = node(ExpressionType::map, begin);
    expression.children = std::move(entries);
    expression.optional = std::move(optional);
    return add(std::move(expression));
  }

  std::string_view text_;
  Tokens tokens_;
  std::size_t nesting_;
  std::vector<Issue>& issues_;
  Ast ast_;
  std::size_t position_ = 0;
  std::size_t level_ = 0;
  bool failed_ = false;
};

}  // namespace

std::optional<Ast> parse(std::string_view text, std::size_t nesting, std::vector<Issue>& issues) {
  Tokens tokens;
  if (std::optional<Issue> issue = tokenize(text, tokens)) {
    issues.push_back(std::move(*issue));
    return std::nullopt;
  }
  return Parser(text, std::move(tokens), nesting, issues).run();
}

}  // namespace scruple::cel
