#include "cel/fold.h"

#include "base/strings.h"
#include "cel/compare.h"
#include "cel/decimal_sum.h"
#include "cel/display.h"
#include "cel/evaluator.h"
#include "cel/macro.h"

#include <array>
#include <bit>
#include <cstring>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace scruple::cel {

namespace {

// An error of one row, as that of the whole fold. What a cell holds is not repeated where it must not be shown; hints
// say how a value is written, and never hold one.
Value row_error(const Value& error, std::uint64_t number, const Value& row, Marks secret, Evaluation& evaluation) {
  const Error& first = error.as_error();
  if (first.kind != ErrorKind::evaluation) return error;
  const bool hidden = (error.marks() & secret) != 0;
  const std::string where = concat("row ", number + 1, " below the header");
  return evaluation
      .error(ErrorKind::undecidable,
             hidden ? concat("what ", where, " holds is not what is needed there") : concat(where, ": ", first.message),
             first.hint, first.origin != 0 ? first.origin : row.origin())
      .with_marks(error.marks());
}

Value no_condition(const Value& value, Macro macro, Evaluation& evaluation) {
  return evaluation.error(ErrorKind::evaluation,
                          concat('`', macro_name(macro), "` needs true or false, not ", kind_name(value)));
}

// A visitor that evaluates a program for each row; what it comes to is told to take().
class ProgramVisitor : public RowVisitor {
 public:
  ProgramVisitor(const RowProgram& program, Marks secret, Evaluation& evaluation)
      : program_(program), runner_(program, evaluation), secret_(secret), evaluation_(evaluation) {}

  const Value& error() const { return error_; }

 protected:
  const RowProgram& program() const { return program_; }
  Evaluation& evaluation() { return evaluation_; }
  void begin_row(std::uint64_t number, std::span<const Value> cells, const Value& row) {
    number_ = number;
    row_ = &row;
    runner_.set_row(cells, row);
  }
  Value output(std::size_t i) { return runner_.evaluate(program_.outputs[i]); }
  // Ends the fold.
  bool stop_with(const Value& error) {
    error_ = row_error(error, number_, *row_, secret_, evaluation_);
    return false;
  }
  bool stop(std::string_view message, std::string_view hint = {}) {
    error_ = evaluation_.error(ErrorKind::limit, message, hint);
    return false;
  }

 private:
  const RowProgram& program_;
  RowRunner runner_;
  Marks secret_;
  Evaluation& evaluation_;
  std::uint64_t number_ = 0;
  const Value* row_ = nullptr;  // that is being visited
  Value error_;
};

// --- `where`

class FilterVisitor final : public ProgramVisitor {
 public:
  FilterVisitor(const RowProgram& program, Marks secret, Evaluation& evaluation, RowVisitor& next, std::size_t own)
      : ProgramVisitor(program, secret, evaluation), next_(next), own_(own) {}

  bool visit(std::uint64_t number, std::span<const Value> cells, const Value& row) override {
    begin_row(number, cells.first(own_), row);
    const Value value = output(0);
    if (value.is_true()) return next_.visit(number, cells.subspan(own_), row);
    if (value.is_false()) return true;
    return stop_with(value.is_error() ? value : no_condition(value, Macro::where, evaluation()));
  }

 private:
  RowVisitor& next_;
  std::size_t own_;
};

// What tables that are made of another table share.
class DerivedRows : public Container, public RowSource {
 public:
  explicit DerivedRows(const Value& table)
      : table_(table.as_container()), handle_(table.handle()), rows_(*table_.rows(handle_)), origin_(table.origin()) {}

  std::string_view type_name(std::uint32_t) const override { return table_.type_name(handle_); }
  std::size_t size(std::uint32_t, Evaluation&) const override { return 0; }
  Value at(std::uint32_t, std::size_t, Evaluation&) const override { return {}; }
  Value key_at(std::uint32_t, std::size_t, Evaluation&) const override { return {}; }
  Value find(std::uint32_t, const Value&, Evaluation&) const override { return {}; }
  Value find(std::uint32_t, std::string_view field, Evaluation& evaluation) const override {
    const Value found = field_of_rows(*this, field, evaluation);
    return found.is_unset() ? table_.find(handle_, field, evaluation) : found;
  }
  const RowSource* rows(std::uint32_t) const override { return this; }

  Marks marks() const override { return rows_.marks(); }
  bool may_show(std::string_view text) const override { return rows_.may_show(text); }
  Value remembered(std::string_view key, bool shared, const std::function<Value()>& make,
                   Evaluation& evaluation) const override {
    return rows_.remembered(concat(own_key(), '|', key), shared && is_shared(), make, evaluation);
  }
  std::string name() const override { return concat(rows_.name(), '|', own_key()); }

 protected:
  const RowSource& base() const { return rows_; }
  virtual std::string own_key() const = 0;
  virtual bool is_shared() const = 0;

 private:
  const Container& table_;
  std::uint32_t handle_;
  const RowSource& rows_;
  Origin origin_;
};

class FilteredRows final : public DerivedRows {
 public:
  FilteredRows(const Value& table, const RowProgram& condition, Marks secret)
      : DerivedRows(table), condition_(condition), secret_(secret) {}

  Value go_through(std::span<const std::string_view> columns, RowVisitor& visitor,
                   Evaluation& evaluation) const override {
    std::vector<std::string_view> all(condition_.columns.begin(), condition_.columns.end());
    all.insert(all.end(), columns.begin(), columns.end());
    FilterVisitor filter(condition_, secret_, evaluation, visitor, condition_.columns.size());
    const Value problem = base().go_through(all, filter, evaluation);
    return filter.error().is_unset() ? problem : filter.error();
  }

 private:
  std::string own_key() const override { return concat("where(", condition_.text, ')'); }
  bool is_shared() const override { return condition_.shared; }

  const RowProgram& condition_;
  Marks secret_;
};

// --- `missing_from`, `found_in`

class KeyCollector final : public RowVisitor {
 public:
  bool visit(std::uint64_t, std::span<const Value> cells, const Value&) override {
    if (!cells[0].is(Kind::string)) {
      error = cells[0];
      return false;
    }
    const auto [key, is_new] = keys.emplace(cells[0].as_text());
    if (is_new) bytes += key->size();
    too_many = keys.size() > most_fold_keys * 5 || bytes > most_fold_key_bytes;
    return !too_many;
  }
  std::unordered_set<std::string> keys;
  std::size_t bytes = 0;
  bool too_many = false;
  Value error;
};

class MatchVisitor final : public RowVisitor {
 public:
  MatchVisitor(const std::unordered_set<std::string>& keys, bool found, RowVisitor& next)
      : keys_(keys), found_(found), next_(next) {}
  bool visit(std::uint64_t number, std::span<const Value> cells, const Value& row) override {
    if (!cells[0].is(Kind::string)) {
      error = cells[0];
      return false;
    }
    key_ = cells[0].as_text();
    return keys_.contains(key_) != found_ || next_.visit(number, cells.subspan(1), row);
  }
  Value error;

 private:
  const std::unordered_set<std::string>& keys_;
  bool found_;
  RowVisitor& next_;
  std::string key_;
};

class MatchedRows final : public DerivedRows {
 public:
  MatchedRows(const Value& table, const RowSource& other, std::string_view column, bool found)
      : DerivedRows(table), other_(other), column_(column), found_(found) {}

  Value go_through(std::span<const std::string_view> columns, RowVisitor& visitor,
                   Evaluation& evaluation) const override {
    KeyCollector keys;
    const Value problem = other_.go_through(std::span(&column_, 1), keys, evaluation);
    if (!keys.error.is_unset()) return keys.error;
    if (problem.is_error()) return problem;
    if (keys.too_many) {
      return evaluation.error(ErrorKind::limit, concat("the other table holds more than ", most_fold_keys * 5,
                                                       " different values to compare with (limit `fold-keys`)"));
    }
    std::vector<std::string_view> all = {column_};
    all.insert(all.end(), columns.begin(), columns.end());
    MatchVisitor match(keys.keys, found_, visitor);
    const Value own = base().go_through(all, match, evaluation);
    return match.error.is_unset() ? own : match.error;
  }

 private:
  std::string own_key() const override {
    return concat(found_ ? "found_in(" : "missing_from(", other_.name(), ',', column_, ')');
  }
  bool is_shared() const override { return false; }

  const RowSource& other_;
  std::string_view column_;
  bool found_;
};

// --- folds

class CountVisitor final : public RowVisitor {
 public:
  bool visit(std::uint64_t, std::span<const Value>, const Value&) override {
    ++count;
    return true;
  }
  std::int64_t count = 0;
};

class ConditionCount final : public ProgramVisitor {
 public:
  using ProgramVisitor::ProgramVisitor;
  bool visit(std::uint64_t number, std::span<const Value> cells, const Value& row) override {
    begin_row(number, cells, row);
    const Value value = output(0);
    if (!value.is(Kind::boolean))
      return stop_with(value.is_error() ? value : no_condition(value, Macro::count, evaluation()));
    count += value.as_boolean() ? 1 : 0;
    return true;
  }
  std::int64_t count = 0;
};

// A running sum: of whole numbers as long as all are, of decimals else. A condition counts where it holds.
class Sum {
 public:
  // False if the value is no number.
  bool add(const Value& value) {
    any_ = true;
    switch (value.kind()) {
      case Kind::boolean: return add_whole(value.as_boolean() ? 1 : 0);
      case Kind::integer: return add_whole(value.as_integer());
      case Kind::unsigned_integer:
        if (value.as_integer() >= 0) return add_whole(value.as_integer());
        return add_real(static_cast<double>(value.as_unsigned()));
      case Kind::real: return add_real(value.as_real());
      case Kind::string: whole_ = false; return decimals_.add(value.as_text());
      default: return false;
    }
  }
  Value value(bool integral_if_empty) const {
    if (any_ ? whole_ : integral_if_empty) return Value::integer(sum_);
    return Value::real(decimals_.value());
  }

 private:
  bool add_whole(std::int64_t number) {
    decimals_.add(number);
    if (whole_ && __builtin_add_overflow(sum_, number, &sum_)) whole_ = false;
    return true;
  }
  bool add_real(double number) {
    whole_ = false;
    decimals_.add(number);
    return true;
  }

  bool any_ = false;
  bool whole_ = true;
  std::int64_t sum_ = 0;
  DecimalSum decimals_;
};

Value no_number(const Value& value, Marks secret, Evaluation& evaluation) {
  const bool hidden = (value.marks() & secret) != 0;
  const std::string what = value.is(Kind::string) && !hidden ? to_display(value, evaluation, 60)
                           : value.is(Kind::string)          ? std::string("this cell")
                                                             : std::string(kind_name(value));
  return evaluation.error(ErrorKind::evaluation, concat(what, " is not a number"), {}, value.origin())
      .with_marks(value.marks());
}

class SumVisitor final : public ProgramVisitor {
 public:
  SumVisitor(const RowProgram& program, Marks secret, Evaluation& evaluation)
      : ProgramVisitor(program, secret, evaluation), secret_(secret) {}
  bool visit(std::uint64_t number, std::span<const Value> cells, const Value& row) override {
    begin_row(number, cells, row);
    const Value value = output(0);
    if (value.is_error()) return stop_with(value);
    return sum.add(value) || stop_with(no_number(value, secret_, evaluation()));
  }
  Sum sum;

 private:
  Marks secret_;
};

class ExtremeVisitor final : public ProgramVisitor {
 public:
  ExtremeVisitor(const RowProgram& program, Marks secret, Evaluation& evaluation, bool max)
      : ProgramVisitor(program, secret, evaluation), max_(max) {}
  bool visit(std::uint64_t number, std::span<const Value> cells, const Value& row) override {
    begin_row(number, cells, row);
    const Value value = output(0);
    if (value.is_error()) return stop_with(value);
    ++count;
    if (!best.is_unset()) {
      const auto order = compare(value, best);
      if (!order) {
        return stop_with(evaluation().error(ErrorKind::evaluation,
                                            concat("`", max_ ? "max" : "min", "` needs values that have an order, not ",
                                                   kind_name(value), " beside ", kind_name(best))));
      }
      if (max_ ? *order != std::partial_ordering::greater : *order != std::partial_ordering::less) return true;
    }
    best = value.with_origin(0);
    if (value.is(Kind::string)) {
      text_ = value.as_text();
      best = Value::string(text_).with_marks(value.marks());
    }
    return true;
  }
  Value best;
  std::uint64_t count = 0;

 private:
  bool max_;
  std::string text_;
};

// Values as the bytes of a key, and back.
void append_key(std::string& out, const Value& value) {
  const auto put = [&](const void* bytes, std::size_t size) { out.append(static_cast<const char*>(bytes), size); };
  if (value.is(Kind::string)) {
    const auto size = static_cast<std::uint32_t>(value.as_text().size());
    std::array<char, 1 + sizeof size> head{static_cast<char>(Kind::string)};
    std::memcpy(head.data() + 1, &size, sizeof size);
    put(head.data(), head.size());
    out += value.as_text();
    return;
  }
  out += static_cast<char>(value.kind());
  if (value.is(Kind::timestamp)) {
    const Timestamp time = value.as_timestamp();
    put(&time.seconds, sizeof time.seconds);
    put(&time.nanos, sizeof time.nanos);
  } else {
    // -0 and 0 are one key.
    const std::uint64_t bits = value.is(Kind::real) && value.as_real() == 0 ? 0 : value.as_unsigned();
    put(&bits, sizeof bits);
  }
}

bool can_be_key(const Value& value) {
  return value.is(Kind::string) || value.is(Kind::boolean) || value.is_number() || value.is(Kind::timestamp) ||
         value.is(Kind::duration);
}

Value take_key(std::string_view& bytes) {
  const auto kind = static_cast<Kind>(bytes.front());
  bytes.remove_prefix(1);
  const auto get = [&](void* to, std::size_t size) {
    bytes.copy(static_cast<char*>(to), size);
    bytes.remove_prefix(size);
  };
  if (kind == Kind::string) {
    std::uint32_t size = 0;
    get(&size, sizeof size);
    const std::string_view text = bytes.substr(0, size);
    bytes.remove_prefix(size);
    return Value::string(text);
  }
  if (kind == Kind::timestamp) {
    Timestamp time;
    get(&time.seconds, sizeof time.seconds);
    get(&time.nanos, sizeof time.nanos);
    return Value::timestamp(time);
  }
  std::uint64_t bits = 0;
  get(&bits, sizeof bits);
  switch (kind) {
    case Kind::boolean: return Value::boolean(bits != 0);
    case Kind::integer: return Value::integer(static_cast<std::int64_t>(bits));
    case Kind::unsigned_integer: return Value::unsigned_integer(bits);
    case Kind::duration: return Value::duration(static_cast<std::int64_t>(bits));
    default: return Value::real(std::bit_cast<double>(bits));
  }
}

struct Group {
  std::string_view key;
  std::uint64_t rows = 0;
  std::vector<Sum> sums;
};

// `distinct`, `keys`, `group_by`.
class GroupVisitor final : public ProgramVisitor {
 public:
  GroupVisitor(const RowProgram& program, Marks secret, Evaluation& evaluation, Macro macro, std::size_t key_count)
      : ProgramVisitor(program, secret, evaluation), macro_(macro), secret_(secret), key_count_(key_count) {}

  bool visit(std::uint64_t number, std::span<const Value> cells, const Value& row) override {
    begin_row(number, cells, row);
    key_.clear();
    for (std::size_t i = 0; i < key_count_; ++i) {
      const Value value = output(i);
      if (value.is_error()) return stop_with(value);
      if (!can_be_key(value)) {
        return stop_with(
            evaluation().error(ErrorKind::evaluation,
                               concat('`', macro_name(macro_),
                                      "` goes by texts, numbers, days and true or false, not by ", kind_name(value))));
      }
      append_key(key_, value);
    }
    auto known = index_.find(key_);
    if (known == index_.end()) {
      bytes_ += key_.size();
      if (groups.size() == most_fold_keys || bytes_ > most_fold_key_bytes) {
        return stop(concat("this makes more than ", most_fold_keys, " groups (limit `fold-keys`)"));
      }
      known = index_.emplace(key_, groups.size()).first;
      groups.push_back({known->first, 0, std::vector<Sum>(program().outputs.size() - key_count_)});
    }
    Group& group = groups[known->second];
    ++group.rows;
    for (std::size_t i = 0; i < group.sums.size(); ++i) {
      const Value value = output(key_count_ + i);
      if (value.is_error()) return stop_with(value);
      if (!group.sums[i].add(value)) return stop_with(no_number(value, secret_, evaluation()));
    }
    return true;
  }

  std::deque<Group> groups;  // in the order in which they came up

 private:
  Macro macro_;
  Marks secret_;
  std::size_t key_count_;
  std::string key_;
  std::size_t bytes_ = 0;
  std::unordered_map<std::string, std::size_t> index_;
};

class RowCollector final : public RowVisitor {
 public:
  bool visit(std::uint64_t, std::span<const Value>, const Value& row) override {
    too_many = rows.size() == most_listed_rows;
    if (!too_many) rows.push_back(copy_into(row, memory_, memory_));
    return !too_many;
  }
  std::vector<Value> rows;
  bool too_many = false;

 private:
  Evaluation memory_;
};

// The first numbers of rows.
class NumberCollector final : public RowVisitor {
 public:
  bool visit(std::uint64_t number, std::span<const Value>, const Value&) override {
    numbers.push_back(Value::integer(static_cast<std::int64_t>(number) + 1));
    return numbers.size() < most_row_numbers;
  }
  std::vector<Value> numbers;
};

class FirstRow final : public ProgramVisitor {
 public:
  FirstRow(const RowProgram& program, Marks secret, Evaluation& evaluation, bool decisive)
      : ProgramVisitor(program, secret, evaluation), decisive_(decisive) {}
  bool visit(std::uint64_t number, std::span<const Value> cells, const Value& row) override {
    begin_row(number, cells, row);
    const Value value = output(0);
    if (value.is(Kind::boolean) && value.as_boolean() != decisive_) return true;
    if (value.is(Kind::boolean)) {
      found = copy_into(row, memory_, evaluation());
      found_at = number;
      return false;
    }
    // What a later row decides counts for more; the first error is kept.
    if (!first_error_) {
      first_error_ = true;
      stop_with(value.is_error() ? value : no_condition(value, Macro::where, evaluation()));
      kept = copy_into(error(), memory_, memory_);
    }
    return true;
  }
  Value found;
  Value kept;
  std::uint64_t found_at = 0;

 private:
  bool decisive_;
  bool first_error_ = false;
  Evaluation memory_;
};

// Of a table whose cells must not be shown: the labels that may be.
Value label(const RowSource& rows, Value value, std::uint64_t count, Marks clears) {
  const bool shown = count >= enough_rows || (value.is(Kind::string) && rows.may_show(value.as_text()));
  return value.with_marks(shown ? static_cast<Marks>(rows.marks() & ~clears) : rows.marks());
}

Value list_of_groups(const RowSource& rows, const FoldBody& body, Macro macro, const GroupVisitor& visitor,
                     Marks clears, Evaluation& evaluation) {
  const Marks open = static_cast<Marks>(rows.marks() & ~clears);
  std::vector<Value> items;
  items.reserve(visitor.groups.size());
  std::vector<Value> entries;
  for (const Group& group : visitor.groups) {
    std::string_view key = group.key;
    if (macro == Macro::keys) {
      Value value = take_key(key);
      if (value.is(Kind::string)) value = evaluation.string(value.as_text());
      items.push_back(label(rows, value, group.rows, clears));
      continue;
    }
    entries.clear();
    for (std::size_t i = 0; i < body.names.size(); ++i) {
      entries.push_back(Value::string(body.names[i]));
      if (i >= body.key_count) {
        entries.push_back(group.sums[i - body.key_count].value(body.integral).with_marks(open));
        continue;
      }
      Value value = take_key(key);
      if (value.is(Kind::string)) value = evaluation.string(value.as_text());
      entries.push_back(label(rows, value, group.rows, clears));
    }
    entries.push_back(Value::string("rows"));
    entries.push_back(Value::integer(static_cast<std::int64_t>(group.rows)).with_marks(open));
    items.push_back(evaluation.map(entries));
  }
  return evaluation.list(items);
}

Value compute_fold(Macro macro, const RowSource& rows, const FoldBody& body, Marks clears, Evaluation& evaluation) {
  const RowProgram& program = *body.program;
  const Marks open = static_cast<Marks>(rows.marks() & ~clears);
  const auto run = [&](auto& visitor) {
    const Value problem = rows.go_through(program.columns, visitor, evaluation);
    return visitor.error().is_unset() ? problem : visitor.error();
  };
  switch (macro) {
    case Macro::count: {
      ConditionCount visitor(program, clears, evaluation);
      const Value error = run(visitor);
      return error.is_error() ? error : Value::integer(visitor.count).with_marks(open);
    }
    case Macro::sum: {
      SumVisitor visitor(program, clears, evaluation);
      const Value error = run(visitor);
      return error.is_error() ? error : visitor.sum.value(body.integral).with_marks(open);
    }
    case Macro::min:
    case Macro::max: {
      ExtremeVisitor visitor(program, clears, evaluation, macro == Macro::max);
      const Value error = run(visitor);
      if (error.is_error()) return error;
      if (visitor.best.is_unset()) return Value::optional(nullptr).with_marks(open);
      const bool shown = visitor.count >= enough_rows && !visitor.best.is(Kind::string);
      const Value best =
          visitor.best.is(Kind::string) ? evaluation.string(visitor.best.as_text()) : visitor.best.with_origin(0);
      const Marks marks = shown ? open : static_cast<Marks>(open | visitor.best.marks());
      return evaluation.optional(best.with_marks(marks)).with_marks(marks);
    }
    case Macro::distinct:
    case Macro::keys:
    case Macro::group_by: {
      GroupVisitor visitor(program, clears, evaluation, macro, macro == Macro::group_by ? body.key_count : 1);
      const Value error = run(visitor);
      if (error.is_error()) return error;
      if (macro == Macro::distinct)
        return Value::integer(static_cast<std::int64_t>(visitor.groups.size())).with_marks(open);
      return list_of_groups(rows, body, macro, visitor, clears, evaluation).with_marks(open);
    }
    default: return {};
  }
}

// The making of a result takes no steps of the rule: the next one finds it made.
Value remembered(const RowSource& rows, std::string_view key, bool shared, Evaluation& evaluation,
                 const std::function<Value()>& make) {
  if (evaluation.in_fold()) {
    return evaluation.error(ErrorKind::evaluation,
                            "a fold cannot stand in another one's condition and depend on its row",
                            "compare two tables with `missing_from` or `found_in`, or take `keys` of one in a `let`");
  }
  const std::uint64_t steps = evaluation.steps();
  const Value result = rows.remembered(
      key, shared,
      [&] {
        evaluation.next_row();
        return make();
      },
      evaluation);
  evaluation.next_row();
  evaluation.charge(steps);
  if (result.is(Kind::list)) evaluation.charge(result.as_container().size(result.handle(), evaluation));
  return result;
}

}  // namespace

Value RowMemory::over_budget() {
  return evaluation_.error(ErrorKind::limit, concat("this fold takes more than ", most_fold_steps,
                                                    " steps over all rows (limit `fold-steps`)"));
}

Value run_fold(Macro macro, const RowSource& rows, const FoldBody& body, Marks clears, Evaluation& evaluation) {
  std::string key = concat(macro_name(macro), '(', body.program->text, ')');
  for (const std::string_view name : body.names) key += concat(',', name.size(), ':', name);
  // A label that this manifest declares is shown, and that one's is not.
  const bool labels = macro == Macro::keys || macro == Macro::group_by;
  const bool shared = body.program->shared && !(labels && (rows.marks() & clears) != 0);
  return remembered(rows, key, shared, evaluation, [&] { return compute_fold(macro, rows, body, clears, evaluation); });
}

DecidingRow find_row(bool decisive, const RowSource& rows, const RowProgram& condition, Evaluation& evaluation) {
  const std::string key = concat(decisive ? "exists(" : "all(", condition.text, ')');
  const Value result = remembered(rows, key, false, evaluation, [&] {
    FirstRow visitor(condition, condition.functions->test_clears, evaluation, decisive);
    const Value problem = rows.go_through(condition.columns, visitor, evaluation);
    if (!visitor.found.is_unset()) {
      const Value found[] = {copy_into(visitor.found, evaluation, evaluation),
                             Value::integer(static_cast<std::int64_t>(visitor.found_at))};
      return evaluation.list(found);
    }
    if (problem.is_error()) return problem;
    return visitor.kept.is_error() ? copy_into(visitor.kept, evaluation, evaluation) : evaluation.list({});
  });
  if (result.is_error()) return {result, 0};
  const Container& list = result.as_container();
  if (list.size(result.handle(), evaluation) == 0) return {};
  return {list.at(result.handle(), 0, evaluation),
          static_cast<std::uint64_t>(list.at(result.handle(), 1, evaluation).as_integer())};
}

Value filtered_rows(const Value& table, const RowProgram& condition, Evaluation& evaluation) {
  const Marks secret = condition.functions->test_clears;
  return Value::container(Kind::opaque, *evaluation.create<FilteredRows>(table, condition, secret), 0)
      .with_origin(table.origin())
      .with_marks(table.marks());
}

Value matched_rows(const Value& table, const Value& other, std::string_view column, bool found,
                   Evaluation& evaluation) {
  const RowSource* rows = table.as_container().rows(table.handle());
  const RowSource* others = other.as_container().rows(other.handle());
  if (rows == nullptr || others == nullptr) {
    return evaluation.error(ErrorKind::evaluation, "this is no table", "write `file(…).table`");
  }
  const std::string_view name = evaluation.copy(column);
  return Value::container(Kind::opaque, *evaluation.create<MatchedRows>(table, *others, name, found), 0)
      .with_origin(table.origin())
      .with_marks(static_cast<Marks>(table.marks() | other.marks()));
}

Value field_of_rows(const RowSource& rows, std::string_view field, Evaluation& evaluation) {
  if (field == "row_count") {
    return remembered(rows, "count", true, evaluation, [&] {
      CountVisitor visitor;
      const Value problem = rows.go_through({}, visitor, evaluation);
      return problem.is_error() ? problem : Value::integer(visitor.count);
    });
  }
  if (field == "row_numbers") {
    return remembered(rows, "row_numbers", true, evaluation, [&] {
      NumberCollector visitor;
      const Value problem = rows.go_through({}, visitor, evaluation);
      return problem.is_error() ? problem : evaluation.list(visitor.numbers);
    });
  }
  if (field != "rows") return {};
  return remembered(rows, "rows", false, evaluation, [&] {
    RowCollector visitor;
    const Value problem = rows.go_through({}, visitor, evaluation);
    if (problem.is_error()) return problem;
    if (visitor.too_many) {
      return evaluation.error(ErrorKind::limit,
                              concat("`rows` lists at most ", most_listed_rows, " rows (limit `table-listed-rows`)"),
                              "count with `count`, `group_by` and the like, which go over any number");
    }
    std::vector<Value> copies;
    for (const Value& row : visitor.rows) copies.push_back(copy_into(row, evaluation, evaluation));
    return evaluation.list(copies);
  });
}

Value copy_into(const Value& value, Evaluation& memory, Evaluation& evaluation) {
  const auto kept = [&](Value copy) { return copy.with_origin(value.origin()).with_marks(value.marks()); };
  switch (value.kind()) {
    case Kind::string: return kept(memory.string(value.as_text()));
    case Kind::bytes: return kept(memory.bytes(value.as_text()));
    case Kind::optional:
      if (value.as_optional() == nullptr) return value;
      return kept(memory.optional(copy_into(*value.as_optional(), memory, evaluation)));
    case Kind::list:
    case Kind::map: {
      const Container& container = value.as_container();
      const std::size_t size = container.size(value.handle(), evaluation);
      std::vector<Value> items;
      for (std::size_t i = 0; i < size; ++i) {
        if (value.is(Kind::map))
          items.push_back(copy_into(container.key_at(value.handle(), i, evaluation), memory, evaluation));
        items.push_back(copy_into(container.at(value.handle(), i, evaluation), memory, evaluation));
      }
      return kept(value.is(Kind::list) ? memory.list(items) : memory.map(items));
    }
    case Kind::error: {
      Value copy;
      for (const Error* error = &value.as_error(); error != nullptr; error = error->next) {
        Error one = *error;
        one.next = nullptr;
        copy = copy.is_unset() ? memory.error(one) : memory.merge_errors(copy, memory.error(one));
      }
      return kept(copy);
    }
    default: return value;
  }
}

}  // namespace scruple::cel
