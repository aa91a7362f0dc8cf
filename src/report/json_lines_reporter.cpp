#include "report/formats.h"
#include "report/json_reporter.h"

#include <nlohmann/json.hpp>

#include <string_view>

namespace scruple::report {

namespace {

using Json = nlohmann::ordered_json;

void write_line(std::string_view type, const Json& members, std::ostream& out) {
  Json line{{"type", type}};
  line.update(members);
  out << printable(line, -1) << '\n';
}

}  // namespace

// The lists of the report become lines of their own; what is left of it is the first line.
void write_json_lines(const LintResult& result, std::ostream& out) {
  constexpr std::pair<std::string_view, std::string_view> lists[] = {{"rules", "rule"},     {"manifests", "manifest"},
                                                                     {"causes", "cause"},   {"findings", "finding"},
                                                                     {"waivers", "waiver"}, {"problems", "problem"}};
  Json run = report_json(result);
  std::vector<std::pair<std::string_view, Json>> lines;
  for (const auto& [list, type] : lists) {
    for (Json& item : run[list]) lines.emplace_back(type, std::move(item));
    run.erase(list);
  }
  write_line("run", run, out);
  for (const auto& [type, item] : lines) write_line(type, item, out);
}

}  // namespace scruple::report
