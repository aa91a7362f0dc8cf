// The working memory of evaluations: an arena for what they compute, a stack for local values, a step budget.
// One a worker, reused: reset() keeps the memory.
#pragma once

#include "cel/program.h"
#include "cel/regular_expression.h"
#include "cel/value.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace scruple::cel {

class TimeZones;

// Is told each value as it is made: for tools that ask which parts of an expression were ever true.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void saw(const Program& program, NodeId node, const Value& value) = 0;
};

class Evaluation {
 public:
  Evaluation();
  ~Evaluation();
  Evaluation(const Evaluation&) = delete;
  Evaluation& operator=(const Evaluation&) = delete;

  // Forgets everything that was computed, refills the budget.
  void reset();

  // The host's own data, for its functions and containers.
  void* host = nullptr;

  // May be null. Set between evaluations only.
  Observer* observer = nullptr;

  // Steps: one for each node evaluated, and one for each 64 bytes or element that a function touches. What is made
  // by the functions below is charged by them; what a function reads it charges itself.
  // charge() is false once the budget is used up; the evaluator then gives an error of kind `limit`.
  std::uint64_t step_limit = 1'000'000;
  bool charge(std::uint64_t steps) {
    steps_ += steps;
    return steps_ <= step_limit;
  }
  bool charge_bytes(std::size_t bytes) { return charge(bytes / 64); }
  // Whether so many more steps would fit; asked before something large is made.
  bool can_afford(std::uint64_t steps) const { return steps_ <= step_limit && steps <= step_limit - steps_; }
  bool exhausted() const { return steps_ > step_limit; }
  std::uint64_t steps() const { return steps_; }
  void reset_steps() { steps_ = 0; }

  // What follows lives until reset().
  std::string_view copy(std::string_view text);
  std::span<Value> allocate_values(std::size_t count);
  std::span<std::uint32_t> allocate_words(std::size_t count);  // zeros
  Value string(std::string_view text);                         // a copy
  Value bytes(std::string_view octets);                        // a copy
  Value list(std::span<const Value> elements);
  // Entries key, value, key, value …; the caller has made sure that the keys are valid and distinct.
  Value map(std::span<const Value> keys_and_values);
  Value optional(const Value& value);
  Value error(ErrorKind kind, std::string_view message, std::string_view hint = {}, Origin origin = 0,
              std::string_view missing = {});
  Value error(const Error& error);  // a copy, with the texts
  // Both errors, first before second, each once; beyond `most_errors` the rest is dropped.
  Value merge_errors(const Value& first, const Value& second);
  static constexpr std::size_t most_errors = 256;

  std::vector<Value>& stack() { return stack_; }

  // An object of the arena; it is never destroyed.
  template <typename Object, typename... Arguments>
  Object* create(Arguments&&... arguments) {
    return ::new (allocate(sizeof(Object), alignof(Object))) Object(static_cast<Arguments&&>(arguments)...);
  }

  // The levels of evaluation that are running, over all programs: a bound on the use of the machine's stack.
  static constexpr std::uint32_t most_levels = 2500;
  bool enter(std::uint32_t levels) {
    if (levels > most_levels - levels_) return false;
    levels_ += levels;
    return true;
  }
  void leave(std::uint32_t levels) { levels_ -= levels; }

  // Zones that were asked for by name; kept over reset().
  TimeZones& time_zones();

  // Regular expressions by their text; kept over reset(). The reference is good until the next call.
  const RegularExpression& regular_expression(std::string_view pattern);
  // Whether the call that is being made has a constant for its pattern: compiling that is not charged.
  bool pattern_is_constant = false;

 private:
  void* allocate(std::size_t bytes, std::size_t alignment);

  struct Block;
  std::vector<Block> blocks_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;
  std::uint64_t steps_ = 0;
  std::uint32_t levels_ = 0;
  std::vector<Value> stack_;
  std::unique_ptr<TimeZones> time_zones_;
  std::unordered_map<std::string_view, RegularExpression> regular_expressions_;  // keys: their own patterns
};

}  // namespace scruple::cel
