// What a run judges, and by which rules: its manifests, sorted into groups of the same settings.
#pragma once

#include "config/discovery.h"
#include "config/manifest_location.h"
#include "lint/settings.h"
#include "policy/compiled_pack.h"

#include "scruple/linter.h"
#include "scruple/policy.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace scruple::linting {

// A rule of the run as one group of manifests sees it; without a pack where their settings do not load it.
struct ActiveRule {
  const policy::CompiledPack* pack = nullptr;
  const policy::CompiledRule* rule = nullptr;
  bool judged = false;  // selected, not off, and not above the level
};

// Manifests with the same settings.
struct Group {
  std::shared_ptr<const linting::Settings> settings;
  std::vector<ActiveRule> rules;      // parallel to LintResult::rules
  std::optional<std::size_t> config;  // index into LintResult::configs
};

// A file to judge.
struct Job {
  std::string path;
  config::ManifestLocation location;
  std::size_t group = 0;
};

struct RunPlan {
  std::vector<Group> groups;  // at least one
  std::vector<Job> jobs;      // in the order of the paths
  config::Discovery discovery;
};

// Finds the manifests and resolves their settings. Says in the result what the run rests on: packs, rules, settings,
// the paths that were left alone; problems if it cannot be done as asked.
RunPlan plan_run(const LintOptions& options, const PolicySet& policies, const FileSystem& files, LintResult& result);

}  // namespace scruple::linting
