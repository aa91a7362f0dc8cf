#include "base/strings.h"
#include "cli/choice.h"
#include "cli/run.h"
#include "cli/session.h"
#include "policy/compiled_pack.h"
#include "report/references_reporter.h"
#include "report/rule_page.h"
#include "report/rules_reporter.h"

#include <memory>

namespace scruple::cli {

Command add_rules(CLI::App& app) {
  struct RulesOptions {
    RunOptions run;
    std::string format = "text";
    bool references = false;
  };
  auto options = std::make_shared<RulesOptions>();
  CLI::App* command = app.add_subcommand("rules", "List the rules, or what they rest on");
  command->add_option("--format", options->format, "text, json or markdown")
      ->check(one_of({"text", "json", "markdown"}))
      ->type_name("FORMAT");
  add_config_options(*command, options->run);
  command->add_flag("--references", options->references,
                    "List the laws, standards and practices on which\nthe rules rest");
  return [options](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    const auto policies = load_packs(common, streams, files);
    if (!policies) return exit_failure;
    const auto settings = settings_at(".", options->run, *policies, common, streams, files);
    if (settings == nullptr) return exit_failure;
    const ReportStyle style = style_for(common, streams);
    const std::string today = day_of(common, streams);
    if (options->references) {
      if (options->format == "json") {
        report::write_references_json(*policies, today, streams.out);
      } else {
        report::write_references_text(*policies, today, style, streams.out);
      }
    } else if (options->format == "json") {
      report::write_rules_json(*settings, streams.out);
    } else if (options->format == "markdown") {
      report::write_rule_index(*policies, streams.out);
    } else {
      report::write_rules_text(*settings, style, streams.out);
    }
    return exit_ok;
  };
}

}  // namespace scruple::cli
