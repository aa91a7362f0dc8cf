#include "base/strings.h"
#include "cli/session.h"
#include "policy/compiled_pack.h"
#include "report/rules_reporter.h"

#include <memory>

namespace scruple::cli {

Command add_rules(CLI::App& app) {
  auto format = std::make_shared<std::string>("text");
  CLI::App* command = app.add_subcommand("rules", "List the rules");
  command->add_option("--format", *format, "text or json")
      ->check(CLI::IsMember({"text", "json"}).description(""))
      ->type_name("FORMAT");
  return [format](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    const auto policies = load_packs(common, streams, files);
    if (!policies) return exit_failure;
    if (*format == "json") {
      report::write_rules_json(*policies, streams.out);
    } else {
      report::write_rules_text(*policies, style_for(common, streams), streams.out);
    }
    return exit_ok;
  };
}

}  // namespace scruple::cli
