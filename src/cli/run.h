// A run as `check` and `status` ask for it: which manifests are judged, by which rules, as at which step.
#pragma once

#include "cli/commands.h"

#include "scruple/linter.h"

#include <optional>
#include <string>
#include <vector>

namespace scruple::cli {

struct RunOptions {
  std::vector<std::string> paths;
  std::string standard_input_name = "campaign.yaml";
  std::string gate;
  std::string level = "essential";
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::string fail_on = "error";
  std::string root;
  unsigned jobs = 0;
  std::string recorded;
  unsigned max_fact_days = 30;
  policy::FactRecord* record = nullptr;  // what facts of evidence are taken down in; may be null
};

// The options must outlive the command.
void add_run_options(CLI::App& command, RunOptions& options);

// Empty, with the reason said, if the run cannot begin. Problems of the result are printed.
std::optional<LintResult> run_lint(const RunOptions& options, const CommonOptions& common, const Streams& streams,
                                   const FileSystem& files);

}  // namespace scruple::cli
