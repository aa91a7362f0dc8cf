// Agreement of types: `dyn` agrees with everything, the parameters of signatures stand for whatever they meet first.
#pragma once

#include "cel/type.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace scruple::cel {

class Unifier {
 public:
  // A parameter that stands for nothing yet.
  Type fresh();

  // `type` with parameters of its own in place of a signature's; the same for the same name in `names`.
  Type instantiate(const Type& type, std::map<std::string, Type>& names);

  // Whether values of the two types can be meant by one; settles parameters. May settle some though it fails: see
  // mark() and back_to().
  bool agree(const Type& a, const Type& b);

  // The type of what is one or the other: dyn if they do not agree.
  Type join(const Type& a, const Type& b);

  // With what is known of the parameters by now; what stands for nothing is kept.
  Type resolve(const Type& type) const;
  // The same, and what stands for nothing is dyn.
  Type settle(const Type& type) const;

  std::size_t mark() const { return trail_.size(); }
  void back_to(std::size_t mark);

  // How often `dyn` agreed with something else: a choice among overloads is open then.
  std::size_t loose() const { return loose_; }

 private:
  const Type* look_up(const Type& parameter) const;
  bool occurs(const Type& parameter, const Type& in) const;
  Type resolve(const Type& type, std::size_t& room, bool settle) const;

  std::map<std::string, Type, std::less<>> bound_;
  std::vector<std::string> trail_;  // names in the order in which they were bound
  std::uint32_t made_ = 0;
  std::size_t loose_ = 0;
  mutable std::size_t steps_ = 0;  // of agree() and occurs(): past a limit everything agrees
};

// Types that nest deeper are dyn inside: what a hostile text can make of types stays small.
inline constexpr std::size_t most_type_levels = 16;

// A type made of others, cut off where it nests too deep.
Type list_of(Type element);
Type map_of(Type key, Type value);
Type optional_of(Type value);

}  // namespace scruple::cel
