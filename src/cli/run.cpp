#include "cli/run.h"

#include "base/strings.h"
#include "cli/choice.h"
#include "cli/session.h"
#include "policy/fact_record.h"
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

// Empty, with the reason said, if the file holds no record of facts.
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

}  // namespace

void add_run_options(CLI::App& command, RunOptions& options) {
  command.add_option("PATH", options.paths,
                     "Manifests and folders to search; - is standard\ninput; default: this folder");
  command.add_option("--level", options.level, "How much to check: essential, standard, complete")
      ->check(one_of({"essential", "standard", "complete"}))
      ->type_name("LEVEL");
  command
      .add_option("--gate", options.gate,
                  "Judge as at this review step: assess, technical,\nstakeholder, approve, live")
      ->check(one_of({"assess", "technical", "stakeholder", "approve", "live"}))
      ->type_name("GATE");
  command.add_option("--select", options.select, "Only rules that match: a pack, an id, `privacy/*`")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("RULE");
  command.add_option("--ignore", options.ignore, "Not the rules that match")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("RULE");
  command.add_option("--fail-on", options.fail_on, "Lowest severity that fails the run: error,\nwarning, info")
      ->check(one_of({"error", "warning", "info"}))
      ->type_name("SEVERITY");
  command
      .add_option("--root", options.root,
                  "Folder that evidence may not leave; default: the\nnearest folder above that holds .git")
      ->type_name("DIR");
  command
      .add_option("--stdin-filename", options.standard_input_name,
                  "Name of the manifest on standard input: what its\npaths are relative to")
      ->type_name("FILE");
  command.add_option("--jobs", options.jobs, "Manifests to check at the same time; default: one\na core")
      ->check(CLI::Range(1u, 1024u).description(""))
      ->type_name("N");
}

std::optional<LintResult> run_lint(const RunOptions& options, const CommonOptions& common, const Streams& streams,
                                   const FileSystem& files) {
  const auto policies = load_packs(common, streams, files);
  if (!policies) return std::nullopt;

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
  lint_options.record = options.record;
  lint_options.max_fact_days = options.max_fact_days;
  auto recorded = options.recorded.empty() ? std::optional<policy::FactRecord>()
                                           : read_record(options.recorded, common, streams, files);
  if (!options.recorded.empty() && !recorded) return std::nullopt;
  if (recorded) lint_options.record = &*recorded;
  Progress progress(streams.err);
  if (streams.err_is_terminal)
    lint_options.progress = [&](std::size_t done, std::size_t all) { progress.update(done, all); };

  if (!options.root.empty() && files.info(options.root).status != FileStatus::is_folder) {
    streams.err << "scruple: the root `" << visible(options.root) << "` is no folder\n";
    return std::nullopt;
  }
  spdlog::debug("checking with {} packs, today {}", policies->packs().size(), lint_options.today);
  LintResult result = lint(lint_options, *policies, files);
  if (recorded) result.inputs.push_back(files.canonical(options.recorded));
  spdlog::info("{} manifests, {} findings", result.units.size(), result.findings.size());

  if (!result.problems.empty()) report::print_diagnostics(result.problems, style_for(common, streams), streams.err);
  return result;
}

}  // namespace scruple::cli
