// The words of an expression.
#pragma once

#include "scruple/source.h"

#include <cstdint>
#include <string_view>

namespace scruple::cel {

enum class TokenType : std::uint8_t {
  end,
  identifier,
  quoted_identifier,  // `content-type`
  reserved,           // a word that is kept for later: no name, but a field
  true_literal,
  false_literal,
  null_literal,
  integer,
  unsigned_integer,
  real,
  string,
  bytes,
  keyword_in,
  dot,
  comma,
  colon,
  question,
  left_paren,
  right_paren,
  left_bracket,
  right_bracket,
  left_brace,
  right_brace,
  plus,
  minus,
  star,
  slash,
  percent,
  exclamation,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  logical_and,
  logical_or,
};

struct Token {
  TokenType type = TokenType::end;
  Span span;
  std::string_view text;   // names and fields without quotes, decoded strings and bytes
  std::uint64_t bits = 0;  // the magnitude of an integer, a double's bits
};

}  // namespace scruple::cel
