#include "cli/run.h"

#include "base/strings.h"
#include "cli/choice.h"
#include "cli/session.h"
#include "config/manifest_location.h"
#include "policy/fact_record.h"
#include "policy/language.h"
#include "report/diagnostic_printer.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <iterator>

namespace scruple::cli {

namespace {

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

}  // namespace

void add_config_options(CLI::App& command, RunOptions& options) {
  command.add_option("--config", options.config, "Take settings from this file alone")->type_name("FILE");
  command.add_flag("--isolated", options.isolated, "Take no settings: pass over each `.scruple.yaml`");
}

void add_settings_options(CLI::App& command, RunOptions& options) {
  command.add_option("--level", options.level, "How much to check: essential, standard, complete")
      ->check(one_of({"essential", "standard", "complete"}))
      ->type_name("LEVEL");
  command
      .add_option("--gate", options.gate,
                  "Judge as at this review step: assess, technical,\nstakeholder, approve, live")
      ->check(one_of({"assess", "technical", "stakeholder", "approve", "live"}))
      ->type_name("GATE");
  command.add_option("--fail-on", options.fail_on, "Lowest severity that fails the run: error,\nwarning, info")
      ->check(one_of({"error", "warning", "info"}))
      ->type_name("SEVERITY");
  add_evidence_options(command, options);
}

void add_evidence_options(CLI::App& command, RunOptions& options) {
  add_config_options(command, options);
  command
      .add_option(
          "--evidence-root", options.evidence_roots,
          "A folder of evidence that manifests name, such as\ncrm=/exports for crm:recipients.csv; may be given\nagain")
      ->allow_extra_args(false)
      ->type_name("NAME=DIR");
  command
      .add_option("--root", options.root,
                  "Folder that evidence may not leave; default: the\nnearest folder above that holds .git")
      ->type_name("DIR");
}

void add_run_options(CLI::App& command, RunOptions& options) {
  command.add_option("PATH", options.paths,
                     "Manifests and folders to search; - is standard\ninput; default: this folder");
  add_settings_options(command, options);
  command.add_option("--select", options.select, "Only rules that match: a pack, an id, `privacy/*`")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("RULE");
  command.add_option("--ignore", options.ignore, "Not the rules that match")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("RULE");
  command
      .add_option("--stdin-filename", options.standard_input_name,
                  "Name of the manifest on standard input: what its\npaths are relative to")
      ->type_name("FILE");
  command.add_option("--jobs", options.jobs, "Manifests to check at the same time; default: one\na core")
      ->check(CLI::Range(1u, 1024u).description(""))
      ->type_name("N");
}

std::optional<LintOptions> lint_options(const RunOptions& options, const CommonOptions& common, const Streams& streams,
                                        const FileSystem& files) {
  LintOptions lint_options;
  lint_options.paths = options.paths.empty() ? std::vector<std::string>{"."} : options.paths;
  if (options.changed) lint_options.changed = options.paths;
  lint_options.standard_input_name = options.standard_input_name;
  if (!options.changed && std::ranges::find(lint_options.paths, "-") != lint_options.paths.end())
    lint_options.standard_input.assign(std::istreambuf_iterator<char>(streams.in), {});
  lint_options.gate = gate_from(options.gate);
  lint_options.level = level_from(options.level);
  lint_options.fail_on = severity_from(options.fail_on);
  lint_options.select = options.select;
  lint_options.ignore = options.ignore;
  lint_options.today = day_of(common, streams);
  lint_options.root = options.root;
  lint_options.config = options.config;
  lint_options.isolated = options.isolated;
  lint_options.jobs = options.jobs;
  lint_options.record = options.record;
  lint_options.max_fact_days = options.max_fact_days;
  const auto refuse = [&](const std::string& why) {
    streams.err << "scruple: " << why << '\n';
    return std::nullopt;
  };
  if (options.isolated && !options.config.empty())
    return refuse("`--isolated` takes no settings and `--config` does: choose one of them");
  if (!options.root.empty() && files.info(options.root).status != FileStatus::is_folder)
    return refuse(concat("the root `", visible(options.root), "` is no folder"));
  for (const std::string& given : options.evidence_roots) {
    const auto equals = given.find('=');
    const std::string name = given.substr(0, equals);
    const std::string folder = equals == std::string::npos ? std::string() : given.substr(equals + 1);
    constexpr std::string_view in_names = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    if (name.empty() || folder.empty() || name.find_first_not_of(in_names) != std::string::npos)
      return refuse(concat("`--evidence-root ", visible(given), "`: write a name and a folder, such as crm=/exports"));
    if (files.info(folder).status != FileStatus::is_folder)
      return refuse(concat("the evidence root `", visible(folder), "` is no folder"));
    lint_options.evidence_roots.emplace_back(name, folder);
  }
  return lint_options;
}

std::shared_ptr<const linting::Settings> settings_at(const std::string& place, const RunOptions& options,
                                                     const PolicySet& policies, const CommonOptions& common,
                                                     const Streams& streams, const FileSystem& files) {
  const auto lint_options = cli::lint_options(options, common, streams, files);
  if (!lint_options) return nullptr;
  const FileStatus status = files.info(place).status;
  if (status != FileStatus::ok && status != FileStatus::is_folder) {
    streams.err << "scruple: `" << visible(place) << "` " << to_string(status) << '\n';
    return nullptr;
  }
  LintResult problems;
  config::ConfigFiles configs(files, policies.language().config, {lint_options->config, lint_options->isolated},
                              problems.problems);
  config::Locator locator(files, lint_options->root);
  std::string folder = files.canonical(place);
  if (status == FileStatus::ok) folder = path::folder(folder);
  const std::string root = locator.root_of(folder);
  linting::SettingsResolver resolver(*lint_options, policies, files, problems.problems);
  auto settings = resolver.resolve(configs.of(root, folder), root);
  print_problems(problems, common, streams);
  return problems.problems.empty() ? settings : nullptr;
}

LintResult run_lint(LintOptions options, const PolicySet& policies, const Streams& streams, const FileSystem& files) {
  Progress progress(streams.err);
  if (streams.err_is_terminal)
    options.progress = [&](std::size_t done, std::size_t all) { progress.update(done, all); };
  spdlog::debug("checking with {} packs, today {}", policies.packs().size(), options.today);
  LintResult result = lint(options, policies, files);
  spdlog::info("{} manifests, {} findings", result.units.size(), result.findings.size());
  return result;
}

std::optional<policy::FactRecord> read_record(const std::string& file, const CommonOptions& common,
                                              const Streams& streams, const FileSystem& files) {
  constexpr std::uint64_t longest = 64u << 20;
  FileContents contents = files.read(file, longest);
  if (contents.status != FileStatus::ok) {
    streams.err << "scruple: the record of facts `" << visible(file) << "` " << to_string(contents.status) << '\n';
    return std::nullopt;
  }
  Diagnostics problems;
  auto record = policy::FactRecord::read(std::make_shared<const Source>(file, std::move(contents.bytes)), problems);
  if (!problems.empty()) report::print_diagnostics(problems, style_for(common, streams), streams.err);
  return record;
}

void print_problems(const LintResult& result, const CommonOptions& common, const Streams& streams) {
  if (!result.problems.empty()) report::print_diagnostics(result.problems, style_for(common, streams), streams.err);
}

}  // namespace scruple::cli
