#include "report/text_summary.h"

#include "catch.h"
#include "results.h"

using namespace scruple;
using namespace scruple::test;

namespace {

std::string summary(const LintResult& result, std::size_t width = 90, bool all = true) {
  ReportStyle style;
  style.width = width;
  style.all = all;
  std::ostringstream out;
  report::print_summary(result, report::summarize(result), style, out);
  return "\n" + out.str();
}

// Two campaigns, an organization file and one that does not parse; rules of each fate.
LintResult rich_result() {
  LintResult result = one_finding(disclosure_finding());
  result.packs = {pack("transparency", "Transparency"), pack("privacy", "Privacy"), pack("house", "")};
  result.rules = {rule("transparency/ai-content-disclosed"),
                  rule("transparency/chatbot-says-so"),
                  rule("transparency/notice-names-ai"),
                  rule("privacy/retention-limit"),
                  rule("privacy/consent"),
                  rule("privacy/approved", Gate::approve),
                  rule("privacy/complete", Gate::assess, Level::standard),
                  rule("privacy/more", Gate::assess, Level::complete),
                  rule("house/tone"),
                  rule("transparency/labels")};
  result.rules[8].selected = false;
  result.units = {campaign(std::string(spring), "spring",
                           {counts(Outcome::fail),
                            passes(Assurance::verified, 2),
                            passes(Assurance::declared),
                            counts(Outcome::waived),
                            counts(Outcome::undecided),
                            counts(Outcome::not_due),
                            {},
                            {},
                            {},
                            counts(Outcome::not_applicable)}),
                  campaign("campaigns/summer/campaign.yaml", "summer-of-love",
                           {passes(Assurance::verified),
                            passes(Assurance::verified),
                            passes(Assurance::recorded),
                            passes(Assurance::computed),
                            passes(Assurance::computed),
                            passes(Assurance::declared),
                            {},
                            {},
                            {},
                            counts(Outcome::not_applicable)}),
                  campaign("organization.yaml", "House of Tea", {}), campaign("campaigns/old/campaign.yaml", "", {})};
  result.units[1].gate = Gate::live;
  result.units[1].gate_reason = "launch date 2026-01-01 has passed";
  result.units[2].kind = Scope::organization;
  result.units[2].gate_reason.clear();
  result.units[3].judged = false;
  Finding broken = disclosure_finding();
  broken.rule = "manifest/syntax";
  broken.occurrences = {{"campaigns/old/campaign.yaml", ""}};
  result.findings.push_back(broken);
  return result;
}

}  // namespace

TEST_CASE("A summary says what was checked, what was not, and the verdict") {
  CHECK(summary(rich_result()) == R"(
Principles
  Manifest       1 error
  Transparency   4 rules: 1 failed · 2 passed (1 verified in files, 1 declared)
                 1 not applicable
  Privacy        3 rules: 1 cannot tell · 1 waived · 1 passed (declared)

Manifests, judged on 2026-01-05 at the level `essential`
  spring           campaigns/spring/campaign.yaml
                   judged at the gate `stakeholder`: status is in_review
                   rules open: assessment 2
  summer-of-love   campaigns/summer/campaign.yaml
                   judged at the gate `live`: launch date 2026-01-01 has passed
  House of Tea     organization.yaml
                   judged at every gate, since it is an organization file
  (no id)          campaigns/old/campaign.yaml
                   not judged: it could not be read

Not checked
  campaigns/old/campaign.yaml could not be read: no rule was judged on it.
  1 rule is not due until the gate `approve` in 1 of 3 campaigns.
  The level `standard` would add 1 rule, `complete` another 1.
  1 rule found nothing to apply to: transparency/labels.
  1 rule was left out by --select or --ignore.

2 errors in 2 campaigns. Not ready to launch.
Exit code 1: there are findings at or above `error`.
)");
}

TEST_CASE("A summary wraps under its own columns") {
  CHECK(summary(rich_result(), 60) == R"(
Principles
  Manifest       1 error
  Transparency   4 rules: 1 failed
                 2 passed (1 verified in files, 1 declared)
                 1 not applicable
  Privacy        3 rules: 1 cannot tell · 1 waived
                 1 passed (declared)

Manifests, judged on 2026-01-05 at the level `essential`
  spring           campaigns/spring/campaign.yaml
                   judged at the gate `stakeholder`: status
                   is in_review
                   rules open: assessment 2
  summer-of-love   campaigns/summer/campaign.yaml
                   judged at the gate `live`: launch date
                   2026-01-01 has passed
  House of Tea     organization.yaml
                   judged at every gate, since it is an
                   organization file
  (no id)          campaigns/old/campaign.yaml
                   not judged: it could not be read

Not checked
  campaigns/old/campaign.yaml could not be read: no rule was
  judged on it.
  1 rule is not due until the gate `approve` in 1 of 3
  campaigns.
  The level `standard` would add 1 rule, `complete` another
  1.
  1 rule found nothing to apply to: transparency/labels.
  1 rule was left out by --select or --ignore.

2 errors in 2 campaigns. Not ready to launch.
Exit code 1: there are findings at or above `error`.
)");
}

TEST_CASE("A summary of a clean run is short") {
  CHECK(summary(nothing_found()) == R"(
Principles
  Transparency   1 rule: 1 passed (verified in files)

Review steps
  technical review   done: 1 rule holds

Campaigns, judged on 2026-01-05 at the level `essential`
  spring   campaigns/spring/campaign.yaml
           judged at the gate `stakeholder`: status is in_review

No findings. 1 rule passed, verified in files.
Exit code 0: nothing at or above `error`.
)");
}

TEST_CASE("A gate that was given is printed as such") {
  LintResult result = nothing_found();
  result.gate_override = result.units[0].gate = Gate::live;
  result.units[0].gate_reason = "--gate";
  CHECK(summary(result).find("judged at the gate `live`, as --gate asks\n") != std::string::npos);
}

TEST_CASE("A run that checked nothing says so") {
  LintResult result;
  result.problems = {{Severity::error, "cli/no-manifest", "No manifest was found.", "", {}}};
  CHECK(summary(result) == R"(
Nothing was checked. The run could not be done as asked: 1 problem.
Exit code 2: the run could not be done as asked.
)");
}

TEST_CASE("An organization file alone is judged on its own rules") {
  LintResult result = nothing_found();
  result.units[0].kind = Scope::organization;
  result.units[0].file = "organization.yaml";
  result.units[0].id = "House of Tea";
  result.units[0].gate_reason.clear();
  result.rules.push_back(rule("transparency/b"));
  CHECK(summary(result) == R"(
Principles
  Transparency   1 rule: 1 passed (verified in files)

Organizations, judged on 2026-01-05 at the level `essential`
  House of Tea   organization.yaml
                 judged at every gate, since it is an organization file

Not checked
  1 rule speaks of campaigns, and only organization files were given.

No findings. 1 rule passed, verified in files.
Exit code 0: nothing at or above `error`.
)");
}

TEST_CASE("What rules say of passes is told, and of which campaign") {
  LintResult result = nothing_found();
  result.units[0].remarks = {{"house/tone", "Of 4 decisions\n2 would have gone.", "", {}}};
  CHECK(summary(result).find("\nRemarks\n  house/tone   Of 4 decisions 2 would have gone.\n\n") != std::string::npos);
  result.units.push_back(result.units[0]);
  result.units[1].id = "autumn";
  result.units[1].remarks.resize(15, {"house/tone", "So it goes.", "", {}});
  CHECK(summary(result).find("\n  house/tone   autumn: So it goes.\n") != std::string::npos);
  CHECK(summary(result, 90, false).find("There is more to be said: --all\n") != std::string::npos);
}

TEST_CASE("Long lists are cut unless all is asked for") {
  LintResult result = nothing_found();
  for (int i = 0; i < 12; ++i) {
    result.rules.push_back(rule("transparency/rule-" + std::to_string(i)));
    result.units[0].counts.push_back(counts(Outcome::not_applicable));
  }
  const Unit one = result.units[0];
  for (int i = 0; i < 11; ++i) result.units.push_back(one);
  const std::string some = summary(result, 200, false);
  CHECK(some.find("12 rules found nothing to apply to: transparency/rule-0, transparency/rule-1, transparency/rule-2, "
                  "transparency/rule-3, transparency/rule-4 and 7 more.\n") != std::string::npos);
  CHECK(some.find("2 more: --all\n") != std::string::npos);
  const std::string all = summary(result, 400);
  CHECK(all.find("transparency/rule-11.\n") != std::string::npos);
  CHECK(all.find("--all") == std::string::npos);
}

TEST_CASE("Names from outside do not break the table") {
  LintResult result = nothing_found();
  result.packs[0].title = "A title that is\nfar too long for a column of names";
  result.units[0].id = "::error::" + std::string(100, 'x');
  result.units[0].gate_reason = "status is \x1b[31m";
  CHECK(summary(result) == R"(
Principles
  A title that is far too long for a column of names
  1 rule: 1 passed (verified in files)

Review steps
  technical review   done: 1 rule holds

Campaigns, judged on 2026-01-05 at the level `essential`
  : :error::xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
  campaigns/spring/campaign.yaml
  judged at the gate `stakeholder`: status is \x1b[31m

No findings. 1 rule passed, verified in files.
Exit code 0: nothing at or above `error`.
)");
}
