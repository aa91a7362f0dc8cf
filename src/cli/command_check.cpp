#include "base/strings.h"
#include "cli/choice.h"
#include "cli/run.h"
#include "cli/session.h"

#include "scruple/linter.h"

#include <algorithm>
#include <memory>
#include <sstream>

namespace scruple::cli {

namespace {

struct CheckOptions {
  RunOptions run;
  std::vector<std::string> formats;
  std::string group_by;
  bool all = false;
  bool quiet = false;
};

GroupBy group_by_from(std::string_view text) {
  constexpr std::pair<std::string_view, GroupBy> names[] = {
      {"ask", GroupBy::ask}, {"gate", GroupBy::gate}, {"principle", GroupBy::principle}, {"place", GroupBy::place}};
  for (const auto& [name, group_by] : names) {
    if (name == text) return group_by;
  }
  return GroupBy::cause;
}

// `text` or `json=report.json`.
struct Output {
  std::string format;
  std::string file;  // empty: standard output
};

// Empty, with the reason said, if the formats cannot be served.
std::optional<std::vector<Output>> outputs_of(const CheckOptions& options, std::ostream& err) {
  std::vector<Output> outputs;
  std::size_t on_standard_output = 0;
  for (const std::string& given : options.formats) {
    const auto equals = given.find('=');
    Output output{given.substr(0, equals), equals == std::string::npos ? "" : given.substr(equals + 1)};
    const auto known = report_formats();
    if (std::ranges::find(known, output.format) == known.end()) {
      err << "scruple: there is no format `" << visible(output.format) << "`; there are";
      for (const auto format : known) err << (format == known.front() ? " " : ", ") << format;
      err << '\n';
      return std::nullopt;
    }
    if (equals != std::string::npos && output.file.empty()) {
      err << "scruple: `--format " << visible(given) << "` names no file\n";
      return std::nullopt;
    }
    if (output.file.empty() && ++on_standard_output > 1) {
      err << "scruple: only one format can go to standard output; write the others to files: `--format "
          << visible(output.format) << "=FILE`\n";
      return std::nullopt;
    }
    if (!output.file.empty() && std::ranges::find(outputs, output.file, &Output::file) != outputs.end()) {
      err << "scruple: two formats are to be written to `" << visible(output.file) << "`\n";
      return std::nullopt;
    }
    outputs.push_back(std::move(output));
  }
  if (outputs.empty()) outputs.push_back({"text", ""});
  return outputs;
}

// A report is never written over what it is about.
bool is_input(const std::string& file, const LintResult& result, const FileSystem& files) {
  const std::string real = files.canonical(file);
  return !real.empty() && std::ranges::any_of(result.inputs, [&](const std::string& input) { return input == real; });
}

int write_reports(const std::vector<Output>& outputs, const LintResult& result, const CheckOptions& options,
                  const CommonOptions& common, const Streams& streams, FileSystem& files) {
  int code = exit_ok;
  for (const Output& output : outputs) {
    ReportStyle style = style_for(common, streams);
    style.group_by = group_by_from(options.group_by);
    if (output.file.empty()) {
      style.all = options.all || !streams.out_is_terminal;
      // Where nothing could be checked, the reason has been said; a file must not go on telling of an earlier run.
      const bool has_nothing_to_tell = result.units.empty() && !result.problems.empty();
      const bool is_asked_for_quiet = options.quiet && output.format == "text" && result.findings.empty();
      if (!has_nothing_to_tell && !is_asked_for_quiet) make_reporter(output.format, style)->report(result, streams.out);
      continue;
    }
    style.color = common.color == "always";
    style.all = true;
    std::ostringstream text;
    make_reporter(output.format, style)->report(result, text);
    constexpr std::uint64_t longest_report = std::uint64_t{1} << 30;
    const FileContents old = files.read(output.file, longest_report);
    if (is_input(output.file, result, files)) {
      streams.err << "scruple: `" << visible(output.file) << "` is an input of this run and is not overwritten\n";
      code = exit_failure;
    } else if (old.status != FileStatus::not_found && !(old.status == FileStatus::ok && is_report(old.bytes))) {
      streams.err << "scruple: `" << visible(output.file)
                  << "` holds something else than a report and is not overwritten\n";
      code = exit_failure;
    } else if (!files.write(output.file, text.str())) {
      streams.err << "scruple: `" << visible(output.file) << "` cannot be written\n";
      code = exit_failure;
    }
  }
  return code;
}

int check(const CheckOptions& options, const CommonOptions& common, const Streams& streams, FileSystem& files) {
  const auto outputs = outputs_of(options, streams.err);
  if (!outputs) return exit_failure;
  const auto result = run_lint(options.run, common, streams, files);
  if (!result) return exit_failure;
  const int code = result->exit_code();
  return std::max(code, write_reports(*outputs, *result, options, common, streams, files));
}

}  // namespace

Command add_check(CLI::App& app) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command = app.add_subcommand("check", "Check campaign manifests and their evidence");
  command->footer("Exit code: 0 nothing at or above --fail-on, 1 findings, 2 the run could not\nbe done as asked.");
  add_run_options(*command, options->run);
  command
      ->add_option(
          "--format", options->formats,
          "How to report: text, concise, json, jsonl, sarif,\njunit, github, gitlab, checkstyle, rdjson, tap,\n"
          "markdown, checklist or html. FORMAT=FILE writes to\na file; may be given again")
      ->allow_extra_args(false)
      ->type_name("FORMAT");
  command
      ->add_option("--group-by", options->group_by,
                   "Text: sort findings by ask (who can mend them),\ngate, principle or place")
      ->check(one_of({"ask", "gate", "principle", "place"}))
      ->type_name("WHAT");
  command
      ->add_option("--recorded", options->run.recorded,
                   "Facts that `scruple record` took where the evidence\nis, for files that are not here")
      ->type_name("FILE");
  command->add_option("--max-age", options->run.max_fact_days, "How many days such facts may be old; default: 30")
      ->check(CLI::Range(0u, 3650u).description(""))
      ->type_name("DAYS");
  command->add_flag("--all", options->all, "On a terminal: show all groups of findings");
  command->add_flag("-q,--quiet", options->quiet, "Print nothing if there is nothing to report");
  return [options](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    return check(*options, common, streams, files);
  };
}

}  // namespace scruple::cli
