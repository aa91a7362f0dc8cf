// The manual page, from the command line's own description.
#include "base/strings.h"
#include "base/version.h"
#include "cli/command_texts.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "report/terminal_text.h"

#include <algorithm>

namespace scruple::cli {

namespace {

constexpr std::size_t text_width = 78;  // lines of the source; the page is laid out by what shows it

// Text that troff shows as it is: no escape, no hyphen for a minus, no line that is a request.
std::string troff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c != '`') {
      out += c;
    }
  }
  if (!out.empty() && (out.front() == '.' || out.front() == '\'')) out.insert(0, "\\&");
  return out;
}

void write_text(std::string_view text, std::ostream& out) {
  for (const std::string& line : report::wrap(text, text_width)) out << troff(line) << '\n';
}

void write_option(const OptionText& option, std::ostream& out) {
  out << ".TP\n";
  std::string names = option.short_name.empty() ? "" : concat("\\fB", troff(option.short_name), "\\fR, ");
  names += concat("\\fB", troff(option.name), "\\fR");
  if (option.takes_value && !option.type.empty()) names += concat(" \\fI", troff(option.type), "\\fR");
  out << names << '\n';
  write_text(option.description, out);
}

// Options that every command has are told once.
bool is_common(const OptionText& option, const std::vector<CommandText>& commands) {
  return std::ranges::all_of(commands, [&](const CommandText& command) {
    return std::ranges::find(command.options, option.name, &OptionText::name) != command.options.end();
  });
}

void write_command(const CommandText& command, const std::vector<CommandText>& commands, std::ostream& out) {
  out << ".SS \"scruple " << command.name;
  for (const OptionText& argument : command.arguments) out << ' ' << troff(argument.name);
  out << "\"\n";
  write_text(command.description + ".", out);
  for (const OptionText& argument : command.arguments) write_option(argument, out);
  for (const OptionText& option : command.options) {
    if (!is_common(option, commands)) write_option(option, out);
  }
}

void write_manual(const CLI::App& app, std::string_view day, std::ostream& out) {
  const std::vector<CommandText> commands = commands_of(app);
  out << ".TH SCRUPLE 1 " << day << " \"scruple " << version << "\" \"User Commands\"\n"
      << ".SH NAME\nscruple \\- a linter for the ethics of AI marketing campaigns\n"
      << ".SH SYNOPSIS\n.B scruple\n.I COMMAND\n[\\fIOPTION\\fR ...]\n.SH DESCRIPTION\n";
  std::string overview = app.get_description();
  std::ranges::replace(overview, '\n', ' ');
  write_text(trim_ascii(overview), out);
  out << ".SH COMMANDS\n";
  for (const CommandText& command : commands) write_command(command, commands, out);
  out << ".SH \"OPTIONS OF ALL COMMANDS\"\n";
  for (const OptionText& option : commands.front().options) {
    if (is_common(option, commands)) write_option(option, out);
  }
  out << ".SH \"EXIT STATUS\"\n"
         ".TP\n0\nnothing at or above \\fB\\-\\-fail\\-on\\fR (by default: no errors)\n"
         ".TP\n1\nsuch findings; a manifest that cannot be read is one\n"
         ".TP\n2\nthe run could not be done as asked: wrong usage, no manifest found, a\nbroken pack\n"
         ".SH EXAMPLES\n"
         ".TP\n\\fBscruple init spring \\-\\-channel email \\-\\-market DE\\fR\nWrite a first manifest.\n"
         ".TP\n\\fBscruple check\\fR\nCheck all campaigns below this folder.\n"
         ".TP\n\\fBscruple check \\-\\-format html=report.html spring/\\fR\nWrite the page for the launch meeting.\n";
}

}  // namespace

Command add_manual(CLI::App& app) {
  app.add_subcommand("manual", "Print the manual page, for man(1)");
  return [&app](const CommonOptions& common, const Streams& streams, FileSystem&) {
    write_manual(app, day_of(common, streams), streams.out);
    return exit_ok;
  };
}

}  // namespace scruple::cli
