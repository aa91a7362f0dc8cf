#include "program.h"

#include <nlohmann/json.hpp>

namespace scruple::test {
namespace {

using nlohmann::json;

json report_of(const Outcome& outcome) {
  INFO(outcome.err);
  json report = json::parse(outcome.out, nullptr, false);
  REQUIRE(!report.is_discarded());
  return report;
}

}  // namespace

TEST_CASE("exit codes of check") {
  Program program = with_house_pack();
  CHECK(program.run(check({"/good"})).code == 0);
  CHECK(program.run(check({"/bad"})).code == 1);
  CHECK(program.run(check({"/good", "/bad"})).code == 1);
  CHECK(program.run(check({"/bad", "/nowhere"})).code == 2);
  CHECK(program.run(check({"/bad", "/house.yaml"})).code == 1);  // any YAML file that is named is a manifest
  program.files.add("/notes.txt", "hello");
  CHECK(program.run(check({"/bad", "/notes.txt"})).code == 2);
  // Findings are reported in any case.
  CHECK_THAT(program.run(check({"/bad", "/nowhere"})).out, Catch::Contains("house/rule"));
}

TEST_CASE("the severity that fails a run") {
  Program program = with_house_pack();
  std::string pack = house_pack;
  pack.replace(pack.find("severity: error"), 15, "severity: warning");
  program.files.add("/house.yaml", pack);
  CHECK(program.run(check({"/bad"})).code == 0);
  CHECK(program.run(check({"/bad", "--fail-on", "warning"})).code == 1);
  CHECK(program.run(check({"/bad", "--fail-on", "info"})).code == 1);
}

TEST_CASE("levels and gates") {
  Program program = with_house_pack();
  std::string pack = house_pack;
  pack.replace(pack.find("level: essential"), 16, "level: complete");
  pack.replace(pack.find("gate: assess"), 12, "gate: live");
  program.files.add("/house.yaml", pack);
  CHECK(program.run(check({"/bad"})).code == 0);
  CHECK(program.run(check({"/bad", "--level", "standard", "--gate", "live"})).code == 0);
  CHECK(program.run(check({"/bad", "--level", "complete"})).code == 0);
  CHECK(program.run(check({"/bad", "--level", "complete", "--gate", "live"})).code == 1);
  CHECK_THAT(program.run(check({"/bad", "--gate", "live"})).out, Catch::Contains("--gate"));
}

TEST_CASE("rules are selected and ignored") {
  Program program = with_house_pack();
  CHECK(program.run({"check", "--pack", "/house.yaml", "--select", "house/rule,privacy", "--ignore", "privacy", "/bad"})
            .code == 1);
  CHECK(program.run(check({"/bad", "--ignore", "house/*"})).code == 0);
  const Outcome unknown = program.run(check({"/bad", "--ignore", "house/rul"}));
  CHECK(unknown.code == 2);
  CHECK_THAT(unknown.err,
             Catch::Contains("no rule is called `house/rul`") && Catch::Contains("did you mean `house/rule`?"));
}

TEST_CASE("formats go to standard output and to files") {
  Program program = with_house_pack();
  const Outcome text = program.run(check({"/bad"}));
  CHECK_THAT(text.out, Catch::Contains("house/rule") && Catch::Contains("campaign.yaml:3:11"));
  const json report = report_of(program.run(check({"/bad", "--format", "json"})));
  CHECK(report.at("findings").size() == 1);

  const Outcome both = program.run(
      check({"/bad", "--format", "text", "--format", "json=/out/report.json", "--format=text=/out/report.txt"}));
  CHECK(both.code == 1);
  CHECK(both.out == text.out);
  CHECK(json::parse(program.files.read("/out/report.json", 1 << 20).bytes) == report);
  CHECK(program.files.read("/out/report.txt", 1 << 20).bytes == text.out);

  // Only to a file: standard output is quiet.
  CHECK(program.run(check({"/bad", "--format", "json=/out/report.json"})).out.empty());
}

TEST_CASE("a report is never written over what it is about") {
  Program program = with_house_pack();
  const std::string campaign = campaign_head +
                               "organization: ../organization.yaml\ncampaign: {id: spring}\n"
                               "assets: [{id: mail, path: mail.txt}]\n";
  program.files.add(
      "/house.yaml",
      one_rule(
          "for: asset in manifest.assets\nrequire: file(asset.path).exists && size(file(asset.path).text) > 99\n"));
  program.files.add("/shop/campaign.yaml", campaign);
  program.files.add("/shop/mail.txt", "Hello");
  program.files.add("/organization.yaml", organization_head);
  for (const std::string path : {"/shop/campaign.yaml", "/shop/mail.txt", "/organization.yaml", "/house.yaml"}) {
    INFO(path);
    const std::string before = program.files.read(path, 1 << 20).bytes;
    const Outcome outcome = program.run(check({"/shop", "--format", "json=" + path}));
    CHECK(outcome.code == 2);
    CHECK_THAT(outcome.err, Catch::Contains("is an input of this run and is not overwritten"));
    CHECK(program.files.read(path, 1 << 20).bytes == before);
  }
  CHECK(program.run(check({"/shop", "--format", "json=/shop/new.json"})).code == 1);
  // What the last run wrote is not what this run is about.
  CHECK(program.run(check({"/shop", "--format", "json=/shop/new.json"})).code == 1);
}

TEST_CASE("a manifest on standard input") {
  Program program = with_house_pack();
  program.input = nameless_campaign;
  const Outcome outcome = program.run(check({"-"}));
  CHECK(outcome.code == 1);
  CHECK_THAT(outcome.out, Catch::Contains("campaign.yaml:3:11"));
  CHECK_THAT(program.run(check({"-", "--stdin-filename", "shop/spring.yaml"})).out,
             Catch::Contains("shop/spring.yaml:3:11"));
  program.input = "{\"scruple\": 1, \"kind\": \"campaign\", \"campaign\": {\"id\": \"spring\", \"name\": \"S\"}}";
  CHECK(program.run(check({"-", "--stdin-filename", "shop/spring.json"})).code == 0);
  program.input.clear();
  CHECK(program.run(check({"-"})).code == 1);  // an empty manifest
}

TEST_CASE("quiet says nothing if there is nothing to report") {
  Program program = with_house_pack();
  CHECK(program.run(check({"/good", "-q"})).out.empty());
  CHECK(!program.run(check({"/good"})).out.empty());
  CHECK(program.run(check({"/bad", "-q"})).out == program.run(check({"/bad"})).out);
  CHECK(!program.run(check({"/good", "-q", "--format", "json"})).out.empty());
}

TEST_CASE("colour is for terminals, and for those who ask") {
  const auto colored = [](bool terminal, bool no_color, std::vector<std::string> more) {
    Program program = with_house_pack();
    program.terminal = terminal;
    program.no_color = no_color;
    more.insert(more.begin(), "/bad");
    return program.run(check(more)).out.find('\x1b') != std::string::npos;
  };
  CHECK(!colored(false, false, {}));
  CHECK(colored(true, false, {}));
  CHECK(!colored(true, true, {}));
  CHECK(colored(true, true, {"--color", "always"}));
  CHECK(colored(false, false, {"--color", "always"}));
  CHECK(!colored(true, false, {"--color", "never"}));
  CHECK(!colored(true, false, {"--format", "json"}));
}

TEST_CASE("a terminal gets the first groups, all others and --all get all") {
  std::string pack = pack_head + "rules:\n";
  for (int i = 0; i < 15; ++i)
    pack +=
        concat("  - {id: r", i, ", title: T", i, ", message: 'M', require: 'manifest.campaign[\"x-", i, "\"] == 1'}\n");
  Program program = with_house_pack();
  program.files.add("/house.yaml", pack);
  const std::string piped = program.run(check({"/bad"})).out;
  program.terminal = true;
  program.no_color = true;
  const std::string terminal = program.run(check({"/bad"})).out;
  CHECK(terminal.size() < piped.size());
  CHECK_THAT(terminal, Catch::Contains("--all"));
  CHECK(program.run(check({"/bad", "--all"})).out == piped);
}

TEST_CASE("today is the day that is given") {
  Program program = with_house_pack();
  program.files.add("/house.yaml", one_rule("require: today == date('2026-03-01')\n"));
  CHECK(program.run(check({"/good"})).code == 1);
  CHECK(program.run(check({"/good", "--today", "2026-03-01"})).code == 0);
}

TEST_CASE("the same bytes whatever the number of workers") {
  Program program = with_house_pack();
  for (int i = 0; i < 30; ++i)
    program.files.add(concat("/many/c", i, ".campaign.yaml"), i % 2 == 0 ? named_campaign : nameless_campaign);
  for (const std::string format : {"text", "json"}) {
    const std::string one = program.run(check({"/many", "--jobs", "1", "--format", format})).out;
    CHECK(program.run(check({"/many", "--jobs", "2", "--format", format})).out == one);
    CHECK(program.run(check({"/many", "--jobs", "8", "--format", format})).out == one);
    CHECK(program.run(check({"/many", "--format", format})).out == one);
  }
}

TEST_CASE("a pack with a problem stops the run before any manifest is judged") {
  Program program = with_house_pack();
  program.files.add("/house.yaml", one_rule("require: manifest.campain.name != ''\n"));
  const Outcome outcome = program.run(check({"/bad"}));
  CHECK(outcome.code == 2);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Catch::Contains("house.yaml:10:23") && Catch::Contains("there is no section `campain`") &&
                              Catch::Contains("did you mean `campaign`?"));
}

TEST_CASE("packs join the built-in ones, or take their place") {
  Program program = with_house_pack();
  const auto rules = [&](std::vector<std::string> packs) {
    std::vector<std::string> arguments{"rules", "--format", "json"};
    for (const auto& pack : packs) arguments.insert(arguments.end(), {"--pack", pack});
    return program.run(arguments);
  };
  const std::string built_in = rules({}).out;
  const std::string joined = rules({"/house.yaml"}).out;
  CHECK(built_in.find("house/rule") == std::string::npos);
  CHECK(joined.find("house/rule") != std::string::npos);
  CHECK(joined.find("privacy/") != std::string::npos);
  std::string privacy = house_pack;
  privacy.replace(privacy.find("id: house"), 9, "id: privacy");
  program.files.add("/privacy.yaml", privacy);
  const std::string replaced = rules({"/privacy.yaml"}).out;
  CHECK(replaced.find("privacy/rule") != std::string::npos);
  CHECK(replaced.find("privacy/unsubscribe-visible") == std::string::npos);
  program.files.add("/other.yaml", house_pack);
  const Outcome twice = rules({"/house.yaml", "/other.yaml"});
  CHECK(twice.code == 2);
  CHECK_THAT(twice.err, Catch::Contains("two packs have the id `house`"));
}

TEST_CASE("the root of evidence") {
  Program program = with_house_pack();
  program.files.add("/house.yaml", one_rule("for: asset in manifest.assets\nrequire: file(asset.path).exists\n"));
  const std::string campaign = campaign_head + "campaign: {id: spring}\nassets: [{id: mail, path: ../mail.txt}]\n";
  program.files.add("/repo/shop/campaign.yaml", campaign);
  program.files.add("/repo/mail.txt", "Hello");
  CHECK(program.run(check({"/repo/shop"})).code == 0);  // the working directory, which holds the manifest
  CHECK(program.run(check({"/repo/shop", "--root", "/repo"})).code == 0);
  CHECK_THAT(program.run(check({"/repo/shop", "--root", "/repo/shop"})).out, Catch::Contains("outside"));
  program.files.add("/repo/shop/.git", "gitdir: elsewhere");
  CHECK_THAT(program.run(check({"/repo/shop"})).out, Catch::Contains("outside"));
}

TEST_CASE("a manifest outside of the given root") {
  Program program = with_house_pack();
  program.files.add("/elsewhere/x", "");
  const Outcome outcome = program.run(check({"/bad", "--root", "/elsewhere"}));
  CHECK(outcome.code != 0);
}

}  // namespace scruple::test
