#include "lint/gate.h"

#include "bench.h"

namespace scruple::test {
namespace {

const std::string any_rule = one_rule("require: 'true'\n");

std::string gate_of(const std::string& campaign, std::optional<Gate> given = std::nullopt) {
  Bench bench{any_rule, campaign};
  bench.options.gate = given;
  const LintResult result = bench.lint();
  REQUIRE(result.units.size() == 1);
  return concat(to_string(result.units[0].gate), ": ", result.units[0].gate_reason);
}

}  // namespace

TEST_CASE("the gate is the later of what the status says and of what the launch date says") {
  struct Row {
    const char* campaign;
    const char* gate;
  };
  const Row rows[] = {
      {"{id: s}", "approve: no status is given"},
      {"{id: s, status: TBD}", "approve: no status is given"},
      {"{id: s, status: running}", "approve: no status is given"},
      {"{id: s, status: idea}", "assess: status is idea"},
      {"{id: s, status: built}", "technical: status is built"},
      {"{id: s, status: in_review}", "stakeholder: status is in_review"},
      {"{id: s, status: approved}", "approve: status is approved"},
      {"{id: s, status: live}", "live: status is live"},
      {"{id: s, status: closed}", "live: status is closed"},
      {"{id: s, status: idea, launch_date: 2026-01-06}", "assess: status is idea"},
      {"{id: s, status: idea, launch_date: 2026-01-05}", "live: launch date 2026-01-05 has passed"},
      {"{id: s, launch_date: 2026-01-04}", "live: launch date 2026-01-04 has passed"},
      {"{id: s, status: idea, launch_date: 2026-13-01}", "assess: status is idea"},
      {"{id: s, status: live, launch_date: 2026-01-04}", "live: status is live"},
  };
  for (const Row& row : rows) {
    INFO(row.campaign);
    CHECK(gate_of(concat("campaign: ", row.campaign, "\n")) == row.gate);
  }
  CHECK(gate_of("x-nothing: 1\n") == "approve: no status is given");
  CHECK(gate_of("campaign: text\n") == "approve: no status is given");
}

TEST_CASE("--gate overrides") {
  CHECK(gate_of("campaign: {id: s, status: live}\n", Gate::technical) == "technical: --gate");
  CHECK(gate_of("campaign: {id: s, status: idea, launch_date: 2025-01-01}\n", Gate::assess) == "assess: --gate");
}

TEST_CASE("a status that lags behind its launch date is a finding") {
  const auto findings = [](const char* campaign) {
    return lines_of(Bench{any_rule, concat("campaign: ", campaign, "\n")}.lint());
  };
  CHECK(findings("{id: s, status: approved, launch_date: 2026-01-05}") ==
        std::vector<std::string>{"fail manifest/status-behind at campaign.status 3:27: The launch date 2026-01-05 has "
                                 "passed, and the status is still `approved`."});
  CHECK(findings("{id: s, status: approved, launch_date: 2026-01-06}").empty());
  CHECK(findings("{id: s, status: closed, launch_date: 2026-01-01}").empty());
  CHECK(findings("{id: s, launch_date: 2026-01-01}").empty());
  // A warning: it does not fail a run by itself.
  CHECK(Bench{any_rule, "campaign: {id: s, status: built, launch_date: 2026-01-01}\n"}.lint().exit_code() == 0);
}

TEST_CASE("an organization file is judged with all gates due") {
  MemoryFileSystem files;
  files.add("/organization.yaml", organization_head + "organization: {name: Example Ltd}\n");
  const auto result =
      lint(options_for({"/organization.yaml"}),
           policies_of(one_rule("scope: organization\ngate: live\nrequire: manifest.organization.size == 'small'\n")),
           files);
  REQUIRE(result.units.size() == 1);
  CHECK(result.units[0].gate == Gate::live);
  CHECK(lines_of(result) == std::vector<std::string>{"fail house/rule at organization:organization 3:15 missing size: "
                                                     "`organization.size` is not declared"});
}

}  // namespace scruple::test
