#include "policy/tables.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "base/suggest.h"
#include "policy/marks.h"
#include "schema/validator.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace scruple::policy {

namespace {

using cel::ErrorKind;
using cel::Evaluation;
using cel::Kind;
using cel::Marks;
using cel::Origin;
using cel::Value;

// An origin of a cell: a one, the table, the column plus one, the row.
constexpr int row_bits = 36;
constexpr int column_bits = 12;
constexpr std::uint32_t most_tables = 1u << (63 - row_bits - column_bits);
constexpr Origin cells = Origin{1} << 63;

Origin row_origin(std::uint32_t table, std::uint64_t row) {
  return cells | (Origin{table % most_tables} << (row_bits + column_bits)) | (row & ((Origin{1} << row_bits) - 1));
}
Origin cell_origin(Origin row, std::size_t column) {
  return row | (Origin{(column + 1) & ((1u << column_bits) - 1)} << row_bits);
}

constexpr std::size_t most_columns_told = 40;

std::string list_columns(const std::vector<std::string>& columns) {
  std::string out;
  for (std::size_t i = 0; i < std::min(columns.size(), most_columns_told); ++i) {
    out += concat(i == 0 ? "`" : ", `", shorten(visible(columns[i]), 60), '`');
  }
  if (columns.size() > most_columns_told) out += concat(" and ", columns.size() - most_columns_told, " more");
  return out;
}

// Names as people vary them: `Record ID`, `record_id`.
std::string plain(std::string_view name) {
  std::string out;
  for (const char c : to_lower_ascii(name)) {
    if (is_lower(c) || is_digit(c) || is_beyond_ascii(c)) out += c;
  }
  return out;
}

// `decided_at` and `decided_by`: a short last word of its own makes another name, however alike they look.
bool is_sibling(std::string_view one, std::string_view other) {
  const auto begin = one.rfind('_');
  if (begin == one.npos || begin != other.rfind('_') || one.substr(0, begin) != other.substr(0, begin)) return false;
  constexpr std::size_t longest = 3;
  return one.size() - begin - 1 <= longest && other.size() - begin - 1 <= longest;
}

std::string quoted_scalar(std::string_view text) {
  std::string out = "\"";
  for (const char c : visible(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// The rows of a table are shown to cel in this: a map of the current one.
class CurrentRow : public cel::Container {
 public:
  std::string_view type_name(std::uint32_t) const override { return "map"; }
  Value find(std::uint32_t, const Value&, Evaluation&) const override { return {}; }
};

}  // namespace

TableMapping read_mapping(const View& view, View::EntryId path, std::span<const TablePreset> presets) {
  TableMapping mapping;
  const auto spot = view.spot(path);
  const Document& document = *spot.document;
  const auto text_of = [&](NodeId node) { return std::string(document.node(node).text); };
  const auto each = [&](NodeId map, auto take) {
    if (document.node(map).kind != NodeKind::map) return;
    for (const Member& member : document.members(map)) take(member);
  };
  each(spot.node, [&](const Member& member) {
    if (member.key != "preset" || document.node(member.value).kind != NodeKind::string) return;
    const auto preset = std::ranges::find(presets, document.node(member.value).text, &TablePreset::id);
    if (preset == presets.end()) return;  // a finding of the schema
    mapping.preset = preset->id;
    for (const auto& column : preset->columns) mapping.columns[std::string(column.here)] = column.there;
    for (const auto& value : preset->values)
      mapping.values[std::string(value.column)][std::string(value.there)] = value.here;
  });
  each(spot.node, [&](const Member& member) {
    if (member.key == "delimiter" && document.node(member.value).kind == NodeKind::string)
      mapping.delimiter = text_of(member.value);
    if (member.key == "columns") {
      each(member.value, [&](const Member& column) {
        std::erase_if(mapping.columns, [&](const auto& known) { return known.second == text_of(column.value); });
      });
      each(member.value, [&](const Member& column) {
        if (document.node(column.value).kind == NodeKind::string)
          mapping.columns[std::string(column.key)] = text_of(column.value);
      });
    }
    if (member.key == "values") {
      each(member.value, [&](const Member& column) {
        each(column.value, [&](const Member& value) {
          mapping.values[std::string(column.key)][std::string(value.key)] = text_of(value.value);
        });
      });
    }
  });
  return mapping;
}

// What both kinds of tables share: results of folds that are good for this manifest only.
class Tables::Table : public cel::RowSource {
 public:
  Table(const Tables& tables, std::uint32_t number, Origin path, Marks marks)
      : tables_(tables), number_(number), path_(path), marks_(marks) {}

  virtual Value columns(Evaluation& evaluation) const = 0;
  virtual Cell cell(Origin origin) const = 0;
  Origin path() const { return path_; }

  std::string name() const override { return concat("table", number_); }
  Marks marks() const override { return marks_; }
  bool may_show(std::string_view text) const override {
    return (marks_ & mark_sensitive) == 0 || tables_.declares(text);
  }
  Value remembered(std::string_view key, bool, const std::function<Value()>& make,
                   Evaluation& evaluation) const override {
    if (const Value found = known(key); !found.is_unset()) return found;
    const Value made = make();
    return results_.emplace(key, cel::copy_into(made, memory_, evaluation)).first->second;
  }

 protected:
  Value known(std::string_view key) const {
    const auto found = results_.find(key);
    return found == results_.end() ? Value() : found->second;
  }
  std::uint32_t number() const { return number_; }
  const Tables& tables() const { return tables_; }

 private:
  const Tables& tables_;
  std::uint32_t number_;
  Origin path_;
  Marks marks_;
  mutable Evaluation memory_;
  mutable std::map<std::string, Value, std::less<>> results_;
};

class Tables::FileTable final : public Table {
 public:
  FileTable(const Tables& tables, std::uint32_t number, std::shared_ptr<const evidence::File> file,
            const FileFacts& facts, TableMapping mapping, Origin path, Marks marks)
      : Table(tables, number, path, marks), file_(std::move(file)), facts_(facts), mapping_(std::move(mapping)) {
    scope_ = concat(mapping_.delimiter, '/');
    const auto append = [&](std::string_view text) { scope_ += concat(text.size(), ':', text); };
    for (const auto& [here, there] : mapping_.columns) {
      append(here);
      append(there);
    }
    for (const auto& [column, values] : mapping_.values) {
      append(column);
      for (const auto& [there, here] : values) {
        append(there);
        append(here);
      }
    }
  }

  Value columns(Evaluation& evaluation) const override {
    return remembered(
        "columns", true,
        [&] {
          const auto reader = file_->rows(mapping_.delimiter);
          if (!reader) return problem(reader.problem(), evaluation);
          // Each line of JSON may bring names of its own.
          const bool json = is_json(**reader);
          while (json && (*reader)->next()) {
          }
          if ((*reader)->problem()) return problem(*(*reader)->problem(), evaluation);
          std::vector<Value> names;
          for (const std::string& name : names_here((*reader)->columns()))
            names.push_back(evaluation.string(name).with_marks(mark_verified));
          return evaluation.list(names);
        },
        evaluation);
  }

  Value go_through(std::span<const std::string_view> columns, cel::RowVisitor& visitor,
                   Evaluation& evaluation) const override;

  Value remembered(std::string_view key, bool shared, const std::function<Value()>& make,
                   Evaluation& evaluation) const override {
    return facts_.ask(
        concat(scope_, '|', key), path(), [&] { return remembered_here(key, shared, make, evaluation); }, evaluation);
  }

  // By the file and not by its number, which depends on what was asked before.
  std::string name() const override { return concat(facts_.file(), '|', scope_); }

  Value remembered_here(std::string_view key, bool shared, const std::function<Value()>& make,
                        Evaluation& evaluation) const {
    if (!shared) return Table::remembered(key, false, make, evaluation);
    struct Kept {
      Evaluation memory;
      Value value;
    };
    Value failed;
    const std::string whole_key = concat(static_cast<unsigned>(marks()), '/', scope_, '|', key);
    const auto fact = file_->remembered(whole_key, [&]() -> evidence::File::Remembered {
      // An error says where in this manifest it comes from.
      failed = known(key);
      if (failed.is_error()) return nullptr;
      const Value made = make();
      if (made.is_error()) {
        failed = Table::remembered(
            key, false, [&] { return made; }, evaluation);
        return nullptr;
      }
      auto kept = std::make_shared<Kept>();
      kept->value = cel::copy_into(made, kept->memory, evaluation);
      return kept;
    });
    return fact == nullptr ? failed : static_cast<const Kept*>(fact.get())->value;
  }

  Cell cell(Origin origin) const override {
    Cell cell;
    cell.path = path();
    cell.file = file_->name();
    const std::uint64_t row = origin & ((Origin{1} << row_bits) - 1);
    const auto column = static_cast<std::size_t>((origin >> row_bits) & ((1u << column_bits) - 1));
    cell.place = concat("rows[", row, "]");
    const auto reader = file_->rows(mapping_.delimiter);
    if (!reader) return cell;
    while ((*reader)->next() && (*reader)->count() <= row) {
    }
    cell.line = static_cast<std::uint32_t>((*reader)->line());
    const std::vector<std::string> names = names_here((*reader)->columns());
    if (column > 0 && column <= names.size()) schema::append_key_step(cell.place, names[column - 1]);
    return cell;
  }

 private:
  class Row;

  static bool is_json(const evidence::RowReader& reader) { return reader.columns().empty(); }

  // The names by which the columns of the file go here.
  std::vector<std::string> names_here(std::vector<std::string> columns) const {
    for (std::string& column : columns) {
      const auto mapped =
          std::ranges::find_if(mapping_.columns, [&](const auto& pair) { return pair.second == column; });
      if (mapped != mapping_.columns.end()) column = mapped->first;
    }
    return columns;
  }

  Value problem(const evidence::Problem& problem, Evaluation& evaluation) const {
    const bool absent = problem.kind == evidence::Problem::Kind::absent;
    return evaluation.error(absent ? ErrorKind::absence : ErrorKind::unavailable, problem.message, problem.hint,
                            path());
  }

  Value missing_column(std::string_view column, const std::vector<std::string>& columns, Evaluation& evaluation) const;

  std::shared_ptr<const evidence::File> file_;
  const FileFacts& facts_;
  TableMapping mapping_;
  std::string scope_;  // what results depend on besides the file
};

// The row at which a reader stands.
class Tables::FileTable::Row final : public CurrentRow {
 public:
  Row(const FileTable& table, const evidence::RowReader& reader) : table_(table), reader_(reader) {}

  // After the reader has gone to another row.
  void update() {
    if (names_.size() == reader_.columns().size()) return;
    names_ = table_.names_here(reader_.columns());
    values_.assign(names_.size(), nullptr);
    index_.clear();
    for (std::size_t i = 0; i < names_.size(); ++i) {
      index_.emplace(names_[i], i);
      const auto values = table_.mapping_.values.find(names_[i]);
      if (values != table_.mapping_.values.end()) values_[i] = &values->second;
    }
  }
  std::optional<std::size_t> column(std::string_view name) const {
    const auto found = index_.find(name);
    return found == index_.end() ? std::nullopt : std::optional(found->second);
  }
  Origin origin() const { return row_origin(table_.number(), reader_.count() - 1); }
  Value cell(std::size_t column, Origin row) const {
    std::string_view text = reader_.cell(column);
    if (values_[column] != nullptr) [[unlikely]] {
      const auto mapped = values_[column]->find(std::string(text));
      if (mapped != values_[column]->end()) text = mapped->second;
    }
    return Value::string(text).with_origin(cell_origin(row, column)).with_marks(table_.marks());
  }

  std::size_t size(std::uint32_t, Evaluation&) const override { return names_.size(); }
  Value at(std::uint32_t, std::size_t index, Evaluation&) const override { return cell(index, origin()); }
  Value key_at(std::uint32_t, std::size_t index, Evaluation&) const override { return Value::string(names_[index]); }
  Value find(std::uint32_t, std::string_view key, Evaluation&) const override {
    const auto found = column(key);
    if (!found || reader_.cell(*found).data() == nullptr) return {};
    return cell(*found, origin());
  }

 private:
  const FileTable& table_;
  const evidence::RowReader& reader_;
  std::vector<std::string> names_;
  std::vector<const std::map<std::string, std::string>*> values_;
  std::unordered_map<std::string_view, std::size_t> index_;  // keys: of names_
};

Value Tables::FileTable::missing_column(std::string_view column, const std::vector<std::string>& columns,
                                        Evaluation& evaluation) const {
  const View& view = tables().manifest_;
  const bool is_field = path() != 0 && !is_cell(path()) && View::view_of(path()) == 0;
  const std::string field(is_field ? view.key(View::entry_of(path())) : "path");
  const std::string written(is_field ? view.written(View::entry_of(path())) : file_->name());
  const auto mapped = mapping_.columns.find(column);
  // The likeliest of those that the file has.
  std::string guess = "the name in the file";
  const std::string wanted = plain(column);
  for (const std::string& other : columns) {
    if (plain(other) == wanted) guess = other;
  }
  std::vector<std::string> alike = columns;
  std::erase_if(alike, [&](const std::string& other) { return is_sibling(column, other); });
  if (const auto near = nearest(column, alike); !near.empty() && guess == "the name in the file") guess = near;
  std::string message = concat("`", shorten(visible(file_->name()), 200), "` has no column `", visible(column), '`');
  if (mapped != mapping_.columns.end()) {
    message = concat("`", shorten(visible(file_->name()), 200), "` has no column `", visible(mapped->second),
                     "`, which the manifest",
                     mapping_.preset.empty() ? std::string() : concat(", or its preset `", mapping_.preset, "`,"),
                     " names for `", visible(column), '`');
  }
  message += columns.empty() ? "; it has none at all" : concat("; it has ", list_columns(columns));
  const std::string hint = concat("if the column has another name there, write `", field, ": {path: ", visible(written),
                                  mapping_.preset.empty() ? std::string() : concat(", preset: ", mapping_.preset),
                                  ", columns: {", visible(column), ": ", quoted_scalar(guess), "}}`");
  return evaluation.error(ErrorKind::undecidable, message, hint, path());
}

Value Tables::FileTable::go_through(std::span<const std::string_view> columns, cel::RowVisitor& visitor,
                                    Evaluation& evaluation) const {
  auto opened = file_->rows(mapping_.delimiter);
  if (!opened) return problem(opened.problem(), evaluation);
  if (const auto size = file_->size()) {
    if (Value over = evaluation.charge_table(*size); over.is_error()) return over;
  }
  std::unique_ptr<evidence::RowReader> reader = std::move(*opened);
  const bool json = is_json(*reader);
  Row row(*this, *reader);
  std::vector<std::optional<std::size_t>> indexes(columns.size());
  std::vector<Value> cells(columns.size());
  std::size_t known = 0;
  // Of JSON Lines only the whole file tells that a name is in none of them.
  std::optional<std::vector<std::string>> all;
  const auto resolve = [&] {
    row.update();
    known = reader->columns().size();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      indexes[i] = row.column(columns[i]);
      if (indexes[i]) continue;
      if (!all) {
        all = reader->columns();
        if (json) {
          const auto whole = file_->rows(mapping_.delimiter);
          while (whole && (*whole)->next()) {
          }
          if (whole) all = (*whole)->columns();
        }
      }
      const std::vector<std::string> here = names_here(*all);
      cells[i] = std::ranges::find(here, columns[i]) != here.end() ? Value::string("").with_marks(marks())
                                                                   : missing_column(columns[i], *all, evaluation);
    }
  };
  if (!json) resolve();
  cel::RowMemory memory(evaluation);
  const Value whole = Value::container(Kind::map, row, 0).with_marks(marks());
  while (reader->next()) {
    if (known != reader->columns().size()) [[unlikely]] {
      resolve();
      memory.keep();
    }
    const Origin origin = row.origin();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (indexes[i]) cells[i] = row.cell(*indexes[i], origin);
    }
    if (!visitor.visit(reader->count() - 1, cells, whole.with_origin(origin))) return {};
    if (!memory.next()) return memory.over_budget();
  }
  return reader->problem() ? problem(*reader->problem(), evaluation) : Value();
}

// Rows that stand in the manifest itself.
class Tables::InlineTable final : public Table {
 public:
  InlineTable(const Tables& tables, std::uint32_t number, View::EntryId list, Origin path)
      : Table(tables, number, path, 0), list_(list) {}

  Value columns(Evaluation& evaluation) const override {
    std::vector<Value> names;
    for (const std::string_view name : names_of(evaluation)) names.push_back(Value::string(name));
    return evaluation.list(names);
  }

  Value go_through(std::span<const std::string_view> columns, cel::RowVisitor& visitor,
                   Evaluation& evaluation) const override {
    const View& view = tables().manifest_;
    const std::vector<std::string_view> names = names_of(evaluation);
    std::vector<Value> cells(columns.size());
    std::vector<Value> absent(columns.size());
    const std::size_t size = view.size(list_, evaluation);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      absent[i] = Value::string("");
      if (std::ranges::find(names, columns[i]) == names.end()) {
        absent[i] = evaluation.error(ErrorKind::undecidable, concat("no row here says `", visible(columns[i]), '`'),
                                     concat("write `", visible(columns[i]), ":` in the rows"), path());
      }
    }
    cel::RowMemory memory(evaluation);
    for (std::size_t number = 0; number < size; ++number) {
      const Value item = view.at(list_, number, evaluation);
      if (!item.is(Kind::map)) {
        return evaluation.error(ErrorKind::wrong_type, "a row is names and values", {}, item.origin());
      }
      const View::EntryId entry = View::entry_of(item.origin());
      Row row(view, entry);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const Value found = row.find(0, columns[i], evaluation);
        cells[i] = found.is_unset() ? absent[i] : found;
      }
      const Value whole = Value::container(Kind::map, row, 0).with_origin(item.origin());
      if (!visitor.visit(number, cells, whole)) return {};
      if (!memory.next()) return memory.over_budget();
    }
    return {};
  }

  Cell cell(Origin) const override { return {}; }  // its origins are those of the manifest

 private:
  class Row final : public CurrentRow {
   public:
    Row(const View& view, View::EntryId entry) : view_(view), entry_(entry) {}
    std::size_t size(std::uint32_t, Evaluation& evaluation) const override { return view_.size(entry_, evaluation); }
    Value at(std::uint32_t, std::size_t index, Evaluation& evaluation) const override {
      return text_of(View::entry_of(view_.key_at(entry_, index, evaluation).origin()));
    }
    Value key_at(std::uint32_t, std::size_t index, Evaluation& evaluation) const override {
      return view_.key_at(entry_, index, evaluation);
    }
    Value find(std::uint32_t, std::string_view key, Evaluation&) const override {
      const View::EntryId found = view_.child(entry_, key);
      return found == View::none ? Value() : text_of(found);
    }

   private:
    // A cell is text, as it is in a file.
    Value text_of(View::EntryId entry) const {
      return Value::string(view_.scalar_text(entry)).with_origin(view_.origin(entry));
    }
    const View& view_;
    View::EntryId entry_;
  };

  std::vector<std::string_view> names_of(Evaluation& evaluation) const {
    const View& view = tables().manifest_;
    std::vector<std::string_view> names;
    const std::size_t size = view.size(list_, evaluation);
    for (std::size_t number = 0; number < size; ++number) {
      const Value item = view.at(list_, number, evaluation);
      if (!item.is(Kind::map)) continue;
      const std::size_t keys = view.size(View::entry_of(item.origin()), evaluation);
      for (std::size_t i = 0; i < keys; ++i) {
        const std::string_view name = view.key_at(View::entry_of(item.origin()), i, evaluation).as_text();
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
      }
    }
    return names;
  }

  View::EntryId list_;
};

Tables::Tables(const View& manifest) : manifest_(manifest) {}
Tables::~Tables() = default;

std::uint32_t Tables::add_file(std::shared_ptr<const evidence::File> file, const FileFacts& facts, TableMapping mapping,
                               Origin path, Marks marks) {
  const auto number = static_cast<std::uint32_t>(tables_.size());
  tables_.push_back(
      std::make_unique<FileTable>(*this, number, std::move(file), facts, std::move(mapping), path, marks));
  return number;
}

std::uint32_t Tables::add_rows(View::EntryId list) {
  const auto number = static_cast<std::uint32_t>(tables_.size());
  tables_.push_back(std::make_unique<InlineTable>(*this, number, list, manifest_.origin(list)));
  return number;
}

Value Tables::value(std::uint32_t table) const {
  // Its cells are sensitive; how many rows it has is not.
  return Value::container(Kind::opaque, *this, table)
      .with_origin(tables_[table]->path())
      .with_marks(static_cast<Marks>(tables_[table]->marks() & ~mark_sensitive));
}

Tables::Cell Tables::cell(Origin origin) const {
  const auto table = static_cast<std::uint32_t>((origin & ~cells) >> (row_bits + column_bits));
  return table < tables_.size() ? tables_[table]->cell(origin) : Cell{};
}

Value Tables::find(std::uint32_t table, std::string_view field, Evaluation& evaluation) const {
  if (field == "columns") return tables_[table]->columns(evaluation);
  return cel::field_of_rows(*tables_[table], field, evaluation);
}

const cel::RowSource* Tables::rows(std::uint32_t table) const { return tables_[table].get(); }

bool Tables::declares(std::string_view text) const {
  if (!declared_) {
    declared_.emplace();
    for (const Document* document : manifest_.documents()) {
      for (NodeId id = 0; id < document->node_count(); ++id) {
        if (document->node(id).kind == NodeKind::string) declared_->insert(document->node(id).text);
      }
    }
  }
  return declared_->contains(text);
}

}  // namespace scruple::policy
