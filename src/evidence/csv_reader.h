// Reads CSV: see row_reader.h.
#pragma once

#include "evidence/row_buffer.h"
#include "evidence/row_reader.h"

#include <string>
#include <vector>

namespace scruple::evidence {

class CsvReader final : public RowReader {
 public:
  CsvReader(RowBuffer buffer, std::string name, std::string_view delimiter, TableLimits limits);
  bool next() override;
  std::string_view cell(std::size_t column) const override;

 private:
  enum class Step { row, blank, end, more, failed };

  void read_header(std::string_view delimiter);
  bool read_row();
  Step parse();
  class Scanner;
  Step quoted_cell(const char*& at);
  bool check_text(std::string_view row);
  void fail(std::string message, std::string hint);
  std::string row_name() const;

  RowBuffer buffer_;
  std::string name_;
  TableLimits limits_;
  char delimiter_ = ',';
  char line_break_ = '\n';
  bool in_header_ = true;
  std::uint64_t line_ = 1;  // of the first byte that is not consumed
  std::uint64_t lines_in_row_ = 0;
  // Where the cells of the row begin, and behind the last one where one more would: most are never looked at.
  std::vector<const char*> begins_;
  std::size_t cell_count_ = 0;
  mutable std::vector<std::string> unescaped_;  // by column: cells with doubled quotes
};

}  // namespace scruple::evidence
