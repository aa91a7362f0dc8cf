// What holds for the manifests of one folder: the flags of the run, else its settings, else the defaults; and what is
// locked further up.
#pragma once

#include "config/config_files.h"
#include "evidence/evidence.h"
#include "lint/evaluator.h"
#include "lint/waiver_reader.h"
#include "policy/compiled_pack.h"
#include "policy/pack_set.h"

#include "scruple/linter.h"
#include "scruple/policy.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace scruple::linting {

// A value with where it comes from: "default", "--level", "company.scruple.yaml:4", "company.scruple.yaml:4, locked".
struct EffectiveValue {
  std::string name;  // `level`, `rules["privacy/unsubscribe-visible"].severity`
  std::string value;
  std::string origin;
};

// A rule as it is judged here.
struct RuleChoice {
  const policy::CompiledPack* pack = nullptr;
  const policy::CompiledRule* rule = nullptr;
  bool off = false;
  // As the pack has it, before any setting.
  const policy::CompiledPack* own_pack = nullptr;
  const policy::CompiledRule* own_rule = nullptr;
};

struct Settings {
  Level level = Level::essential;
  std::optional<Gate> gate;
  std::string gate_origin;  // of a gate: "--gate", ".scruple.yaml:3"
  Severity fail_on = Severity::error;
  policy::Packs packs;            // with the severities and parameters that hold here
  std::vector<RuleChoice> rules;  // in pack order
  evidence::Roots evidence_roots;
  std::vector<WrittenWaiver> waivers;
  std::string waivers_lock;      // where waivers of manifests are forbidden: "company.scruple.yaml:4"; may be empty
  std::vector<Judged> attempts;  // to loosen what is locked: `config/locked`
  std::optional<ConfigInfo> config;
  std::vector<EffectiveValue> effective;
  std::vector<std::string> inputs;  // canonical paths of what was read
};

// Resolves each chain of configs once. For one thread.
class SettingsResolver {
 public:
  // All outlive it. Overrides that match nothing, and packs that cannot be used, are in the diagnostics.
  SettingsResolver(const LintOptions& options, const PolicySet& policies, const FileSystem& files,
                   Diagnostics& diagnostics);

  std::shared_ptr<const Settings> resolve(const config::ChainPtr& chain, const std::string& root);

 private:
  std::shared_ptr<const policy::CompiledPack> pack_at(const config::Setting& setting, const std::string& root);
  std::string evidence_root(const config::Setting& setting, const std::string& root);

  const LintOptions& options_;
  const PolicySet& policies_;
  const FileSystem& files_;
  Diagnostics& diagnostics_;
  std::map<std::pair<config::ChainPtr, std::string>, std::shared_ptr<const Settings>> resolved_;
  std::map<std::string, std::shared_ptr<const policy::CompiledPack>> packs_;  // by absolute path
};

}  // namespace scruple::linting
