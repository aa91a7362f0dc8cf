#include "report/run_summary.h"

#include "base/strings.h"

#include <algorithm>
#include <map>
#include <set>

namespace scruple::report {

namespace {

template <typename Enum>
constexpr std::size_t index(Enum value) {
  return static_cast<std::size_t>(value);
}

constexpr Outcome worst_first[] = {Outcome::fail, Outcome::undecided, Outcome::waived,
                                   Outcome::pass, Outcome::not_due,   Outcome::not_applicable};

// One rule's counts of all manifests.
RuleCounts counts_over_run(const LintResult& result, std::size_t rule) {
  RuleCounts sum;
  for (const Unit& unit : result.units) {
    if (rule >= unit.counts.size()) continue;
    for (std::size_t i = 0; i < outcome_count; ++i) sum.outcomes[i] += unit.counts[rule].outcomes[i];
    for (std::size_t i = 0; i < assurance_count; ++i) sum.assurance[i] += unit.counts[rule].assurance[i];
  }
  return sum;
}

std::optional<Outcome> worst_outcome(const RuleCounts& counts) {
  for (const Outcome outcome : worst_first) {
    if (counts.outcomes[index(outcome)] > 0) return outcome;
  }
  return std::nullopt;
}

void count_rules(const LintResult& result, RunSummary& summary) {
  std::map<std::string_view, std::size_t> pack_index;
  for (const PackInfo& pack : result.packs) {
    pack_index.emplace(pack.id, summary.packs.size());
    summary.packs.push_back({&pack, {}, {}});
  }
  NotChecked& not_checked = summary.not_checked;
  for (std::size_t i = 0; i < result.rules.size(); ++i) {
    const RuleInfo& rule = result.rules[i];
    if (!rule.selected) {
      not_checked.unselected.push_back(i);
      continue;
    }
    if (rule.level > result.level) {
      not_checked.above_level[index(rule.level)].push_back(i);
      continue;
    }
    const RuleCounts counts = counts_over_run(result, i);
    const auto outcome = worst_outcome(counts);
    if (counts.outcomes[index(Outcome::not_due)] > 0) not_checked.not_due[index(rule.gate)].push_back(i);
    if (!outcome) {
      not_checked.not_judged.push_back(i);
      continue;
    }
    if (*outcome == Outcome::not_applicable) not_checked.never_applied.push_back(i);
    const auto pack = pack_index.find(rule.pack);
    if (pack == pack_index.end()) continue;
    PackSummary& tally = summary.packs[pack->second];
    ++tally.rules[index(*outcome)];
    if (*outcome != Outcome::pass) continue;
    const auto weakest = std::find_if(counts.assurance.begin(), counts.assurance.end(), [](auto n) { return n > 0; });
    if (weakest != counts.assurance.end()) {
      ++tally.assurance[static_cast<std::size_t>(weakest - counts.assurance.begin())];
    }
  }
}

void count_findings(const LintResult& result, RunSummary& summary) {
  std::set<std::string_view> packs;
  for (const PackInfo& pack : result.packs) packs.insert(pack.id);
  std::set<std::string_view> documents;
  for (const Finding& finding : result.findings) {
    if (finding.gating) ++summary.gating;
    if (finding.suppression) {
      ++(finding.outcome == Outcome::waived ? summary.waived : summary.in_baseline);
      continue;
    }
    ++summary.findings[index(finding.severity)];
    if (finding.outcome == Outcome::undecided) ++summary.undecided;
    for (const Occurrence& occurrence : finding.occurrences) documents.insert(occurrence.document);

    const auto prefix = std::string_view(finding.rule).substr(0, finding.rule.find('/'));
    if (packs.contains(prefix)) continue;
    auto own = std::find_if(summary.own.begin(), summary.own.end(), [&](const auto& o) { return o.prefix == prefix; });
    if (own == summary.own.end()) own = summary.own.insert(own, {prefix, {}});
    ++own->findings[index(finding.severity)];
  }
  for (const Unit& unit : result.units) {
    const bool campaign = unit.kind == Scope::campaign;
    ++(campaign ? summary.campaigns : summary.organizations);
    if (documents.erase(unit.file) > 0) {
      ++(campaign ? summary.campaigns_with_findings : summary.organizations_with_findings);
    }
    if (!unit.judged) summary.not_checked.manifests.push_back(&unit);
  }
}

std::string findings_by_severity(const RunSummary& summary) {
  std::vector<std::string> parts;
  const auto& count = summary.findings;
  if (count[0] > 0) parts.push_back(plural(count[0], "error"));
  if (count[1] > 0) parts.push_back(plural(count[1], "warning"));
  if (count[2] > 0) parts.push_back(plural(count[2], "note"));
  return join(parts, ", ");
}

std::string manifests_with_findings(const RunSummary& summary) {
  std::vector<std::string> parts;
  if (summary.campaigns_with_findings > 0) parts.push_back(plural(summary.campaigns_with_findings, "campaign"));
  if (summary.organizations_with_findings > 0) {
    parts.push_back(plural(summary.organizations_with_findings, "organization file"));
  }
  return parts.empty() ? "" : " in " + join(parts, " and ");
}

std::string passes(const RunSummary& summary) {
  std::size_t passed = 0;
  std::size_t verified = 0;
  for (const PackSummary& pack : summary.packs) {
    passed += pack.rules[index(Outcome::pass)];
    verified += pack.assurance[index(Assurance::verified)];
  }
  if (passed == 0) return "No rule passed either: nothing is proven by this run.";
  std::string text = plural(passed, "rule") + " passed";
  if (verified > 0 && verified == passed) return text + ", verified in files.";
  if (verified > 0) text += concat(", ", verified, " of them verified in files");
  return text + ".";
}

std::string assurance_of_passes(const PackSummary& pack) {
  constexpr std::pair<Assurance, std::string_view> strongest_first[] = {{Assurance::verified, "verified in files"},
                                                                        {Assurance::recorded, "recorded"},
                                                                        {Assurance::computed, "computed"},
                                                                        {Assurance::declared, "declared"}};
  std::vector<std::string> parts;
  for (const auto& [assurance, words] : strongest_first) {
    const std::size_t count = pack.assurance[index(assurance)];
    if (count == pack.rules[index(Outcome::pass)]) return concat(" (", words, ")");
    if (count > 0) parts.push_back(concat(count, " ", words));
  }
  return parts.empty() ? "" : concat(" (", join(parts, ", "), ")");
}

}  // namespace

std::vector<Principle> principles_of(const RunSummary& summary) {
  constexpr std::pair<Outcome, std::string_view> in_order[] = {
      {Outcome::fail, "failed"}, {Outcome::undecided, "cannot tell"},         {Outcome::waived, "waived"},
      {Outcome::pass, "passed"}, {Outcome::not_applicable, "not applicable"}, {Outcome::not_due, "not due"}};
  std::vector<Principle> principles;
  for (const PackSummary& pack : summary.packs) {
    Principle principle;
    principle.pack = pack.pack;
    principle.title = pack.pack->title.empty() ? pack.pack->id : pack.pack->title;
    for (const auto& [outcome, words] : in_order) {
      const std::size_t count = pack.rules[index(outcome)];
      if (count == 0) continue;
      principle.rules += count;
      principle.parts.push_back(
          {outcome, concat(count, " ", words), outcome == Outcome::pass ? assurance_of_passes(pack) : ""});
    }
    if (!principle.parts.empty()) principles.push_back(std::move(principle));
  }
  return principles;
}

std::string in_words(const Principle& principle) {
  std::vector<std::string> parts;
  for (const Principle::Part& part : principle.parts) parts.push_back(part.text + part.assurance);
  return concat(plural(principle.rules, "rule"), ": ", join(parts, ", "));
}

RunSummary summarize(const LintResult& result) {
  RunSummary summary;
  count_rules(result, summary);
  count_findings(result, summary);
  return summary;
}

std::string verdict(const LintResult& result, const RunSummary& summary) {
  const std::size_t findings = summary.findings[0] + summary.findings[1] + summary.findings[2];
  std::string text;
  if (result.units.empty() && findings == 0) {
    text = "Nothing was checked.";
  } else if (findings == 0) {
    text = concat("No findings. ", passes(summary));
  } else {
    text = concat(findings_by_severity(summary), manifests_with_findings(summary), ".");
  }
  if (summary.in_baseline > 0)
    text += concat(" ", plural(summary.in_baseline, "finding is", "findings are"), " in the baseline.");
  if (summary.waived > 0) text += concat(" ", plural(summary.waived, "finding is", "findings are"), " waived.");
  if (!result.problems.empty()) {
    return text + concat(" The run could not be done as asked: ", plural(result.problems.size(), "problem"), ".");
  }
  if (summary.gating > 0) return text + (summary.campaigns > 0 ? " Not ready to launch." : " Not in order yet.");
  if (findings > 0) return text + (summary.campaigns > 0 ? " Nothing that stops the launch." : " Nothing that stops.");
  return text;
}

std::string exit_meaning(const LintResult& result) {
  switch (result.exit_code()) {
    case 0: return concat("Exit code 0: nothing at or above `", to_string(result.fail_on), "`.");
    case 1: return concat("Exit code 1: there are findings at or above `", to_string(result.fail_on), "`.");
    default: return "Exit code 2: the run could not be done as asked.";
  }
}

}  // namespace scruple::report
