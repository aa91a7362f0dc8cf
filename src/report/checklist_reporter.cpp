// What is left to do, as a list to tick off, sorted by who can do it. What follows from one cause is one task.
#include "base/strings.h"
#include "lint/cause.h"
#include "report/entries.h"
#include "report/finding_text.h"
#include "report/formats.h"
#include "report/markdown.h"
#include "report/review.h"
#include "report/run_summary.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace scruple::report {

namespace {

struct Task {
  const Cause* cause = nullptr;
  std::vector<Entry> entries;
};

std::string position_of(const Entry& entry) {
  return concat(escape_markdown(entry.path), ":", entry.begin.line, ":", entry.begin.column);
}

std::string label_of(const Entry& entry) {
  const Finding& finding = *entry.finding;
  return concat(escape_markdown(finding.rule), ", ", to_string(finding.severity), ", ", step_name(finding.gate));
}

// In the order of each task's first finding.
std::vector<Task> tasks_of(const LintResult& result) {
  std::map<const Finding*, Entry> entry_of;
  FindingList findings;
  for (Entry& entry : open_entries(result)) {
    findings.push_back(entry.finding);
    entry_of.emplace(entry.finding, std::move(entry));
  }
  std::vector<Task> tasks;
  for (const Group& group : group_by_cause(result, findings)) {
    tasks.push_back({group.cause, {}});
    for (const Finding* finding : group.findings) tasks.back().entries.push_back(std::move(entry_of.at(finding)));
  }
  return tasks;
}

void write_task(const Task& task, std::ostream& out) {
  const Entry& first = task.entries.front();
  if (task.entries.size() == 1) {
    out << "- [ ] " << escape_markdown(sentences(first.message, first.remedy)) << " (" << position_of(first) << "; "
        << label_of(first) << ")\n";
    return;
  }
  const std::string text = sentences(plain(task.cause->message), linting::as_sentence(plain(task.cause->hint)));
  out << "- [ ] " << escape_markdown(sentences(text, "This settles:")) << '\n';
  for (const Entry& entry : task.entries) {
    const std::string title = plain(entry.finding->title);
    out << "  - " << escape_markdown(title.empty() ? entry.message : title) << " (" << position_of(entry) << "; "
        << label_of(entry) << ")\n";
  }
}

void write_remarks(const LintResult& result, std::ostream& out) {
  std::string_view heading = "\n## To know\n\n";
  for (const Unit& unit : result.units) {
    for (const Remark& remark : unit.remarks) {
      out << std::exchange(heading, {}) << "- " << escape_markdown(plain(remark.message)) << " ("
          << escape_markdown(remark.rule) << ")\n";
    }
  }
}

}  // namespace

void write_checklist(const LintResult& result, std::ostream& out) {
  std::array<std::vector<Task>, ask_count> by_ask;
  for (Task& task : tasks_of(result)) {
    by_ask[static_cast<std::size_t>(task.entries.front().finding->ask)].push_back(std::move(task));
  }
  const RunSummary summary = summarize(result);
  out << "# What is left to do\n\n" << escape_markdown(verdict(result, summary)) << '\n';
  for (std::size_t ask = 0; ask < ask_count; ++ask) {
    if (by_ask[ask].empty()) continue;
    out << "\n## For " << to_string(static_cast<Ask>(ask)) << "\n\n";
    for (const Task& task : by_ask[ask]) write_task(task, out);
  }
  const std::vector<Principle> principles = principles_of(summary);
  if (!principles.empty()) out << "\n## What the rules came to\n\n";
  for (const Principle& principle : principles)
    out << "- " << escape_markdown(concat(principle.title, ", ", in_words(principle))) << '\n';
  write_remarks(result, out);
}

}  // namespace scruple::report
