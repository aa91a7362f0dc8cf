#include "base/strings.h"
#include "base/suggest.h"
#include "cli/command_texts.h"
#include "cli/commands.h"

#include <array>
#include <memory>

namespace scruple::cli {

namespace {

// A text within single quotes.
std::string quoted(std::string text) {
  std::erase(text, '\'');
  return concat("'", text, "'");
}

template <typename Items>
std::string names_of(const Items& items) {
  std::string names;
  for (const auto& item : items) names += concat(names.empty() ? "" : " ", item.name);
  return names;
}

void write_bash(const std::vector<CommandText>& commands, std::ostream& out) {
  out << "# Completion of scruple for bash: put this into ~/.local/share/bash-completion/completions/scruple\n"
         "_scruple() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} words=\n"
         "  if ((COMP_CWORD == 1)); then\n"
         "    words='"
      << names_of(commands)
      << "'\n"
         "  elif [[ $word == -* ]]; then\n"
         "    case ${COMP_WORDS[1]} in\n";
  for (const CommandText& command : commands)
    out << "      " << command.name << ") words='" << names_of(command.options) << "' ;;\n";
  out << "    esac\n"
         "  fi\n"
         "  [[ -z $words ]] || mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
         "}\n"
         "complete -o default -F _scruple scruple\n";
}

// In zsh a colon separates a word from its description.
std::string zsh_word(const std::string& name, const std::string& description) {
  return quoted(concat(name, ":", description));
}

void write_zsh(const std::vector<CommandText>& commands, std::ostream& out) {
  out << "#compdef scruple\n"
         "# Completion of scruple for zsh: put this into a file _scruple in a folder of $fpath\n"
         "_scruple() {\n"
         "  local -a found\n"
         "  if ((CURRENT == 2)); then\n"
         "    found=(\n";
  for (const CommandText& command : commands) out << "      " << zsh_word(command.name, command.description) << '\n';
  out << "    )\n"
         "    _describe command found\n"
         "  elif [[ $words[CURRENT] == -* ]]; then\n"
         "    case $words[2] in\n";
  for (const CommandText& command : commands) {
    out << "      " << command.name << ")\n        found=(\n";
    for (const OptionText& option : command.options)
      out << "          " << zsh_word(option.name, option.description) << '\n';
    out << "        ) ;;\n";
  }
  out << "    esac\n"
         "    _describe -o option found\n"
         "  else\n"
         "    _files\n"
         "  fi\n"
         "}\n"
         "if [[ $funcstack[1] == _scruple ]]; then\n"
         "  _scruple \"$@\"\n"
         "else\n"
         "  compdef _scruple scruple\n"
         "fi\n";
}

void write_fish(const std::vector<CommandText>& commands, std::ostream& out) {
  out << "# Completion of scruple for fish: put this into ~/.config/fish/completions/scruple.fish\n";
  for (const CommandText& command : commands) {
    out << "complete -c scruple -n __fish_use_subcommand -f -a " << command.name << " -d '" << command.description
        << "'\n";
    for (const OptionText& option : command.options) {
      out << "complete -c scruple -n '__fish_seen_subcommand_from " << command.name << "' -l " << option.name.substr(2)
          << (option.takes_value ? " -r" : "") << " -d " << quoted(option.description) << '\n';
    }
  }
}

}  // namespace

Command add_completions(CLI::App& app) {
  constexpr static std::array<std::string_view, 3> shells = {"bash", "zsh", "fish"};
  auto shell = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("completions", "Print the completions of a shell");
  command->add_option("SHELL", *shell, "bash, zsh or fish")->required();
  return [shell, &app](const CommonOptions&, const Streams& streams, FileSystem&) {
    const auto commands = commands_of(app);
    if (*shell == "bash") {
      write_bash(commands, streams.out);
    } else if (*shell == "zsh") {
      write_zsh(commands, streams.out);
    } else if (*shell == "fish") {
      write_fish(commands, streams.out);
    } else {
      streams.err << "scruple: there are no completions for `" << visible(*shell) << "`; "
                  << did_you_mean(*shell, shells) << '\n';
      return exit_failure;
    }
    return exit_ok;
  };
}

}  // namespace scruple::cli
