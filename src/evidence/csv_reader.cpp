#include "evidence/csv_reader.h"

#include "base/strings.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_set>
#include <utility>

namespace scruple::evidence {

namespace {

using Kind = Problem::Kind;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(const char* begin, const char* end) {
  while (begin < end && is_blank(*begin)) ++begin;
  while (begin < end && (is_blank(end[-1]) || end[-1] == '\r')) --end;
  return {begin, static_cast<std::size_t>(end - begin)};
}

// The mark that stands most often between the names of the header, outside of quotes.
char find_delimiter(std::string_view text) {
  constexpr std::array<char, 4> marks = {',', ';', '\t', '|'};
  std::array<std::size_t, marks.size()> counts{};
  bool quoted = false;
  for (const char c : text.substr(0, 64 * 1024)) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    const auto mark = std::ranges::find(marks, c);
    if (mark != marks.end()) ++counts[static_cast<std::size_t>(mark - marks.begin())];
  }
  return marks[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

}  // namespace

CsvReader::CsvReader(RowBuffer buffer, std::string name, std::string_view delimiter, TableLimits limits)
    : buffer_(std::move(buffer)), name_(std::move(name)), limits_(limits) {
  read_header(delimiter);
}

void CsvReader::fail(std::string message, std::string hint) {
  problem_ = Problem{
      Kind::malformed, concat("`", shorten(visible(name_), 200), "`: ", message), std::move(hint), {}, std::nullopt};
}

std::string CsvReader::row_name() const {
  if (in_header_) return "the header";
  return concat("row ", count_ + 1, " below the header (line ", line_, ")");
}

void CsvReader::read_header(std::string_view delimiter) {
  // Which line breaks it has is told by the first row, which may be longer than a block or end between `\r` and `\n`.
  const auto has = [this](char c) { return buffer_.text().find(c) != std::string_view::npos; };
  while (!has('\n') && !buffer_.at_end() && buffer_.text().size() <= limits_.row_bytes) buffer_.more();
  if (!is_readable()) return;
  std::string_view text = buffer_.text();
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
    buffer_.consume(text.data());
  }
  // Files of old Macintosh programs.
  if (has('\r') && !has('\n')) line_break_ = '\r';
  if (text.starts_with("sep=") && text.size() > 4) {
    // What Excel writes to say what stands between the cells.
    delimiter_ = text[4];
    const auto line_end = text.find(line_break_);
    buffer_.consume(line_end == text.npos ? text.data() + text.size() : text.data() + line_end + 1);
    ++line_;
  } else {
    delimiter_ = delimiter.empty() ? find_delimiter(text) : delimiter.front();
  }
  if (delimiter.size() > 1) {
    return fail(concat("`", visible(delimiter), "` is given as the delimiter, which is one character."),
                "Write one of `,`, `;`, `|` and \"\\t\".");
  }
  if (delimiter_ == '"' || delimiter_ == '\n' || delimiter_ == '\r') {
    return fail("a quote or a line break is given as the delimiter.", "Write one of `,`, `;`, `|` and \"\\t\".");
  }
  if (!read_row()) {
    if (!problem_) fail("it has no header.", "The first line names the columns.");
    return;
  }
  in_header_ = false;
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = 0; i < cell_count_; ++i) columns_.emplace_back(trim_ascii(cell(i)));
  for (const std::string& column : columns_) {
    if (column.empty() || seen.insert(column).second) continue;
    return fail(concat("the header names the column `", shorten(visible(column), 80), "` twice."),
                "Give each column a name of its own.");
  }
}

bool CsvReader::next() {
  if (problem_ || !read_row()) return false;
  if (cell_count_ != columns_.size()) [[unlikely]] {
    return fail_with_cells();
  }
  if (count_ == limits_.rows) [[unlikely]] {
    fail(concat("it has more than ", limits_.rows, " rows (limit `table-rows`)."), "Name an extract.");
    return false;
  }
  ++count_;
  return true;
}

bool CsvReader::fail_with_cells() {
  fail(concat(row_name(), " has ", plural(cell_count_, "cell"), ", the header ", columns_.size(), "."),
       cell_count_ > columns_.size() ? "Put a cell that holds the delimiter between quotes."
                                     : "Write the empty cells of the row as well.");
  return false;
}

// False at the end, and with a problem.
bool CsvReader::read_row() {
  for (;;) {
    line_ += std::exchange(lines_in_row_, 0);
    switch (parse()) {
      case Step::row: row_line_ = line_; return true;
      case Step::blank: break;
      case Step::end: return false;
      case Step::failed: return false;
      case Step::more:
        if (!read_more()) return false;
        break;
    }
  }
}

bool CsvReader::read_more() {
  lines_in_row_ = 0;
  if (buffer_.text().size() > limits_.row_bytes) {
    const bool quoted = buffer_.text().find('"') != std::string_view::npos;
    too_long(quoted ? "Perhaps a quote is opened there and never closed." : "Is this a table at all?");
    return false;
  }
  buffer_.more();
  text_ = nullptr;
  return is_readable();
}

bool CsvReader::is_readable() {
  if (!buffer_.failed()) return true;
  problem_ = Problem{Kind::unreadable, concat("`", visible(name_), "` cannot be read."), {}, {}, std::nullopt};
  return false;
}

void CsvReader::build_index() {
  text_ = buffer_.begin();
  index_.build(buffer_.text(), delimiter_, line_break_);
  mark_ = stop_ = 0;
}

// Reads one row from the front of the buffer, and consumes it if it is whole.
CsvReader::Step CsvReader::parse() {
  static_assert(RowBuffer::padding >= CsvIndex::padding);
  if (buffer_.begin() == buffer_.end()) return buffer_.at_end() ? Step::end : Step::more;
  if (text_ == nullptr) build_index();
  const std::span<const std::uint32_t> marks = index_.marks();
  const std::span<const std::uint32_t> stops = index_.stops();
  // The mark that ends the row.
  std::size_t last = marks.size() - 1;
  if (stop_ < stops.size()) {
    last = stops[stop_];
    if (text_[marks[last]] == '"') return parse_quoted();
    ++stop_;
  } else if (last - mark_ > limits_.columns) {
    return too_many_cells();
  } else if (!buffer_.at_end()) {
    return Step::more;
  }
  ends_ = marks.data() + mark_;
  cell_count_ = last - mark_;
  mark_ = last;
  return end_row();
}

// The same for a row with a quote. Where its cells end is written apart: marks within quotes are none.
CsvReader::Step CsvReader::parse_quoted() {
  const std::span<const std::uint32_t> marks = index_.marks();
  own_ends_.assign(1, marks[mark_]);
  for (std::size_t i = mark_ + 1;; ++i) {
    const char* at = text_ + marks[i];
    if (own_ends_.size() > limits_.columns + 1) return too_many_cells();
    const bool is_last = i + 1 == marks.size();
    if (is_last && !buffer_.at_end()) return Step::more;
    if (!is_last && *at == '"') {
      // Only at the beginning of a cell does it mean something.
      if (!trimmed(text_ + static_cast<std::uint32_t>(own_ends_.back() + 1), at).empty()) continue;
      if (const Step step = quoted_cell(at); step != Step::row) return step;
      while (text_ + marks[i] < at) ++i;
      --i;
      continue;
    }
    own_ends_.push_back(marks[i]);
    if (!is_last && *at != line_break_) continue;
    ends_ = own_ends_.data();
    cell_count_ = own_ends_.size() - 1;
    mark_ = i;
    const std::span<const std::uint32_t> stops = index_.stops();
    while (stop_ < stops.size() && stops[stop_] <= i) ++stop_;
    return end_row();
  }
}

CsvReader::Step CsvReader::too_many_cells() {
  fail(concat(row_name(), " has more than ", limits_.columns, " cells (limit `table-columns`)."), {});
  return Step::failed;
}

CsvReader::Step CsvReader::too_long(std::string_view hint) {
  fail(concat(row_name(), " is longer than ", limits_.row_bytes >> 20, " MB."), std::string(hint));
  return Step::failed;
}

CsvReader::Step CsvReader::end_row() {
  const char* const begin = buffer_.begin();
  const char* const at = std::min(text_ + ends_[cell_count_] + 1, buffer_.end());
  const std::string_view row(begin, static_cast<std::size_t>(at - begin));
  ++lines_in_row_;
  if (cell_count_ > limits_.columns) return too_many_cells();
  if (row.size() > limits_.row_bytes) return too_long();
  if (!index_.is_plain() && !check_text(row)) return Step::failed;
  buffer_.consume(at);
  // Spreadsheets write the empty rows below their data as delimiters alone.
  bool blank = true;
  for (std::size_t i = 0; i < cell_count_ && blank; ++i) blank = cell(i).empty();
  return blank ? Step::blank : Step::row;
}

// `at` stands on the quote before, and on what ends the cell after.
CsvReader::Step CsvReader::quoted_cell(const char*& at) {
  const char* const end = buffer_.end();
  const char* const start = at + 1;
  const char* close = start;
  for (;;) {
    close = static_cast<const char*>(std::memchr(close, '"', static_cast<std::size_t>(end - close)));
    if (close == nullptr || close + 1 == end) {
      if (!buffer_.at_end()) return Step::more;
      if (close != nullptr) break;
      fail(concat("the quote that is opened in ", row_name(), " is never closed."),
           "Close it; a quote within a cell is written twice.");
      return Step::failed;
    }
    if (close[1] != '"') break;
    close += 2;
  }
  const std::string_view inner(start, static_cast<std::size_t>(close - start));
  for (auto found = inner.find(line_break_); found != inner.npos; found = inner.find(line_break_, found + 1))
    ++lines_in_row_;
  at = close + 1;
  while (at < end && (is_blank(*at) || *at == '\r') && *at != delimiter_ && *at != line_break_) ++at;
  if (at < end && *at != delimiter_ && *at != line_break_) {
    fail(concat("in ", row_name(), " there is text behind a closing quote."),
         "A quote within a cell is written twice.");
    return Step::failed;
  }
  return Step::row;
}

std::string_view CsvReader::cell(std::size_t column) const {
  const char* const begin = text_ + static_cast<std::uint32_t>(ends_[column] + 1);
  const char* const end = text_ + ends_[column + 1];
  // Neither blanks around it nor quotes, which are the first characters of all.
  const auto is_behind = [](char c, unsigned char other) { return static_cast<unsigned char>(c) > other; };
  if (begin < end && is_behind(*begin, '"') && is_behind(end[-1], ' ')) [[likely]] {
    return {begin, static_cast<std::size_t>(end - begin)};
  }
  const std::string_view whole = trimmed(begin, end);
  if (!whole.starts_with('"')) return whole;
  const std::string_view inner = whole.substr(1, whole.size() - 2);
  if (inner.find('"') == inner.npos) return inner;
  if (unescaped_.size() <= column) unescaped_.resize(column + 1);
  std::string& text = unescaped_[column];
  text.clear();
  for (std::size_t i = 0; i < inner.size(); ++i) {
    text += inner[i];
    if (inner[i] == '"') ++i;
  }
  return text;
}

bool CsvReader::check_text(std::string_view row) {
  if (row.find('\0') != std::string_view::npos) {
    fail(concat(row_name(), " holds a NUL byte, as no text does."),
         "Export the table anew; it may be damaged, or of another format.");
    return false;
  }
  if (find_invalid_utf8(row) == std::string_view::npos) return true;
  fail(concat(row_name(), " is not valid UTF-8; the table may be encoded as Windows-1252 or Latin-1."),
       "Export it as UTF-8 (in Excel: CSV UTF-8).");
  return false;
}

}  // namespace scruple::evidence
