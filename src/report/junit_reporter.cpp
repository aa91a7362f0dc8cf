// JUnit's XML, in the form that both strict schemas of it take (Jenkins' and Ant's). A suite is a manifest, a case is a
// finding, or a rule that holds.
#include "base/strings.h"
#include "report/entries.h"
#include "report/formats.h"
#include "report/markup.h"

#include <algorithm>
#include <map>

namespace scruple::report {

namespace {

enum class Status { passed, failed, error, skipped };

struct Case {
  std::string name;
  Status status = Status::passed;
  std::string message;
  std::string type;
  std::string text;
};

struct Suite {
  std::string name;     // the manifest's path
  std::string package;  // the campaign's id
  std::vector<std::pair<std::string, std::string>> properties;
  std::vector<Case> cases;
  std::string remarks;  // a line each
};

Status status_of(const Finding& finding) {
  if (finding.suppression || !finding.gating) return Status::skipped;
  return finding.outcome == Outcome::undecided ? Status::error : Status::failed;
}

Case case_of(const Entry& entry) {
  const Finding& finding = *entry.finding;
  const std::string position = concat(entry.path, ":", entry.begin.line, ":", entry.begin.column);
  Case one;
  one.name = concat(visible(finding.rule), " at ", position);
  one.status = status_of(finding);
  one.message = finding.suppression ? sentences(entry.message, told(*finding.suppression)) : entry.message;
  one.type = concat(to_string(finding.outcome), " ", to_string(finding.severity));
  one.text = concat(position, "\n", entry.message);
  if (!entry.remedy.empty()) one.text += concat("\nFix: ", entry.remedy);
  one.text += concat("\nAsk: ", to_string(finding.ask));
  return one;
}

Suite suite_of(const LintResult& result, const Unit& unit) {
  Suite suite;
  suite.name = repository_path(result, unit.file);
  if (unit.document > 0) suite.name += concat("#", unit.document + 1);
  suite.package = plain(unit.id);
  suite.properties = {{"today", result.today},
                      {"level", std::string(to_string(result.level))},
                      {"gate", std::string(to_string(unit.gate))}};
  for (const Remark& remark : unit.remarks)
    suite.remarks += concat(visible(remark.rule), ": ", plain(remark.message), "\n");
  return suite;
}

// Findings are cases of the first manifest that they concern; those that concern none have a suite of their own.
std::vector<Suite> suites_of(const LintResult& result) {
  std::vector<Suite> suites;
  std::map<std::string_view, std::size_t> suite_of_file;
  for (const Unit& unit : result.units) {
    suite_of_file.try_emplace(unit.file, suites.size());
    suites.push_back(suite_of(result, unit));
  }
  Suite rest{"scruple", "", {}, {}, {}};
  for (const Entry& entry : entries_of(result)) {
    const auto& occurrences = entry.finding->occurrences;
    const auto suite = occurrences.empty() ? suite_of_file.end() : suite_of_file.find(occurrences.front().document);
    (suite == suite_of_file.end() ? rest : suites[suite->second]).cases.push_back(case_of(entry));
  }
  for (std::size_t i = 0; i < result.units.size(); ++i) {
    const Unit& unit = result.units[i];
    for (std::size_t rule = 0; rule < std::min(unit.counts.size(), result.rules.size()); ++rule) {
      if (holds(unit.counts[rule])) suites[i].cases.push_back({visible(result.rules[rule].id), {}, {}, {}, {}});
    }
  }
  // A run that could not be done as asked must not look like one without findings.
  for (const Diagnostic& problem : result.problems) {
    rest.cases.push_back({"the run can be done as asked", Status::error, plain(problem.message), "problem",
                          sentences(plain(problem.message), plain(problem.hint))});
  }
  if (!rest.cases.empty()) suites.push_back(std::move(rest));
  return suites;
}

void write_case(const Case& one, const Suite& suite, std::ostream& out) {
  out << "    <testcase name=\"" << escape_markup(one.name) << "\" classname=\"" << escape_markup(suite.name)
      << "\" time=\"0\"";
  if (one.status == Status::passed) {
    out << "/>\n";
    return;
  }
  const bool skipped = one.status == Status::skipped;
  const std::string_view element = skipped ? "skipped" : one.status == Status::error ? "error" : "failure";
  out << ">\n      <" << element << " message=\"" << escape_markup(one.message) << "\"";
  // Of a test that was left out, Jenkins' schema takes neither a type nor a text.
  if (skipped) {
    out << "/>\n";
  } else {
    out << " type=\"" << one.type << "\">" << escape_markup_lines(one.text) << "</" << element << ">\n";
  }
  out << "    </testcase>\n";
}

void write_suite(const Suite& suite, std::size_t id, const LintResult& result, std::ostream& out) {
  const auto count = [&](Status status) { return std::ranges::count(suite.cases, status, &Case::status); };
  out << "  <testsuite id=\"" << id << "\" package=\"" << escape_markup(suite.package) << "\" name=\""
      << escape_markup(suite.name) << "\" timestamp=\"" << escape_markup(result.today)
      << "T00:00:00\" hostname=\"localhost\" tests=\"" << suite.cases.size() << "\" failures=\""
      << count(Status::failed) << "\" errors=\"" << count(Status::error) << "\" skipped=\"" << count(Status::skipped)
      << "\" time=\"0\">\n    <properties>\n";
  for (const auto& [name, value] : suite.properties) {
    out << "      <property name=\"" << name << "\" value=\"" << escape_markup(value) << "\"/>\n";
  }
  out << "    </properties>\n";
  for (const Case& one : suite.cases) write_case(one, suite, out);
  out << "    <system-out>" << escape_markup_lines(suite.remarks)
      << "</system-out>\n    <system-err></system-err>\n  </testsuite>\n";
}

// CI servers know a case by its name.
void make_names_unique(Suite& suite) {
  std::map<std::string, std::size_t> seen;
  for (Case& one : suite.cases) {
    if (const std::size_t n = ++seen[one.name]; n > 1) one.name += concat(" (", n, ")");
  }
}

}  // namespace

void write_junit(const LintResult& result, std::ostream& out) {
  std::vector<Suite> suites = suites_of(result);
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (std::size_t i = 0; i < suites.size(); ++i) {
    make_names_unique(suites[i]);
    write_suite(suites[i], i, result, out);
  }
  out << "</testsuites>\n";
}

}  // namespace scruple::report
