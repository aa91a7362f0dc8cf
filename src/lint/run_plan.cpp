#include "lint/run_plan.h"

#include "base/file_system.h"
#include "base/glob.h"
#include "base/strings.h"
#include "base/suggest.h"
#include "config/changed.h"
#include "policy/language.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace scruple::linting {

namespace {

bool matches(const policy::CompiledRule& rule, std::string_view pack, const std::string& pattern) {
  if (pattern == pack || glob_match(pattern, rule.id)) return true;
  return std::ranges::any_of(rule.aliases, [&](std::string_view alias) { return glob_match(pattern, alias); });
}

// A rule is often named by a part of its id.
std::string did_you_mean_rule(const std::string& pattern, std::vector<std::string_view> names) {
  std::vector<std::string_view> near;
  for (const std::string_view id : names) {
    if (id.find(pattern) != std::string_view::npos) near.push_back(id);
  }
  if (!near.empty()) return did_you_mean(near.front(), near);
  for (std::size_t i = 0, count = names.size(); i < count; ++i) {
    const auto slash = names[i].find('/');
    names.push_back(names[i].substr(0, slash));
    names.push_back(names[i].substr(slash + 1));
  }
  const std::string hint = did_you_mean(pattern, names);
  return hint.empty() ? "`scruple rules` lists them" : hint;
}

bool is_selected(const LintOptions& options, const policy::CompiledRule& rule, std::string_view pack) {
  const auto matched = [&](const std::string& pattern) { return matches(rule, pack, pattern); };
  return (options.select.empty() || std::ranges::any_of(options.select, matched)) &&
         std::ranges::none_of(options.ignore, matched);
}

// The packs and rules of the run: those of all groups, each once.
class RuleList {
 public:
  RuleList(const LintOptions& options, LintResult& result) : options_(options), result_(result) {}

  void add(Group& group) {
    for (const RuleChoice& choice : group.settings->rules) {
      const auto& tables = choice.pack->tables();
      const std::string pack = concat(tables.id, '\0', tables.sha256);
      if (packs_.insert(pack).second) {
        result_.packs.push_back({std::string(tables.id), std::string(tables.version), std::string(tables.title),
                                 choice.pack->origin(), std::string(tables.sha256)});
      }
      const policy::CompiledRule& rule = *choice.rule;
      const auto [index, is_new] = rules_.try_emplace(concat(pack, '\0', rule.id), result_.rules.size());
      const bool selected = is_selected(options_, rule, tables.id);
      if (is_new) {
        known_.emplace_back(tables.id, &rule);
        result_.rules.push_back({std::string(rule.id), std::string(tables.id), std::string(rule.title), rule.severity,
                                 rule.level, rule.gate, rule.scope, rule.ask, selected, std::string(rule.remediation),
                                 std::string(rule.rationale)});
      }
      group.rules.resize(std::max(group.rules.size(), index->second + 1));
      group.rules[index->second] = {choice.pack, &rule, selected && !choice.off && rule.level <= group.settings->level};
    }
  }

  // A pattern that selects nothing is a mistake.
  void check_patterns() const {
    std::vector<std::string_view> ids;
    for (const auto& [pack, rule] : known_) ids.push_back(rule->id);
    for (const auto* patterns : {&options_.select, &options_.ignore}) {
      for (const std::string& pattern : *patterns) {
        const auto matched = [&](const auto& known) { return matches(*known.second, known.first, pattern); };
        if (std::ranges::any_of(known_, matched)) continue;
        Diagnostic diagnostic;
        diagnostic.code = "usage/rule";
        diagnostic.message = concat("no rule is called `", pattern, "`");
        diagnostic.hint = did_you_mean_rule(pattern, ids);
        result_.problems.push_back(std::move(diagnostic));
      }
    }
  }

 private:
  const LintOptions& options_;
  LintResult& result_;
  std::set<std::string> packs_;
  std::map<std::string, std::size_t> rules_;  // by pack and id
  std::vector<std::pair<std::string_view, const policy::CompiledRule*>> known_;
};

// Sorts the manifests into groups of the same settings, and lists the rules and settings of the run.
class Grouping {
 public:
  Grouping(const LintOptions& options, SettingsResolver& resolver, config::Locator& locator,
           config::ConfigFiles& configs, LintResult& result)
      : resolver_(resolver), locator_(locator), configs_(configs), result_(result), rules_(options, result) {}

  void add(const std::string& path, const std::string& name) {
    Job job{path, locator_.locate(name), 0};
    const std::string folder(path::folder(path::join(job.location.root, job.location.relative)));
    job.group = group_of(resolver_.resolve(configs_.of(job.location.root, folder), job.location.root));
    if (const auto config = groups[job.group].config) ++result_.configs[*config].manifests;
    jobs.push_back(std::move(job));
  }

  // The rules that there are where nothing is to be judged.
  void add_defaults() { group_of(resolver_.resolve(std::make_shared<const config::Chain>(), {})); }

  void finish() {
    rules_.check_patterns();
    for (Group& group : groups) group.rules.resize(result_.rules.size());
    if (groups.empty()) return;
    result_.level = groups.front().settings->level;
    result_.fail_on = groups.front().settings->fail_on;
    for (const Group& group : groups) {
      result_.level = std::max(result_.level, group.settings->level);
      result_.fail_on = std::max(result_.fail_on, group.settings->fail_on);
    }
  }

  std::vector<Group> groups;
  std::vector<Job> jobs;

 private:
  std::size_t group_of(const std::shared_ptr<const Settings>& settings) {
    const auto [index, is_new] = by_settings_.try_emplace(settings.get(), groups.size());
    if (!is_new) return index->second;
    Group group{settings, {}, std::nullopt};
    if (settings->config) {
      group.config = result_.configs.size();
      result_.configs.push_back(*settings->config);
    }
    result_.inputs.insert(result_.inputs.end(), settings->inputs.begin(), settings->inputs.end());
    rules_.add(group);
    groups.push_back(std::move(group));
    return index->second;
  }

  SettingsResolver& resolver_;
  config::Locator& locator_;
  config::ConfigFiles& configs_;
  LintResult& result_;
  RuleList rules_;
  std::map<const Settings*, std::size_t> by_settings_;
};

// Of the manifests of a repository, those that a change of files concerns.
class ChangeFilter {
 public:
  ChangeFilter(const LintOptions& options, const PolicySet& policies, config::Locator& locator,
               config::ConfigFiles& configs, const FileSystem& files)
      : locator_(locator),
        configs_(configs),
        working_folder_(files.canonical(".")),
        changed_(*options.changed, locator.root_of(working_folder_), files) {
    // What was given for the whole run concerns all.
    all_ = !options.config.empty() && changed_.hold(files.canonical(options.config));
    for (const auto& pack : policies.packs())
      all_ = all_ || (pack->origin() != policy::built_in && changed_.hold(files.canonical(pack->origin())));
  }

  // The folder to search, from the working directory.
  std::string repository() const { return path::relative_to(locator_.root_of(working_folder_), working_folder_); }

  bool concerns(const std::string& path) {
    const config::ManifestLocation location = locator_.locate(path);
    const std::string folder(path::folder(path::join(location.root, location.relative)));
    return all_ || changed_.concern(location, *configs_.of(location.root, folder));
  }

 private:
  config::Locator& locator_;
  config::ConfigFiles& configs_;
  std::string working_folder_;
  config::ChangedFiles changed_;
  bool all_ = false;
};

// The manifests of the run.
config::Discovery find_manifests(const LintOptions& options, const PolicySet& policies, config::Locator& locator,
                                 config::ConfigFiles& configs, const FileSystem& files, Diagnostics& problems) {
  if (!options.changed) return config::discover(options.paths, files, locator, configs, problems);
  ChangeFilter filter(options, policies, locator, configs, files);
  config::Discovery discovered = config::discover({filter.repository()}, files, locator, configs, problems);
  // A repository without campaigns is none of our business.
  std::erase_if(problems, [](const Diagnostic& problem) { return problem.code == config::nothing_found; });
  std::erase_if(discovered.manifests, [&](const std::string& path) { return !filter.concerns(path); });
  discovered.searched.clear();
  return discovered;
}

}  // namespace

RunPlan plan_run(const LintOptions& options, const PolicySet& policies, const FileSystem& files, LintResult& result) {
  RunPlan plan;
  config::Locator locator(files, options.root);
  config::ConfigFiles configs(files, policies.language().config, {options.config, options.isolated}, result.problems);
  plan.discovery = find_manifests(options, policies, locator, configs, files, result.problems);
  for (const config::Skipped& skipped : plan.discovery.skipped)
    result.skipped.push_back({skipped.path, skipped.reason});
  result.unused_excludes = plan.discovery.unused_patterns;
  result.searched = plan.discovery.searched;
  SettingsResolver resolver(options, policies, files, result.problems);
  Grouping grouping(options, resolver, locator, configs, result);
  for (const std::string& path : plan.discovery.manifests)
    grouping.add(path, path == "-" ? options.standard_input_name : path);
  if (grouping.groups.empty()) grouping.add_defaults();
  grouping.finish();
  plan.groups = std::move(grouping.groups);
  plan.jobs = std::move(grouping.jobs);
  return plan;
}

}  // namespace scruple::linting
