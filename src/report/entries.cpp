#include "report/entries.h"

#include "base/file_system.h"
#include "base/strings.h"
#include "lint/cause.h"
#include "report/finding_text.h"
#include "report/terminal_text.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace scruple::report {

namespace {

// What is to be done: first what mends the cause, then what the rule says.
std::string remedy_of(const LintResult& result, const Finding& finding) {
  std::string remedy = plain(finding.remediation);
  if (!finding.cause || *finding.cause >= result.causes.size()) return remedy;
  const std::string hint = plain(result.causes[*finding.cause].hint);
  if (hint.empty() || hint == remedy) return remedy;
  return sentences(linting::as_sentence(hint), remedy);
}

bool before(const Position& a, const Position& b) { return std::tie(a.line, a.column) < std::tie(b.line, b.column); }

}  // namespace

std::vector<Entry> entries_of(const LintResult& result) {
  std::vector<Entry> entries;
  std::map<std::string_view, std::size_t> fingerprints;
  for (const Finding& finding : result.findings) {
    Entry entry;
    entry.finding = &finding;
    std::string file = finding.location.file;
    if (file.empty() && !finding.occurrences.empty()) file = finding.occurrences.front().document;
    entry.path = repository_path(result, file);
    entry.begin = finding.location.begin;
    entry.end = before(finding.location.end, entry.begin) ? entry.begin : finding.location.end;
    entry.message = plain(message_of(finding));
    entry.remedy = remedy_of(result, finding);
    entry.fingerprint = finding.fingerprint;
    // Two campaigns of one id have findings of one fingerprint; who keeps one finding a fingerprint would lose the
    // rest.
    if (const std::size_t n = ++fingerprints[finding.fingerprint]; n > 1) entry.fingerprint += concat("-", n);
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<Entry> open_entries(const LintResult& result) {
  std::vector<Entry> entries = entries_of(result);
  std::erase_if(entries, [](const Entry& entry) { return entry.finding->suppression.has_value(); });
  return entries;
}

std::string told(const Suppression& suppression) {
  if (suppression.kind == Suppression::Kind::baseline) return "in the baseline";
  return concat("waived until ", plain(suppression.until), " by ", plain(suppression.by), ": ",
                plain(suppression.justification));
}

bool holds(const RuleCounts& counts) {
  const auto count = [&](Outcome outcome) { return counts.outcomes[static_cast<std::size_t>(outcome)]; };
  return count(Outcome::pass) > 0 && count(Outcome::fail) + count(Outcome::undecided) + count(Outcome::waived) == 0;
}

std::string repository_path(const LintResult& result, const std::string& file) {
  const auto known = result.repository_paths.find(file);
  return plain(known != result.repository_paths.end() ? known->second : path::normalize(file));
}

std::string plain(std::string_view text) { return visible(one_line(text)); }

std::string sentences(std::string first, std::string_view second) {
  if (first.empty() || second.empty()) return first.empty() ? std::string(second) : first;
  const bool ended = std::string_view(".!?:").find(first.back()) != std::string_view::npos;
  return concat(first, ended ? " " : ". ", second);
}

}  // namespace scruple::report
