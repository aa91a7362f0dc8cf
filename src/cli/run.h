// A run as `check` and `status` ask for it: which manifests are judged, by which rules, as at which step.
#pragma once

#include "cli/commands.h"
#include "lint/settings.h"
#include "policy/fact_record.h"

#include "scruple/linter.h"
#include "scruple/policy.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace scruple::cli {

struct RunOptions {
  std::vector<std::string> paths;
  std::string standard_input_name = "campaign.yaml";
  std::string gate;
  std::string level;
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::string fail_on;
  std::string root;
  std::string config;
  bool isolated = false;
  std::vector<std::string> evidence_roots;  // "crm=/exports"
  bool changed = false;                     // the paths are files that changed
  unsigned jobs = 0;
  std::string recorded;
  unsigned max_fact_days = 30;
  policy::FactRecord* record = nullptr;  // what facts of evidence are taken down in; may be null
};

// The options that say which settings hold. They must outlive the command.
void add_settings_options(CLI::App& command, RunOptions& options);

// For lint(), with standard input where a path asks for it; empty, with the reason said, if the options cannot be
// served.
std::optional<LintOptions> lint_options(const RunOptions& options, const CommonOptions& common, const Streams& streams,
                                        const FileSystem& files);

// The settings that hold at a manifest or in a folder; null, with the reasons said, if they cannot be used.
std::shared_ptr<const linting::Settings> settings_at(const std::string& place, const RunOptions& options,
                                                     const PolicySet& policies, const CommonOptions& common,
                                                     const Streams& streams, const FileSystem& files);

// `--config` and `--isolated`, for commands that judge nothing. They must outlive the command.
void add_config_options(CLI::App& command, RunOptions& options);

// These, and those that say where evidence is.
void add_evidence_options(CLI::App& command, RunOptions& options);

// The options must outlive the command.
void add_run_options(CLI::App& command, RunOptions& options);

// Judges, and shows how far it is.
LintResult run_lint(LintOptions options, const PolicySet& policies, const Streams& streams, const FileSystem& files);

// The facts that `--recorded` names; empty, with the reason said, if the file holds no record of facts.
std::optional<policy::FactRecord> read_record(const std::string& file, const CommonOptions& common,
                                              const Streams& streams, const FileSystem& files);

// Why the run could not be done as asked.
void print_problems(const LintResult& result, const CommonOptions& common, const Streams& streams);

}  // namespace scruple::cli
