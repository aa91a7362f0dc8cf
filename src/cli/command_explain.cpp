#include "base/strings.h"
#include "base/suggest.h"
#include "cli/choice.h"
#include "cli/run.h"
#include "cli/session.h"
#include "packtest/examples.h"
#include "policy/compiled_pack.h"
#include "report/own_findings.h"
#include "report/rule_page.h"
#include "report/rules_reporter.h"

#include <algorithm>
#include <memory>

namespace scruple::cli {

namespace {

// Documentation is laid out for a page, not for a terminal.
constexpr std::size_t markdown_width = 104;

struct ExplainOptions {
  RunOptions run;
  std::string id;
  std::string format = "text";
};

report::RuleExample shown(const std::optional<packtest::Example>& example) {
  if (!example) return {};
  return {example->name, example->changes, &example->result};
}

void write(const report::Page& page, bool markdown, const ReportStyle& style, std::ostream& out) {
  if (markdown) return report::write_markdown(page, out);
  report::print_page(page, style, out);
}

bool is_named(const policy::CompiledRule& rule, const std::string& id) {
  return id == rule.id || id == rule.id.substr(rule.id.find('/') + 1) ||
         std::ranges::find(rule.aliases, id) != rule.aliases.end();
}

// What the settings of this folder say of the rule.
std::vector<std::string> said_here(const linting::Settings& settings, const linting::RuleChoice& choice) {
  std::vector<std::string> lines;
  for (const ConfigInfo::Override* change : report::changes_of(settings, choice.rule->id))
    lines.push_back(concat(change->text, " (", change->location.file, ":", change->location.begin.line, ")"));
  return lines;
}

int explain(const ExplainOptions& options, const CommonOptions& common, const Streams& streams,
            const FileSystem& files) {
  const auto policies = load_packs(common, streams, files);
  if (!policies) return exit_failure;
  const auto settings = settings_at(".", options.run, *policies, common, streams, files);
  if (settings == nullptr) return exit_failure;
  const bool markdown = options.format == "markdown";
  ReportStyle style = style_for(common, streams);
  if (markdown) style.width = markdown_width;
  std::vector<std::string_view> ids;
  bool found = false;
  for (const linting::RuleChoice& choice : settings->rules) {
    ids.push_back(choice.rule->id);
    if (!is_named(*choice.rule, options.id)) continue;
    // The tests of a rule are about the rule as its pack has it.
    const packtest::Examples examples = packtest::examples_of(*choice.own_pack, *choice.own_rule, *policies, files);
    write(report::make_rule_page(*choice.pack, *choice.rule, shown(examples.fails), shown(examples.passes),
                                 said_here(*settings, choice), style),
          markdown, style, streams.out);
    found = true;
  }
  for (const report::OwnFinding& finding : report::own_findings()) {
    ids.push_back(finding.id);
    if (finding.id != options.id) continue;
    write(report::make_own_page(finding), markdown, style, streams.out);
    found = true;
  }
  if (found) return exit_ok;
  // A rule is often named by the end of its id alone.
  for (std::size_t i = 0, count = ids.size(); i < count; ++i) ids.push_back(ids[i].substr(ids[i].find('/') + 1));
  const std::string meant = did_you_mean(options.id, ids);
  streams.err << concat("scruple: there is no rule `", visible(options.id), "`; ",
                        meant.empty() ? "`scruple rules` lists all there are" : meant, "\n");
  return exit_failure;
}

}  // namespace

Command add_explain(CLI::App& app) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* command = app.add_subcommand("explain", "Show what a rule checks, why, and how to fix it");
  command
      ->add_option("RULE", options->id, "The id of a rule, with or without its pack, or of a\n`manifest/...` finding")
      ->required();
  command->add_option("--format", options->format, "text or markdown")
      ->check(one_of({"text", "markdown"}))
      ->type_name("FORMAT");
  add_config_options(*command, options->run);
  return [options](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    return explain(*options, common, streams, files);
  };
}

}  // namespace scruple::cli
