// Counts of groups as rules hand them over: a list of maps, from a table or written in the manifest, whose cells are
// numbers or texts. What is wrong in them is an error with its row.
#pragma once

#include "cel/evaluation.h"
#include "fairness/decision.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple::policy {

// A row as a map, cell by cell. Texts live as long as the evaluation.
class CountRow {
 public:
  CountRow(const cel::Value& row, std::size_t index, cel::Evaluation& evaluation)
      : row_(row), index_(index), evaluation_(evaluation) {}

  bool has(std::string_view column) const;
  bool is_filled(std::string_view column) const;
  // An error if there is no such cell, or it is no text; else a string.
  cel::Value text(std::string_view column);
  // An error unless the cell is a whole number, or a text that is one; else an integer.
  cel::Value count(std::string_view column);
  // Likewise for any number; else a real.
  cel::Value number(std::string_view column);

  // An error about this row.
  cel::Value error(std::string_view what) const;
  // Of all cells that were read.
  cel::Marks marks() const { return marks_; }

 private:
  cel::Value cell(std::string_view column);

  const cel::Value& row_;
  std::size_t index_;
  cel::Evaluation& evaluation_;
  cel::Marks marks_ = 0;
};

// Where the counts of a row stand, and what is not counted.
struct CountColumns {
  std::string attribute = "attribute";  // without such a column all groups are of one kind
  std::string group = "group";
  std::string selected = "selected";
  std::string total = "total";
  std::string stratum;               // of a channel, country or month within which gaps are looked at too; may be empty
  bool harmful = false;              // `selected` is what nobody wants: those who were spared it are counted
  bool sum = false;                  // rows of one group are added up, as days are
  std::vector<std::string> unknown;  // names of those of whom the group is not known, in lower case; always also ""
};

struct Counts {
  std::vector<fairness::Attribute> attributes;  // in the order of the rows
  std::int64_t people = 0;
  std::int64_t unknown = 0;  // whose group is not known: they stay out
  cel::Marks marks = 0;      // of the cells

  // By attribute and group, then by stratum; empty without such a column.
  std::map<std::pair<std::string, std::string>, std::map<std::string, fairness::Group>> strata;
};

// Whether two groups of an attribute change places within the strata (Simpson's reversal). Empty without strata.
std::optional<bool> reversal(const Counts& counts, const std::string& attribute, const std::string& group,
                             const std::string& reference);

// Unset, or an error: then `counts` means nothing.
cel::Value read_counts(const cel::Value& rows, const CountColumns& columns, Counts& counts,
                       cel::Evaluation& evaluation);

}  // namespace scruple::policy
