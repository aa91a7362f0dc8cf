#include "scruple/linter.h"

#include "bench.h"

#include <algorithm>
#include <set>

namespace scruple::test {
namespace {

// Two rules: one that fails with a warning, one of a higher level that fails with an error.
const std::string two_rules = pack_head +
                              "rules:\n"
                              "  - id: named\n"
                              "    title: The campaign has a name\n"
                              "    severity: warning\n"
                              "    message: No name.\n"
                              "    aliases: [called]\n"
                              "    require: manifest.campaign.name != ''\n"
                              "  - id: owned\n"
                              "    title: The campaign has an owner\n"
                              "    level: standard\n"
                              "    message: No owner.\n"
                              "    require: manifest.campaign.owner != ''\n";
const std::string spring = "campaign: {id: spring}\n";

std::vector<std::string> rules_of(const LintResult& result) {
  std::vector<std::string> rules;
  for (const Finding& finding : result.findings) rules.push_back(finding.rule);
  return rules;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a rule above the level is not judged, and its gap is known") {
  Bench bench{two_rules, spring};
  LintResult result = bench.lint();
  CHECK(rules_of(result) == Names{"house/named"});
  CHECK(counts_of(result, 1) == "nothing");
  CHECK(result.rules[1].selected);
  bench.options.level = Level::standard;
  CHECK(rules_of(bench.lint()) == Names{"house/owned", "house/named"});
  bench.options.level = Level::complete;
  CHECK(rules_of(bench.lint()) == Names{"house/owned", "house/named"});
}

TEST_CASE("rules are selected and ignored by pattern, pack and alias") {
  struct Row {
    Names select;
    Names ignore;
    Names found;
    Names unknown;
  };
  const Row rows[] = {
      {{}, {}, {"house/owned", "house/named"}, {}},
      {{"house"}, {}, {"house/owned", "house/named"}, {}},
      {{"house/*"}, {}, {"house/owned", "house/named"}, {}},
      {{"house/named"}, {}, {"house/named"}, {}},
      {{"house/called"}, {}, {"house/named"}, {}},
      {{"house/n*", "*/owned"}, {}, {"house/owned", "house/named"}, {}},
      {{}, {"house/named"}, {"house/owned"}, {}},
      {{"house"}, {"house/*ed"}, {}, {}},
      {{"hause"}, {}, {}, {"hause"}},
      {{"*"}, {}, {}, {"*"}},
      {{}, {"house/nmed"}, {"house/owned", "house/named"}, {"house/nmed"}},
  };
  for (const Row& row : rows) {
    INFO(join(row.select, ",") << " without " << join(row.ignore, ","));
    Bench bench{two_rules, spring};
    bench.options.level = Level::complete;
    bench.options.select = row.select;
    bench.options.ignore = row.ignore;
    const LintResult result = bench.lint();
    CHECK(rules_of(result) == row.found);
    Names unknown;
    for (const Diagnostic& problem : result.problems) {
      CHECK(problem.code == "usage/rule");
      unknown.push_back(problem.message);
    }
    Names expected;
    for (const auto& pattern : row.unknown) expected.push_back(concat("no rule is called `", pattern, "`"));
    CHECK(unknown == expected);
    if (!row.unknown.empty()) CHECK(result.exit_code() == 2);
  }
  Bench bench{two_rules, spring};
  bench.options.select = {"house/nmed"};
  CHECK(bench.lint().problems.at(0).hint == "did you mean `house/named`?");
}

TEST_CASE("exit codes") {
  Bench bench{two_rules, spring};
  CHECK(bench.lint().exit_code() == 0);  // a warning only
  bench.options.fail_on = Severity::warning;
  CHECK(bench.lint().exit_code() == 1);
  bench.options.fail_on = Severity::error;
  bench.options.level = Level::standard;
  CHECK(bench.lint().exit_code() == 1);
  bench.campaign = "campaign: {id: spring, name: Spring, owner: ada}\n";
  CHECK(bench.lint().exit_code() == 0);
  // What is undecided counts with the rule's severity.
  bench.campaign = "campaign: {id: spring, name: Spring, owner: [ada]}\n";
  CHECK(bench.lint().exit_code() == 1);
  // A manifest that cannot be parsed is a finding.
  bench.campaign = "campaign: {id: spring\n";
  CHECK(bench.lint().exit_code() == 1);
  bench.options.paths = {"/campaign.yaml", "/nowhere"};
  const LintResult both = bench.lint();
  CHECK(both.exit_code() == 2);
  CHECK(!both.findings.empty());
}

TEST_CASE("a file that cannot be parsed never hides the findings of others") {
  MemoryFileSystem files;
  files.add("/a/campaign.yaml", campaign_head + "campaign: {id: a\n");
  files.add("/b/campaign.yaml", campaign_head + "campaign: {id: b}\n");
  // The first document of a stream is whole, the second is not.
  files.add("/c/campaign.yaml", campaign_head + "campaign: {id: c}\n---\nscruple: 1\nkind: \"campaign\n");
  const LintResult result = lint(options_for({"/"}), policies_of(two_rules), files);
  std::vector<std::string> units;
  for (const Unit& unit : result.units)
    units.push_back(concat(unit.file, "#", unit.document, unit.judged ? "" : " not judged"));
  CHECK(units == std::vector<std::string>{"/a/campaign.yaml#0 not judged", "/b/campaign.yaml#0", "/c/campaign.yaml#0",
                                          "/c/campaign.yaml#1 not judged"});
  CHECK(rules_of(result) == Names{"manifest/syntax", "house/named", "manifest/syntax", "house/named"});
  CHECK(result.findings[0].location.begin.line == 3);
  CHECK(result.findings[0].gating);
}

TEST_CASE("a stream of documents is several manifests") {
  MemoryFileSystem files;
  files.add("/campaign.yaml", campaign_head + "campaign: {id: a}\n---\n" + campaign_head + "campaign: {id: b}\n");
  const LintResult result = lint(options_for({"/campaign.yaml"}), policies_of(two_rules), files);
  REQUIRE(result.units.size() == 2);
  CHECK(result.units[0].id == "a");
  CHECK(result.units[1].id == "b");
  REQUIRE(result.findings.size() == 2);
  CHECK(result.findings[0].location.begin.line == 3);
  CHECK(result.findings[1].location.begin.line == 7);
  CHECK(result.findings[0].fingerprint != result.findings[1].fingerprint);
}

TEST_CASE("what is no manifest at all") {
  struct Row {
    const char* what;
    std::string text;
    Names rules;
  };
  const Row rows[] = {
      {"nothing", "", {"manifest/wrong-type"}},
      {"a list", "- 1\n", {"manifest/wrong-type"}},
      {"a text", "hello\n", {"manifest/wrong-type"}},
      {"no head", "campaign: {id: spring, name: Spring}\n", {"manifest/missing-field", "manifest/missing-field"}},
      {"an unknown kind",
       "scruple: 1\nkind: campain\ncampaign: {id: spring, name: Spring}\n",
       {"manifest/not-in-enum"}},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    MemoryFileSystem files;
    files.add("/campaign.yaml", row.text);
    const LintResult result = lint(options_for({"/campaign.yaml"}), policies_of(two_rules), files);
    Names found = rules_of(result);
    std::erase(found, "house/named");
    CHECK(found == row.rules);
    CHECK(result.exit_code() == 1);
  }
}

TEST_CASE("the same result whatever the number of workers and the order of the paths") {
  MemoryFileSystem files;
  files.add("/organization.yaml", organization_head + "organization: {people: [{id: ada, name: TBD}]}\n");
  std::vector<std::string> paths;
  for (int i = 0; i < 40; ++i) {
    const std::string path = concat("/c", i, "/campaign.yaml");
    paths.push_back(path);
    files.add(path, campaign_head + concat("organization: ../organization.yaml\ncampaign: {id: c", i % 7,
                                           i % 3 == 0 ? ", name: Spring" : "", "}\nassets: [{id: mail}]\n"));
  }
  const PolicySet policies =
      policies_of(one_rule("for: asset in manifest.assets\nrequire:\n"
                           "  - manifest.organization.people.all(p, p.name != '')\n"
                           "  - manifest.campaign.name != ''\n  - dyn(asset.path) != null\n"));
  const auto all_of = [](const LintResult& result) {
    std::string text;
    for (const Finding& finding : result.findings) {
      text += concat(line_of(finding), " ", finding.location.file, " ", finding.fingerprint, " ",
                     finding.cause.value_or(99));
      for (const auto& occurrence : finding.occurrences) text += concat(" ", occurrence.document, "=", occurrence.item);
      text += '\n';
    }
    for (const Cause& cause : result.causes) text += concat(cause.id, " ", cause.message, "\n");
    for (const Unit& unit : result.units) text += concat(unit.file, "\n");
    for (const std::string& input : result.inputs) text += concat(input, "\n");
    return text;
  };
  LintOptions options = options_for(paths);
  const std::string once = all_of(lint(options, policies, files));
  CHECK(once.size() > 1000);
  for (const unsigned jobs : {2u, 8u, 0u}) {
    options.jobs = jobs;
    CHECK(all_of(lint(options, policies, files)) == once);
  }
  std::ranges::reverse(options.paths);
  CHECK(all_of(lint(options, policies, files)) == once);
}

TEST_CASE("the files that a run has read are known") {
  Bench bench{one_rule("for: asset in manifest.assets\nrequire: size(file(asset.path).text) > 0\n"),
              "organization: org/organization.yaml\ncampaign: {id: spring}\n"
              "assets: [{id: mail, path: mail.txt}, {id: page, path: mail.txt}]\n",
              {{"mail.txt", "Hello"}, {"other.txt", "Not named"}, {"org/organization.yaml", organization_head}}};
  const auto inputs = bench.lint().inputs;
  const std::set<std::string> read(inputs.begin(), inputs.end());
  CHECK(read == std::set<std::string>{"/campaign.yaml", "/mail.txt", "/org/organization.yaml"});
}

TEST_CASE("standard input is a manifest with the name that it is given") {
  MemoryFileSystem files;
  files.add("/shop/mail.txt", "Hello");
  LintOptions options = options_for({"-"});
  options.standard_input = campaign_head + "campaign: {id: spring}\nassets: [{id: mail, path: mail.txt}]\n";
  options.standard_input_name = "shop/campaign.yaml";
  const PolicySet policies =
      policies_of(one_rule("for: asset in manifest.assets\nrequire: file(asset.path).text == 'Bye'\n"));
  LintResult result = lint(options, policies, files);
  REQUIRE(result.units.size() == 1);
  CHECK(result.units[0].file == "shop/campaign.yaml");
  CHECK(counts_of(result) == "1 fail");
  options.standard_input = "{\"scruple\": 1, \"kind\": \"campaign\", \"campaign\": {\"id\": \"s\",}}";
  options.standard_input_name = "shop/campaign.json";
  result = lint(options, policies, files);
  CHECK(rules_of(result) == Names{"manifest/syntax"});
}

TEST_CASE("progress is told after each manifest") {
  MemoryFileSystem files;
  for (int i = 0; i < 5; ++i) files.add(concat("/c", i, ".campaign.yaml"), campaign_head + "campaign: {id: a}\n");
  LintOptions options = options_for({"/"});
  options.jobs = 3;
  std::vector<std::size_t> done;
  options.progress = [&](std::size_t so_far, std::size_t all) {
    CHECK(all == 5);
    done.push_back(so_far);
  };
  lint(options, policies_of(two_rules), files);
  CHECK(done == std::vector<std::size_t>{1, 2, 3, 4, 5});
}

TEST_CASE("a rule of scope campaign is not judged on an organization file") {
  MemoryFileSystem files;
  files.add("/organization.yaml", organization_head + "organization: {name: Example Ltd}\n");
  const LintResult result = lint(options_for({"/organization.yaml"}), policies_of(two_rules), files);
  REQUIRE(result.units.size() == 1);
  CHECK(result.units[0].kind == Scope::organization);
  CHECK(result.units[0].id == "Example Ltd");
  CHECK(counts_of(result, 0) == "nothing");
  CHECK(result.findings.empty());
}

TEST_CASE("two manifests of a run with one campaign.id are a finding") {
  MemoryFileSystem files;
  files.add("/a.campaign.yaml", campaign_head + "campaign: {id: spring, name: A}\n");
  files.add("/b.campaign.yaml", campaign_head + "campaign: {id: spring, name: B}\n");
  files.add("/c.campaign.yaml", campaign_head + "campaign: {id: autumn, name: C}\n");
  const LintResult result = lint(options_for({"/"}), policies_of(two_rules), files);
  CHECK(rules_of(result) == Names{"manifest/same-id"});
}

TEST_CASE("files are known by their paths from the top of the repository") {
  struct Row {
    std::string git;  // a folder that is a repository; empty: there is none
    std::string given;
    std::string expected;
  };
  const Row rows[] = {
      {"/", "team/a/campaign.yaml", "team/a/campaign.yaml"},
      {"/", "/team/a/campaign.yaml", "team/a/campaign.yaml"},
      {"/", "team/../team/a/./campaign.yaml", "team/a/campaign.yaml"},
      {"/team", "team/a/campaign.yaml", "a/campaign.yaml"},
      {"", "team/a/campaign.yaml", "team/a/campaign.yaml"},
  };
  for (const Row& row : rows) {
    MemoryFileSystem files;
    files.add("/team/a/campaign.yaml", campaign_head + spring);
    if (!row.git.empty()) files.add(path::join(row.git, ".git"), "");
    const LintResult result = lint(options_for({row.given}), policies_of(two_rules), files);
    CAPTURE(row.git, row.given);
    REQUIRE(result.units.size() == 1);
    CHECK(result.repository_paths.at(result.units[0].file) == row.expected);
  }
}

}  // namespace scruple::test
