// Small changes of a planned expression: one operator, one constant or one condition each. A test suite that notices
// none of them says what its rule means.
#pragma once

#include "cel/function_registry.h"
#include "cel/program.h"
#include "policy/compiled_pack.h"

#include "scruple/source.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::packtest {

enum class Change : std::uint8_t {
  call,        // calls `name` instead
  logic,       // `&&` for `||`, and the other way round
  drop,        // becomes the constant `value`: the condition does not count
  negate,      // the opposite
  unwrap,      // `x` for `!x`
  quantifier,  // `exists` for `all`, and the other way round
  yes,         // `a` for `c ? a : b`
  no,          // `b` for it
  constant,    // another constant
};

// A change, and the node that it is made at: the one of this type at this place of its text. A definition that is
// expanded several times is changed everywhere.
struct Mutant {
  Change change = Change::call;
  cel::NodeType type = cel::NodeType::constant;
  std::uint32_t source = 0;  // of the node
  Span span;                 // likewise
  Span mark;                 // what changes: the operator, the constant
  std::string_view name;     // of the function that is called instead
  bool value = false;
  std::string before;  // the expression around it: `length <= 45`
  std::string after;   // `length < 45`
};

// `texts[n]` is the text that nodes of source n stand in.
std::vector<Mutant> find_mutants(const cel::Program& program, const cel::FunctionRegistry& functions,
                                 const std::vector<std::string_view>& texts);

// Whether the change is made at this node. `source` is that of the definition in the node's pack.
bool is_about(const Mutant& mutant, std::uint32_t source, const cel::Node& node);

// The tables with the change; as they were if it is about nothing in them.
cel::ProgramTables apply(const Mutant& mutant, const cel::ProgramTables& tables, const cel::FunctionRegistry& functions,
                         policy::TableStorage& storage);

}  // namespace scruple::packtest
