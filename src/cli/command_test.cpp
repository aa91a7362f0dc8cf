#include "cli/session.h"
#include "packtest/runner.h"
#include "report/diagnostic_printer.h"

#include <memory>

namespace scruple::cli {

Command add_test(CLI::App& app) {
  auto paths = std::make_shared<std::vector<std::string>>();
  CLI::App* command = app.add_subcommand("test", "Run the tests in policy packs");
  command->add_option("PACK", *paths, "Packs to test: folders or single files; default: the\nbuilt-in packs");
  return [paths](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    const auto policies = load_packs(common, streams, files);
    if (!policies) return exit_failure;
    const packtest::TestReport report = packtest::run_tests(*paths, *policies, files);
    if (!report.problems.empty()) report::print_diagnostics(report.problems, style_for(common, streams), streams.err);
    packtest::print(report, streams.out);
    if (!report.problems.empty()) return exit_failure;
    return report.failed == 0 ? exit_ok : exit_findings;
  };
}

}  // namespace scruple::cli
