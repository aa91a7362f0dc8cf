#include "report/excerpt.h"

#include "base/strings.h"
#include "report/terminal_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace scruple::report {

namespace {

constexpr std::string_view ellipsis = "…";
constexpr std::string_view tab = "    ";

// One code point as it is shown.
struct Cell {
  std::string text;
  std::size_t columns = 0;
};

std::vector<Cell> cells_of(std::string_view line) {
  std::vector<Cell> cells;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t length = code_point_length(line, at);
    const auto code_point = line.substr(at, length);
    std::string shown = code_point == "\t" ? std::string(tab) : visible(code_point);
    // Here, not in the finished line, so that the marker below it stays at its place.
    if (begins_runner_command(line.substr(at))) shown += ' ';
    const std::size_t columns = display_width(shown);
    cells.push_back({std::move(shown), columns});
    at += length;
  }
  return cells;
}

std::size_t columns_between(const std::vector<Cell>& cells, std::size_t begin, std::size_t end) {
  std::size_t columns = 0;
  for (std::size_t i = begin; i < end; ++i) columns += cells[i].columns;
  return columns;
}

std::string text_between(const std::vector<Cell>& cells, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) text += cells[i].text;
  return text;
}

bool is_blank(const Cell& cell) { return cell.text.find_first_not_of(' ') == std::string::npos; }

}  // namespace

std::optional<ExcerptLine> excerpt_line(const Location& location, std::size_t width) {
  if (location.line.empty()) return std::nullopt;
  std::vector<Cell> cells = cells_of(location.line);
  while (!cells.empty() && is_blank(cells.back())) cells.pop_back();

  const auto index_of = [&](std::uint32_t column) {
    return std::min<std::size_t>(column > location.line_column ? column - location.line_column : 0, cells.size());
  };
  const bool one_line = location.end.line == location.begin.line;
  const std::size_t mark_begin = index_of(location.begin.column);
  const std::size_t mark_end = one_line ? std::max(mark_begin, index_of(location.end.column)) : cells.size();

  // All if it fits; else from the start if the place fits so; else the place in the middle of what is around it.
  const std::size_t all = columns_between(cells, 0, cells.size());
  const bool cut_when_located = location.line_column > 1;
  std::size_t room = width;
  if (all > width || cut_when_located) room = width > 2 ? width - 2 : 1;  // the ellipses take the rest
  std::size_t begin = 0;
  if (columns_between(cells, 0, mark_end) > room) {
    const std::size_t mark = columns_between(cells, mark_begin, mark_end);
    const std::size_t spare = room > mark ? room - mark : 0;
    std::size_t before = spare - std::min(columns_between(cells, mark_end, cells.size()), spare / 2);
    begin = mark_begin;
    while (begin > 0 && cells[begin - 1].columns <= before) before -= cells[--begin].columns;
  }
  std::size_t end = begin;
  std::size_t columns = 0;
  while (end < cells.size() && columns + cells[end].columns <= room) columns += cells[end++].columns;

  ExcerptLine line;
  if (cut_when_located || begin > 0) line.before = ellipsis;
  line.before += text_between(cells, begin, mark_begin);
  line.marked = text_between(cells, mark_begin, std::min(mark_end, end));
  line.after = text_between(cells, std::max(begin, std::min(mark_end, end)), end);
  if (end < cells.size()) line.after += ellipsis;
  return line;
}

}  // namespace scruple::report
