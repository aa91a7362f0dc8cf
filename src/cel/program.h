// A compiled expression: a flat array of nodes with everything resolved (names to slots, calls to groups of the
// registry, macros to loops). It holds integers only, besides one text: it can be printed as constant tables when
// scruple is built and used from there without any work at start.
#pragma once

#include "cel/value.h"

#include "scruple/source.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::cel {

using NodeId = std::uint32_t;

enum class NodeType : std::uint8_t {
  constant,           // a: index into constants
  variable,           // a: slot of the frame
  local,              // a: index of the local value (macro variable, bound name, argument);
                      // b: the node that gives it on first use, plus one; 0 for a macro's variable
  unknown_name,       // a, b: name as bytes [a, a + b) of the texts: an error when evaluated. flags: UnknownName
  select,             // e.f. child: operand; a, b: field name in the texts
  has,                // has(e.f): as select
  optional_select,    // e.?f: as select
  index,              // children: operand, key
  optional_index,     // the same
  call,               // children: arguments (receiver first); a: group of the registry;
                      // b: 1 if it has a constant pattern
  optional_or,        // o.or(p). children: o, p
  optional_or_value,  // o.orValue(x). children: o, x
  logical_and,        // children: two or more
  logical_or,         // the same
  conditional,        // children: condition, yes, no
  list,               // children: elements; a: where it stands in the cache if it is constant, plus one;
                      // b: where in the words a bit an element begins (1: optional), plus one; 0: none is
  map,                // children: key, value, key, value …; a, b as for list, a bit an entry
  comprehension,      // a: Macro; b: first local of its variables; children: range, [predicate], [transform].
                      // flags: node_two_variables
  bind,               // a: first local; children: what each local stands for, then the body. flags: node_definition
};

enum class Macro : std::uint8_t {
  all,
  exists,
  exists_one,
  map,
  map_filter,
  filter,
  transform_list,
  transform_map,
  transform_map_entry,
  sort_by,
  opt_map,
  opt_flat_map,
  // Folds: over a table of the host's (rows.h).
  where,
  count,
  sum,
  min,
  max,
  distinct,
  keys,
  group_by,
};
constexpr bool is_fold(Macro macro) { return macro >= Macro::where; }

// flags of Node
inline constexpr std::uint8_t node_two_variables = 1;
inline constexpr std::uint8_t node_definition = 2;  // the call of a definition; the body is of another text

enum class UnknownName : std::uint8_t { variable, function, type };

struct Node {
  NodeType type = NodeType::constant;
  std::uint8_t flags = 0;
  std::uint32_t source = 0;  // which text: what compile() was given, or Definition::source
  std::uint32_t begin = 0;   // bytes in that text
  std::uint32_t end = 0;
  std::uint32_t first_child = 0;  // index into the children table
  std::uint32_t child_count = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

struct Constant {
  Kind kind = Kind::null;
  std::uint64_t bits = 0;    // integer, unsigned, double or boolean as bits; offset of a text
  std::uint32_t length = 0;  // of a text
};

// Tables by reference: constant data of the program, or owned by a Program.
struct ProgramTables {
  std::span<const Node> nodes;
  std::span<const NodeId> children;
  std::span<const std::uint32_t> words;
  std::span<const Constant> constants;
  std::string_view texts;  // names and constant strings
  NodeId root = 0;
  std::uint32_t local_count = 0;  // local values that an evaluation needs
  std::uint32_t cache_count = 0;  // constant lists and maps
  std::uint32_t levels = 1;       // how deep an evaluation nests
};

class Program {
 public:
  explicit Program(ProgramTables tables);  // tables outlive the program
  ~Program();
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;

  NodeId root() const { return tables().root; }
  const Node& node(NodeId id) const { return tables().nodes[id]; }
  std::span<const NodeId> children(NodeId id) const;
  const ProgramTables& tables() const { return *tables_; }
  // Which text a node stands in: see Node::source.
  std::uint32_t node_source(NodeId id) const { return node(id).source; }
  Span node_span(NodeId id) const { return {node(id).begin, node(id).end}; }
  // The name of a select, has, optional_select or unknown_name.
  std::string_view node_name(NodeId id) const { return tables().texts.substr(node(id).a, node(id).b); }

  // The nodes that are joined by `&&` at the top, left to right; the root alone if there is no `&&`.
  std::vector<NodeId> conjuncts() const { return conjuncts(root()); }
  std::vector<NodeId> conjuncts(NodeId below) const;
  // Slots that the part below a node reads, sorted, each once.
  std::vector<std::uint32_t> slots(NodeId below) const;

  // For the evaluator: constant lists and maps, made on first use; safe between threads.
  struct Cache;
  Cache& cache() const;

 private:
  friend class Planner;
  struct State;
  explicit Program(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
  const ProgramTables* tables_ = nullptr;
};

}  // namespace scruple::cel
