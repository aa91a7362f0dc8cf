// Tables of evidence as cel's folds see them: files of rows, and rows that are written in the manifest.
#pragma once

#include "cel/fold.h"
#include "cel/rows.h"
#include "cel/value.h"
#include "policy/file_facts.h"
#include "policy/table_preset.h"
#include "policy/view.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace scruple::policy {

// What a manifest says of a table's file: `{path, preset, columns, delimiter, values}`.
struct TableMapping {
  std::string preset;  // its id, if there is one of that name
  std::string delimiter;
  std::map<std::string, std::string, std::less<>> columns;                        // the name here -> that in the file
  std::map<std::string, std::map<std::string, std::string>, std::less<>> values;  // column -> in the file -> here
};

// The mapping beside a path; an empty one for a path alone. What is written there goes before what its preset says.
TableMapping read_mapping(const View& view, View::EntryId path, std::span<const TablePreset> presets);

// The tables that the evaluation of one manifest has opened. A table is an opaque value with the fields `columns`,
// `row_count`, `rows`, `row_numbers`; its rows have origins that name their row and column.
class Tables final : public cel::Container {
 public:
  // `manifest` outlives the tables.
  explicit Tables(const View& manifest);
  ~Tables() override;

  // Each gives the number of a new table. `path` is the origin of what names it.
  std::uint32_t add_file(std::shared_ptr<const evidence::File> file, const FileFacts& facts, TableMapping mapping,
                         cel::Origin path, cel::Marks marks);
  std::uint32_t add_rows(View::EntryId list);

  cel::Value value(std::uint32_t table) const;

  // Where a cell stands: for origins of tables only.
  static bool is_cell(cel::Origin origin) { return (origin >> 63) != 0; }
  struct Cell {
    cel::Origin path = 0;  // of what names the file
    std::string place;     // `rows[412].basis`
    std::string file;      // for people
    std::uint32_t line = 0;
  };
  Cell cell(cel::Origin origin) const;

  std::string_view type_name(std::uint32_t) const override { return "table"; }
  std::size_t size(std::uint32_t, cel::Evaluation&) const override { return 0; }
  cel::Value at(std::uint32_t, std::size_t, cel::Evaluation&) const override { return {}; }
  cel::Value key_at(std::uint32_t, std::size_t, cel::Evaluation&) const override { return {}; }
  cel::Value find(std::uint32_t table, std::string_view field, cel::Evaluation& evaluation) const override;
  cel::Value find(std::uint32_t, const cel::Value&, cel::Evaluation&) const override { return {}; }
  const cel::RowSource* rows(std::uint32_t table) const override;

 private:
  class Table;
  class FileTable;
  class InlineTable;

  // Whether the manifest, or its organization file, holds just this text.
  bool declares(std::string_view text) const;

  const View& manifest_;
  std::vector<std::unique_ptr<Table>> tables_;
  mutable std::optional<std::unordered_set<std::string_view>> declared_;
};

}  // namespace scruple::policy
