#include "scruple/linter.h"

#include "base/file_system.h"
#include "base/glob.h"
#include "base/strings.h"
#include "base/suggest.h"
#include "base/version.h"
#include "config/discovery.h"
#include "lint/dangling_ids.h"
#include "lint/date_order.h"
#include "lint/evaluator.h"
#include "lint/gate.h"
#include "lint/looser_bounds.h"
#include "lint/manifest_loader.h"
#include "lint/merge.h"
#include "lint/observed_lint.h"
#include "lint/repository_paths.h"
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

using linting::Judged;
using linting::UnitFindings;

// A thread costs more than a few manifests.
constexpr std::size_t manifests_a_worker = 4;

// A rule of the run, with its pack.
struct ActiveRule {
  const policy::CompiledPack* pack = nullptr;
  const policy::CompiledRule* rule = nullptr;
  bool judged = true;  // selected, and not above the level
};

// What every worker reads and none writes.
struct Run {
  const LintOptions& options;
  const policy::Language& language;
  const FileSystem& files;
  std::vector<ActiveRule> rules;
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

bool matches(const policy::CompiledRule& rule, std::string_view pack, const std::string& pattern) {
  if (pattern == pack || glob_match(pattern, rule.id)) return true;
  return std::ranges::any_of(rule.aliases, [&](std::string_view alias) { return glob_match(pattern, alias); });
}

// A rule is often named by a part of its id.
std::string did_you_mean_rule(const std::string& pattern, std::vector<std::string_view> names) {
  std::vector<std::string_view> near;
  for (const std::string_view id : names) {
    if (id.find(pattern) != std::string_view::npos) near.push_back(id);
  }
  if (!near.empty()) return did_you_mean(near.front(), near);
  for (std::size_t i = 0, count = names.size(); i < count; ++i) {
    const auto slash = names[i].find('/');
    names.push_back(names[i].substr(0, slash));
    names.push_back(names[i].substr(slash + 1));
  }
  const std::string hint = did_you_mean(pattern, names);
  return hint.empty() ? "`scruple rules` lists them" : hint;
}

// The rules of all packs, and whether this run judges them. A pattern that selects nothing is a mistake.
std::vector<ActiveRule> select_rules(const LintOptions& options, const PolicySet& policies, LintResult& result) {
  std::vector<ActiveRule> rules;
  std::vector<std::string_view> ids;
  for (const auto& pack : policies.packs()) {
    const auto& tables = pack->tables();
    result.packs.push_back({std::string(tables.id), std::string(tables.version), std::string(tables.title),
                            pack->origin(), std::string(tables.sha256)});
    for (const policy::CompiledRule& rule : tables.rules) {
      const auto matched = [&](const std::string& pattern) { return matches(rule, tables.id, pattern); };
      const bool selected = (options.select.empty() || std::ranges::any_of(options.select, matched)) &&
                            std::ranges::none_of(options.ignore, matched);
      rules.push_back({pack.get(), &rule, selected && rule.level <= options.level});
      ids.push_back(rule.id);
      result.rules.push_back({std::string(rule.id), std::string(tables.id), std::string(rule.title), rule.severity,
                              rule.level, rule.gate, rule.scope, rule.ask, selected, std::string(rule.remediation),
                              std::string(rule.rationale)});
    }
  }
  for (const auto* patterns : {&options.select, &options.ignore}) {
    for (const std::string& pattern : *patterns) {
      const auto matched = [&](const ActiveRule& rule) { return matches(*rule.rule, rule.pack->tables().id, pattern); };
      if (std::ranges::any_of(rules, matched)) continue;
      Diagnostic diagnostic;
      diagnostic.code = "usage/rule";
      diagnostic.message = concat("no rule is called `", pattern, "`");
      diagnostic.hint = did_you_mean_rule(pattern, ids);
      result.problems.push_back(std::move(diagnostic));
    }
  }
  return rules;
}

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
void judge_document(const Document& document, const linting::ManifestLocation& location, const Run& run,
                    cel::Evaluation& evaluation, FileResult& result) {
  linting::LoadedManifest loaded = linting::load_manifest(document, location, run.language, run.organizations);
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
  const linting::CurrentGate gate = linting::current_gate(context, evaluation, run.options.gate, loaded.findings);
  unit.gate = gate.gate;
  unit.gate_reason = gate.reason;
  unit.level = run.options.level;
  unit.fail_on = run.options.fail_on;
  // A document that is no mapping says nothing that a rule could ask: the finding about its form is all there is to
  // say.
  unit.judged = context.view().root().is(cel::Kind::map);
  if (unit.judged) {
    unit.counts.resize(run.rules.size());
    linting::find_dangling_ids(context, evaluation, loaded.findings);
    linting::find_impossible_dates(context, evaluation, loaded.findings);
    linting::find_looser_bounds(loaded.manifest, run.language, loaded.findings);
  }
  for (std::size_t i = 0; i < unit.counts.size(); ++i) {
    const ActiveRule& active = run.rules[i];
    if (!active.judged || (!campaign && active.rule->scope == Scope::campaign)) continue;
    unit.counts[i] = linting::judge(*active.pack, *active.rule, gate.gate, context, evaluation, loaded.findings);
  }
  // An organization file has no id: its path from the root stands for it.
  const std::string own_id = campaign ? unit.id : location.relative;
  const std::string& organization_id = campaign ? loaded.organization_path : location.relative;
  std::vector<linting::WrittenWaiver> waivers;
  if (unit.judged) {
    add_waivers(document, !campaign, own_id, waivers);
    if (loaded.manifest.organization != nullptr)
      add_waivers(*loaded.manifest.organization, true, organization_id, waivers);
    std::vector<linting::WaivableRule> rules;
    for (const ActiveRule& active : run.rules)
      rules.push_back({active.rule, active.judged && active.rule->gate <= gate.gate &&
                                        (campaign || active.rule->scope == Scope::organization)});
    linting::apply_waivers(waivers, rules, context, evaluation, loaded.findings, unit.counts);
  }
  for (Judged& judged : loaded.findings) {
    follow_misspelling(judged, loaded.misspelt);
    if (judged.document_id.empty()) judged.document_id = judged.in_organization ? organization_id : own_id;
  }
  result.waivers.push_back(std::move(waivers));
  result.findings.push_back(
      {location.shown, std::move(loaded.findings), campaign ? id_location(document) : std::nullopt});
  result.units.push_back(std::move(unit));
}

FileResult judge_file(const std::string& path, const Run& run, cel::Evaluation& evaluation) {
  FileResult result;
  const bool standard_input = path == "-";
  const std::string& name = standard_input ? run.options.standard_input_name : path;
  FileContents contents;
  if (standard_input) {
    contents = {FileStatus::ok, run.options.standard_input, run.options.standard_input.size()};
  } else {
    contents = run.files.read(path, DocumentLimits{}.bytes);
    result.inputs.push_back(run.files.canonical(path));
  }
  const FileStatus status = contents.status;
  linting::LoadedFile file = linting::load_file(std::move(contents), name);
  const linting::ManifestLocation location = linting::locate_manifest(name, run.options.root, run.files);
  if (status != FileStatus::ok) {
    Diagnostic diagnostic;
    diagnostic.message = concat("`", name, "` ", to_string(status));
    diagnostic.location.file = name;
    file.problems.push_back(std::move(diagnostic));
  }
  for (const Document& document : file.documents) judge_document(document, location, run, evaluation, result);
  if (!file.problems.empty()) {
    Unit unit;
    unit.file = name;
    unit.document = file.documents.size();
    unit.kind = path::file_name(name).starts_with("organization.") ? Scope::organization : Scope::campaign;
    unit.judged = false;
    unit.fail_on = run.options.fail_on;
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
std::vector<FileResult> judge_all(const std::vector<std::string>& paths, const Run& run) {
  std::vector<FileResult> results(paths.size());
  const std::size_t cores =
      run.options.jobs != 0 ? run.options.jobs : std::max(1u, std::thread::hardware_concurrency());
  const std::size_t useful =
      run.options.jobs != 0 ? paths.size() : (paths.size() + manifests_a_worker - 1) / manifests_a_worker;
  const std::size_t workers = run.observer != nullptr ? 1 : std::max<std::size_t>(1, std::min(cores, useful));
  std::atomic<std::size_t> next = 0;
  std::mutex progress;
  std::size_t done = 0;
  const auto work = [&] {
    cel::Evaluation evaluation;
    evaluation.observer = run.observer;
    for (std::size_t i = next++; i < paths.size(); i = next++) {
      results[i] = judge_file(paths[i], run, evaluation);
      if (!run.options.progress) continue;
      const std::lock_guard lock(progress);
      run.options.progress(++done, paths.size());
    }
  };
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < workers; ++i) threads.emplace_back(work);
  work();
  threads.clear();
  return results;
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
  return std::ranges::any_of(findings, &Finding::gating) ? 1 : 0;
}

LintResult linting::lint_observed(const LintOptions& options, const PolicySet& policies, const FileSystem& files,
                                  cel::Observer* observer) {
  LintResult result;
  result.version = version;
  result.today = options.today;
  result.level = options.level;
  result.gate_override = options.gate;
  result.fail_on = options.fail_on;

  const config::Discovery discovered = config::discover(options.paths, files, result.problems);
  for (const config::Skipped& skipped : discovered.skipped) result.skipped.push_back({skipped.path, skipped.reason});
  std::vector<ActiveRule> rules = select_rules(options, policies, result);
  if (rules.empty() && policies.packs().empty()) return result;
  evidence::Store store(files, files.canonical("."));
  linting::OrganizationFiles organizations(files);
  const Run run{options,
                policies.language(),
                files,
                std::move(rules),
                policy::parse_day(options.today).value_or(cel::Timestamp{}),
                store,
                organizations,
                observer};
  std::vector<FileResult> judged = judge_all(discovered.manifests, run);

  std::vector<UnitFindings> findings;
  std::vector<std::vector<linting::WrittenWaiver>> waivers;
  result.inputs = store.paths();
  for (FileResult& file : judged) {
    std::ranges::move(file.inputs, std::back_inserter(result.inputs));
    std::ranges::move(file.units, std::back_inserter(result.units));
    std::ranges::move(file.findings, std::back_inserter(findings));
    std::ranges::move(file.waivers, std::back_inserter(waivers));
  }
  const auto is_whole = [](const Waiver&) { return true; };
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
