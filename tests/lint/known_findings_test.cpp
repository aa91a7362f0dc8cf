#include "lint/known_findings.h"

#include "bench.h"
#include "lint/look_ahead.h"

namespace scruple::test {
namespace {

const std::string pack = one_rule("for: asset in manifest.assets\nrequire: asset.kind == 'email'\n");

struct Tree {
  MemoryFileSystem files;

  void add(const std::string& id, const std::string& assets) {
    files.add("/r/" + id + ".campaign.yaml", campaign_head + "campaign: {id: " + id + "}\nassets: [" + assets + "]\n");
  }
  LintResult run(std::vector<std::string> paths = {"/r"}) const {
    return lint(options_for(std::move(paths)), policies_of(pack), files);
  }
};

linting::Baseline baseline_of(std::vector<KnownFinding> findings) {
  linting::Baseline baseline{"/r/known.json", std::move(findings), {}};
  baseline.locations.resize(baseline.findings.size());
  return baseline;
}

}  // namespace

TEST_CASE("what a baseline holds does not fail the run; what is new does; what is gone is said") {
  Tree tree;
  tree.add("a", "{id: x, kind: landing_page}, {id: y, kind: landing_page}");
  tree.add("b", "{id: x, kind: landing_page}");
  LintResult result = tree.run();
  const auto baseline = baseline_of(linting::make_baseline(result, nullptr, true, tree.files));
  CHECK(baseline.findings.size() == 3);
  linting::apply_baseline(baseline, result, tree.files);
  CHECK(result.exit_code() == 0);
  CHECK(result.baseline->known == 3);
  REQUIRE(result.findings[0].suppression);
  CHECK(result.findings[0].suppression->kind == Suppression::Kind::baseline);
  CHECK(result.findings[0].outcome == Outcome::fail);

  SECTION("lines that move and lists in another order change nothing") {
    tree.add("a", "\n\n  {id: y, kind: landing_page},\n  {id: x, kind: landing_page}");
    result = tree.run();
    linting::apply_baseline(baseline, result, tree.files);
    CHECK(result.exit_code() == 0);
    CHECK(result.baseline->stale.empty());
  }
  SECTION("another asset is new") {
    tree.add("b", "{id: x, kind: landing_page}, {id: z, kind: landing_page}");
    result = tree.run();
    linting::apply_baseline(baseline, result, tree.files);
    CHECK(result.exit_code() == 1);
    CHECK(result.baseline->known == 3);
  }
  SECTION("what is mended is stale, and the ratchet takes it out and adds nothing") {
    tree.add("a", "{id: x, kind: landing_page}, {id: y, kind: email}, {id: new, kind: landing_page}");
    result = tree.run();
    linting::apply_baseline(baseline, result, tree.files);
    REQUIRE(result.baseline->stale.size() == 1);
    CHECK(result.baseline->stale[0].place == "assets[y].kind");
    CHECK(result.findings.back().rule == "baseline/stale");
    result = tree.run();
    CHECK(linting::make_baseline(result, &baseline, false, tree.files).size() == 2);
    CHECK(linting::make_baseline(result, &baseline, true, tree.files).size() == 3);
  }
  SECTION("of campaigns that are not checked nothing is said, and they are kept") {
    result = tree.run({"/r/b.campaign.yaml"});
    linting::apply_baseline(baseline, result, tree.files);
    CHECK(result.exit_code() == 0);
    CHECK(result.baseline->stale.empty());
    CHECK(result.baseline->not_compared == 2);
    CHECK(linting::make_baseline(result, &baseline, true, tree.files).size() == 3);
  }
  SECTION("a campaign that is gone is stale once all was searched") {
    MemoryFileSystem fewer;
    fewer.add("/r/b.campaign.yaml", tree.files.read("/r/b.campaign.yaml", 10000).bytes);
    fewer.add("/r/known.json", "{}");
    tree.files = fewer;
    result = tree.run();
    linting::apply_baseline(baseline, result, tree.files);
    CHECK(result.baseline->stale.size() == 2);
  }
}

TEST_CASE("what an organization file has in a baseline is compared when that file is checked") {
  Tree tree;
  tree.files.add("/r/organization.yaml", organization_head + "organization: {people: [{id: ada, joined: 2026}]}\n");
  for (const std::string id : {"a", "b"}) {
    tree.files.add("/r/" + id + ".campaign.yaml",
                   campaign_head + "campaign: {id: " + id +
                       "}\norganization: organization.yaml\nassets: [{id: x, kind: email}]\n");
  }
  LintResult result = tree.run();
  const auto baseline = baseline_of(linting::make_baseline(result, nullptr, true, tree.files));
  REQUIRE(baseline.findings.size() == 1);

  // Without its finding, as in a run of rules that see less of that file.
  result = tree.run({"/r/a.campaign.yaml"});
  result.findings.clear();
  linting::apply_baseline(baseline, result, tree.files);
  CHECK(result.baseline->stale.empty());
  CHECK(result.baseline->not_compared == 1);
  CHECK(linting::make_baseline(result, &baseline, false, tree.files).size() == 1);

  tree.files.add("/r/organization.yaml", organization_head + "organization: {people: [{id: ada}]}\n");
  result = tree.run();
  linting::apply_baseline(baseline, result, tree.files);
  CHECK(result.baseline->stale.size() == 1);
}

TEST_CASE("a baseline cannot hide what is wrong with files, settings and waivers") {
  Tree tree;
  tree.files.add("/r/a.campaign.yaml", campaign_head + "campaign: {id: a\n");
  LintResult result = tree.run();
  REQUIRE(result.findings.size() == 1);
  CHECK(linting::make_baseline(result, nullptr, true, tree.files).empty());
  KnownFinding known;
  known.fingerprint = result.findings[0].fingerprint;
  known.rule = "manifest/syntax";
  linting::apply_baseline(baseline_of({known}), result, tree.files);
  CHECK(result.exit_code() == 1);
  // Nor under the name of another rule.
  known.rule = "house/rule";
  linting::apply_baseline(baseline_of({known}), result, tree.files);
  CHECK(result.exit_code() == 1);
}

TEST_CASE("files that are no baseline are refused") {
  for (const std::string text : {"", "{", "[]", "{}", R"({"baseline": 2, "findings": []})", R"({"baseline": 1})",
                                 R"({"report": 1, "findings": []})", R"({"baseline": "1", "findings": []})"}) {
    INFO(text);
    MemoryFileSystem files;
    files.add("/b.json", text);
    Diagnostics problems;
    CHECK_FALSE(linting::read_baseline("/b.json", files, problems));
    CHECK(problems.size() == 1);
  }
  MemoryFileSystem files;
  files.add("/b.json", R"({"baseline": 1, "findings": [1, {}, {"rule": "config/locked", "fingerprint": "f"},
                           {"rule": "a/b", "fingerprint": "f"}]})");
  Diagnostics problems;
  const auto baseline = linting::read_baseline("/b.json", files, problems);
  REQUIRE(baseline);
  CHECK(baseline->findings.size() == 1);
  CHECK(baseline->locations[0].begin.line == 2);
}

TEST_CASE("a run is compared with an earlier report") {
  Tree tree;
  tree.add("a", "{id: x, kind: landing_page}, {id: y, kind: landing_page}");
  tree.add("b", "{id: x, kind: landing_page}");
  const LintResult before = tree.run();
  std::string report = R"({"report": 1, "settings": {"today": "2026-01-01"}, "findings": [)";
  for (const Finding& finding : before.findings) {
    report += concat(R"({"fingerprint": ")", finding.fingerprint, R"(", "rule": ")", finding.rule,
                     R"(", "outcome": "fail", "message": "m", "occurrences": [{"document": ")",
                     finding.occurrences[0].document, "\"}]}", &finding == &before.findings.back() ? "" : ", ");
  }
  tree.files.add("/report.json", report + "]}");
  tree.add("a", "{id: y, kind: landing_page}, {id: z, kind: landing_page}");
  LintResult result = tree.run();
  linting::compare_with_report("/report.json", result, tree.files);
  REQUIRE(result.since);
  CHECK(result.since->today == "2026-01-01");
  CHECK(result.since->fixed.size() == 1);
  REQUIRE(result.since->added.size() == 1);
  CHECK(result.findings[result.since->added[0]].place == "assets[z].kind");
  // What was not judged is neither fixed nor there.
  result = tree.run({"/r/a.campaign.yaml"});
  linting::compare_with_report("/report.json", result, tree.files);
  CHECK(result.since->fixed.size() == 1);
  CHECK(result.since->not_compared == 1);
}

TEST_CASE("what comes is listed with its first day") {
  MemoryFileSystem files;
  files.add("/campaign.yaml", campaign_head +
                                  "campaign: {id: a, launch_date: 2026-01-20}\norganization:\n  people: [{id: dana}]\n"
                                  "waivers: [{rule: house/rule, by: dana, reason: R, until: 2026-01-10}]\n");
  const PolicySet policies = policies_of(one_rule("require: \"false\"\n"));
  LintOptions options = options_for({"/campaign.yaml"});
  LintResult result = lint(options, policies, files);
  CHECK(result.exit_code() == 0);
  std::size_t runs = 0;
  const auto later = [&](const std::string& day) {
    ++runs;
    options.today = day;
    return lint(options, policies, files);
  };
  linting::look_ahead(result, 30, later);
  CHECK(result.upcoming_until == "2026-02-04");
  std::vector<std::string> lines;
  for (const Upcoming& one : result.upcoming) lines.push_back(one.day + " " + one.finding.rule);
  CHECK(lines == std::vector<std::string>{"2026-01-11 house/rule", "2026-01-11 waiver/expired"});
  CHECK(result.exit_code() == 1);
  CHECK(runs < 10);
  result.upcoming.clear();
  linting::look_ahead(result, 5, later);
  CHECK(result.upcoming.empty());
}

}  // namespace scruple::test
