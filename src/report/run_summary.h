// What a whole run says, counted: the same figures for every format. Views point into the result.
#pragma once

#include "scruple/linter.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::report {

inline constexpr std::size_t severity_count = 3;
inline constexpr std::size_t level_count = 3;
inline constexpr std::size_t gate_count = 5;

// A rule over all manifests of the run has its worst outcome: fail, undecided, waived, pass, not due, not applicable.
// Its pass has the lowest assurance of its passes.
struct PackSummary {
  const PackInfo* pack = nullptr;
  std::array<std::size_t, outcome_count> rules{};
  std::array<std::size_t, assurance_count> assurance{};  // of the rules that passed
};

// Findings that no pack makes: `manifest/…`, `waiver/…`, `config/…`, `baseline/…`.
struct OwnSummary {
  std::string_view prefix;
  std::array<std::size_t, severity_count> findings{};  // by Severity
};

// Rules by index into LintResult::rules.
struct NotChecked {
  std::array<std::vector<std::size_t>, gate_count> not_due;       // by the rule's gate; in at least one manifest
  std::array<std::vector<std::size_t>, level_count> above_level;  // by the rule's level
  std::vector<std::size_t> never_applied;                         // not applicable in each manifest
  std::vector<std::size_t> not_judged;  // in no manifest, though selected: a campaign's rule and no campaign
  std::vector<std::size_t> unselected;
  std::vector<const Unit*> manifests;  // could not be parsed
};

struct RunSummary {
  std::vector<PackSummary> packs;
  std::vector<OwnSummary> own;
  NotChecked not_checked;

  std::array<std::size_t, severity_count> findings{};  // by Severity; what is waived or in the baseline apart
  std::size_t undecided = 0;                           // of these
  std::size_t gating = 0;
  std::size_t waived = 0;
  std::size_t in_baseline = 0;

  std::size_t campaigns = 0, organizations = 0;  // manifests of the run
  std::size_t campaigns_with_findings = 0, organizations_with_findings = 0;
};

RunSummary summarize(const LintResult& result);

// What the rules of a pack came to, in words. Packs of which no rule was looked at are left out.
struct Principle {
  struct Part {
    Outcome outcome = Outcome::pass;
    std::string text;       // "5 passed"
    std::string assurance;  // " (4 verified in files, 1 declared)"; of passes
  };
  const PackInfo* pack = nullptr;
  std::string title;
  std::size_t rules = 0;
  std::vector<Part> parts;  // what is wrong first
};
std::vector<Principle> principles_of(const RunSummary& summary);

// "19 rules: 3 failed, 5 passed (4 verified in files, 1 declared), 11 not due"
std::string in_words(const Principle& principle);

// "2 errors, 1 warning in 2 campaigns. Not ready to launch."
std::string verdict(const LintResult& result, const RunSummary& summary);

// What the exit code says: "Exit code 1: there are findings at or above `error`."
std::string exit_meaning(const LintResult& result);

}  // namespace scruple::report
