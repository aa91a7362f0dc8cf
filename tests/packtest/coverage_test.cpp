#include "packs.h"

#include "catch.h"

#include <vector>

using namespace scruple;

namespace {

// "owner == …: true": each condition with what it was seen to be.
std::vector<std::string> seen(std::string_view rule, std::string_view define = {}) {
  const auto report = test::run_pack({.coverage = true}, rule, define);
  for (const auto& failure : report.failures) FAIL_CHECK(failure.name << ": " << failure.reason);
  for (const auto& problem : report.problems) FAIL_CHECK(problem.message);
  std::vector<std::string> lines;
  if (!report.conditions) return lines;
  for (const auto& condition : *report.conditions) {
    lines.push_back(concat(condition.owner, " ", condition.location.begin.line, ":", condition.location.begin.column,
                           " ", condition.text, condition.seen_true ? " true" : "",
                           condition.seen_false ? " false" : ""));
  }
  return lines;
}

constexpr std::string_view tests = R"(    tests:
      - pass: as it is
      - fail: nobody
        set: {campaign.owner: eve}
        finds: [{at: campaign.owner}]
)";

}  // namespace

TEST_CASE("atomic conditions are counted where they are written") {
  CHECK(seen(concat(R"(    require: >-
      manifest.campaign.owner == "ada"
      && !(manifest.campaign.id == "x" ||
           manifest.campaign.markets.all(market, market != "FR"))
      || manifest.campaign.owner == "ada"
)",
                    tests)) ==
        std::vector<std::string>{"house/rule 18:7 manifest.campaign.owner == \"ada\" true false",
                                 "house/rule 19:12 manifest.campaign.id == \"x\" false",
                                 "house/rule 20:12 manifest.campaign.markets.all(market, market != \"FR\") true",
                                 "house/rule 20:50 market != \"FR\" true",
                                 "house/rule 21:10 manifest.campaign.owner == \"ada\" true false"});
}

TEST_CASE("let, for, definitions and conditionals have conditions of their own") {
  CHECK(seen(concat(R"(    for: asset in manifest.assets.filter(a, a.kind == "email")
    when: size(asset.subject) > 0 && true
    let:
      known: has(manifest.campaign.owner)
      name: manifest.campaign.owner
    require: [{that: "known ? is_ada(name) : false", at: manifest.campaign.owner}]
)",
                    tests),
             "define:\n  is_ada: {arguments: [who], is: who == \"ada\"}\n") ==
        std::vector<std::string>{
            "definition `is_ada` 14:34 who == \"ada\" true false", "house/rule 19:45 a.kind == \"email\" true",
            "house/rule 20:11 size(asset.subject) > 0 true", "house/rule 22:14 has(manifest.campaign.owner) true",
            "house/rule 24:23 known true", "house/rule 24:31 is_ada(name) true false"});
}

TEST_CASE("a condition that no case decides makes the exit code 1") {
  CHECK(test::run_pack({.coverage = true}, concat("    require: manifest.campaign.owner == \"ada\"\n", tests))
            .exit_code() == 0);
  CHECK(test::run_pack({.coverage = true},
                       concat("    require: manifest.campaign.owner == \"ada\" && has(manifest.campaign.id)\n", tests))
            .exit_code() == 1);
}

TEST_CASE("a condition that cannot be otherwise is justified under `mutants`") {
  const auto report = test::run_pack(
      {.coverage = true, .mutate = true},
      concat("    require: manifest.campaign.owner == \"ada\" && size(manifest.campaign.id) >= 0\n"
             "    mutants:\n"
             "      size(manifest.campaign.id) >= 0 => true: a size is never negative\n"
             "      size(manifest.campaign.id) >= 0 => size(manifest.campaign.id) > 0: no id is blank\n"
             "      size(manifest.campaign.id) >= 0 => size(manifest.campaign.id) >= 1: no id is blank\n",
             tests));
  for (const auto& failure : report.failures) FAIL_CHECK(failure.name << ": " << failure.reason);
  for (const auto& problem : report.problems) FAIL_CHECK(problem.message);
  REQUIRE(report.mutation);
  for (const auto& survivor : report.mutation->survivors) FAIL_CHECK(survivor.before << " => " << survivor.after);
  CHECK(report.exit_code() == 0);
}
