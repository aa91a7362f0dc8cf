// Any bytes are rows of a table or a problem, read as CSV and as JSON Lines: each row has a cell for each column,
// its cells are UTF-8, and a second reading gives the same.
#include "evidence/row_reader.h"
#include "fuzz.h"

#include "base/strings.h"

#include <string>

namespace {

using namespace scruple;
using namespace scruple::evidence;

std::string read(const char* name, std::string_view bytes, std::string_view delimiter) {
  TableLimits limits;
  limits.row_bytes = 512;
  limits.columns = 40;
  const auto reader = open_rows(make_memory_reader(bytes), name, delimiter, limits);
  std::string told;
  while (reader->next()) {
    for (std::size_t i = 0; i < reader->columns().size(); ++i) {
      const std::string_view cell = reader->cell(i);
      fuzz::require(find_invalid_utf8(cell) == std::string_view::npos);
      told += concat(cell.size(), ':', cell);
    }
    told += '/';
  }
  fuzz::require(!reader->next());
  if (reader->problem()) {
    fuzz::require(!reader->problem()->message.empty());
    told += reader->problem()->message;
  }
  return told;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const char* name : {"table.csv", "table.jsonl"}) {
    const std::string first = read(name, bytes, {});
    fuzz::require(first == read(name, bytes, {}));
  }
  read("table.csv", bytes, ";");
  return 0;
}
