#include "packtest/runner.h"

#include "base/file_system.h"

#include "catch.h"

#include <sstream>
#include <string>

using namespace scruple;

namespace {

constexpr const char* head = R"(pack: 1
id: house
version: 1.0.0
title: House rules
today: 2026-03-01
base:
  campaign: {scruple: 1, kind: campaign, campaign: {id: c, owner: ada, status: built}, organization: {name: Example, people: [{id: ada}]}}
rules:
  - id: owner-named
    title: The campaign has an owner
    severity: error
    level: essential
    gate: assess
    scope: campaign
    ask: marketing
    when: manifest.campaign.status != "closed"
    require: manifest.campaign.owner == "ada"
    message: The owner is {manifest.campaign.owner}.
    remediation: Name one.
    tests:
)";

packtest::TestReport run(const std::string& cases) {
  MemoryFileSystem files;
  files.add("/house.yaml", head + cases);
  Diagnostics diagnostics;
  const PolicySet known = load_policies({}, files, diagnostics);
  return packtest::run_tests({.paths = {"/house.yaml"}}, known, files);
}

constexpr const char* good = R"(      - pass: as it is
      - fail: another
        set: {campaign.owner: eve}
        finds: [{at: campaign.owner, message: is eve}]
)";

}  // namespace

TEST_CASE("cases that come out as they say pass") {
  const auto report = run(good);
  CHECK(report.problems.empty());
  CHECK(report.passed == 2);
  CHECK(report.failed == 0);
}

TEST_CASE("a file of a case can hold bytes that are no text") {
  const std::string fail =
      "      - fail: another\n        set: {campaign.owner: eve}\n        finds: [{at: campaign.owner}]\n";
  const std::string is_picture =
      "    let: {size: file('a.gif').size}\n    require: manifest.campaign.owner == 'ada' && size == 3\n    tests:\n";
  std::string rule = head;
  rule.replace(rule.find("    require:"), rule.find("    message:") - rule.find("    require:"), "");
  rule.replace(rule.find("    tests:\n"), 11, is_picture);
  const auto report_of = [&](const std::string& bytes) {
    MemoryFileSystem files;
    files.add("/house.yaml",
              rule + "      - pass: three bytes\n        files: {a.gif: {base64: " + bytes + "}}\n" + fail);
    Diagnostics diagnostics;
    const PolicySet known = load_policies({}, files, diagnostics);
    return packtest::run_tests({.paths = {"/house.yaml"}}, known, files);
  };
  CHECK(report_of("AP/+").failed == 0);
  const auto unusable = report_of("AP/+A");
  REQUIRE(!unusable.failures.empty());
  CHECK(unusable.failures[0].reason == "`files`: `a.gif` is no base64");
}

TEST_CASE("a test that proves nothing is refused") {
  struct Row {
    std::string cases, reason;
  };
  const std::string pass_and_fail = good;
  const Row rows[] = {
      {"      - pass: as it is\n", "a rule has at least one `pass` and one `fail` among its tests"},
      {pass_and_fail + "      - pass: never applies\n        set: {campaign.status: closed}\n",
       "the rule never applied: this proves nothing"},
      {pass_and_fail + "      - skip: applies\n", "the rule applied, and passed"},
      {pass_and_fail + "      - fail: passes\n        finds: [{at: campaign.owner}]\n",
       "expected `fail`, and there is none"},
      {pass_and_fail +
           "      - undecided: fails\n        set: {campaign.owner: eve}\n        finds: [{at: campaign.owner}]\n",
       "expected `undecided`, and there is none"},
      {pass_and_fail + "      - fail: unlisted\n        set: {campaign.owner: eve}\n",
       "the case does not say what it `finds`"},
      {pass_and_fail +
           "      - fail: elsewhere\n        set: {campaign.owner: eve}\n        finds: [{at: campaign.id}]\n",
       "nothing was found at `campaign.id`"},
      {pass_and_fail + "      - pass: misspelt place\n        set: {campain.owner: ada}\n",
       "`set`: there is no `campain` in `campain.owner`; did you mean `campaign`?"},
      {pass_and_fail + "      - pass: breaks the schema\n        set: {campaign.nonsense: 1}\n",
       "the case's manifest breaks the schema (say `invalid: true` if it is meant to)"},
      {pass_and_fail + "      - pass: two\n        skip: expectations\n",
       "a case has exactly one of `pass`, `fail`, `skip` and `undecided`"},
  };
  for (const Row& row : rows) {
    INFO(row.cases);
    const auto report = run(row.cases);
    REQUIRE(report.failures.size() == 1);
    CHECK(report.failures.front().reason == row.reason);
    CHECK(report.failures.front().rule == "house/owner-named");
  }
}

TEST_CASE("a case says which remarks a rule makes") {
  std::string rule = head;
  rule.replace(rule.find("    require:"), rule.find("    message:") - rule.find("    require:"),
               "    require:\n"
               "      - that: manifest.campaign.owner == 'ada'\n"
               "        remark: {when: gate == 'assess', text: 'It is {manifest.campaign.owner} at {gate}.'}\n"
               "      - that: manifest.campaign.id == 'c'\n"
               "        remark: {text: 'It ends on {manifest.campaign.end_date}.'}\n");
  const auto reasons_of = [&](const std::string& cases) {
    MemoryFileSystem files;
    files.add("/house.yaml", rule + good + cases);
    Diagnostics diagnostics;
    const PolicySet known = load_policies({}, files, diagnostics);
    const auto report = packtest::run_tests({.paths = {"/house.yaml"}}, known, files);
    CHECK(report.problems.empty());
    std::vector<std::string> reasons;
    for (const packtest::Failure& failure : report.failures) reasons.push_back(failure.reason);
    return reasons;
  };
  using Reasons = std::vector<std::string>;
  const Reasons otherwise = {"the rule says something else under `remarks`"};
  CHECK(reasons_of("      - pass: said\n        remarks: [It is ada at assess.]\n") == Reasons{});
  CHECK(reasons_of("      - pass: the condition is false\n        gate: live\n        remarks: []\n") == Reasons{});
  CHECK(reasons_of("      - pass: both\n        set: {campaign.end_date: 2026-05-01}\n"
                   "        remarks: [ada, It ends on 2026-05-01.]\n") == Reasons{});
  CHECK(reasons_of("      - pass: one too few\n        remarks: []\n") == otherwise);
  CHECK(reasons_of("      - pass: another\n        remarks: [It is eve]\n") == otherwise);
  CHECK(reasons_of("      - pass: one too many\n        remarks: [It is ada, It ends on]\n") == otherwise);
  CHECK(reasons_of("      - fail: of what fails nothing is said\n        set: {campaign.owner: eve}\n"
                   "        finds: [{at: campaign.owner}]\n        remarks: []\n") == Reasons{});
}

TEST_CASE("the absence of what a rule needs is found at its place") {
  const auto report =
      run(std::string(good) +
          "      - fail: nobody\n        remove: [campaign.owner]\n        finds: [{at: campaign, missing: owner}]\n"
          "      - undecided: no status\n        remove: [campaign.status]\n        finds: [{at: campaign, missing: "
          "status}]\n"
          "      - pass: broken elsewhere\n        set: {campaign.nonsense: 1}\n        invalid: true\n");
  CHECK(report.failed == 0);
  CHECK(report.passed == 5);
}

TEST_CASE("the tests of the built-in packs pass, without a file") {
  MemoryFileSystem none;
  Diagnostics diagnostics;
  const PolicySet known = load_policies({}, none, diagnostics);
  const auto report = packtest::run_tests({}, known, none);
  std::ostringstream text;
  packtest::print(report, text);
  INFO(text.str());
  CHECK(report.problems.empty());
  CHECK(report.failed == 0);
  CHECK(report.passed > 400);
}

TEST_CASE("a run of zero cases is no success") {
  MemoryFileSystem files;
  files.add("/empty.yaml", "pack: 1\nid: empty\nversion: 1.0.0\ntitle: Empty\nrules: []\n");
  Diagnostics diagnostics;
  const PolicySet known = load_policies({}, files, diagnostics);
  CHECK_FALSE(packtest::run_tests({.paths = {"/empty.yaml"}}, known, files).problems.empty());
  CHECK_FALSE(packtest::run_tests({.paths = {"/none"}}, known, files).problems.empty());
}

TEST_CASE("only the cases that are asked for are run") {
  MemoryFileSystem files;
  files.add("/house.yaml", std::string(head) + good);
  Diagnostics diagnostics;
  const PolicySet known = load_policies({}, files, diagnostics);
  struct Row {
    std::string pattern;
    std::size_t passed;
  };
  const Row rows[] = {{"another", 1}, {"ANOTHER", 1}, {"fail:", 1}, {"owner-named", 2}, {"house/", 2},
                      {"o*ed", 2},    {"as*is", 1},   {"as is", 0}, {"none", 0}};
  for (const Row& row : rows) {
    INFO(row.pattern);
    const auto report = packtest::run_tests({.paths = {"/house.yaml"}, .pattern = row.pattern}, known, files);
    CHECK(report.passed == row.passed);
    CHECK(report.failed == 0);
    CHECK(report.exit_code() == (row.passed == 0 ? 2 : 0));
  }
}
