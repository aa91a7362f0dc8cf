// Functions are rows, registered by plain calls. The order in which rows are added is fixed, so that a group's
// index can stand in a plan that was made when scruple was built.
#pragma once

#include "cel/type.h"
#include "cel/value.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple::cel {

// Arguments are values of the declared kinds, never errors. A receiver is the first argument. Errors are returned
// as values. Elements of a host's list can be errors: a function that meets one returns it.
using Function = Value (*)(Evaluation& evaluation, std::span<const Value> arguments);

enum class Style : std::uint8_t { global, receiver };  // f(x), x.f()

struct FunctionRow {
  std::string_view name;  // may be qualified: "math.ceil". Operators have names such as "_+_". Not copied
  Style style = Style::global;
  std::vector<Type> parameters;
  Type result;
  Function call = nullptr;
  Marks adds = 0;            // set in the marks of the result
  Marks clears = 0;          // removed from them afterwards: a row that reveals nothing of its arguments
  bool variadic = false;     // the last parameter may be repeated
  bool reads_host = false;   // the result depends on more than the arguments: on the evaluation's host
  std::int8_t pattern = -1;  // the parameter that is a regular expression; if it is constant, compiling it is free
};

class FunctionRegistry {
 public:
  // The rows of one name and style. Its index is its place in the order in which names came first.
  struct Group {
    std::string_view name;
    Style style = Style::global;
    std::vector<std::uint32_t> rows;
  };

  void add(FunctionRow row);
  // For all rows of a group; how a host gives marks to the standard library's functions.
  void set_marks(std::string_view name, Style style, Marks adds, Marks clears);

  // What `&&`, `||`, `has` and the macros that give a bool remove from the marks of their result: they are tests
  // like the comparisons, but no functions.
  Marks test_clears = 0;

  // Rows with this name and style; empty if there are none.
  std::span<const std::uint32_t> find(std::string_view name, Style style) const;
  const FunctionRow& row(std::uint32_t index) const { return rows_[index]; }
  std::span<const FunctionRow> rows() const { return rows_; }

  std::optional<std::uint32_t> find_group(std::string_view name, Style style) const;
  const Group& group(std::uint32_t index) const { return groups_[index]; }
  std::span<const Group> groups() const { return groups_; }

  // What a call needs of a row.
  struct Target {
    Function call = nullptr;
    Marks adds = 0;
    Marks clears = 0;
  };
  // The first row of a group that takes values of these kinds, or null. `kinds` joins what kind_at() gives for them.
  const Target* dispatch(std::uint32_t group, std::uint64_t kinds, std::span<const Value> arguments) const {
    // Nearly always the first row that takes the kind of the first argument.
    const Overloads& overloads = overloads_[group];
    const Overload& likely = overloads.rows[overloads.first[kinds & 0xff]];
    if (likely.packed && likely.count == arguments.size() && (kinds & likely.mask) == likely.kinds) [[likely]] {
      return &likely.target;
    }
    return find_overload(overloads, kinds, arguments);
  }
  // The kind of an argument as a byte of a word; there is none for those that have no room in it.
  static std::uint64_t kind_at(std::size_t position, const Value& value) {
    return position < packed_parameters ? static_cast<std::uint64_t>(value.kind()) << (8 * position) : 0;
  }

  // `==` and `!=`, each of which has one row, for all kinds: the evaluator decides about texts itself.
  static constexpr std::uint32_t no_group = static_cast<std::uint32_t>(-1);
  struct Equality {
    std::uint32_t equal = no_group;
    std::uint32_t unequal = no_group;
  };
  Equality equality() const { return equality_; }
  const Target& only_target(std::uint32_t group) const { return overloads_[group].rows.front().target; }

 private:
  static constexpr std::size_t packed_parameters = 8;

  // A row's parameters as the bytes of a word, so that most calls are decided by one comparison a row.
  struct Overload {
    std::uint64_t kinds = 0;
    std::uint64_t mask = 0;
    Target target;
    std::uint32_t row = 0;
    std::uint8_t count = 0;
    bool packed = false;  // otherwise the parameters are looked at one by one
  };
  static Overload pack(const FunctionRow& row, std::uint32_t index);
  static bool may_begin_with(const Overload& overload, Kind kind);

  std::vector<FunctionRow> rows_;
  std::vector<Group> groups_;
  struct Overloads {
    std::vector<Overload> rows;
    // By the kind of the first argument: the first row that takes it. Any other if none does.
    std::array<std::uint8_t, kind_count> first{};
  };
  const Target* find_overload(const Overloads& overloads, std::uint64_t kinds, std::span<const Value> arguments) const;

  std::vector<Overloads> overloads_;  // by group
  std::map<std::pair<std::string_view, Style>, std::uint32_t> index_;
  Equality equality_;
};

// "string.startsWith(string) -> bool", "math.ceil(double) -> double", "int + int -> int".
std::string signature(const FunctionRow& row);

// Whether a value can be passed where a type is declared. Only the outermost kind is looked at.
bool accepts(const Type& type, const Value& value);

}  // namespace scruple::cel
