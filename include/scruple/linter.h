// From paths to findings: lint() is the whole program as one function, without argument parsing and printing.
#pragma once

#include "scruple/diagnostic.h"
#include "scruple/finding.h"
#include "scruple/policy.h"

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
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
  std::optional<Gate> gate;         // overrides what each campaign's status and dates say
  Level level = Level::essential;
  std::vector<std::string> select;  // patterns of rule ids (`privacy/*`); empty: all
  std::vector<std::string> ignore;
  Severity fail_on = Severity::error;
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

// One manifest of the run.
struct Unit {
  std::string file;
  std::size_t document = 0;  // its index in a YAML stream
  Scope kind = Scope::campaign;
  std::string id;            // campaign.id, or the organization's name
  std::string title;         // campaign.name
  std::string organization;  // the organization file, if it names one
  Gate gate = Gate::assess;
  std::string gate_reason;         // "status is built", "launch date 2026-03-01 has passed", "--gate"
  bool judged = true;              // false if it could not be parsed
  std::vector<RuleCounts> counts;  // parallel to LintResult::rules; empty if not judged
};

// A path that a search left alone, though it could be a manifest or hold some.
struct SkippedPath {
  std::string path;
  std::string reason;  // completes a sentence that begins with the path: "is a link"
};

struct LintResult {
  std::string version;  // of scruple
  std::string today;
  Level level = Level::essential;
  std::optional<Gate> gate_override;
  Severity fail_on = Severity::error;

  std::vector<PackInfo> packs;
  std::vector<RuleInfo> rules;  // all rules loaded, in pack order
  std::vector<Unit> units;
  std::vector<Finding> findings;  // in the order in which they are to be read
  std::vector<Cause> causes;
  std::vector<SkippedPath> skipped;
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
