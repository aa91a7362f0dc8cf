#include "scruple/linter.h"

#include "base/file_system.h"
#include "base/strings.h"
#include "base/version.h"
#include "lint/dangling_ids.h"
#include "lint/date_order.h"
#include "lint/evaluator.h"
#include "lint/gate.h"
#include "lint/looser_bounds.h"
#include "lint/manifest_loader.h"
#include "lint/merge.h"
#include "lint/observed_lint.h"
#include "lint/repository_paths.h"
#include "lint/run_plan.h"
#include "lint/waiver.h"
#include "policy/dates.h"
#include "schema/validator.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <thread>

namespace scruple {

namespace {

using linting::ActiveRule;
using linting::Group;
using linting::Job;
using linting::Judged;
using linting::UnitFindings;

// A thread costs more than a few manifests.
constexpr std::size_t manifests_a_worker = 4;

// What every worker reads and none writes.
struct Run {
  const LintOptions& options;
  const policy::Language& language;
  const FileSystem& files;
  const std::vector<Group>& groups;
  const std::vector<Job>& jobs;
  cel::Timestamp today;
  evidence::Store& store;
  linting::OrganizationFiles& organizations;
  cel::Observer* observer;  // may be null
};

struct FileResult {
  std::vector<std::string> inputs;  // canonical paths
  std::vector<Unit> units;
  std::vector<UnitFindings> findings;
  std::vector<std::vector<linting::WrittenWaiver>> waivers;  // parallel to units
};

std::string text_at(const Document& document, std::string_view section, std::string_view field) {
  const Node& root = document.node(document.root());
  const Member* holder = root.kind == NodeKind::map ? document.find(document.root(), section) : nullptr;
  if (holder == nullptr || document.node(holder->value).kind != NodeKind::map) return {};
  const Member* member = document.find(holder->value, field);
  return member == nullptr ? std::string{} : std::string(document.node(member->value).text);
}

// Where a campaign says its id; nothing if it says none.
std::optional<Location> id_location(const Document& document) {
  const std::string id = text_at(document, "campaign", "id");
  if (schema::is_placeholder(id)) return std::nullopt;
  const NodeId campaign = document.find(document.root(), "campaign")->value;
  return locate(document.source(), document.node(document.find(campaign, "id")->value).span);
}

// What is absent because its field was misspelt follows from that finding: the two are shown as one.
void follow_misspelling(Judged& judged, const std::map<std::string, Cause>& misspelt) {
  if (!judged.cause || judged.cause->kind != Cause::Kind::absent) return;
  for (const auto& [place, cause] : misspelt) {
    const std::string& absent = judged.cause->place;
    const bool below = absent.size() > place.size() && (absent[place.size()] == '.' || absent[place.size()] == '[');
    if (!absent.starts_with(place) || (absent != place && !below)) continue;
    judged.cause = cause;
    return;
  }
}

// All that is waived in one document of a manifest.
void add_waivers(const Document& document, bool of_organization, const std::string& document_id,
                 std::vector<linting::WrittenWaiver>& waivers) {
  const std::size_t first = waivers.size();
  if (document.node(document.root()).kind != NodeKind::map) return;
  if (const Member* list = document.find(document.root(), "waivers")) {
    const auto source = of_organization ? Waiver::Source::organization : Waiver::Source::manifest;
    std::ranges::move(linting::read_waiver_list(document, list->value, source), std::back_inserter(waivers));
  }
  std::ranges::move(linting::read_waiver_comments(document), std::back_inserter(waivers));
  for (std::size_t i = first; i < waivers.size(); ++i) {
    waivers[i].in_organization = of_organization;
    waivers[i].document_id = document_id;
  }
}

// One document of a file: one unit of the run.
void judge_document(const Document& document, const Job& job, const Run& run, cel::Evaluation& evaluation,
                    FileResult& result) {
  const config::ManifestLocation& location = job.location;
  const Group& group = run.groups[job.group];
  const linting::Settings& settings = *group.settings;
  linting::LoadedManifest loaded =
      linting::load_manifest(document, location, settings.evidence_roots, run.language, run.organizations);
  Unit unit;
  unit.file = location.shown;
  unit.document = document.index();
  unit.kind = loaded.manifest.kind;
  const bool campaign = unit.kind == Scope::campaign;
  unit.id = campaign ? text_at(document, "campaign", "id") : text_at(document, "organization", "name");
  unit.title = campaign ? text_at(document, "campaign", "name") : unit.id;
  if (loaded.organization) {
    unit.organization = loaded.organization->name;
    result.inputs.push_back(path::normalize(path::join(location.root, loaded.organization_path)));
  }

  policy::Context context(run.language, loaded.manifest, run.store, run.today, run.options.record,
                          run.options.max_fact_days);
  evaluation.begin_total();
  const linting::CurrentGate gate = linting::current_gate(context, evaluation, settings.gate, loaded.findings);
  unit.gate = gate.gate;
  unit.gate_reason = settings.gate ? settings.gate_origin : gate.reason;
  unit.level = settings.level;
  unit.fail_on = settings.fail_on;
  unit.config = group.config;
  // A document that is no mapping says nothing that a rule could ask: the finding about its form is all there is to
  // say.
  unit.judged = context.view().root().is(cel::Kind::map);
  if (unit.judged) {
    unit.counts.resize(group.rules.size());
    linting::find_dangling_ids(context, loaded.ids, evaluation, loaded.findings);
    linting::find_impossible_dates(context, evaluation, loaded.findings);
    linting::find_looser_bounds(loaded.manifest, run.language, loaded.findings);
  }
  for (std::size_t i = 0; i < unit.counts.size(); ++i) {
    const ActiveRule& active = group.rules[i];
    if (!active.judged || (!campaign && active.rule->scope == Scope::campaign)) continue;
    unit.counts[i] =
        linting::judge(*active.pack, *active.rule, gate.gate, context, evaluation, loaded.findings, unit.remarks);
  }
  // An organization file has no id: its path from the root stands for it.
  const std::string own_id = campaign ? unit.id : location.relative;
  const std::string& organization_id = campaign ? loaded.organization_path : location.relative;
  std::vector<linting::WrittenWaiver> waivers;
  if (unit.judged) {
    add_waivers(document, !campaign, own_id, waivers);
    if (loaded.manifest.organization != nullptr)
      add_waivers(*loaded.manifest.organization, true, organization_id, waivers);
    for (linting::WrittenWaiver& written : waivers) written.lock = settings.waivers_lock;
    for (const linting::WrittenWaiver& written : settings.waivers) {
      if (written.waiver.campaign.empty() || written.waiver.campaign == unit.id) waivers.push_back(written);
    }
    std::vector<linting::WaivableRule> rules;
    for (const ActiveRule& active : group.rules)
      rules.push_back({active.rule, active.judged && active.rule->gate <= gate.gate &&
                                        (campaign || active.rule->scope == Scope::organization)});
    linting::apply_waivers(waivers, rules, context, evaluation, loaded.findings, unit.counts);
  }
  loaded.findings.insert(loaded.findings.end(), settings.attempts.begin(), settings.attempts.end());
  for (Judged& judged : loaded.findings) {
    follow_misspelling(judged, loaded.misspelt);
    if (judged.document_id.empty()) judged.document_id = judged.in_organization ? organization_id : own_id;
  }
  result.waivers.push_back(std::move(waivers));
  unit.identity = own_id;
  if (campaign) unit.organization_identity = organization_id;
  result.findings.push_back(
      {location.shown, std::move(loaded.findings), campaign ? id_location(document) : std::nullopt});
  result.units.push_back(std::move(unit));
}

FileResult judge_file(const Job& job, const Run& run, cel::Evaluation& evaluation) {
  FileResult result;
  const std::string& path = job.path;
  const bool standard_input = path == "-";
  const config::ManifestLocation& location = job.location;
  const std::string& name = location.shown;
  FileContents contents;
  if (standard_input) {
    contents = {FileStatus::ok, run.options.standard_input, run.options.standard_input.size()};
  } else {
    contents = run.files.read(path, DocumentLimits{}.bytes);
    result.inputs.push_back(run.files.canonical(path));
  }
  const FileStatus status = contents.status;
  linting::LoadedFile file = linting::load_file(std::move(contents), name);
  if (status != FileStatus::ok) {
    Diagnostic diagnostic;
    diagnostic.message = concat("`", name, "` ", to_string(status));
    diagnostic.location.file = name;
    file.problems.push_back(std::move(diagnostic));
  }
  for (const Document& document : file.documents) judge_document(document, job, run, evaluation, result);
  if (!file.problems.empty()) {
    Unit unit;
    unit.file = name;
    unit.document = file.documents.size();
    unit.kind = config::is_organization_name(path::file_name(name)) ? Scope::organization : Scope::campaign;
    unit.judged = false;
    unit.identity = location.relative;
    unit.level = run.groups[job.group].settings->level;
    unit.fail_on = run.groups[job.group].settings->fail_on;
    unit.config = run.groups[job.group].config;
    UnitFindings findings{name, {}};
    for (const Diagnostic& problem : file.problems) {
      findings.findings.push_back(linting::syntax_finding(problem));
      findings.findings.back().document_id = location.relative;
    }
    result.units.push_back(std::move(unit));
    result.findings.push_back(std::move(findings));
    result.waivers.emplace_back();
  }
  return result;
}

// Judges all files; the result is in their order, whatever the number of workers.
std::vector<FileResult> judge_all(const Run& run) {
  const std::vector<Job>& jobs = run.jobs;
  std::vector<FileResult> results(jobs.size());
  const std::size_t cores =
      run.options.jobs != 0 ? run.options.jobs : std::max(1u, std::thread::hardware_concurrency());
  const std::size_t useful =
      run.options.jobs != 0 ? jobs.size() : (jobs.size() + manifests_a_worker - 1) / manifests_a_worker;
  const std::size_t workers = run.observer != nullptr ? 1 : std::max<std::size_t>(1, std::min(cores, useful));
  std::atomic<std::size_t> next = 0;
  std::mutex progress;
  std::size_t done = 0;
  const auto work = [&] {
    cel::Evaluation evaluation;
    evaluation.observer = run.observer;
    for (std::size_t i = next++; i < jobs.size(); i = next++) {
      results[i] = judge_file(jobs[i], run, evaluation);
      if (!run.options.progress) continue;
      const std::lock_guard lock(progress);
      run.options.progress(++done, jobs.size());
    }
  };
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < workers; ++i) threads.emplace_back(work);
  work();
  threads.clear();
  return results;
}

// Waivers in settings for a campaign that is not among those of the run: nothing can be said of them.
void add_idle_waivers(const std::vector<Group>& groups, std::vector<std::vector<linting::WrittenWaiver>>& waivers) {
  if (waivers.empty()) return;
  for (const Group& group : groups) {
    for (const linting::WrittenWaiver& written : group.settings->waivers) {
      if (!written.waiver.campaign.empty()) waivers.back().push_back(written);
    }
  }
}

}  // namespace

std::string_view to_string(Waiver::Source source) {
  constexpr std::string_view names[] = {"manifest", "organization", "config", "comment"};
  return names[static_cast<std::size_t>(source)];
}

std::string_view to_string(Waiver::State state) {
  constexpr std::string_view names[] = {"used", "unused", "idle", "expired", "incomplete", "forbidden"};
  return names[static_cast<std::size_t>(state)];
}

int LintResult::exit_code() const {
  if (!problems.empty()) return 2;
  const bool fails = std::ranges::any_of(findings, &Finding::gating) ||
                     std::ranges::any_of(upcoming, [](const Upcoming& one) { return one.finding.gating; });
  return fails ? 1 : 0;
}

LintResult linting::lint_observed(const LintOptions& options, const PolicySet& policies, const FileSystem& files,
                                  cel::Observer* observer) {
  LintResult result;
  result.version = version;
  result.today = options.today;
  result.gate_override = options.gate;

  const linting::RunPlan plan = linting::plan_run(options, policies, files, result);
  // Settings or packs that cannot be used: nobody knows by what to judge.
  const auto unusable = [](const Diagnostic& problem) { return !problem.code.starts_with("usage/"); };
  if (std::ranges::any_of(result.problems, unusable)) return result;
  if (options.changed && plan.jobs.empty()) return result;

  evidence::Store store(files, files.canonical("."));
  linting::OrganizationFiles organizations(files);
  const Run run{options,     policies.language(), files,
                plan.groups, plan.jobs,           policy::parse_day(options.today).value_or(cel::Timestamp{}),
                store,       organizations,       observer};
  std::vector<FileResult> judged = judge_all(run);

  std::vector<UnitFindings> findings;
  std::vector<std::vector<linting::WrittenWaiver>> waivers;
  std::ranges::move(store.paths(), std::back_inserter(result.inputs));
  for (FileResult& file : judged) {
    std::ranges::move(file.inputs, std::back_inserter(result.inputs));
    std::ranges::move(file.units, std::back_inserter(result.units));
    std::ranges::move(file.findings, std::back_inserter(findings));
    std::ranges::move(file.waivers, std::back_inserter(waivers));
  }
  add_idle_waivers(plan.groups, waivers);
  // A waiver of a company or of settings may hold for manifests that this run was not asked about.
  const auto is_whole = [&](const Waiver& waiver) {
    if (waiver.source == Waiver::Source::manifest) return true;
    const std::string real = files.canonical(waiver.location.file);
    return config::was_searched(plan.discovery, path::folder(real)) ||
           std::ranges::find(plan.discovery.manifests, waiver.location.file) != plan.discovery.manifests.end();
  };
  result.waivers = linting::make_ledger(waivers, is_whole, findings);
  linting::merge(std::move(findings), result);
  linting::find_repository_paths(files, result);
  linting::count_waived(result.findings, result.waivers);
  return result;
}

LintResult lint(const LintOptions& options, const PolicySet& policies, const FileSystem& files) {
  return linting::lint_observed(options, policies, files, nullptr);
}

LintResult lint(const LintOptions& options, const PolicySet& policies) {
  return lint(options, policies, *make_native_file_system());
}

}  // namespace scruple
