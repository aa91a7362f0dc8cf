// Folds: what goes over the rows of a table once and keeps little. `t.where(r, …)` is a table again, of which nothing
// is read until something is asked of it.
#pragma once

#include "cel/evaluation.h"
#include "cel/row_program.h"
#include "cel/rows.h"
#include "cel/value.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace scruple::cel {

inline constexpr std::size_t most_fold_keys = 2'000'000;  // groups, distinct values
inline constexpr std::size_t most_fold_key_bytes = 256u << 20;
inline constexpr std::size_t most_listed_rows = 10'000;  // `t.rows`
inline constexpr std::size_t most_row_numbers = 100;
inline constexpr std::uint64_t most_fold_steps = 20'000'000'000;
inline constexpr std::uint64_t enough_rows = 5;  // of so many a label or an extreme says nothing about one person

// For a host that shows its rows: after each, gives back the memory that was used for it and counts its steps.
class RowMemory {
 public:
  explicit RowMemory(Evaluation& evaluation)
      : evaluation_(evaluation), mark_(evaluation.mark()), steps_before_(evaluation.begin_fold()) {}
  ~RowMemory() { evaluation_.end_fold(steps_before_); }
  RowMemory(const RowMemory&) = delete;
  RowMemory& operator=(const RowMemory&) = delete;

  // False once all rows together took more steps than a fold may.
  bool next() {
    steps_ += evaluation_.next_row();
    evaluation_.release(mark_);
    return steps_ <= most_fold_steps;
  }
  // What the host made since the last row stays.
  void keep() { mark_ = evaluation_.mark(); }
  Value over_budget();

 private:
  Evaluation& evaluation_;
  Evaluation::Mark mark_;
  std::uint64_t steps_before_;
  std::uint64_t steps_ = 0;
};

// What a fold takes of each row, and how its result is to be named in a group.
struct FoldBody {
  const RowProgram* program = nullptr;
  std::span<const std::string_view> names;  // group_by: of the outputs
  std::size_t key_count = 0;                // group_by: so many outputs make the group, the rest is summed
  bool integral = false;                    // a sum of no rows is a whole number
};

// The result, unmarked but for what it holds of single rows. `clears`: what a count takes from the marks.
Value run_fold(Macro macro, const RowSource& rows, const FoldBody& body, Marks clears, Evaluation& evaluation);

// `all` and `exists` over rows: the row that decides, with its number. `found` is unset if none does.
struct DecidingRow {
  Value found;  // a map; or an error
  std::uint64_t number = 0;
};
DecidingRow find_row(bool decisive, const RowSource& rows, const RowProgram& condition, Evaluation& evaluation);

// The rows of a table for which a condition holds. `table` is the value that `rows` belongs to.
Value filtered_rows(const Value& table, const RowProgram& condition, Evaluation& evaluation);

// The rows whose cell in a column stands (`found`) or does not stand in that column of another table.
Value matched_rows(const Value& table, const Value& other, std::string_view column, bool found, Evaluation& evaluation);

// A field that every table has: `row_count`, `rows`, `row_numbers`. Unset for another name.
Value field_of_rows(const RowSource& rows, std::string_view field, Evaluation& evaluation);

// A copy of a value that outlives the evaluation in which it was made.
Value copy_into(const Value& value, Evaluation& memory, Evaluation& evaluation);

}  // namespace scruple::cel
