// Settings that are found, and what is locked in them: whole runs on files in memory.
#include "lint/settings.h"

#include "bench.h"

namespace scruple::test {
namespace {

using Lines = std::vector<std::string>;

const std::string house = pack_head +
                          "rules:\n"
                          "  - {id: named, title: T, message: No name., require: manifest.campaign.name != ''}\n"
                          "  - {id: owned, title: T, message: No owner., level: standard, aliases: [led],\n"
                          "     require: manifest.campaign.owner != ''}\n"
                          "  - id: few\n    title: T\n    message: Too many.\n"
                          "    params:\n"
                          "      most: {type: integer, default: 3, minimum: 1, maximum: 9, stricter: lower}\n"
                          "      words: {type: list(string), default: [a], stricter: higher}\n"
                          "      label: {type: string, default: x}\n"
                          "    require: size(manifest.campaign.channels) <= params.most && 'b' in params.words &&\n"
                          "      params.label == 'x'\n";
const std::string extra_pack =
    "pack: 1\nid: extra\nversion: \"1\"\ntitle: Extra\n"
    "defaults: {severity: error, level: essential, gate: assess, scope: campaign, ask: marketing}\n"
    "rules: [{id: never, title: T, message: Never., require: 'false'}]\n";

struct Tree {
  Tree() {
    files.add("/r/.git/HEAD", "");
    files.add("/r/a/b/campaign.yaml", campaign_head + "campaign: {id: spring, channels: [email, web, chat, sms]}\n");
  }
  LintResult run() const { return lint(options, policies_of(house), files); }

  MemoryFileSystem files;
  LintOptions options = options_for({"/r"});
};

// "warning house/named", and why the run could not be done.
Lines lines(const LintResult& result) {
  Lines found;
  for (const Diagnostic& problem : result.problems)
    found.push_back(concat(problem.code, " ", problem.location.file, ":", problem.location.begin.line, ":",
                           problem.location.begin.column, ": ", problem.message,
                           problem.hint.empty() ? "" : concat(" (", problem.hint, ")")));
  for (const Finding& finding : result.findings) {
    const bool own = finding.rule.starts_with("config/");
    found.push_back(concat(to_string(finding.severity), " ", finding.rule,
                           own ? concat(" at ", finding.place, " ", finding.location.file, ":",
                                        finding.location.begin.line, ": ", finding.message)
                               : ""));
  }
  return found;
}

}  // namespace

TEST_CASE("the nearest settings count alone, flags before them, defaults behind them") {
  Tree tree;
  CHECK(lines(tree.run()) == Lines{"error house/few", "error house/named"});
  tree.files.add("/r/.scruple.yaml", "level: standard\nrules: {house/few: off}\n");
  CHECK(lines(tree.run()) == Lines{"error house/named", "error house/owned"});
  tree.files.add("/r/a/.scruple.yaml", "rules: {house/few: {severity: warning, params: {words: [b], most: 4}}}\n");
  CHECK(lines(tree.run()) == Lines{"error house/named"});
  tree.files.add("/r/a/.scruple.yaml", "fail-on: warning\nrules: {house/named: warning, house/few: info}\n");
  LintResult result = tree.run();
  CHECK(lines(result) == Lines{"info house/few", "warning house/named"});
  CHECK(result.exit_code() == 1);
  CHECK(result.fail_on == Severity::warning);
  REQUIRE(result.configs.size() == 1);
  CHECK(result.configs[0].file == "r/a/.scruple.yaml");
  CHECK(result.configs[0].manifests == 1);
  REQUIRE(result.configs[0].overrides.size() == 2);
  CHECK(result.configs[0].overrides[0].text == "warning instead of error");
  CHECK(result.units[0].config == 0);

  tree.options.fail_on = Severity::error;
  tree.options.level = Level::complete;
  result = tree.run();
  CHECK(lines(result) == Lines{"info house/few", "error house/owned", "warning house/named"});
  tree.options.isolated = true;
  CHECK(lines(tree.run()) == Lines{"error house/few", "error house/named", "error house/owned"});
  tree.options.isolated = false;
  tree.options.config = "/elsewhere.yaml";
  tree.options.level.reset();
  tree.files.add("/elsewhere.yaml", "rules: {house/led: warning, house/named: off}\n");
  CHECK(lines(tree.run()) == Lines{"error house/few"});
}

TEST_CASE("settings build on others key by key") {
  Tree tree;
  tree.files.add("/r/base.yaml",
                 "level: standard\nfail-on: info\nrules: {house/few: {severity: info, params: {most: 9, words: [b]}}, "
                 "house/named: off}\n");
  tree.files.add("/r/a/.scruple.yaml", "extends: ../base.yaml\nrules: {house/few: {params: {most: 3}}}\n");
  const LintResult result = tree.run();
  CHECK(lines(result) == Lines{"info house/few", "error house/owned"});
  CHECK(result.configs[0].extended == Lines{"r/base.yaml"});
  tree.files.add("/r/base.yaml", "extends: a/.scruple.yaml\n");
  CHECK(lines(tree.run()) == Lines{"config/extends r/a/.scruple.yaml:1:10: more than 8 configs extend each other "
                                   "(configs must not extend themselves in a circle)"});
  tree.files.add("/outside.yaml", "level: standard\n");
  tree.files.add("/r/a/.scruple.yaml", "extends: ../../outside.yaml\n");
  CHECK(lines(tree.run()) ==
        Lines{"config/extends r/a/.scruple.yaml:1:10: the config `../../outside.yaml` lies outside the root"});
}

TEST_CASE("settings that cannot be used stop the run, with their place") {
  struct Row {
    std::string text;
    Lines problems;
  };
  const Row rows[] = {
      {"levl: standard\n",
       {"config/unknown-field r/.scruple.yaml:1:1: there is no field `levl` in this file (did you mean `level`?)"}},
      {"level: hard\n", {}},
      {"level: TBD\n", {"config/empty r/.scruple.yaml:1:1: `level` says nothing (give it a value, or take it out)"}},
      {"rules:\n", {"config/empty r/.scruple.yaml:1:1: `rules` says nothing (give it a value, or take it out)"}},
      {"rules: {house/nmaed: off}\n",
       {"config/rule r/.scruple.yaml:1:9: no rule is called `house/nmaed` (did you mean `house/named`?)"}},
      {"rules: {house/named: {params: {most: 3}}}\n",
       {"config/parameter r/.scruple.yaml:1:32: `house/named` has no parameter `most` (it has none)"}},
      {"rules: {house/few: {params: {mots: 3}}}\n",
       {"config/parameter r/.scruple.yaml:1:30: `house/few` has no parameter `mots` (did you mean `most`?)"}},
      {"rules: {house/few: {params: {most: 12}}}\n",
       {"config/parameter r/.scruple.yaml:1:36: of the parameter `most` a whole number from 1 to 9 is expected (the "
        "pack's own value is `3`)"}},
      {"rules: {house/few: {params: {most: '3'}}}\n",
       {"config/parameter r/.scruple.yaml:1:36: of the parameter `most` a whole number from 1 to 9 is expected (the "
        "pack's own value is `3`)"}},
      {"packs: [house]\n",
       {"config/pack r/.scruple.yaml:1:9: the pack `house` does not exist (the path is relative to r/.scruple.yaml)"}},
      {"locked: [levl]\n",
       {"config/locked-name r/.scruple.yaml:1:10: there is nothing called `levl` to lock (did you mean `level`?)"}},
      {"evidence-roots: {crm: /etc}\n",
       {"config/evidence-root r/.scruple.yaml:1:23: `/etc` is no folder (the path is relative to r/.scruple.yaml)"}},
      {"evidence-roots: {crm: ..}\n",
       {"config/evidence-root r/.scruple.yaml:1:23: `..` lies outside of the checked folder (only `--evidence-root`, "
        "or "
        "a config that is given with `--config`, may name such a folder)"}},
      {"level: standard\n---\nlevel: complete\n", {}},
      {"a: [\n", {}},
      {"- level\n", {}},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    Tree tree;
    tree.files.add("/r/.scruple.yaml", row.text);
    const LintResult result = tree.run();
    CHECK(result.exit_code() == 2);
    CHECK(result.findings.empty());
    if (!row.problems.empty()) CHECK(lines(result) == row.problems);
  }
  // A file without settings is fine.
  for (const std::string text : {"", "# nothing yet\n", "{}\n"}) {
    Tree tree;
    tree.files.add("/r/.scruple.yaml", text);
    CHECK(tree.run().exit_code() == 1);
  }
}

TEST_CASE("what is locked is tightened further down, never loosened") {
  const std::string above =
      "level: standard\nfail-on: warning\npacks: [extra.yaml]\n"
      "rules: {house/named: warning, house/few: {params: {most: 5, words: [a, b]}}, extra/never: info}\n"
      "locked: [level, fail-on, gate, house/*, extra, waivers]\n";
  struct Row {
    std::string below;
    Lines lines;
  };
  const Row rows[] = {
      // What is not repeated holds.
      {"{}", {"info extra/never", "error house/owned", "warning house/named"}},
      {"level: complete\nfail-on: info\nrules: {house/named: error, extra/never: error}",
       {"error extra/never", "error house/named", "error house/owned"}},
      {"level: essential",
       {"error config/locked at level r/a/.scruple.yaml:1: `level: essential` is looser than `standard`, which is "
        "locked.",
        "info extra/never", "error house/owned", "warning house/named"}},
      {"fail-on: error",
       {"error config/locked at fail-on r/a/.scruple.yaml:1: `fail-on: error` is looser than `warning`, which is "
        "locked.",
        "info extra/never", "error house/owned", "warning house/named"}},
      {"gate: approve",
       {"error config/locked at gate r/a/.scruple.yaml:1: `gate: approve` is looser than `live`, which is locked.",
        "info extra/never", "error house/owned", "warning house/named"}},
      {"gate: live", {"info extra/never", "error house/owned", "warning house/named"}},
      {"rules: {house/named: off}",
       {"error config/locked at rules[\"house/named\"] r/a/.scruple.yaml:1: `house/named` as `off` is looser than "
        "`warning`, which is locked.",
        "info extra/never", "error house/owned", "warning house/named"}},
      {"rules: {house/led: {severity: info}}",
       {"error config/locked at rules[\"house/led\"].severity r/a/.scruple.yaml:1: `house/owned` as `info` is looser "
        "than `error`, which is locked.",
        "info extra/never", "error house/owned", "warning house/named"}},
      {"rules: {house/few: {params: {most: 3}}}",
       {"error house/few", "info extra/never", "error house/owned", "warning house/named"}},
      {"rules: {house/few: {params: {most: 6, words: [a], label: y}}}",
       {"error config/locked at rules[\"house/few\"].params.label r/a/.scruple.yaml:1: `label` of `house/few` is "
        "`\"x\"`, and that is locked.",
        "error config/locked at rules[\"house/few\"].params.most r/a/.scruple.yaml:1: `most` of `house/few` is `5`, "
        "and "
        "that is locked.",
        "error config/locked at rules[\"house/few\"].params.words r/a/.scruple.yaml:1: `words` of `house/few` is `[a, "
        "b]`, and that is locked.",
        "info extra/never", "error house/owned", "warning house/named"}},
      {"rules: {house/few: {params: {words: [c, b, a]}}}",
       {"info extra/never", "error house/owned", "warning house/named"}},
      // Neither left out nor replaced.
      {"packs: []", {"info extra/never", "error house/owned", "warning house/named"}},
      {"packs: [../other.yaml]",
       {"error config/locked at packs[0] r/a/.scruple.yaml:1: The pack `extra` would take the place of one that "
        "`extra` "
        "locks.",
        "info extra/never", "error house/owned", "warning house/named"}},
      {"locked: []\nlevel: standard", {"info extra/never", "error house/owned", "warning house/named"}},
      {"extends: ../base.yaml",
       {"error config/locked at level r/base.yaml:1: `level: essential` is looser than `standard`, which is locked.",
        "info extra/never", "error house/owned", "warning house/named"}},
  };
  for (const Row& row : rows) {
    INFO(row.below);
    Tree tree;
    tree.files.add("/r/extra.yaml", extra_pack);
    tree.files.add("/r/other.yaml", extra_pack + "description: Nothing.\n");
    tree.files.add("/r/base.yaml", "level: essential\n");
    tree.files.add("/r/.scruple.yaml", above);
    tree.files.add("/r/a/.scruple.yaml", row.below + "\n");
    const LintResult result = tree.run();
    CHECK(lines(result) == row.lines);
    CHECK(result.exit_code() == 1);
    // What lies between does not free from the lock.
    tree.files.add("/r/a/b/.scruple.yaml", tree.files.read("/r/a/.scruple.yaml", 10000).bytes);
    tree.files.add("/r/a/.scruple.yaml", "locked: [packs]\n");
    if (row.below.find("..") == std::string::npos) CHECK(lines(tree.run()).size() == row.lines.size());
  }
}

TEST_CASE("what a base locks holds for what builds on it") {
  Tree tree;
  tree.files.add("/r/base.yaml", "level: standard\nlocked: [level]\n");
  tree.files.add("/r/.scruple.yaml", "extends: base.yaml\nlevel: essential\n");
  CHECK(lines(tree.run()) == Lines{"error house/few",
                                   "error config/locked at level r/.scruple.yaml:2: `level: essential` is looser than "
                                   "`standard`, which is locked.",
                                   "error house/named", "error house/owned"});
}

TEST_CASE("where waivers are locked none covers anything") {
  Tree tree;
  const std::string waiver = "{rule: house/named, by: dana, reason: R, until: 2026-01-20}";
  tree.files.add("/r/.scruple.yaml", "rules: {house/few: off}\nwaivers: [" + waiver + "]\nlocked: [waivers]\n");
  tree.files.add(
      "/r/a/b/campaign.yaml",
      campaign_head + "campaign: {id: spring}\norganization:\n  people: [{id: dana}]\nwaivers: [" + waiver + "]\n");
  LintResult result = tree.run();
  CHECK(lines(result) == Lines{"error config/locked at waivers[0] /r/a/b/campaign.yaml:6: `waivers` is locked in "
                               "r/.scruple.yaml:3: a waiver further down covers nothing.",
                               "error house/named"});
  tree.files.add("/r/a/.scruple.yaml", "rules: {house/few: off}\nwaivers: [" + waiver + "]\n");
  result = tree.run();
  CHECK(result.exit_code() == 1);
  REQUIRE(result.waivers.size() == 2);
  for (const Waiver& one : result.waivers) CHECK(one.state == Waiver::State::forbidden);
}

TEST_CASE("waivers in settings hold for the campaigns below, or for one of them") {
  Tree tree;
  const std::string people = "organization:\n  people: [{id: dana}]\n";
  tree.files.add("/r/a/b/campaign.yaml", campaign_head + "campaign: {id: spring}\n" + people);
  tree.files.add("/r/a/c/campaign.yaml", campaign_head + "campaign: {id: autumn}\n" + people);
  const auto waive = [&](const std::string& more) {
    tree.files.add("/r/.scruple.yaml",
                   "rules: {house/few: off}\nwaivers: [{rule: house/named, by: dana, reason: R, until: 2026-01-20" +
                       more + "}]\n");
    return tree.run();
  };
  CHECK(waive("").exit_code() == 0);
  LintResult result = waive(", campaign: spring");
  CHECK(result.exit_code() == 1);
  REQUIRE(result.waivers.size() == 1);
  CHECK(result.waivers[0].findings == 1);
  // Of a campaign that this run does not check nothing can be said.
  result = waive(", campaign: winter");
  REQUIRE(result.waivers.size() == 1);
  CHECK(result.waivers[0].state == Waiver::State::idle);
}

TEST_CASE("evidence roots open folders that the settings or the command line name, and nothing else") {
  const std::string pack = one_rule("for: asset in manifest.assets\nrequire: file(asset.path).text.contains('yes')\n");
  MemoryFileSystem files;
  files.add("/r/.git/HEAD", "");
  files.add("/r/exports/a.txt", "yes");
  files.add("/out/a.txt", "yes");
  files.add("/secret.txt", "yes");
  LintOptions options = options_for({"/r/campaign.yaml"});
  const auto outcome = [&](const std::string& path) {
    files.add("/r/campaign.yaml",
              campaign_head + "campaign: {id: spring}\nassets: [{id: mail, path: '" + path + "'}]\n");
    return counts_of(lint(options, policies_of(pack), files));
  };
  CHECK(outcome("crm:a.txt") == "1 undecided");
  files.add("/r/.scruple.yaml", "evidence-roots: {crm: exports}\n");
  CHECK(outcome("crm:a.txt") == "1 pass");
  CHECK(outcome("crm:./a.txt") == "1 pass");
  CHECK(outcome("crm:../campaign.yaml") == "1 undecided");
  CHECK(outcome("crm:/secret.txt") == "1 undecided");
  CHECK(outcome("crn:a.txt") == "1 undecided");
  options.evidence_roots = {{"crm", "/out"}};
  CHECK(outcome("crm:a.txt") == "1 pass");
  CHECK(outcome("crm:../secret.txt") == "1 undecided");
}

}  // namespace scruple::test
