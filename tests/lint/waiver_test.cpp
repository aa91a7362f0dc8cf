#include "bench.h"

#include <algorithm>

namespace scruple::test {
namespace {

using Lines = std::vector<std::string>;

const std::string pack = pack_head +
                         "rules:\n"
                         "  - {id: kind, title: T, message: Wrong kind., for: asset in manifest.assets,\n"
                         "     require: asset.kind == 'email', aliases: [sort], waiver: {max_days: 30}}\n"
                         "  - {id: owned, title: T, message: No owner., require: manifest.campaign.owner == 'dana'}\n"
                         "  - {id: strict, title: T, message: Never., require: 'false', waiver: {allowed: false}}\n"
                         "  - {id: late, title: T, message: Late., gate: live, require: 'false'}\n"
                         "  - {id: company, title: T, message: No name., scope: organization,\n"
                         "     require: manifest.organization.name == 'Y'}\n";
const std::string organization =
    organization_head +
    "organization:\n  name: X\n  people: [{id: dana, name: Dana}, {id: gone, left_on: 2025-01-01}]\n" +
    "ai_systems: [{id: robot}]\n";
const std::string campaign =
    "organization: organization.yaml\ncampaign: {id: spring, owner: dana, status: built}\nassets:\n  - id: mail\n"
    "    kind: landing_page\n  - id: page\n    kind: landing_page\n";

// "used house/kind covers 1": the ledger; then what is found about waivers, and what is waived.
Lines outcome(const LintResult& result) {
  Lines lines;
  for (const Waiver& waiver : result.waivers)
    lines.push_back(concat(to_string(waiver.state), " ", waiver.rule, " covers ", waiver.findings));
  for (const Finding& finding : result.findings) {
    if (finding.outcome == Outcome::waived) lines.push_back(concat("waived ", finding.rule, " ", finding.place));
    if (finding.rule.starts_with("waiver/") || finding.rule.starts_with("config/"))
      lines.push_back(concat(finding.rule, ": ", finding.message));
  }
  return lines;
}

Lines with_waiver(const std::string& waiver) {
  return outcome(
      Bench{pack, campaign + "waivers:\n  - " + waiver + "\n", {{"organization.yaml", organization}}}.lint());
}

std::string waiver_of(const std::string& rule, const std::string& more = {}) {
  return "{rule: " + rule + ", by: dana, reason: Because, until: 2026-01-20" + more + "}";
}

}  // namespace

TEST_CASE("a waiver covers what stands at its place and below") {
  CHECK(with_waiver(waiver_of("house/kind")) == Lines{"used house/kind covers 2", "waived house/kind assets[mail].kind",
                                                      "waived house/kind assets[page].kind"});
  CHECK(with_waiver(waiver_of("house/kind", ", place: 'assets[mail]'")) ==
        Lines{"used house/kind covers 1", "waived house/kind assets[mail].kind"});
  CHECK(with_waiver(waiver_of("house/sort", ", place: 'assets[mail].kind'")) ==
        Lines{"used house/kind covers 1", "waived house/kind assets[mail].kind"});
  CHECK(with_waiver(waiver_of("house/kind", ", place: 'assets[mai]'")) ==
        Lines{"unused house/kind covers 0",
              "waiver/unused: The waiver of `house/kind` covers nothing: the rule finds "
              "nothing wrong at `assets[mai]`."});
  CHECK(with_waiver(waiver_of("house/company")) ==
        Lines{"used house/company covers 1", "waived house/company organization:organization.name"});
}

TEST_CASE("a waiver that does not hold is a finding and covers nothing") {
  struct Row {
    std::string waiver;
    Lines lines;
  };
  const Row rows[] = {
      {"{rule: house/kind, until: 2026-01-20}",
       {"incomplete house/kind covers 0",
        "waiver/incomplete: This waiver does not say `reason` and `by`, so it covers nothing."}},
      {"{rule: house/kind, by: TBD, reason: ' ', until: 2026-01-20}",
       {"incomplete house/kind covers 0",
        "waiver/incomplete: This waiver does not say `reason` and `by`, so it covers nothing."}},
      {"{}",
       {"incomplete  covers 0",
        "waiver/incomplete: This waiver does not say `rule`, `reason`, `by` and `until`, so it covers nothing."}},
      {"{rule: house/kind, by: zoe, reason: R, until: 2026-01-20}",
       {"incomplete house/kind covers 0",
        "waiver/incomplete: `zoe` cannot waive a finding: nobody of the company has "
        "that id. The waiver covers nothing."}},
      {"{rule: house/kind, by: gone, reason: R, until: 2026-01-20}",
       {"incomplete house/kind covers 0",
        "waiver/incomplete: `gone` cannot waive a finding: left on 2025-01-01. The waiver covers nothing."}},
      {"{rule: house/kind, by: robot, reason: R, until: 2026-01-20}",
       {"incomplete house/kind covers 0",
        "waiver/incomplete: `robot` cannot waive a finding: that is an AI system. The waiver covers nothing."}},
      {"{rule: house/kidn, by: dana, reason: R, until: 2026-01-20}",
       {"incomplete house/kidn covers 0",
        "waiver/incomplete: There is no rule `house/kidn`, so the waiver covers "
        "nothing."}},
      {"{rule: 'house/*', by: dana, reason: R, until: 2026-01-20}",
       {"incomplete house/* covers 0", "waiver/incomplete: There is no rule `house/*`, so the waiver covers nothing."}},
      {"{rule: manifest/unknown-field, by: dana, reason: R, until: 2026-01-20}",
       {"incomplete manifest/unknown-field covers 0",
        "waiver/forbidden: `manifest/unknown-field` cannot be waived: findings of `manifest/…` are about the files "
        "themselves."}},
      {"{rule: house/kind, by: dana, reason: R, until: 2026-01-04}",
       {"expired house/kind covers 0",
        "waiver/expired: The waiver of `house/kind` ended on 2026-01-04: what it covered counts again."}},
      {"{rule: house/kind, by: dana, reason: R, until: 2026-01-05}",
       {"used house/kind covers 2", "waived house/kind assets[mail].kind", "waived house/kind assets[page].kind"}},
      {"{rule: house/kind, by: dana, reason: R, until: 2026-02-04}",
       {"used house/kind covers 2", "waived house/kind assets[mail].kind", "waived house/kind assets[page].kind"}},
      {"{rule: house/kind, by: dana, reason: R, until: 2026-02-05}",
       {"forbidden house/kind covers 0",
        "waiver/forbidden: The waiver of `house/kind` lasts until 2026-02-05; findings of this rule are accepted for "
        "30 "
        "days at a time at most."}},
      {"{rule: house/strict, by: dana, reason: R, until: 2026-01-20}",
       {"forbidden house/strict covers 0", "waiver/forbidden: `house/strict` cannot be waived."}},
      {"{rule: house/owned, by: dana, reason: R, until: 2026-01-20}",
       {"unused house/owned covers 0",
        "waiver/unused: The waiver of `house/owned` covers nothing: the rule finds nothing wrong."}},
      // Not due yet, so nothing can be said.
      {"{rule: house/late, by: dana, reason: R, until: 2026-01-20}", {"idle house/late covers 0"}},
      // A date that cannot be read is a finding of the manifest.
      {"{rule: house/kind, by: dana, reason: R, until: soon}", {"incomplete house/kind covers 0"}},
      {"{rule: [house/kind], by: dana, reason: R, until: 2026-01-20}", {"incomplete  covers 0"}},
      {"house/kind",
       {"incomplete  covers 0",
        "waiver/incomplete: This waiver does not say `rule`, `reason`, `by` and `until`, so it covers nothing."}},
  };
  for (const Row& row : rows) {
    INFO(row.waiver);
    CHECK(with_waiver(row.waiver) == row.lines);
  }
}

TEST_CASE("what is waived neither fails the run nor counts as failed") {
  Bench bench{one_rule("for: asset in manifest.assets\nrequire: asset.kind == 'email'\n"),
              campaign + "waivers: [" + waiver_of("house/rule", ", place: 'assets[mail]'") + "]\n",
              {{"organization.yaml", organization}}};
  LintResult result = bench.lint();
  CHECK(counts_of(result) == "1 fail, 1 waived");
  CHECK(result.exit_code() == 1);
  bench.campaign = campaign + "waivers: [" + waiver_of("house/rule") + "]\n";
  result = bench.lint();
  CHECK(counts_of(result) == "2 waived");
  CHECK(result.exit_code() == 0);
  REQUIRE(result.findings.size() == 2);
  for (const Finding& finding : result.findings) {
    CHECK(finding.outcome == Outcome::waived);
    CHECK_FALSE(finding.gating);
    REQUIRE(finding.suppression);
    CHECK(finding.suppression->kind == Suppression::Kind::external);
    CHECK(finding.suppression->justification == "Because");
    CHECK(finding.suppression->by == "dana");
    CHECK(finding.suppression->until == "2026-01-20");
    CHECK(finding.suppression->location.begin.line == 10);
  }
}

TEST_CASE("a comment covers its node and what is below") {
  const std::string waive = "# scruple: waive house/kind until 2026-01-20 by dana: Because of this: that\n";
  const auto lines = [](const std::string& text) {
    MemoryFileSystem files;
    files.add("/organization.yaml", organization);
    files.add("/campaign.yaml", text);
    return outcome(lint(options_for({"/campaign.yaml"}), policies_of(pack), files));
  };
  const Lines both{"used house/kind covers 2", "waived house/kind assets[mail].kind",
                   "waived house/kind assets[page].kind"};
  const Lines mail{"used house/kind covers 1", "waived house/kind assets[mail].kind"};
  const std::string head = campaign_head + "organization: organization.yaml\n";
  const std::string spring = "campaign: {id: spring, owner: dana, status: built}\n";
  const std::string two = "  - id: mail\n    kind: landing_page\n  - id: page\n    kind: landing_page\n";
  CHECK(lines(waive + head + spring + "assets:\n" + two) == both);
  CHECK(lines(head + spring + waive + "assets:\n" + two) == both);
  CHECK(lines(head + spring + "assets:\n  " + waive + two) == mail);
  CHECK(lines(head + spring + "assets:\n  - id: mail\n    kind: landing_page  " + waive +
              "  - id: page\n    kind: landing_page\n") == mail);
  // On the line of the id it speaks of the item.
  CHECK(lines(head + spring + "assets:\n  - id: mail  " + waive +
              "    kind: landing_page\n  - {id: page, kind: email}\n") == mail);
  CHECK(lines(head + spring + "assets: []\n" + "x-note: 1\n" + waive) ==
        Lines{"incomplete house/kind covers 0",
              "waiver/incomplete: This comment waives nothing: there is nothing on its line or below that it could "
              "speak of."});
  // In the organization file it covers what stands there.
  MemoryFileSystem files;
  files.add("/organization.yaml", "# scruple: waive house/company until 2026-01-20 by dana: small\n" + organization);
  files.add("/campaign.yaml", head + spring + "assets: []\n");
  CHECK(outcome(lint(options_for({"/"}), policies_of(pack), files)) ==
        Lines{"used house/company covers 1", "waived house/company organization:organization.name"});
}

TEST_CASE("a comment that is not understood waives nothing and says why") {
  struct Row {
    std::string comment;
    std::string message;
  };
  const Row rows[] = {
      {"# scruple: waive house/kind", "This waiver does not say `until`, `by` and `reason`, so it covers nothing."},
      {"# scruple: waive house/kind until 2026-01-20 by dana",
       "This waiver does not say `reason`, so it covers nothing."},
      {"# scruple: waive house/kind by dana until 2026-01-20: R", ""},
      {"#scruple:waive house/kind until 2026-01-20 by dana: R", ""},
      {"# Scruple: Waive house/kind until 2026-01-20 by dana: R",
       "This comment waives nothing: the word is `waive`, not `Waive`."},
      {"# scruple: ignore house/kind until 2026-01-20 by dana: R",
       "This comment waives nothing: the word is `waive`, not `ignore`."},
      {"# scruple: waive house/kind until tomorrow by dana: R",
       "This comment waives nothing: `tomorrow` is no day of the calendar."},
      {"# scruple: waive house/kind, house/owned until 2026-01-20 by dana: R",
       "This comment waives nothing: `house/owned` is not understood there."},
      {"# scruple: waive house/kind until 2026-01-20 until 2026-01-21 by dana: R",
       "This comment waives nothing: `until` is not understood there."},
  };
  for (const Row& row : rows) {
    INFO(row.comment);
    const LintResult result = Bench{pack, row.comment + "\n" + campaign, {{"organization.yaml", organization}}}.lint();
    std::string message;
    for (const Finding& finding : result.findings) {
      if (finding.rule == "waiver/incomplete") message = finding.message;
    }
    CHECK(message == row.message);
  }
  // Other remarks are none of our business.
  for (const std::string comment : {"# scruple is a linter", "# waive house/kind", "# scruple: see the guide",
                                    "# scruple ignores this", "# scruple ignore this"}) {
    INFO(comment);
    CHECK(Bench{pack, comment + "\n" + campaign, {{"organization.yaml", organization}}}.lint().waivers.empty());
  }
}

TEST_CASE("a finding of several campaigns is waived only if it is in each") {
  MemoryFileSystem files;
  files.add("/organization.yaml", organization);
  const std::string waiver = "waivers: [" + waiver_of("house/company") + "]\n";
  const auto add = [&](const std::string& name, const std::string& more) {
    files.add("/" + name + ".campaign.yaml", campaign_head + "organization: organization.yaml\ncampaign: {id: " + name +
                                                 ", owner: dana, status: built}\nassets: []\n" + more);
  };
  const auto run = [&] {
    return outcome(lint(options_for({"/a.campaign.yaml", "/b.campaign.yaml"}), policies_of(pack), files));
  };
  add("a", waiver);
  add("b", "");
  CHECK(run() == Lines{"used house/company covers 0"});
  add("b", waiver);
  CHECK(run() == Lines{"used house/company covers 1", "used house/company covers 0",
                       "waived house/company organization:organization.name"});
  // One in the organization file holds for all, and stands in the ledger once.
  add("a", "");
  add("b", "");
  files.add("/organization.yaml", organization + waiver);
  CHECK(run() == Lines{"used house/company covers 1", "waived house/company organization:organization.name"});
}

}  // namespace scruple::test
