#include "cli/session.h"
#include "packtest/runner.h"
#include "report/diagnostic_printer.h"

#include <memory>

namespace scruple::cli {

Command add_test(CLI::App& app) {
  auto options = std::make_shared<packtest::TestOptions>();
  CLI::App* command = app.add_subcommand("test", "Run the tests in policy packs");
  command->add_option("PACK", options->paths, "Packs to test: folders or single files; default: the\nbuilt-in packs");
  command
      ->add_option("-k,--only", options->pattern,
                   "Only cases whose rule or name holds this text; `*`\nstands for anything")
      ->type_name("PATTERN");
  command->add_flag("--coverage", options->coverage,
                    "List the conditions that no case made both true and\nfalse; if there are any, the exit code is 1");
  command->add_flag("--mutate", options->mutate,
                    "Change the rules a little at a time, and list the\nchanges that no case notices; likewise");
  command->add_option("--jobs", options->jobs, "Threads for --mutate; default: as many as there are\ncores")
      ->type_name("N")
      ->check(CLI::Range(1u, 1024u).description(""));
  return [options](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    const auto policies = load_packs(common, streams, files);
    if (!policies) return exit_failure;
    const packtest::TestReport report = packtest::run_tests(*options, *policies, files);
    if (!report.problems.empty()) report::print_diagnostics(report.problems, style_for(common, streams), streams.err);
    packtest::print(report, streams.out);
    return report.exit_code();
  };
}

}  // namespace scruple::cli
