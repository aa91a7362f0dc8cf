// Reviewdog's diagnostic format. Its columns count UTF-8 bytes; where the bytes before a place are not known, since the
// line is long or not shown, there is no column.
#include "base/strings.h"
#include "report/entries.h"
#include "report/formats.h"
#include "report/json_reporter.h"
#include "report/terminal_text.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace scruple::report {

namespace {

using Json = nlohmann::ordered_json;

std::string_view rdjson_severity(Severity severity) {
  switch (severity) {
    case Severity::error: return "ERROR";
    case Severity::warning: return "WARNING";
    case Severity::info: return "INFO";
  }
  return "ERROR";
}

std::optional<std::size_t> byte_column(const Location& location, std::uint32_t column) {
  if (column == 1) return 1;
  if (location.line.empty() || location.line_column != 1) return std::nullopt;
  std::size_t bytes = 0;
  for (std::uint32_t at = 1; at < column; ++at) {
    if (bytes >= location.line.size()) return std::nullopt;
    bytes += code_point_length(location.line, bytes);
  }
  return bytes + 1;
}

Json range_json(const Entry& entry) {
  const Location& location = entry.finding->location;
  Json start{{"line", entry.begin.line}};
  const auto begin = byte_column(location, entry.begin.column);
  if (begin) start["column"] = *begin;
  Json end{{"line", entry.end.line}};
  const bool one_line = entry.begin.line == entry.end.line;
  const auto column = one_line ? byte_column(location, entry.end.column) : std::nullopt;
  if (begin && column) end["column"] = *column;
  Json range{{"start", std::move(start)}};
  // Without its column the end of a line would be taken for the whole line.
  if (!begin || column) range["end"] = std::move(end);
  return range;
}

}  // namespace

void write_rdjson(const LintResult& result, std::ostream& out) {
  Json diagnostics = Json::array();
  for (const Entry& entry : open_entries(result)) {
    const std::string message = entry.remedy.empty() ? entry.message : concat(entry.message, "\n\n", entry.remedy);
    diagnostics.push_back({{"message", message},
                           {"location", {{"path", entry.path}, {"range", range_json(entry)}}},
                           {"severity", rdjson_severity(entry.finding->severity)},
                           {"code", {{"value", visible(entry.finding->rule)}}}});
  }
  const Json json{
      {"source", {{"name", "scruple"}}}, {"severity", "UNKNOWN_SEVERITY"}, {"diagnostics", std::move(diagnostics)}};
  out << printable(json, 2) << '\n';
}

}  // namespace scruple::report
