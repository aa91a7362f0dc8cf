// From paths to findings: lint() is the whole program as one function, without argument parsing and printing.
#pragma once

#include "scruple/diagnostic.h"
#include "scruple/finding.h"
#include "scruple/policy.h"

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace scruple {

class FileSystem;
namespace policy {
class FactRecord;
}

struct LintOptions {
  std::vector<std::string> paths;   // files and folders; "-" is `standard_input`
  std::string standard_input;       // the text for "-"
  std::string standard_input_name;  // its file name: decides YAML or JSON, and what paths in it are relative to
  // These override what settings say. A gate counts in place of what each campaign's status and dates say.
  std::optional<Gate> gate;
  std::optional<Level> level;
  std::optional<Severity> fail_on;
  std::string config;     // a file of settings to use alone; empty: the nearest `.scruple.yaml` of each manifest
  bool isolated = false;  // no settings at all
  std::vector<std::pair<std::string, std::string>> evidence_roots;  // further folders of evidence, by name
  std::vector<std::string> select;                                  // patterns of rule ids (`privacy/*`); empty: all
  std::vector<std::string> ignore;
  // Files that changed: of the manifests below the repository of the working directory those are judged that they
  // concern, and `paths` is not used. None may be concerned.
  std::optional<std::vector<std::string>> changed;
  std::string today;  // YYYY-MM-DD, always given
  std::string root;   // empty: found for each manifest
  unsigned jobs = 0;  // 0: as many as there are cores
  // Takes down what rules ask of evidence, or stands in for files that are not here with facts of at most so many days
  // ago. May be null.
  policy::FactRecord* record = nullptr;
  unsigned max_fact_days = 30;
  // Called after each manifest from one thread at a time, with (done, all); may be empty.
  std::function<void(std::size_t, std::size_t)> progress;
};

// What a report says of a rule, besides findings.
struct RuleInfo {
  std::string id;
  std::string pack;
  std::string title;
  Severity severity = Severity::error;
  Level level = Level::essential;
  Gate gate = Gate::assess;
  Scope scope = Scope::campaign;
  Ask ask = Ask::marketing;
  bool selected = true;  // by --select and --ignore
  std::string remediation;
  std::string rationale;  // who is harmed otherwise
};

struct PackInfo {
  std::string id;
  std::string version;
  std::string title;
  std::string origin;  // "built-in", or the path it was read from
  std::string sha256;  // of its files
};

// Items seen by one rule in one manifest.
struct RuleCounts {
  std::array<std::size_t, outcome_count> outcomes{};     // by Outcome; a rule that is not due counts one
  std::array<std::size_t, assurance_count> assurance{};  // of the passes, by Assurance
};

// One line of the ledger of waivers: a finding that a named person accepted, as it was written, and what came of it.
struct Waiver {
  enum class Source : std::uint8_t { manifest, organization, config, comment };
  enum class State : std::uint8_t {
    used,        // it covers findings
    unused,      // its rule was judged, and there is nothing to cover
    idle,        // its rule was not judged in this run, so nothing can be said
    expired,     // its last day has passed: it covers nothing
    incomplete,  // something is missing or wrong in it: it covers nothing
    forbidden,   // the rule cannot be waived, or not for that long: it covers nothing
  };
  Source source = Source::manifest;
  State state = State::idle;
  std::string rule;
  std::string place;     // empty: all of the rule
  std::string campaign;  // of a waiver in settings: the only campaign that it is for; may be empty
  std::string reason;
  std::string by;
  std::string until;
  Location location;
  std::size_t findings = 0;  // of the run that it covers
};

std::string_view to_string(Waiver::Source source);
std::string_view to_string(Waiver::State state);

// Settings that counted for manifests of the run.
struct ConfigInfo {
  std::string file;  // as it is shown
  std::string sha256;
  bool given = false;                 // by --config; else it was found
  std::vector<std::string> extended;  // files that it builds on, and those further up whose locks hold
  // What it changes about rules, one a line: "privacy/unsubscribe-visible: warning instead of error".
  struct Override {
    std::string rule;
    std::string text;
    Location location;
  };
  std::vector<Override> overrides;
  std::size_t manifests = 0;  // of the run that it counted for
};

// An entry of a baseline, or of an earlier report.
struct KnownFinding {
  std::string fingerprint;
  std::string rule;
  std::string document;  // the campaign's id, or the organization file
  std::string place;
  std::string missing;
  std::string message;
  std::string file;
};

struct BaselineInfo {
  std::string file;
  std::size_t known = 0;            // findings of the run that it holds
  std::vector<KnownFinding> stale;  // entries that were judged and not found any more
  std::size_t not_compared = 0;     // entries of what this run did not judge
};

// What changed since an earlier report.
struct Comparison {
  std::string file;
  std::string today;  // the day of that report
  std::vector<KnownFinding> fixed;
  std::vector<std::size_t> added;  // indices into LintResult::findings
  std::size_t not_compared = 0;    // findings of that report that this run did not judge
};

// What will be wrong on a later day, if nothing changes.
struct Upcoming {
  std::string day;  // the first day on which it is
  Finding finding;
};

// One manifest of the run.
struct Unit {
  std::string file;
  std::size_t document = 0;  // its index in a YAML stream
  Scope kind = Scope::campaign;
  std::string id;            // campaign.id, or the organization's name
  std::string title;         // campaign.name
  std::string organization;  // the organization file, if it names one
  // What fingerprints name the manifest and its organization file by.
  std::string identity{};
  std::string organization_identity{};
  Gate gate = Gate::assess;
  std::string gate_reason;  // "status is built", "launch date 2026-03-01 has passed", "--gate"
  bool judged = true;       // false if it could not be parsed
  Level level = Level::essential;
  Severity fail_on = Severity::error;
  std::optional<std::size_t> config;  // index into LintResult::configs
  std::vector<RuleCounts> counts;     // parallel to LintResult::rules; empty if not judged
  std::vector<Remark> remarks{};      // in the order of the rules
};

// A path that a search left alone, though it could be a manifest or hold some.
struct SkippedPath {
  std::string path;
  std::string reason;  // completes a sentence that begins with the path: "is a link"
};

struct LintResult {
  std::string version;  // of scruple
  std::string today;
  Level level = Level::essential;      // the highest of its manifests
  std::optional<Gate> gate_override;   // by --gate
  Severity fail_on = Severity::error;  // the lowest of its manifests

  std::vector<PackInfo> packs;
  std::vector<RuleInfo> rules;  // all rules loaded, in pack order
  std::vector<Unit> units;
  std::vector<Finding> findings;  // in the order in which they are to be read
  std::vector<Cause> causes;
  std::vector<SkippedPath> skipped;
  // Of each file that a finding, a cause or a manifest is in: its path from the top of the repository, without links.
  std::map<std::string, std::string> repository_paths;
  std::vector<std::string> searched;         // the folders that were searched with all below them, absolute
  std::vector<std::string> unused_excludes;  // patterns of settings that left nothing out, with their place
  std::vector<ConfigInfo> configs;
  std::vector<Waiver> waivers;  // the ledger: by file and place in it
  std::optional<BaselineInfo> baseline;
  std::optional<Comparison> since;
  std::optional<std::string> upcoming_until;  // the day up to which was looked ahead
  std::vector<Upcoming> upcoming;             // by day
  // The files that were read, as canonical paths: a report is never written over one of them.
  std::vector<std::string> inputs;
  Diagnostics problems;  // why the run could not be done as asked; any makes the exit code 2

  // 0: nothing at or above fail_on; 1: findings; 2: the run could not be done as asked.
  int exit_code() const;
};

// On the machine's files.
LintResult lint(const LintOptions& options, const PolicySet& policies);
LintResult lint(const LintOptions& options, const PolicySet& policies, const FileSystem& files);

}  // namespace scruple
