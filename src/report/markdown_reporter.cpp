// A summary in Markdown, for the summary of a CI job or a comment on a pull request: the verdict, and a row a finding.
#include "base/strings.h"
#include "report/entries.h"
#include "report/formats.h"
#include "report/markdown.h"
#include "report/review.h"
#include "report/run_summary.h"

#include <algorithm>

namespace scruple::report {

namespace {

constexpr std::size_t longest_report = 900 * 1024;  // GitHub shows nothing of a summary over 1 MiB
constexpr std::size_t longest_cell = 600;           // code points

std::string row_of(const Entry& entry) {
  const Finding& finding = *entry.finding;
  std::string text = escape_markdown(shorten(entry.message, longest_cell));
  if (!entry.remedy.empty()) text += concat("<br>**Fix:** ", escape_markdown(shorten(entry.remedy, longest_cell)));
  return concat("| ", to_string(finding.severity), " | ", escape_markdown(entry.path), ":", entry.begin.line, ":",
                entry.begin.column, " | ", text, " | ", escape_markdown(finding.rule), " | ", to_string(finding.ask),
                " |\n");
}

std::string findings_table(const std::vector<Entry>& entries) {
  std::string table =
      "\n## Findings\n\n| Severity | Place | What is wrong | Rule | Who can mend it |\n"
      "| --- | --- | --- | --- | --- |\n";
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string row = row_of(entries[i]);
    if (table.size() + row.size() > longest_report) {
      return table + concat("\nand ", entries.size() - i, " more, which do not fit here.\n");
    }
    table += row;
  }
  return table;
}

std::string cell_of(const ReviewStep& step) {
  switch (step.state()) {
    case StepState::done: return "done";
    case StepState::open: return concat(step.open.size(), " open");
    case StepState::later: return "later";
    case StepState::empty: break;
  }
  return "no rule";
}

std::string steps_table(const LintResult& result) {
  std::string table = "\n## Review steps\n\n| Campaign |";
  std::string line = "\n| --- |";
  for (std::size_t i = 0; i < gate_count; ++i) {
    table += concat(" ", step_name(static_cast<Gate>(i)), " |");
    line += " --- |";
  }
  table += line + "\n";
  for (std::size_t i = 0; i < result.units.size(); ++i) {
    const Unit& unit = result.units[i];
    if (table.size() > longest_report / 10) {
      return table + concat("\nand ", result.units.size() - i, " more.\n");
    }
    table += concat("| ", escape_markdown(unit.id.empty() ? unit.file : unit.id), " |");
    for (const ReviewStep& step : review_of(result, unit).steps) {
      table += concat(" ", unit.judged ? cell_of(step) : "could not be read", " |");
    }
    table += "\n";
  }
  return table;
}

std::string remarks_list(const LintResult& result) {
  std::string list;
  for (const Unit& unit : result.units) {
    for (const Remark& remark : unit.remarks) {
      if (list.size() > longest_report / 10) return list + "- and more.\n";
      list += concat("- ", escape_markdown(shorten(plain(remark.message), longest_cell)), " (",
                     escape_markdown(unit.id.empty() ? unit.file : unit.id), ", ", escape_markdown(remark.rule), ")\n");
    }
  }
  return list.empty() ? list : concat("\n## Remarks\n\n", list);
}

std::string principles_table(const std::vector<Principle>& principles) {
  std::string table = "\n## Principles\n\n| Principle | What its rules came to |\n| --- | --- |\n";
  for (const Principle& principle : principles) {
    table += concat("| ", escape_markdown(shorten(principle.title, longest_cell)), " | ",
                    escape_markdown(in_words(principle)), " |\n");
  }
  return table;
}

}  // namespace

void write_markdown(const LintResult& result, std::ostream& out) {
  const RunSummary summary = summarize(result);
  std::vector<Entry> entries = open_entries(result);
  // The worst must be there if something is cut.
  std::ranges::stable_sort(entries, {}, [](const Entry& entry) { return entry.finding->severity; });
  out << "# scruple\n\n**" << escape_markdown(verdict(result, summary)) << "**\n\nJudged on " << result.today
      << " at the level " << to_string(result.level) << ".\n";
  if (!result.units.empty()) out << steps_table(result);
  if (const auto principles = principles_of(summary); !principles.empty()) out << principles_table(principles);
  out << remarks_list(result);
  if (!entries.empty()) out << findings_table(entries);
}

}  // namespace scruple::report
