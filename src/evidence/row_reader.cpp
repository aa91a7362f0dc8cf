#include "evidence/row_reader.h"

#include "base/strings.h"
#include "evidence/csv_reader.h"
#include "evidence/json_lines_reader.h"

#include <utility>

namespace scruple::evidence {

namespace {

bool is_json_lines(std::string_view name, std::string_view text) {
  const std::string lower = to_lower_ascii(name);
  if (lower.ends_with(".jsonl") || lower.ends_with(".ndjson")) return true;
  const auto first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first != text.npos && text[first] == '{';
}

}  // namespace

std::unique_ptr<RowReader> open_rows(std::unique_ptr<FileReader> file, std::string name, std::string_view delimiter,
                                     TableLimits limits) {
  RowBuffer buffer(std::move(file));
  if (is_json_lines(name, buffer.text()))
    return std::make_unique<JsonLinesReader>(std::move(buffer), std::move(name), limits);
  return std::make_unique<CsvReader>(std::move(buffer), std::move(name), delimiter, limits);
}

}  // namespace scruple::evidence
