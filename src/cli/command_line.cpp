#include "cli/command_line.h"

#include "base/strings.h"
#include "base/suggest.h"
#include "base/version.h"
#include "cli/choice.h"
#include "cli/commands.h"
#include "policy/dates.h"
#include "schema/date.h"

#include <CLI/CLI.hpp>

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace scruple::cli {

namespace {

constexpr std::string_view overview =
    "scruple checks the ethics of AI marketing campaigns: it reads a campaign's\n"
    "manifest and the files that it names, and says what is wrong, where, why, and\n"
    "what to do about it.\n";

// Descriptions are written with their own line breaks, to stay within 80 columns.
class Formatter : public CLI::Formatter {
 public:
  Formatter() { column_width(28); }
  std::string make_option_opts(const CLI::Option* option) const override {
    return option->get_type_name().empty() || option->get_positional() ? "" : " " + option->get_type_name();
  }
};

// For the first option that the command does not have: the one that was probably meant; else empty.
std::string nearest_option(const std::vector<std::string>& arguments, const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  for (const std::string& argument : arguments) {
    const std::string given = argument.substr(0, argument.find('='));
    if (!given.starts_with("--") || std::ranges::find(names, given) != names.end()) continue;
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    const std::string_view meant = nearest(given, candidates);
    if (!meant.empty()) return concat("there is no option `", visible(given), "`; did you mean `", meant, "`?");
  }
  return {};
}

// What is wrong with the command line, with a way on.
std::string usage_problem(const std::vector<std::string>& arguments, const CLI::App& app,
                          const CLI::ParseError& error) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  const std::string& first = arguments.front();
  const bool is_command = std::ranges::find(names, first) != names.end();
  if (is_command && error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)) {
    if (const std::string hint = nearest_option(arguments, *app.get_subcommand(first)); !hint.empty()) return hint;
  }
  if (is_command) return concat(visible(error.what()), "; `scruple ", first, " --help` lists the options");
  if (first.starts_with('-')) return concat(visible(error.what()), "; `scruple --help` says what there is");
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string hint = did_you_mean(first, candidates);
  return concat("there is no command `", visible(first), "`; ",
                hint.empty() ? "`scruple --help` lists those that there are" : hint);
}

// A day as people write it is answered with the form that is read.
std::string check_day(const std::string& text) {
  if (policy::parse_day(text)) return {};
  std::string answer = concat("`", text, "` is no day of the calendar");
  if (const std::string why = schema::why_no_date(text); !why.empty()) answer += concat(" (", why, ")");
  const auto meant = schema::possible_dates(text);
  answer += "; write ";
  for (const schema::Date& date : meant) {
    answer += concat(&date == &meant.front() ? "" : " or ", schema::to_string(date));
    if (meant.size() > 1) answer += concat(" for ", schema::spelled(date));
  }
  return meant.empty() ? answer + "2026-03-01" : answer;
}

// spdlog keeps one default logger; it writes to this run's error stream.
void set_up_log(const std::string& level, std::ostream& err) {
  auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(err, true);
  auto logger = std::make_shared<spdlog::logger>("scruple", std::move(sink));
  logger->set_pattern("scruple: %l: %v");
  logger->set_level(spdlog::level::from_str(level));
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace

int fail(const Streams& streams, std::string_view message) {
  streams.err << "scruple: " << message << '\n';
  return exit_failure;
}

int run(const std::vector<std::string>& arguments, const Streams& streams, FileSystem& files) {
  CLI::App app{std::string(overview), "scruple"};
  app.formatter(std::make_shared<Formatter>());
  app.require_subcommand(1);
  app.set_version_flag("--version", "scruple " + std::string(version), "Print the version");
  app.footer("Run `scruple COMMAND --help` for the options of a command.");

  const std::vector<std::pair<Command, CLI::App*>> commands = [&] {
    std::vector<std::pair<Command, CLI::App*>> added;
    for (const auto add : {add_init, add_check, add_status, add_rules, add_explain, add_test, add_eval, add_schema,
                           add_digest, add_record, add_new, add_config, add_completions, add_manual}) {
      Command command = add(app);
      added.emplace_back(std::move(command), app.get_subcommands([](const CLI::App*) { return true; }).back());
    }
    return added;
  }();
  CommonOptions common;
  bool verbose = false;
  for (const auto& [command, subcommand] : commands) {
    subcommand
        ->add_option("--pack", common.packs,
                     "A policy pack to add, or to put in the place of the\nbuilt-in pack of its id; may be given again")
        ->allow_extra_args(false)
        ->type_name("PATH");
    subcommand->add_option("--today", common.today, "The day to judge by; default: today in UTC")
        ->check(CLI::Validator(check_day, ""))
        ->type_name("DATE");
    subcommand->add_option("--color", common.color, "auto, always or never")
        ->check(one_of({"auto", "always", "never"}))
        ->type_name("WHEN");
    subcommand->add_option("--log-level", common.log_level, "debug, info, warn, error or off")
        ->check(one_of({"debug", "info", "warn", "error", "off"}))
        ->type_name("LEVEL");
    subcommand->add_flag("-v,--verbose", verbose, "The same as --log-level info");
  }

  // CLI11 takes them from the back.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    // Help and the version are asked for; all else is a mistake in usage. CLI11's own codes are not ours.
    if (error.get_exit_code() == 0) {
      app.exit(error, streams.out, streams.err);
      return exit_ok;
    }
    if (arguments.empty()) {
      streams.err << app.help();
    } else {
      streams.err << "scruple: " << usage_problem(arguments, app, error) << "\n";
    }
    return exit_failure;
  }
  set_up_log(verbose ? "info" : common.log_level, streams.err);
  for (const auto& [command, subcommand] : commands) {
    if (subcommand->parsed()) return command(common, streams, files);
  }
  return exit_failure;
}

}  // namespace scruple::cli
