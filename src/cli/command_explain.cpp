#include "base/strings.h"
#include "base/suggest.h"
#include "cli/session.h"
#include "policy/compiled_pack.h"
#include "report/rule_page.h"

#include <algorithm>
#include <memory>

namespace scruple::cli {

Command add_explain(CLI::App& app) {
  auto id = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("explain", "Show what a rule checks, why, and how to fix it");
  command->add_option("RULE", *id, "The id of a rule, with or without its pack")->required();
  return [id](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    const auto policies = load_packs(common, streams, files);
    if (!policies) return exit_failure;
    std::vector<std::string_view> ids;
    bool found = false;
    for (const auto& pack : policies->packs()) {
      for (const auto& rule : pack->tables().rules) {
        ids.push_back(rule.id);
        const auto name = rule.id.substr(rule.id.find('/') + 1);
        if (*id != rule.id && *id != name && std::ranges::find(rule.aliases, *id) == rule.aliases.end()) continue;
        report::write_rule_page(*pack, rule, style_for(common, streams), streams.out);
        found = true;
      }
    }
    if (found) return exit_ok;
    streams.err << concat("scruple: there is no rule `", visible(*id), "`; ", did_you_mean(*id, ids), "\n");
    return exit_failure;
  };
}

}  // namespace scruple::cli
