// What an expression can refer to by name, besides the variables of macros: variables, types, functions and
// definitions, each resolved with the container.
#pragma once

#include "cel/cel.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace scruple::cel {

class NameScope {
 public:
  explicit NameScope(const Environment& environment);

  // A variable of a slot below `visible_slots`, or the name of a type.
  struct Named {
    const Variable* variable = nullptr;
    std::string_view type;  // if there is no variable
  };
  std::optional<Named> find_value(std::string_view name, bool absolute, std::uint32_t visible_slots) const;

  struct Callable {
    const Definition* definition = nullptr;
    std::uint32_t group = 0;  // if there is no definition
  };
  std::optional<Callable> find_function(std::string_view name, bool absolute) const;

  // For "did you mean".
  std::vector<std::string_view> value_names(std::uint32_t visible_slots) const;
  std::vector<std::string_view> function_names(Style style) const;

 private:
  // `A.B.n`, `A.n`, `n` for the container `A.B`: the first for which `find` gives something.
  template <typename Find>
  auto first_candidate(std::string_view name, bool absolute, Find find) const;

  const Environment& environment_;
  std::unordered_map<std::string_view, const Variable*> variables_;
  std::unordered_map<std::string_view, const Definition*> definitions_;
};

}  // namespace scruple::cel
