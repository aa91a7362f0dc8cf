// The rows of a table, one after the other, in the memory of one row: CSV as RFC 4180 has it, and JSON Lines.
//
//   auto reader = open_rows(std::move(file_reader), "logs/decisions.csv", format, limits);
//   while (reader->next()) … reader->cells() …
//   if (reader->problem()) …
//
// Cells are text. White space around a cell that is not quoted does not count, nor do lines that hold nothing.
#pragma once

#include "base/file_system.h"
#include "evidence/problem.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::evidence {

struct TableLimits {
  std::size_t row_bytes = 1u << 20;
  std::size_t columns = 4095;
  std::uint64_t rows = 1'000'000'000;
};

class RowReader {
 public:
  virtual ~RowReader() = default;

  // Goes to the next row. False at the end, and where the table cannot be read further.
  virtual bool next() = 0;
  // Why it could not be read further; nothing at its end.
  const std::optional<Problem>& problem() const { return problem_; }

  // The names in the header; of JSON Lines the keys that came up so far, in the order in which they did.
  const std::vector<std::string>& columns() const { return columns_; }
  // Of the current row; there are as many as columns. Good until the next row. One that a line of JSON does not have
  // has no data().
  virtual std::string_view cell(std::size_t column) const = 0;
  // Rows below the header that were read, the current one included.
  std::uint64_t count() const { return count_; }
  // The line at which the current row begins, from 1.
  std::uint64_t line() const { return row_line_; }

 protected:
  std::optional<Problem> problem_;
  std::vector<std::string> columns_;
  std::uint64_t count_ = 0;
  std::uint64_t row_line_ = 0;
};

// `name` is the file's, for people; by its ending, or the first character, JSON Lines are told from CSV. An empty
// delimiter is found out from the header. Never null.
std::unique_ptr<RowReader> open_rows(std::unique_ptr<FileReader> file, std::string name, std::string_view delimiter,
                                     TableLimits limits = {});

}  // namespace scruple::evidence
