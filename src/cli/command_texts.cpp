#include "cli/command_texts.h"

#include <algorithm>

namespace scruple::cli {

namespace {

std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

OptionText text_of(const CLI::Option& option, std::string name) {
  OptionText text;
  text.name = std::move(name);
  if (!option.get_snames().empty()) text.short_name = "-" + option.get_snames().front();
  text.type = option.get_type_name();
  text.description = one_line(option.get_description());
  text.takes_value = option.get_type_size() != 0;
  return text;
}

}  // namespace

std::vector<CommandText> commands_of(const CLI::App& app) {
  std::vector<CommandText> commands;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    CommandText text{command->get_name(), one_line(command->get_description()), {}, {}};
    for (const CLI::Option* option : command->get_options()) {
      if (option->get_positional()) text.arguments.push_back(text_of(*option, option->get_name(true)));
      for (const std::string& name : option->get_lnames()) text.options.push_back(text_of(*option, "--" + name));
    }
    commands.push_back(std::move(text));
  }
  return commands;
}

}  // namespace scruple::cli
