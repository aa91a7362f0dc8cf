// Reads CSV: see row_reader.h.
#pragma once

#include "evidence/csv_index.h"
#include "evidence/row_buffer.h"
#include "evidence/row_reader.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
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
  [[gnu::noinline]] bool read_more();
  bool is_readable();  // reports it if not
  [[gnu::noinline]] void build_index();
  Step parse();
  Step parse_quoted();
  Step end_row();
  // What goes wrong is kept out of the way of what does not.
  [[gnu::noinline]] Step too_many_cells();
  [[gnu::noinline]] Step too_long(std::string_view hint = {});
  [[gnu::noinline]] bool fail_with_cells();
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
  // The text that the index is of, while it is in the buffer, and the marks and stops of it that are gone by.
  const char* text_ = nullptr;
  CsvIndex index_;
  std::size_t mark_ = 0;
  std::size_t stop_ = 0;
  // How far into the text the row before ended, then where each cell of this one does: most are never looked at.
  const std::uint32_t* ends_ = nullptr;
  std::vector<std::uint32_t> own_ends_;  // of a row with quotes
  std::size_t cell_count_ = 0;
  // By column: cells with doubled quotes. What was shown of a row stays where it is.
  mutable std::deque<std::string> unescaped_;
};

}  // namespace scruple::evidence
