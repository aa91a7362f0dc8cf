// The macros: calls that are recognized by name, style and number of arguments while parsing.
#pragma once

#include "cel/ast.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace scruple::cel {

// `range.name(variable…, expression…)`
struct MacroRow {
  std::string_view name;
  std::uint8_t variables = 1;
  std::uint8_t expressions = 1;
  Macro macro = Macro::all;
};

// Null if this is no macro but an ordinary call.
const MacroRow* find_macro(std::string_view name, std::size_t arguments);

// How a macro of this name is written, `list.all(x, condition)`; empty if there is none. For hints.
std::string_view macro_usage(std::string_view name);

// The name by which a macro is written: `map` for both of its forms.
std::string_view macro_name(Macro macro);

std::span<const MacroRow> macros();

}  // namespace scruple::cel
