#include "cli/choice.h"
#include "cli/run.h"
#include "cli/session.h"
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
  const auto settings = policies ? settings_at(options.file, options.run, *policies, common, streams, files) : nullptr;
  if (settings == nullptr) return exit_failure;
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
