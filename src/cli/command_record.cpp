#include "base/strings.h"
#include "cli/run.h"
#include "cli/session.h"
#include "policy/fact_record.h"

#include "scruple/linter.h"

#include <algorithm>
#include <memory>

namespace scruple::cli {

namespace {

struct RecordOptions {
  RunOptions run;
  std::string file;
};

int record(const RecordOptions& options, const CommonOptions& common, const Streams& streams, FileSystem& files) {
  const auto policies = load_packs(common, streams, files);
  if (!policies) return exit_failure;
  policy::FactRecord facts;
  RunOptions run = options.run;
  run.level = "complete";
  run.record = &facts;
  // What is asked later, when the campaign is live, is asked of the same files.
  std::vector<std::string> inputs;
  for (const char* gate : {"", "live"}) {
    run.gate = gate;
    const auto lint_options = cli::lint_options(run, common, streams, files);
    if (!lint_options) return exit_failure;
    const LintResult result = run_lint(*lint_options, *policies, streams, files);
    print_problems(result, common, streams);
    if (!result.problems.empty()) return exit_failure;
    inputs.insert(inputs.end(), result.inputs.begin(), result.inputs.end());
  }
  const std::string name = concat("`", visible(options.file), "`");
  const std::string real = files.canonical(options.file);
  if (!real.empty() && std::ranges::find(inputs, real) != inputs.end())
    return fail(streams, concat(name, " is an input of this run and is not overwritten"));
  const FileContents old = files.read(options.file, std::uint64_t{1} << 30);
  const bool free = old.status == FileStatus::not_found ||
                    (old.status == FileStatus::ok && old.bytes.starts_with("{\n  \"scruple_record\":"));
  if (!free) return fail(streams, concat(name, " holds something else than a record and is not overwritten"));
  if (!files.write(options.file, facts.write())) return fail(streams, concat(name, " cannot be written"));
  streams.out << "Wrote " << plural(facts.size(), "fact") << " of " << plural(facts.files(), "file") << " to "
              << visible(options.file) << '\n';
  return exit_ok;
}

}  // namespace

Command add_record(CLI::App& app) {
  auto options = std::make_shared<RecordOptions>();
  CLI::App* command = app.add_subcommand("record", "Take down facts of evidence, for use elsewhere");
  command->footer(
      "The record holds counts, sums, days and hashes: no row, and nothing that\n"
      "`check` would not show. `check --recorded FILE` uses it for missing files.");
  command->add_option("MANIFEST", options->run.paths, "Campaign manifests and folders to search")->required();
  command->add_option("-o,--output", options->file, "The file to write")->required()->type_name("FILE");
  add_evidence_options(*command, options->run);
  return [options](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    return record(*options, common, streams, files);
  };
}

}  // namespace scruple::cli
