#include "cel/lexer.h"

#include "cel/dump.h"
#include "harness.h"

#include "catch.h"

namespace scruple::cel {
namespace {

using namespace std::string_literals;

std::string tokens(std::string_view text) {
  Tokens out;
  if (const std::optional<Issue> issue = tokenize(text, out)) return Harness::show(std::vector<Issue>{*issue});
  return dump(out);
}

// The decoded text of the one literal.
std::string decoded(std::string_view text) {
  Tokens out;
  if (const std::optional<Issue> issue = tokenize(text, out)) return concat("issue: ", issue->message);
  return std::string(out.tokens.front().text);
}

TEST_CASE("lexer: words and operators") {
  const Row rows[] = {
      {"", "end"},
      {" \t\n\f\r ", "end"},
      {"a_1 _ B", "name(a_1) name(_) name(B) end"},
      {"a.b", "name(a) dot name(b) end"},
      {"true false null in", "true false null in end"},
      {"truely inner", "name(truely) name(inner) end"},
      {"as while package", "reserved(as) reserved(while) reserved(package) end"},
      {"m.`content-type`", "name(m) dot quoted(content-type) end"},
      {"<= < == != >= > && || !", "<= < == != >= > && || ! end"},
      {"()[]{}.,:?+-*/%", "( ) [ ] { } dot comma colon question + - * / % end"},
      {"a // b\nc", "name(a) name(c) end"},
      {"a // b", "name(a) end"},
      {"//", "end"},
      {"'//'", "string(//) end"},
      {"a/b", "name(a) / name(b) end"},
      {"ra 'x'", "name(ra) string(x) end"},
      {"rb'x'", "name(rb) string(x) end"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(tokens(row.expression) == row.wanted);
  }
}

TEST_CASE("lexer: numbers") {
  const Row rows[] = {
      {"0", "int(0) end"},
      {"017", "int(17) end"},
      {"0x1F", "int(31) end"},
      {"0xfFu 0xfFU", "uint(255) uint(255) end"},
      {"18446744073709551615u", "uint(18446744073709551615) end"},
      {"9223372036854775808", "int(9223372036854775808) end"},
      {"1.5 .5 1e3 1E-2 2.5e+1", "double(1.5) double(0.5) double(1000) double(0.01) double(25) end"},
      {"1.e", "int(1) dot name(e) end"},
      {"42.size()", "int(42) dot name(size) ( ) end"},
      {"1..2", "int(1) dot double(0.2) end"},
      {"1e-400", "double(0) end"},
      {"0.0000000001e-9999999999999999999", "double(0) end"},
      {"1e400", "[0, 5): this number is too large"},
      {"1e9999999999999999999", "[0, 21): this number is too large"},
      {"18446744073709551616", "[0, 20): this whole number is too large for 64 bits"},
      {"0x10000000000000000", "[0, 19): this whole number is too large for 64 bits"},
      {"1_000", "[0, 5): `_000` cannot follow the number 1 (write a long number without `_`)"},
      {"12abc", "[0, 5): `abc` cannot follow the number 12"},
      {"0X1F", "[0, 4): `X1F` cannot follow the number 0"},
      {"1uu", "[0, 3): `u` cannot follow the number 1u"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(tokens(row.expression) == row.wanted);
  }
}

TEST_CASE("lexer: texts and byte strings are decoded") {
  const std::pair<std::string, std::string> rows[] = {
      {R"('')", ""},
      {R"("it's")", "it's"},
      {R"('say "x"')", "say \"x\""},
      {R"("\a\b\f\n\r\t\v")", "\a\b\f\n\r\t\v"},
      {R"("\\\'\"\`\?")", "\\'\"`?"},
      {R"("\x41\X7a\101")", "AzA"},
      {R"("\xff\377")", "\u00ff\u00ff"},
      {R"(b"\xff\377")", "\xff\xff"},
      {R"("\u00e9\U0001F600")", "\u00e9\U0001F600"},
      {R"("\000")", "\0"s},
      {"'a\0b'"s, "a\0b"s},
      {R"(r"\n\")", "\\n\\"},
      {R"(R'a\'')", "issue: this text has no closing '"},
      {R"(br'\xff')", "\\xff"},
      {R"(BR"\d")", "\\d"},
      {R"(b'ÿ')", "\u00ff"},
      {"'''a\n'b' ''c'''", "a\n'b' ''c"},
      {"\"\"\"a\"b\"\"\"", "a\"b"},
      {"''''''", ""},
      {"r'''\\n\n'''", "\\n\n"},
      {"br\"\"\"\\x\n\"\"\"", "\\x\n"},
      {"'''a\r\nb\rc'''", "a\nb\nc"},
  };
  for (const auto& [text, wanted] : rows) {
    INFO(text);
    CHECK(decoded(text) == wanted);
  }
}

TEST_CASE("lexer: what is wrong is named at its place") {
  constexpr std::string_view backslash = " (write `\\\\` for a backslash, or r\"…\" for a text without escapes)";
  const std::pair<std::string, std::string> rows[] = {
      {"'abc", "[0, 4): this text has no closing '"},
      {"x + 'abc\n'", "[4, 8): this text has no closing ' (a text of several lines stands between ''')"},
      {"'''abc'", "[0, 7): this text has no closing '''"},
      {R"('a\s')", concat("[2, 4): `\\s` is no escape of a text", backslash)},
      {R"('\8')", concat("[1, 3): `\\8` is no escape of a text", backslash)},
      {R"('\é')", concat("[1, 4): `\\é` is no escape of a text", backslash)},
      {R"(b'\u0041')", concat("[2, 4): `\\u` is no escape of a byte string", backslash)},
      {R"('\u12')", concat("[1, 6): this escape needs exactly 4 hex digits", backslash)},
      {R"('\x+1')", concat("[1, 5): this escape needs exactly 2 hex digits", backslash)},
      {R"('\18')", concat("[1, 5): this escape needs exactly 3 octal digits", backslash)},
      {R"('\ud83d\ude00')", "[1, 7): this escape names no character of Unicode"},
      {R"('\U00110000')", "[1, 11): this escape names no character of Unicode"},
      {"'\\", concat("[1, 2): `\\` is no escape of a text", backslash)},
      {"a = b", "[2, 3): `=` does not compare (write `==`)"},
      {"a & b", "[2, 3): `&` is not an operator (write `&&`)"},
      {"a | b", "[2, 3): `|` is not an operator (write `||`)"},
      {"a ≥ 2", "[2, 5): ≥ is not an operator (write `>=`)"},
      {"a == “b”", "[5, 8): a typographic quote (“) does not begin a text (write \" or ' around it)"},
      {"a # b", "[2, 3): `#` has no meaning here"},
      {"a\vb", "[1, 2): `\\x0b` has no meaning here"},
      {"m.`a b", "[2, 6): the name in ` ` has no end"},
      {"m.`a$b`",
       "[2, 7): a name in ` ` is made of letters, digits, `_`, `.`, `-`, `/` and spaces "
       "(select any other key as in m[\"key\"])"},
      {"m.``",
       "[2, 4): a name in ` ` is made of letters, digits, `_`, `.`, `-`, `/` and spaces "
       "(select any other key as in m[\"key\"])"},
      {"a + '\xff'", "[5, 6): this byte is not valid UTF-8"},
  };
  for (const auto& [text, wanted] : rows) {
    INFO(text);
    CHECK(tokens(text) == wanted);
  }
}

}  // namespace
}  // namespace scruple::cel
