#include "cli/choice.h"
#include "cli/run.h"
#include "cli/session.h"
#include "config/manifest_location.h"
#include "lint/settings.h"
#include "policy/language.h"
#include "report/settings_reporter.h"

#include <algorithm>
#include <memory>

namespace scruple::cli {

namespace {

struct ConfigOptions {
  RunOptions run;
  std::string file = ".";
  std::string format = "text";
};

int show(const ConfigOptions& options, const CommonOptions& common, const Streams& streams, const FileSystem& files) {
  const auto policies = load_packs(common, streams, files);
  const auto lint_options = policies ? cli::lint_options(options.run, common, streams, files) : std::nullopt;
  if (!lint_options) return exit_failure;
  const FileStatus status = files.info(options.file).status;
  if (status != FileStatus::ok && status != FileStatus::is_folder) {
    streams.err << "scruple: `" << visible(options.file) << "` " << to_string(status) << '\n';
    return exit_failure;
  }
  LintResult problems;
  config::ConfigFiles configs(files, policies->language().config, {lint_options->config, lint_options->isolated},
                              problems.problems);
  config::Locator locator(files, lint_options->root);
  std::string folder = files.canonical(options.file);
  if (status == FileStatus::ok) folder = path::folder(folder);
  const std::string root = locator.root_of(folder);
  linting::SettingsResolver resolver(*lint_options, *policies, files, problems.problems);
  const auto settings = resolver.resolve(configs.of(root, folder), root);
  print_problems(problems, common, streams);
  if (!problems.problems.empty()) return exit_failure;
  if (options.format == "json") {
    report::write_settings_json(*settings, streams.out);
  } else {
    report::write_settings_text(*settings, style_for(common, streams), streams.out);
  }
  return settings->attempts.empty() ? exit_ok : exit_findings;
}

}  // namespace

Command add_config(CLI::App& app) {
  auto options = std::make_shared<ConfigOptions>();
  CLI::App* command = app.add_subcommand("config", "Show the settings that hold, and where from");
  command->footer("Exit code: 0, 1 if settings try to loosen what is locked further up, 2 if they\ncannot be used.");
  command->add_option("FILE", options->file, "A manifest or a folder; default: this folder");
  add_settings_options(*command, options->run);
  command->add_option("--format", options->format, "text or json")
      ->check(one_of({"text", "json"}))
      ->type_name("FORMAT");
  return [options](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    return show(*options, common, streams, files);
  };
}

}  // namespace scruple::cli
