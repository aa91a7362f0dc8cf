// What the command line says of itself, for completions and the manual: nothing is written down twice.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace scruple::cli {

struct OptionText {
  std::string name;         // `--format`; of an argument: `PATH`
  std::string short_name;   // `-q`; may be empty
  std::string type;         // `FORMAT`; may be empty
  std::string description;  // on one line
  bool takes_value = false;
};

struct CommandText {
  std::string name;
  std::string description;
  std::vector<OptionText> arguments;
  std::vector<OptionText> options;
};

// In the order of `--help`.
std::vector<CommandText> commands_of(const CLI::App& app);

}  // namespace scruple::cli
