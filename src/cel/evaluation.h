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
#include <unordered_set>
#include <utility>
#include <vector>

namespace scruple::cel {

class TimeZones;

// What a function says of its result: a phrase ("no phrase of greetings in 212 words"), and the figures in it.
struct Explanation {
  struct Figure {
    std::string name;
    std::string value;
    std::string unit;  // may be empty
  };
  std::string phrase;
  std::vector<Figure> figures;
};

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

  // Forgets everything that was computed, refills the budget of one evaluation.
  void reset();

  // The host's own data, for its functions and containers.
  void* host = nullptr;

  // May be null. Set between evaluations only.
  Observer* observer = nullptr;

  // Steps: one for each node evaluated, and one for each 64 bytes or element that a function touches. What is made
  // by the functions below is charged by them; what a function reads it charges itself.
  // charge() is false once the budget is used up; the evaluator then gives an error of kind `limit`.
  // The steps of all evaluations since begin_total() have a budget, too: once it is used up, no evaluation has a step.
  std::uint64_t step_limit = 1'000'000;
  std::uint64_t total_step_limit = 100'000'000;
  bool charge(std::uint64_t steps) {
    steps_ += steps;
    return steps_ <= step_limit;
  }
  bool charge_bytes(std::size_t bytes) { return charge(bytes / 64); }
  // Whether so many more steps would fit; asked before something large is made.
  bool can_afford(std::uint64_t steps) const { return steps_ <= step_limit && steps <= step_limit - steps_; }
  bool exhausted() const { return steps_ > step_limit; }
  std::uint64_t steps() const { return steps_; }
  // While a fold goes over its rows, the steps that they take are counted apart, anew for each row.
  bool in_fold() const { return in_fold_; }
  std::uint64_t begin_fold() {
    in_fold_ = true;
    return std::exchange(steps_, 0);
  }
  std::uint64_t next_row() { return std::exchange(steps_, 0); }
  void end_fold(std::uint64_t steps_before) {
    in_fold_ = false;
    steps_ = steps_before;
  }
  // For the next evaluation.
  void reset_steps() {
    // What would have gone beyond the limit was not done.
    total_steps_ += steps_ < step_limit ? steps_ : step_limit;
    steps_ = total_exhausted() ? step_limit + 1 : 0;
    if (!charged_patterns_.empty()) charged_patterns_.clear();
  }
  bool total_exhausted() const { return total_steps_ > total_step_limit; }
  void begin_total() { total_steps_ = steps_ = table_bytes_ = 0; }
  // The error of a used up budget: says which one.
  Value over_budget();

  // Going through a table takes next to no steps, however large it is: the bytes of all readings since begin_total()
  // have a budget of their own. An error if a table of this size does not fit in any more; else unset.
  std::uint64_t table_bytes_limit = 1'000'000'000'000;
  Value charge_table(std::uint64_t bytes);

  // What an expression may build in one piece. Asked before it is built: the error that names the limit, or the budget
  // that would be used up; unset if there is room.
  std::uint64_t text_limit = 16u << 20;  // bytes
  std::uint64_t list_limit = 100'000;    // elements
  Value no_room_for_text(std::uint64_t bytes);
  Value no_room_for_list(std::uint64_t elements);

  // Memory that was used since a mark can be used again; what was made there is gone then.
  struct Mark {
    std::size_t block = 0;
    std::size_t used = 0;
  };
  Mark mark() const { return {block_, used_}; }
  void release(Mark mark) {
    block_ = mark.block;
    used_ = mark.used;
  }

  // What follows lives until reset().
  std::string_view copy(std::string_view text);
  std::span<Value> allocate_values(std::size_t count);
  std::span<std::uint32_t> allocate_words(std::size_t count);  // zeros
  Value string(std::string_view text);                         // a copy
  Value bytes(std::string_view octets);                        // a copy
  Value list(std::span<const Value> elements);                 // an error if it is longer than the limit
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

  // Memory of the arena.
  void* allocate(std::size_t bytes, std::size_t alignment);

  // The levels of evaluation that are running, over all programs: a bound on the use of the machine's stack.
  static constexpr std::uint32_t most_levels = 2500;
  bool enter(std::uint32_t levels) {
    if (levels > most_levels - levels_) return false;
    levels_ += levels;
    return true;
  }
  void leave(std::uint32_t levels) { levels_ -= levels; }

  // Where the function that is being called may explain its result; null unless the evaluation is traced.
  Explanation* explanation = nullptr;

  // Zones that were asked for by name; kept over reset().
  TimeZones& time_zones();

  // Regular expressions by their text; kept over reset(). The reference is good until the next call.
  const RegularExpression& regular_expression(std::string_view pattern);
  // Whether the call that is being made has a constant for its pattern: compiling that is not charged.
  bool pattern_is_constant = false;
  // Whether a pattern comes up for the first time since reset_steps(): its compilation is then charged.
  bool is_new_pattern(std::string_view pattern);

 private:
  struct Block;
  std::vector<Block> blocks_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;
  std::uint64_t steps_ = 0;
  std::uint64_t total_steps_ = 0;
  std::uint64_t table_bytes_ = 0;
  std::uint32_t levels_ = 0;
  bool in_fold_ = false;
  std::vector<Value> stack_;
  std::unique_ptr<TimeZones> time_zones_;
  std::unordered_set<std::string> charged_patterns_;
  std::unordered_map<std::string_view, RegularExpression> regular_expressions_;  // keys: their own patterns
};

}  // namespace scruple::cel
