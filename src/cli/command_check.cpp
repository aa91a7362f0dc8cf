#include "base/strings.h"
#include "cli/session.h"
#include "report/diagnostic_printer.h"

#include "scruple/linter.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <memory>
#include <sstream>

namespace scruple::cli {

namespace {

struct CheckOptions {
  std::vector<std::string> paths;
  std::string standard_input_name = "campaign.yaml";
  std::string gate;
  std::string level = "essential";
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::string fail_on = "error";
  std::vector<std::string> formats;
  std::string root;
  unsigned jobs = 0;
  bool all = false;
  bool quiet = false;
};

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

// What an earlier run may have written there: only that is replaced.
bool is_report(std::string_view text) {
  return text.empty() || text.starts_with("{\n  \"report\": ") || text.find("\nExit code ") != std::string_view::npos;
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
    if (output.file.empty()) {
      style.all = options.all || !streams.out_is_terminal;
      if (!options.quiet || output.format != "text" || !result.findings.empty())
        make_reporter(output.format, style)->report(result, streams.out);
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

// A line that is rewritten while a long run goes on; only on a terminal, and only after a second.
class Progress {
 public:
  explicit Progress(std::ostream& err) : err_(err), start_(std::chrono::steady_clock::now()) {}
  ~Progress() {
    if (shown_) err_ << "\r\x1b[K" << std::flush;
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(std::size_t done, std::size_t all) {
    const auto now = std::chrono::steady_clock::now();
    if (now - start_ < std::chrono::seconds(1) || now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    shown_ = true;
    err_ << "\r\x1b[K" << done << " of " << plural(all, "manifest") << std::flush;
  }

 private:
  std::ostream& err_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point last_;
  bool shown_ = false;
};

int check(const CheckOptions& options, const CommonOptions& common, const Streams& streams, FileSystem& files) {
  const auto outputs = outputs_of(options, streams.err);
  if (!outputs) return exit_failure;
  const auto policies = load_packs(common, streams, files);
  if (!policies) return exit_failure;

  LintOptions lint_options;
  lint_options.paths = options.paths.empty() ? std::vector<std::string>{"."} : options.paths;
  lint_options.standard_input_name = options.standard_input_name;
  if (std::ranges::find(lint_options.paths, "-") != lint_options.paths.end()) {
    lint_options.standard_input.assign(std::istreambuf_iterator<char>(streams.in), {});
  }
  lint_options.gate = gate_from(options.gate);
  lint_options.level = level_from(options.level).value_or(Level::essential);
  lint_options.select = options.select;
  lint_options.ignore = options.ignore;
  lint_options.fail_on = severity_from(options.fail_on).value_or(Severity::error);
  lint_options.today = day_of(common, streams);
  lint_options.root = options.root;
  lint_options.jobs = options.jobs;
  Progress progress(streams.err);
  if (streams.err_is_terminal)
    lint_options.progress = [&](std::size_t done, std::size_t all) { progress.update(done, all); };

  if (!options.root.empty() && files.info(options.root).status != FileStatus::is_folder) {
    streams.err << "scruple: the root `" << visible(options.root) << "` is no folder\n";
    return exit_failure;
  }
  spdlog::debug("checking with {} packs, today {}", policies->packs().size(), lint_options.today);
  const LintResult result = lint(lint_options, *policies, files);
  spdlog::info("{} manifests, {} findings", result.units.size(), result.findings.size());

  int code = result.exit_code();
  if (!result.problems.empty()) report::print_diagnostics(result.problems, style_for(common, streams), streams.err);
  // Nothing to report on: the reason has been said.
  if (result.units.empty() && !result.problems.empty()) return code;
  return std::max(code, write_reports(*outputs, result, options, common, streams, files));
}

}  // namespace

Command add_check(CLI::App& app) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command = app.add_subcommand("check", "Check campaign manifests and their evidence");
  command->footer("Exit code: 0 nothing at or above --fail-on, 1 findings, 2 the run could not\nbe done as asked.");
  command->add_option("PATH", options->paths,
                      "Manifests and folders to search; - is standard\ninput; default: this folder");
  command
      ->add_option("--format", options->formats,
                   "How to report: text or json. FORMAT=FILE writes to\na file; may be given again")
      ->allow_extra_args(false)
      ->type_name("FORMAT");
  command->add_option("--level", options->level, "How much to check: essential, standard, complete")
      ->check(CLI::IsMember({"essential", "standard", "complete"}).description(""))
      ->type_name("LEVEL");
  command
      ->add_option("--gate", options->gate,
                   "Judge as at this review step: assess, technical,\nstakeholder, approve, live")
      ->check(CLI::IsMember({"assess", "technical", "stakeholder", "approve", "live"}).description(""))
      ->type_name("GATE");
  command->add_option("--select", options->select, "Only rules that match: a pack, an id, `privacy/*`")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("RULE");
  command->add_option("--ignore", options->ignore, "Not the rules that match")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("RULE");
  command->add_option("--fail-on", options->fail_on, "Lowest severity that fails the run: error,\nwarning, info")
      ->check(CLI::IsMember({"error", "warning", "info"}).description(""))
      ->type_name("SEVERITY");
  command->add_flag("--all", options->all, "On a terminal: show all groups of findings");
  command
      ->add_option("--root", options->root,
                   "Folder that evidence may not leave; default: the\nnearest folder above that holds .git")
      ->type_name("DIR");
  command
      ->add_option("--stdin-filename", options->standard_input_name,
                   "Name of the manifest on standard input: what its\npaths are relative to")
      ->type_name("FILE");
  command->add_option("--jobs", options->jobs, "Manifests to check at the same time; default: one\na core")
      ->check(CLI::Range(1u, 1024u).description(""))
      ->type_name("N");
  command->add_flag("-q,--quiet", options->quiet, "Print nothing if there is nothing to report");
  return [options](const CommonOptions& common, const Streams& streams, FileSystem& files) {
    return check(*options, common, streams, files);
  };
}

}  // namespace scruple::cli
