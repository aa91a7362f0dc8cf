#include "cli/history.h"

#include "base/strings.h"
#include "lint/known_findings.h"
#include "lint/look_ahead.h"
#include "lint/repository_paths.h"
#include "report/baseline_writer.h"

#include <optional>
#include <sstream>

namespace scruple::cli {

namespace {

// Writes what is to stay in the baseline; the result is what was written.
bool write_baseline(const History& history, const std::vector<KnownFinding>& findings, FileSystem& files,
                    std::ostream& err) {
  std::ostringstream text;
  report::write_baseline(findings, text);
  if (files.write(history.baseline, text.str())) return true;
  err << "scruple: the baseline `" << visible(history.baseline) << "` cannot be written\n";
  return false;
}

bool apply_baseline(const History& history, const Streams& streams, FileSystem& files, LintResult& result) {
  const bool writes = history.write_baseline || history.ratchet;
  const bool exists = files.info(history.baseline).status != FileStatus::not_found;
  std::optional<linting::Baseline> old;
  if (exists || !history.write_baseline || history.ratchet) {
    old = linting::read_baseline(history.baseline, files, result.problems);
    if (!old) return true;
  }
  // A run that could not be done as asked says nothing of what is left.
  if (writes && result.problems.empty()) {
    const bool grow = history.write_baseline && !history.ratchet;
    const auto kept = linting::make_baseline(result, old ? &*old : nullptr, grow, files);
    if (!write_baseline(history, kept, files, streams.err)) return false;
    const std::size_t before = old ? old->findings.size() : 0;
    streams.err << "scruple: the baseline `" << visible(history.baseline) << "` holds "
                << plural(kept.size(), "finding") << (old ? concat(", ", before, " before") : std::string()) << '\n';
    old = linting::read_baseline(history.baseline, files, result.problems);
    if (!old) return true;
  }
  linting::apply_baseline(*old, result, files);
  linting::find_repository_paths(files, result);
  return true;
}

}  // namespace

void add_history_options(CLI::App& command, History& history) {
  command.add_option("--baseline", history.baseline, "Findings that this file holds do not fail the run")
      ->type_name("FILE");
  command.add_flag("--write-baseline", history.write_baseline, "Record what is found in the file of --baseline");
  command.add_flag("--ratchet", history.ratchet,
                   "Take what is mended out of the file of --baseline,\nand add nothing to it");
  command.add_option("--since", history.since, "Say what changed since this report in JSON")->type_name("REPORT");
  command
      .add_option("--expiring", history.expiring,
                  "Also list what will be wrong within so many days if\nnothing changes; it fails the run, too")
      ->check(CLI::Range(1u, 3660u).description(""))
      ->type_name("DAYS");
}

bool is_usable(const History& history, std::ostream& err) {
  if (!history.baseline.empty() || (!history.write_baseline && !history.ratchet)) return true;
  err << "scruple: `" << (history.ratchet ? "--ratchet" : "--write-baseline")
      << "` writes the file of `--baseline FILE`: name it\n";
  return false;
}

bool add_history(const History& history, const LintOptions& options, const PolicySet& policies, const Streams& streams,
                 FileSystem& files, LintResult& result) {
  if (!history.baseline.empty() && !apply_baseline(history, streams, files, result)) return false;
  if (!history.since.empty()) linting::compare_with_report(history.since, result, files);
  if (history.expiring > 0 && result.problems.empty()) {
    linting::look_ahead(result, history.expiring, [&](const std::string& day) {
      LintOptions later = options;
      later.today = day;
      later.progress = {};
      LintResult then = lint(later, policies, files);
      if (!history.baseline.empty()) {
        Diagnostics unused;
        if (const auto baseline = linting::read_baseline(history.baseline, files, unused))
          linting::apply_baseline(*baseline, then, files);
      }
      return then;
    });
  }
  return true;
}

}  // namespace scruple::cli
