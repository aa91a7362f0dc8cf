// One line a finding, as compilers print them: editors and CI servers read it everywhere. Paths are as they are shown,
// since an editor opens them from the working directory.
#include "base/strings.h"
#include "report/entries.h"
#include "report/formats.h"
#include "report/terminal_text.h"

namespace scruple::report {

namespace {

std::string_view word(Severity severity) { return severity == Severity::info ? "note" : to_string(severity); }

}  // namespace

void write_concise(const LintResult& result, std::ostream& out) {
  for (const Entry& entry : open_entries(result)) {
    const Finding& finding = *entry.finding;
    const std::string& file = finding.location.file;
    out << without_runner_commands(concat(file.empty() ? entry.path : visible(file), ":", entry.begin.line, ":",
                                          entry.begin.column, ": ", word(finding.severity), ": ", entry.message, " [",
                                          visible(finding.rule), "]"))
        << '\n';
  }
}

}  // namespace scruple::report
