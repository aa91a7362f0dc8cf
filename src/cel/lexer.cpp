#include "cel/lexer.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "cel/number_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

namespace scruple::cel {
namespace {

bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_name_start(char c) { return c == '_' || is_letter(c); }
bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }

constexpr std::array<std::string_view, 17> reserved_words = {
    "as",  "break", "const",   "continue",  "else",   "for", "function", "if",   "import",
    "let", "loop",  "package", "namespace", "return", "var", "void",     "while"};

TokenType word_type(std::string_view word) {
  if (word == "true") return TokenType::true_literal;
  if (word == "false") return TokenType::false_literal;
  if (word == "null") return TokenType::null_literal;
  if (word == "in") return TokenType::keyword_in;
  if (std::find(reserved_words.begin(), reserved_words.end(), word) != reserved_words.end()) {
    return TokenType::reserved;
  }
  return TokenType::identifier;
}

struct Operator {
  std::string_view text;
  TokenType type;
};

// Longer ones first.
constexpr std::array<Operator, 24> operators = {{
    {"<=", TokenType::less_equal},  {">=", TokenType::greater_equal}, {"==", TokenType::equal},
    {"!=", TokenType::not_equal},   {"&&", TokenType::logical_and},   {"||", TokenType::logical_or},
    {".", TokenType::dot},          {",", TokenType::comma},          {":", TokenType::colon},
    {"?", TokenType::question},     {"(", TokenType::left_paren},     {")", TokenType::right_paren},
    {"[", TokenType::left_bracket}, {"]", TokenType::right_bracket},  {"{", TokenType::left_brace},
    {"}", TokenType::right_brace},  {"+", TokenType::plus},           {"-", TokenType::minus},
    {"*", TokenType::star},         {"/", TokenType::slash},          {"%", TokenType::percent},
    {"!", TokenType::exclamation},  {"<", TokenType::less},           {">", TokenType::greater},
}};

class Lexer {
 public:
  Lexer(std::string_view text, Tokens& out) : text_(text), out_(out) {}

  std::optional<Issue> run() {
    while (!issue_) {
      skip_space();
      begin_ = at_;
      if (at_ == text_.size()) {
        add(TokenType::end);
        break;
      }
      token();
    }
    return std::move(issue_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool has(std::size_t ahead = 0) const { return at_ + ahead < text_.size(); }

  void add(TokenType type, std::string_view text = {}, std::uint64_t bits = 0) {
    out_.tokens.push_back({type, span(begin_, at_), text, bits});
  }

  static Span span(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  void fail(Span where, std::string message, std::string hint = {}) {
    if (!issue_) issue_ = Issue{0, where, std::move(message), std::move(hint)};
  }

  void skip_space() {
    while (has()) {
      const char c = peek();
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
        ++at_;
      } else if (c == '/' && peek(1) == '/') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        return;
      }
    }
  }

  void token() {
    const char c = peek();
    if (const std::size_t prefix = string_prefix(); prefix != std::string_view::npos) return string(prefix);
    if (is_name_start(c)) return word();
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (c == '`') return quoted_name();
    for (const Operator& op : operators) {
      if (!text_.substr(at_).starts_with(op.text)) continue;
      at_ += op.text.size();
      return add(op.type);
    }
    unexpected_character();
  }

  void unexpected_character() {
    const char c = peek();
    std::size_t length = 1;
    while (at_ + length < text_.size() && (static_cast<unsigned char>(text_[at_ + length]) & 0xc0) == 0x80) ++length;
    const Span where = span(at_, at_ + length);
    const std::string_view character = text_.substr(at_, length);
    if (c == '=') return fail(where, "`=` does not compare", "write `==`");
    if (c == '&') return fail(where, "`&` is not an operator", "write `&&`");
    if (c == '|') return fail(where, "`|` is not an operator", "write `||`");
    if (character == "\u201c" || character == "\u201d" || character == "\u2018" || character == "\u2019" ||
        character == "\u201e" || character == "\u00ab") {
      return fail(where, concat("a typographic quote (", character, ") does not begin a text"),
                  "write \" or ' around it");
    }
    if (character == "\u2265") return fail(where, "\u2265 is not an operator", "write `>=`");
    if (character == "\u2264") return fail(where, "\u2264 is not an operator", "write `<=`");
    if (character == "\u2260") return fail(where, "\u2260 is not an operator", "write `!=`");
    fail(where, concat("`", visible(character), "` has no meaning here"));
  }

  void word() {
    while (is_name_part(peek()) && has()) ++at_;
    const std::string_view word = text_.substr(begin_, at_ - begin_);
    add(word_type(word), word);
  }

  void quoted_name() {
    const std::size_t end = text_.find('`', at_ + 1);
    if (end == std::string_view::npos) return fail(span(at_, text_.size()), "the name in ` ` has no end");
    const std::string_view name = text_.substr(at_ + 1, end - at_ - 1);
    const auto is_allowed = [](char c) { return is_name_part(c) || c == '.' || c == '-' || c == '/' || c == ' '; };
    at_ = end + 1;
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_allowed)) {
      return fail(span(begin_, at_), "a name in ` ` is made of letters, digits, `_`, `.`, `-`, `/` and spaces",
                  "select any other key as in m[\"key\"]");
    }
    add(TokenType::quoted_identifier, name);
  }

  void number() {
    if (peek() == '0' && peek(1) == 'x' && is_hex_digit(peek(2))) {
      at_ += 2;
      while (is_hex_digit(peek()) && has()) ++at_;
      return integer(text_.substr(begin_ + 2, at_ - begin_ - 2), 16);
    }
    bool real = false;
    skip_digits();
    if (peek() == '.' && is_digit(peek(1))) {
      real = true;
      ++at_;
      skip_digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (is_digit(peek(1 + sign))) {
        real = true;
        at_ += 1 + sign;
        skip_digits();
      }
    }
    const std::string_view digits = text_.substr(begin_, at_ - begin_);
    if (!real) return integer(digits, 10);
    const std::optional<double> value = parse_real(digits);
    if (!value) return fail(span(begin_, at_), "this number is too large");
    end_of_number();
    add(TokenType::real, {}, std::bit_cast<std::uint64_t>(*value));
  }

  void skip_digits() {
    while (is_digit(peek()) && has()) ++at_;
  }

  void integer(std::string_view digits, int base) {
    std::uint64_t value = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    const bool is_unsigned = peek() == 'u' || peek() == 'U';
    if (is_unsigned) ++at_;
    // The sign is not known here: the parser looks at the range of a signed one.
    if (result.ec != std::errc()) return fail(span(begin_, at_), "this whole number is too large for 64 bits");
    end_of_number();
    add(is_unsigned ? TokenType::unsigned_integer : TokenType::integer, {}, value);
  }

  void end_of_number() {
    if (!has() || !is_name_part(peek())) return;
    std::size_t end = at_;
    while (end < text_.size() && is_name_part(text_[end])) ++end;
    const std::string_view digits = text_.substr(begin_, at_ - begin_);
    const bool underscore = peek() == '_';
    fail(span(begin_, end), concat("`", text_.substr(at_, end - at_), "` cannot follow the number ", digits),
         underscore ? "write a long number without `_`" : "");
  }

  // The length of what stands before the opening quote (r, b, br), or npos if no string begins here.
  std::size_t string_prefix() const {
    std::size_t length = 0;
    if (peek() == 'b' || peek() == 'B') ++length;
    if (peek(length) == 'r' || peek(length) == 'R') ++length;
    return peek(length) == '"' || peek(length) == '\'' ? length : std::string_view::npos;
  }

  void string(std::size_t prefix) {
    bool raw = false;
    bool bytes = false;
    for (; prefix > 0; --prefix, ++at_) {
      (peek() == 'r' || peek() == 'R' ? raw : bytes) = true;
    }
    const char quote = peek();
    const bool triple = peek(1) == quote && peek(2) == quote;
    const std::string closing(triple ? 3 : 1, quote);
    at_ += closing.size();

    std::string decoded;
    while (!text_.substr(at_).starts_with(closing)) {
      if (!has()) return unclosed(closing);
      const char c = peek();
      if (c == '\\' && !raw) {
        escape(decoded, bytes);
        if (issue_) return;
      } else if (c == '\n' || c == '\r') {
        if (!triple) return unclosed(closing);
        // A text means the same whatever line ends its file has.
        at_ += c == '\r' && peek(1) == '\n' ? 2 : 1;
        decoded += '\n';
      } else {
        decoded += c;
        ++at_;
      }
    }
    at_ += closing.size();
    out_.texts.push_back(std::move(decoded));
    add(bytes ? TokenType::bytes : TokenType::string, out_.texts.back());
  }

  void unclosed(const std::string& closing) {
    const std::size_t end = closing.size() == 3 ? text_.size() : at_;
    fail(span(begin_, end), concat("this text has no closing ", closing),
         closing.size() == 1 && has() ? concat("a text of several lines stands between ", std::string(3, closing[0]))
                                      : "");
  }

  void escape(std::string& decoded, bool bytes) {
    const std::size_t start = at_;
    ++at_;
    const char c = peek();
    if (has()) ++at_;
    switch (c) {
      case 'a': decoded += '\a'; return;
      case 'b': decoded += '\b'; return;
      case 'f': decoded += '\f'; return;
      case 'n': decoded += '\n'; return;
      case 'r': decoded += '\r'; return;
      case 't': decoded += '\t'; return;
      case 'v': decoded += '\v'; return;
      case '\\':
      case '\'':
      case '"':
      case '`':
      case '?': decoded += c; return;
      case 'x':
      case 'X': return code(decoded, bytes, start, 2, 16);
      case 'u':
        if (!bytes) return code(decoded, bytes, start, 4, 16);
        break;
      case 'U':
        if (!bytes) return code(decoded, bytes, start, 8, 16);
        break;
      case '0':
      case '1':
      case '2':
      case '3': --at_; return code(decoded, bytes, start, 3, 8);
      default: break;
    }
    while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xc0) == 0x80) ++at_;
    fail(span(start, at_),
         concat("`", visible(text_.substr(start, at_ - start)), "` is no escape of a ", bytes ? "byte string" : "text"),
         "write `\\\\` for a backslash, or r\"…\" for a text without escapes");
  }

  void code(std::string& decoded, bool bytes, std::size_t start, std::size_t digits, int base) {
    const std::string_view text = text_.substr(at_, digits);
    std::uint32_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.size() != digits || result.ptr != text.data() + text.size() || result.ec != std::errc()) {
      return fail(span(start, std::min(at_ + digits, text_.size())),
                  concat("this escape needs exactly ", digits, base == 16 ? " hex digits" : " octal digits"),
                  "write `\\\\` for a backslash, or r\"…\" for a text without escapes");
    }
    at_ += digits;
    if (bytes) {
      decoded += static_cast<char>(static_cast<unsigned char>(value));
    } else if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
      fail(span(start, at_), "this escape names no character of Unicode");
    } else {
      append_utf8(decoded, static_cast<char32_t>(value));
    }
  }

  std::string_view text_;
  Tokens& out_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
  std::optional<Issue> issue_;
};

}  // namespace

std::optional<Issue> tokenize(std::string_view text, Tokens& out) {
  if (const std::size_t bad = find_invalid_utf8(text); bad != std::string_view::npos) {
    const auto begin = static_cast<std::uint32_t>(bad);
    return Issue{0, {begin, begin + 1}, "this byte is not valid UTF-8", {}};
  }
  return Lexer(text, out).run();
}

}  // namespace scruple::cel
