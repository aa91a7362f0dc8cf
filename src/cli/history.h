// What a run is held against: a baseline, an earlier report, the days to come.
#pragma once

#include "cli/command_line.h"

#include "scruple/linter.h"
#include "scruple/policy.h"

#include <CLI/CLI.hpp>

#include <string>

namespace scruple::cli {

struct History {
  std::string baseline;
  bool write_baseline = false;
  bool ratchet = false;
  std::string since;
  unsigned expiring = 0;  // days
};

// The options must outlive the command.
void add_history_options(CLI::App& command, History& history);

// False, with the reason said, for options that do not go together.
bool is_usable(const History& history, std::ostream& err);

// Adds to the result what the options ask for, and writes the baseline. False, with the reason said, if that could not
// be done. Problems of the files are problems of the result.
bool add_history(const History& history, const LintOptions& options, const PolicySet& policies, const Streams& streams,
                 FileSystem& files, LintResult& result);

}  // namespace scruple::cli
