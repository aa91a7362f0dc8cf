#include "cli/choice.h"
#include "cli/run.h"
#include "cli/session.h"
#include "report/status_reporter.h"

#include <memory>

namespace scruple::cli {

Command add_status(CLI::App& app) {
  struct StatusOptions {
    RunOptions run;
    std::string format = "text";
  };
  auto options = std::make_shared<StatusOptions>();
  CLI::App* command = app.add_subcommand("status", "Show the review steps: what is done and open");
  command->footer(
      "Exit code: that of `scruple check`: 0 nothing at or above --fail-on, 1 findings,\n2 the run could "
      "not be done as asked.");
  add_run_options(*command, options->run);
  command->add_option("--format", options->format, "text or json")
      ->check(one_of({"text", "json"}))
      ->type_name("FORMAT");
  return [options](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    const auto policies = load_packs(common, streams, files);
    const auto lint_options = policies ? cli::lint_options(options->run, common, streams, files) : std::nullopt;
    if (!lint_options) return exit_failure;
    const LintResult result = run_lint(*lint_options, *policies, streams, files);
    print_problems(result, common, streams);
    // Nothing to report on: the reason has been said.
    if (result.units.empty() && !result.problems.empty()) return result.exit_code();
    if (options->format == "json") {
      report::write_status_json(result, streams.out);
    } else {
      report::write_status_text(result, style_for(common, streams), streams.out);
    }
    return result.exit_code();
  };
}

}  // namespace scruple::cli
