// GitLab's Code Quality report. GitLab keeps one finding a fingerprint, so each has one of its own.
#include "base/strings.h"
#include "report/entries.h"
#include "report/formats.h"
#include "report/json_reporter.h"

#include <nlohmann/json.hpp>

namespace scruple::report {

namespace {

using Json = nlohmann::ordered_json;

std::string_view gitlab_severity(Severity severity) {
  switch (severity) {
    case Severity::error: return "critical";
    case Severity::warning: return "minor";
    case Severity::info: return "info";
  }
  return "critical";
}

}  // namespace

void write_gitlab(const LintResult& result, std::ostream& out) {
  Json list = Json::array();
  for (const Entry& entry : open_entries(result)) {
    list.push_back(
        {{"description", entry.message},
         {"check_name", visible(entry.finding->rule)},
         {"fingerprint", entry.fingerprint},
         {"severity", gitlab_severity(entry.finding->severity)},
         {"location", {{"path", entry.path}, {"lines", {{"begin", entry.begin.line}, {"end", entry.end.line}}}}}});
  }
  out << printable(list, 2) << '\n';
}

}  // namespace scruple::report
