#include "lint/known_findings.h"

#include "base/file_system.h"
#include "base/strings.h"
#include "lint/merge.h"

#include "scruple/document.h"

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>
#include <utility>

namespace scruple::linting {

namespace {

constexpr std::uint64_t largest_file = 256u << 20;

std::string text_of(const Document& document, NodeId map, std::string_view key) {
  const Member* member = document.node(map).kind == NodeKind::map ? document.find(map, key) : nullptr;
  return member == nullptr || document.node(member->value).kind != NodeKind::string
             ? std::string()
             : std::string(document.node(member->value).text);
}

// What a baseline and a report say alike of a finding.
KnownFinding known_finding(const Document& document, NodeId item) {
  KnownFinding known;
  known.fingerprint = text_of(document, item, "fingerprint");
  known.rule = text_of(document, item, "rule");
  known.place = text_of(document, item, "place");
  known.missing = text_of(document, item, "missing");
  return known;
}

void report(LintResult& result, std::string code, std::string message, std::string hint) {
  Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  result.problems.push_back(std::move(diagnostic));
}

// A JSON file with a list `findings`, and a number under `key`; null, with the reason, for all else.
struct Records {
  std::shared_ptr<const Source> source;
  std::optional<Document> document;
  NodeId list = no_node;
};

std::string read_records(const std::string& file, std::string_view key, const FileSystem& files, Records& records) {
  FileContents contents = files.read(file, largest_file);
  if (contents.status != FileStatus::ok) return std::string(to_string(contents.status));
  records.source = std::make_shared<const Source>(file, std::move(contents.bytes));
  DocumentLimits limits;
  limits.bytes = largest_file;
  limits.nodes = limits.expanded = 20'000'000;
  Diagnostics problems;
  records.document = read_json(records.source, limits, problems);
  if (!records.document)
    return concat("is no JSON file: line ", problems.empty() ? 1 : problems.front().location.begin.line,
                  " cannot be read");
  const Document& document = *records.document;
  const bool is_map = document.node(document.root()).kind == NodeKind::map;
  const Member* kind = is_map ? document.find(document.root(), key) : nullptr;
  const Member* list = is_map ? document.find(document.root(), "findings") : nullptr;
  if (kind == nullptr || document.node(kind->value).kind != NodeKind::integer || list == nullptr ||
      document.node(list->value).kind != NodeKind::list)
    return concat("is no ", key, " of scruple");
  if (document.node(kind->value).integer != 1) return concat("is a ", key, " of a newer version of scruple");
  records.list = list->value;
  return {};
}

KnownFinding known_of(const Finding& finding) {
  KnownFinding known;
  known.fingerprint = finding.fingerprint;
  known.rule = finding.rule;
  known.document = finding.document;
  known.place = finding.place;
  known.missing = finding.missing;
  return known;
}

// What a run can say of a finding that it did not come to.
class Coverage {
 public:
  Coverage(const LintResult& result, const FileSystem& files) : result_(result), files_(files) {
    for (std::size_t i = 0; i < result.rules.size(); ++i) rules_[result.rules[i].id].push_back(i);
    for (const Unit& unit : result.units) {
      documents_[unit.identity].push_back(&unit);
      documents_by_file_[unit.file].push_back(&unit);
    }
  }

  // Whether the run judged the rule of a finding on the document that fingerprints name so. `beside` is a file: a
  // document that stood below its folder, and is not there any more, is judged if all of that folder was searched.
  bool judged(const KnownFinding& known, const std::string& beside) const {
    const auto units = documents_.find(known.document);
    if (units == documents_.end()) {
      const std::string folder(path::folder(files_.canonical(beside)));
      return std::ranges::any_of(result_.searched,
                                 [&](const std::string& searched) { return path::is_within(folder, searched); });
    }
    return judged_in(units->second, known.rule);
  }

  bool judged_in_files(const std::vector<std::string>& files, const std::string& rule) const {
    return std::ranges::any_of(files, [&](const std::string& file) {
      const auto units = documents_by_file_.find(file);
      return units != documents_by_file_.end() && judged_in(units->second, rule);
    });
  }

 private:
  bool judged_in(const std::vector<const Unit*>& units, const std::string& rule) const {
    const auto known = rules_.find(rule);
    if (known == rules_.end()) {
      // A rule that no pack has any more, or a finding of scruple itself.
      const auto prefix = rule.substr(0, rule.find('/'));
      return prefix == "manifest" || std::ranges::any_of(result_.packs, [&](const auto& p) { return p.id == prefix; });
    }
    return std::ranges::any_of(units, [&](const Unit* unit) {
      return std::ranges::any_of(known->second, [&](std::size_t i) {
        if (i >= unit->counts.size()) return false;
        const auto& outcomes = unit->counts[i].outcomes;
        std::size_t seen = 0;
        for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
          if (outcome != static_cast<std::size_t>(Outcome::not_due)) seen += outcomes[outcome];
        }
        return seen > 0;
      });
    });
  }

  const LintResult& result_;
  const FileSystem& files_;
  std::map<std::string, std::vector<std::size_t>> rules_;
  std::map<std::string, std::vector<const Unit*>> documents_;
  std::map<std::string, std::vector<const Unit*>> documents_by_file_;
};

// "`privacy/x` at assets[mail]"
std::string in_words(const KnownFinding& known) {
  std::string text = concat("`", known.rule, "`");
  if (!known.document.empty()) text += concat(" in ", known.document);
  if (!known.place.empty()) text += concat(", ", known.place);
  return text;
}

void add_stale_finding(const Baseline& baseline, const std::vector<std::size_t>& stale, LintResult& result) {
  constexpr std::size_t most_named = 10;
  Finding finding;
  finding.rule = "baseline/stale";
  finding.severity = Severity::warning;
  finding.title = "A baseline holds only what is still to be worked off";
  finding.message = concat(plural(stale.size(), "entry", "entries"), " of the baseline ",
                           stale.size() == 1 ? "is" : "are", " not found any more.");
  finding.remediation = concat("Take what is mended out: `scruple check --baseline ", baseline.file, " --ratchet`");
  finding.document = baseline.file;
  finding.location = baseline.locations[stale.front()];
  for (const std::size_t i : stale) {
    Reason reason;
    reason.kind = Reason::Kind::remark;
    reason.note = finding.because.size() < most_named ? in_words(baseline.findings[i])
                                                      : concat(stale.size() - most_named, " more");
    finding.because.push_back(std::move(reason));
    if (finding.because.size() > most_named) break;
  }
  finding.occurrences.push_back({baseline.file, {}});
  finding.gating = finding.severity <= result.fail_on;
  finding.fingerprint = fingerprint_of(finding, 1);
  result.findings.push_back(std::move(finding));
}

}  // namespace

bool may_be_known(std::string_view rule) {
  constexpr std::string_view never[] = {"config/", "waiver/", "baseline/", "manifest/syntax"};
  return std::ranges::none_of(never, [&](std::string_view prefix) { return rule.starts_with(prefix); });
}

std::optional<Baseline> read_baseline(const std::string& file, const FileSystem& files, Diagnostics& diagnostics) {
  Records records;
  if (const std::string why = read_records(file, "baseline", files, records); !why.empty()) {
    Diagnostic diagnostic;
    diagnostic.code = "usage/baseline";
    diagnostic.message = concat("the baseline `", file, "` ", why);
    diagnostic.hint = why == to_string(FileStatus::not_found)
                          ? concat("`scruple check --baseline ", file, " --write-baseline` writes one")
                          : "name the file that `--write-baseline` wrote, or one that does not exist yet";
    diagnostics.push_back(std::move(diagnostic));
    return std::nullopt;
  }
  Baseline baseline;
  baseline.file = file;
  const Document& document = *records.document;
  for (const Member& item : document.members(records.list)) {
    KnownFinding known = known_finding(document, item.value);
    known.document = text_of(document, item.value, "document");
    // Whatever somebody wrote into the file.
    if (known.fingerprint.empty() || !may_be_known(known.rule)) continue;
    baseline.findings.push_back(std::move(known));
    baseline.locations.push_back(locate(*records.source, document.node(item.value).span));
  }
  return baseline;
}

std::vector<KnownFinding> make_baseline(const LintResult& result, const Baseline* old, bool grow,
                                        const FileSystem& files) {
  std::map<std::string, KnownFinding> kept;
  std::set<std::string_view> found;
  for (const Finding& finding : result.findings) {
    const bool waived = finding.outcome == Outcome::waived;
    if (waived || !may_be_known(finding.rule)) continue;
    found.insert(finding.fingerprint);
    if (grow) kept.emplace(finding.fingerprint, known_of(finding));
  }
  if (old != nullptr) {
    const Coverage coverage(result, files);
    for (const KnownFinding& known : old->findings) {
      if (found.contains(known.fingerprint) || !coverage.judged(known, old->file))
        kept.emplace(known.fingerprint, known);
    }
  }
  std::vector<KnownFinding> findings;
  for (auto& [fingerprint, known] : kept) findings.push_back(std::move(known));
  // Neighbours in the file are neighbours in the campaign.
  std::ranges::sort(findings, [](const KnownFinding& a, const KnownFinding& b) {
    return std::tie(a.document, a.rule, a.place, a.missing, a.fingerprint) <
           std::tie(b.document, b.rule, b.place, b.missing, b.fingerprint);
  });
  return findings;
}

void apply_baseline(const Baseline& baseline, LintResult& result, const FileSystem& files) {
  BaselineInfo info;
  info.file = baseline.file;
  std::map<std::string_view, std::size_t> entries;
  for (std::size_t i = 0; i < baseline.findings.size(); ++i) entries.emplace(baseline.findings[i].fingerprint, i);
  std::set<std::string_view> found;
  for (Finding& finding : result.findings) {
    const auto entry = entries.find(finding.fingerprint);
    if (entry == entries.end() || !may_be_known(finding.rule) || finding.rule != baseline.findings[entry->second].rule)
      continue;
    found.insert(entry->first);
    if (finding.suppression) continue;  // waived as well
    ++info.known;
    finding.gating = false;
    finding.suppression.emplace().kind = Suppression::Kind::baseline;
    finding.suppression->location = baseline.locations[entry->second];
  }
  const Coverage coverage(result, files);
  std::vector<std::size_t> stale;
  for (std::size_t i = 0; i < baseline.findings.size(); ++i) {
    const KnownFinding& known = baseline.findings[i];
    if (found.contains(known.fingerprint)) continue;
    if (!coverage.judged(known, baseline.file)) {
      ++info.not_compared;
      continue;
    }
    stale.push_back(i);
    info.stale.push_back(known);
  }
  if (!stale.empty()) add_stale_finding(baseline, stale, result);
  result.baseline = std::move(info);
}

void compare_with_report(const std::string& file, LintResult& result, const FileSystem& files) {
  Records records;
  if (const std::string why = read_records(file, "report", files, records); !why.empty()) {
    return report(result, "usage/since", concat("the report `", file, "` ", why),
                  "`scruple check --format json=report.json` writes one");
  }
  const Document& document = *records.document;
  Comparison since;
  since.file = file;
  if (const Member* settings = document.find(document.root(), "settings"))
    since.today = text_of(document, settings->value, "today");
  const Coverage coverage(result, files);
  std::set<std::string, std::less<>> now;
  for (const Finding& finding : result.findings) now.insert(finding.fingerprint);
  std::set<std::string, std::less<>> before;
  for (const Member& item : document.members(records.list)) {
    if (document.node(item.value).kind != NodeKind::map) continue;
    // What was in a baseline was there, too.
    if (text_of(document, item.value, "outcome") == "waived") continue;
    KnownFinding known = known_finding(document, item.value);
    known.message = text_of(document, item.value, "message");
    if (const Member* location = document.find(item.value, "location"))
      known.file = text_of(document, location->value, "file");
    before.insert(known.fingerprint);
    if (now.contains(known.fingerprint)) continue;
    std::vector<std::string> manifests;
    if (const Member* occurrences = document.find(item.value, "occurrences")) {
      for (const Member& occurrence : document.members(occurrences->value))
        manifests.push_back(text_of(document, occurrence.value, "document"));
    }
    const bool own = known.rule.starts_with("waiver/") || known.rule.starts_with("config/");
    if (coverage.judged_in_files(manifests, own ? std::string("manifest/") : known.rule)) {
      since.fixed.push_back(std::move(known));
    } else {
      ++since.not_compared;
    }
  }
  for (std::size_t i = 0; i < result.findings.size(); ++i) {
    const Finding& finding = result.findings[i];
    if (!finding.suppression && !before.contains(finding.fingerprint)) since.added.push_back(i);
  }
  result.since = std::move(since);
}

}  // namespace scruple::linting
