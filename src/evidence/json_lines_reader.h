// Reads JSON Lines, an object a line: see row_reader.h.
#pragma once

#include "evidence/row_buffer.h"
#include "evidence/row_reader.h"

#include <deque>
#include <unordered_map>

namespace scruple::evidence {

class JsonLinesReader final : public RowReader {
 public:
  JsonLinesReader(RowBuffer buffer, std::string name, TableLimits limits);
  bool next() override;
  std::string_view cell(std::size_t column) const override { return cells_[column]; }

 private:
  // The next line that holds something; false at the end, and with a problem.
  bool take_line(std::string_view& line);
  // What is wrong with a line; empty if nothing is.
  std::string parse(std::string_view line);
  bool text(const char*& at, const char* end, std::string_view& value);
  bool value(const char*& at, const char* end, std::string_view& value);
  // Where the value of a key goes; the keys of most lines come in the order of the first.
  std::size_t column_of(std::string_view key, std::size_t expected);
  void fail(std::string message, std::string hint);

  RowBuffer buffer_;
  std::string name_;
  TableLimits limits_;
  std::uint64_t line_ = 0;
  std::vector<std::string_view> cells_;
  std::unordered_map<std::string, std::size_t> indexes_;
  std::deque<std::string> unescaped_;
  std::size_t unescaped_used_ = 0;
};

}  // namespace scruple::evidence
