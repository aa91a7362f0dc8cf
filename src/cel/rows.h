// What folds go over: a table of the host's that may be too long to be held. cel asks for its rows one by one, and for
// the results of folds that went over it before.
#pragma once

#include "cel/value.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace scruple::cel {

// Is shown each row; what it is given is good until it returns.
class RowVisitor {
 public:
  virtual ~RowVisitor() = default;
  // `number` counts from 0. `cells` are those of the columns that were asked for; one that the table does not have is
  // an error, or unset. `row` is all of it, a map. False: this is enough.
  virtual bool visit(std::uint64_t number, std::span<const Value> cells, const Value& row) = 0;
};

class RowSource {
 public:
  virtual ~RowSource() = default;

  // Equal for two sources of a host that have the same rows.
  virtual std::string name() const = 0;

  // Shows each row in its order. An error if they cannot be read to their end, else unset.
  virtual Value go_through(std::span<const std::string_view> columns, RowVisitor& visitor,
                           Evaluation& evaluation) const = 0;

  // The result of a fold: `make` is called unless one with this key is known. With `shared` the key says all that the
  // result depends on; otherwise it is good for this host only. The result outlives the evaluation.
  virtual Value remembered(std::string_view key, bool shared, const std::function<Value()>& make,
                           Evaluation& evaluation) const = 0;

  // The marks of its cells, and whether a text that stands in them may be shown all the same.
  virtual Marks marks() const = 0;
  virtual bool may_show(std::string_view text) const = 0;
};

}  // namespace scruple::cel
