// The subcommands. Each has a function that adds it to the command line and returns what runs it.
#pragma once

#include "cli/command_line.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <string>
#include <vector>

namespace scruple::cli {

// What all commands share.
struct CommonOptions {
  std::vector<std::string> packs;  // --pack
  std::string color = "auto";
  std::string log_level = "warn";
  std::string today;
};

using Command = std::function<int(const CommonOptions& common, const Streams& streams, FileSystem& files)>;

Command add_check(CLI::App& app);
Command add_status(CLI::App& app);
Command add_rules(CLI::App& app);
Command add_explain(CLI::App& app);
Command add_schema(CLI::App& app);
Command add_test(CLI::App& app);
Command add_eval(CLI::App& app);
Command add_init(CLI::App& app);
Command add_digest(CLI::App& app);
Command add_record(CLI::App& app);
Command add_new(CLI::App& app);
Command add_completions(CLI::App& app);

}  // namespace scruple::cli
