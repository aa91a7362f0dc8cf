#include "report/run_summary.h"

#include "catch.h"
#include "results.h"

using namespace scruple;
using namespace scruple::report;
using namespace scruple::test;

namespace {

LintResult with_counts(std::vector<std::vector<RuleCounts>> units) {
  LintResult result = nothing_found();
  result.units.clear();
  for (auto& rules : units) result.units.push_back(campaign("campaign.yaml", "spring", std::move(rules)));
  return result;
}

std::size_t of(const PackSummary& pack, Outcome outcome) { return pack.rules[static_cast<std::size_t>(outcome)]; }

Finding finding_in(std::string document, Severity severity, bool gating) {
  Finding finding = disclosure_finding();
  finding.severity = severity;
  finding.gating = gating;
  finding.occurrences = {{std::move(document), ""}};
  return finding;
}

}  // namespace

TEST_CASE("A rule has its worst outcome of all manifests") {
  struct Row {
    RuleCounts one, other;
    Outcome expected;
  };
  const Row rows[] = {
      {counts(Outcome::pass, 9), counts(Outcome::fail), Outcome::fail},
      {counts(Outcome::undecided), counts(Outcome::fail), Outcome::fail},
      {counts(Outcome::undecided), counts(Outcome::waived), Outcome::undecided},
      {counts(Outcome::waived), counts(Outcome::pass), Outcome::waived},
      {counts(Outcome::pass), counts(Outcome::not_due), Outcome::pass},
      {counts(Outcome::not_applicable), counts(Outcome::pass), Outcome::pass},
      {counts(Outcome::not_applicable), counts(Outcome::not_due), Outcome::not_due},
      {counts(Outcome::not_applicable), counts(Outcome::not_applicable), Outcome::not_applicable},
  };
  for (const Row& row : rows) {
    CAPTURE(to_string(row.expected));
    const LintResult result = with_counts({{row.one}, {row.other}});
    const RunSummary summary = summarize(result);
    CHECK(of(summary.packs.at(0), row.expected) == 1);
  }
}

TEST_CASE("A pass has the lowest assurance of its passes") {
  const LintResult result = with_counts({{passes(Assurance::verified, 5)}, {passes(Assurance::computed)}});
  const RunSummary summary = summarize(result);
  const std::array<std::size_t, assurance_count> expected = {0, 1, 0, 0};
  CHECK(summary.packs.at(0).assurance == expected);
}

TEST_CASE("What was not checked is told apart by its reason") {
  LintResult result = nothing_found();
  result.rules = {rule("transparency/a"),
                  rule("transparency/b", Gate::approve),
                  rule("transparency/c", Gate::assess, Level::standard),
                  rule("transparency/d", Gate::assess, Level::complete),
                  rule("transparency/e"),
                  rule("transparency/f"),
                  rule("transparency/g")};
  result.rules[4].selected = false;
  result.units = {
      campaign("a.yaml", "a",
               {counts(Outcome::not_applicable), counts(Outcome::not_due), {}, {}, {}, {}, counts(Outcome::pass)})};
  Unit broken;
  broken.file = "broken.yaml";
  broken.judged = false;
  result.units.push_back(broken);

  const RunSummary summary = summarize(result);
  using Rules = std::vector<std::size_t>;
  CHECK(summary.not_checked.never_applied == Rules{0});
  CHECK(summary.not_checked.not_due[static_cast<std::size_t>(Gate::approve)] == Rules{1});
  CHECK(summary.not_checked.above_level[static_cast<std::size_t>(Level::standard)] == Rules{2});
  CHECK(summary.not_checked.above_level[static_cast<std::size_t>(Level::complete)] == Rules{3});
  CHECK(summary.not_checked.unselected == Rules{4});
  CHECK(summary.not_checked.not_judged == Rules{5});
  REQUIRE(summary.not_checked.manifests.size() == 1);
  CHECK(summary.not_checked.manifests[0]->file == "broken.yaml");
}

TEST_CASE("Findings that no pack makes are counted by their own prefix") {
  LintResult result = one_finding(disclosure_finding());
  for (const char* id : {"manifest/syntax", "waiver/expired", "manifest/unknown-field"}) {
    Finding finding = finding_in("a.yaml", Severity::warning, false);
    finding.rule = id;
    result.findings.push_back(finding);
  }
  const RunSummary summary = summarize(result);
  REQUIRE(summary.own.size() == 2);
  CHECK(summary.own[0].prefix == "manifest");
  CHECK(summary.own[0].findings[1] == 2);
  CHECK(summary.own[1].prefix == "waiver");
}

TEST_CASE("The verdict is a sentence or two") {
  const auto said = [](const LintResult& result) { return verdict(result, summarize(result)); };
  LintResult result = nothing_found();

  SECTION("all is well") {
    CHECK(said(result) == "No findings. 1 rule passed, verified in files.");
    result.rules.push_back(rule("transparency/b"));
    result.units[0].counts.push_back(passes(Assurance::declared));
    CHECK(said(result) == "No findings. 2 rules passed, 1 of them verified in files.");
    result.units[0].counts[0] = counts(Outcome::not_due);
    CHECK(said(result) == "No findings. 1 rule passed.");
  }
  SECTION("silence is no pass") {
    result.units[0].counts[0] = counts(Outcome::not_applicable);
    CHECK(said(result) == "No findings. No rule passed either: nothing is proven by this run.");
  }
  SECTION("one finding that stops") {
    result.findings = {finding_in(std::string(spring), Severity::error, true)};
    CHECK(said(result) == "1 error in 1 campaign. Not ready to launch.");
  }
  SECTION("several, in campaigns and organization files") {
    result.units.push_back(campaign("b.yaml", "b", {}));
    result.units.push_back(campaign("c.yaml", "c", {}));
    result.units.push_back(campaign("organization.yaml", "House", {}));
    result.units.back().kind = Scope::organization;
    result.findings = {finding_in("b.yaml", Severity::error, true), finding_in("c.yaml", Severity::error, true),
                       finding_in("organization.yaml", Severity::warning, false),
                       finding_in("c.yaml", Severity::info, false)};
    result.findings.push_back(result.findings[0]);
    result.findings.back().outcome = Outcome::waived;
    result.findings.back().suppression.emplace();
    result.findings.back().gating = false;
    result.findings.push_back(result.findings[0]);
    result.findings.back().suppression.emplace().kind = Suppression::Kind::baseline;
    result.findings.back().gating = false;
    CHECK(said(result) ==
          "2 errors, 1 warning, 1 note in 2 campaigns and 1 organization file. 1 finding is in the baseline. "
          "1 finding is waived. "
          "Not ready to launch.");
  }
  SECTION("findings below what stops") {
    result.findings = {finding_in(std::string(spring), Severity::warning, false)};
    CHECK(said(result) == "1 warning in 1 campaign. Nothing that stops the launch.");
  }
  SECTION("an organization file alone is not launched") {
    result.units[0].kind = Scope::organization;
    result.findings = {finding_in(std::string(spring), Severity::error, true)};
    CHECK(said(result) == "1 error in 1 organization file. Not in order yet.");
    result.findings[0].gating = false;
    CHECK(said(result) == "1 error in 1 organization file. Nothing that stops.");
  }
  SECTION("a run that could not be done as asked") {
    result.problems = {{}, {}};
    CHECK(said(result) ==
          "No findings. 1 rule passed, verified in files. The run could not be done as asked: 2 problems.");
    result.units.clear();
    result.problems.pop_back();
    CHECK(said(result) == "Nothing was checked. The run could not be done as asked: 1 problem.");
  }
}

TEST_CASE("The exit code is explained") {
  LintResult result = nothing_found();
  result.fail_on = Severity::warning;
  CHECK(exit_meaning(result) == "Exit code 0: nothing at or above `warning`.");
  result.findings = {disclosure_finding()};
  CHECK(exit_meaning(result) == "Exit code 1: there are findings at or above `warning`.");
  result.problems = {{}};
  CHECK(exit_meaning(result) == "Exit code 2: the run could not be done as asked.");
}

TEST_CASE("Counts that do not fit the rules are no trap") {
  LintResult result = nothing_found();
  result.units[0].counts.clear();
  CHECK(summarize(result).not_checked.not_judged.size() == 1);
  result.units[0].counts.resize(7);
  CHECK(summarize(result).not_checked.not_judged.size() == 1);
}
