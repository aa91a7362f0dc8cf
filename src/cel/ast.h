// An expression as it is written: a tree, with macros recognized and no name resolved.
#pragma once

#include "cel/program.h"
#include "cel/token.h"

#include "scruple/source.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::cel {

using ExpressionId = std::uint32_t;

enum class ExpressionType : std::uint8_t {
  literal,          // literal
  name,             // name; absolute: `.name`
  select,           // children: operand; name
  optional_select,  // e.?f
  has,              // has(e.f): children: e; name: f
  index,            // children: operand, key
  optional_index,
  call,           // name; children: arguments. Operators are calls of `_+_`, `-_` …
  receiver_call,  // name; children: receiver, arguments
  logical_and,    // two children or more
  logical_or,
  conditional,  // three children
  list,         // children: elements; optional: which are written `?e`
  map,          // children: key, value, key, value …; optional: which entries are written `?k: v`
  message,      // name: the type; there are none, so it is never right
  macro,        // macro; children: range, then its expressions; name, second_name: its variables
  bind,         // children: init, body; name
};

struct Literal {
  Kind kind = Kind::null;
  std::uint64_t bits = 0;
  std::string_view text;
};

struct Expression {
  ExpressionType type = ExpressionType::literal;
  Span span;
  Span name_span;
  std::string_view name;
  std::string_view second_name;
  bool absolute = false;     // name, call, message: begins with a dot
  bool quoted = false;       // select, has: a `name`, which is never a part of a qualified name
  Macro macro = Macro::all;  // macro
  Literal literal;
  std::vector<ExpressionId> children;
  std::vector<bool> optional;
  std::uint32_t depth = 1;
};

// Refers to the text that it was parsed from.
struct Ast {
  std::vector<Expression> expressions;
  ExpressionId root = 0;
  std::deque<std::string> texts;

  const Expression& operator[](ExpressionId id) const { return expressions[id]; }
};

}  // namespace scruple::cel
