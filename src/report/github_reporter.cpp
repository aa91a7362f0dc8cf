// Workflow commands of GitHub Actions, which become annotations beside the lines of a pull request. A step shows ten of
// each kind, so the worst come first.
#include "base/strings.h"
#include "report/entries.h"
#include "report/formats.h"
#include "report/run_summary.h"
#include "report/terminal_text.h"

#include <algorithm>

namespace scruple::report {

namespace {

constexpr std::size_t longest_message = 4000;  // code points; GitHub cuts at 4096 characters

std::string_view command(Severity severity) { return severity == Severity::info ? "notice" : to_string(severity); }

// As the runner decodes it; properties end at more characters than the message does.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += property ? "%3A" : ":"; break;
      case ',': out += property ? "%2C" : ","; break;
      default: out += c;
    }
  }
  return out;
}

// The runner obeys `##[` anywhere in a line, so what begins the line as a command is set before what was made safe.
void write_line(std::string_view severity, std::string_view properties, std::string_view message, std::ostream& out) {
  const std::string text = escaped(shorten(message, longest_message), false);
  out << "::" << without_runner_commands(concat(severity, " ", properties, "::", text)) << '\n';
}

void write_problem(const Diagnostic& problem, std::ostream& out) {
  write_line(command(problem.severity), "title=scruple", sentences(plain(problem.message), plain(problem.hint)), out);
}

void write_remark(const Remark& remark, const LintResult& result, std::ostream& out) {
  const std::string path = repository_path(result, remark.location.file);
  write_line("notice",
             concat("title=", escaped(concat("scruple: ", visible(remark.rule)), true), ",file=", escaped(path, true),
                    ",line=", std::max(1u, remark.location.begin.line)),
             plain(remark.message), out);
}

void write_command(const Entry& entry, std::ostream& out) {
  std::string properties = concat("title=", escaped(concat("scruple: ", visible(entry.finding->rule)), true));
  properties += concat(",file=", escaped(entry.path, true), ",line=", entry.begin.line, ",endLine=", entry.end.line);
  if (entry.begin.line == entry.end.line) {
    properties += concat(",col=", entry.begin.column, ",endColumn=", entry.end.column);
  }
  const std::string message = entry.remedy.empty() ? entry.message : concat(entry.message, "\n\n", entry.remedy);
  write_line(command(entry.finding->severity), properties, message, out);
}

}  // namespace

void write_github(const LintResult& result, std::ostream& out) {
  std::vector<Entry> entries = open_entries(result);
  std::ranges::stable_sort(entries, {}, [](const Entry& entry) { return entry.finding->severity; });
  for (const Diagnostic& problem : result.problems) write_problem(problem, out);
  for (const Entry& entry : entries) write_command(entry, out);
  for (const Unit& unit : result.units) {
    for (const Remark& remark : unit.remarks) write_remark(remark, result, out);
  }
  out << verdict(result, summarize(result)) << '\n' << exit_meaning(result) << '\n';
}

}  // namespace scruple::report
