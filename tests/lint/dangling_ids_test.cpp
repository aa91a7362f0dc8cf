#include "lint/dangling_ids.h"

#include "bench.h"

#include <algorithm>
#include <string>
#include <vector>

namespace scruple::test {
namespace {

const std::string silent = one_rule("require: 'true'\n");

// The findings of `manifest/…` about one campaign, with its organization file beside it.
std::vector<std::string> problems_of(const std::string& organization, const std::string& campaign) {
  MemoryFileSystem files;
  files.add("/organization.yaml", organization_head + organization);
  files.add("/campaign.yaml", campaign_head + "campaign: {id: spring}\norganization: organization.yaml\n" + campaign);
  return lines_of(lint(options_for({"/campaign.yaml"}), policies_of(silent), files));
}

}  // namespace

TEST_CASE("ids that name nothing") {
  struct Row {
    std::string organization;
    std::string campaign;
    std::vector<std::string> expected;
  };
  const std::string people = "organization: {people: [{id: ada}, {id: ben}]}\n";
  const Row rows[] = {
      {people, "ai_systems: [{id: bot, owner: ada}]\n", {}},
      {people,
       "ai_systems: [{id: bot, owner: eve}]\n",
       {"fail manifest/unknown-id at ai_systems[bot].owner 5:31: there is no person `eve`"}},
      // Where no people are declared, the list is what is missing.
      {"organization: {name: X}\n", "ai_systems: [{id: bot, owner: eve}]\n", {}},
      // A placeholder says nothing, so that it names nothing wrong.
      {people, "ai_systems: [{id: bot, owner: TBD}]\n", {}},
      // A bare id stands for an item of the register, and does not declare itself.
      {people + "ai_systems: [{id: bot, owner: ada}]\n", "ai_systems: [bot]\n", {}},
      {people + "ai_systems: [{id: bot, owner: ada}]\n",
       "ai_systems: [bat]\n",
       {"fail manifest/unknown-id at ai_systems[bat] 5:14: there is no AI system `bat`"}},
      // What the organization file says of it counts as well.
      {people + "ai_systems: [{id: bot, owner: eve}]\n",
       "ai_systems: [bot]\n",
       {"fail manifest/unknown-id at organization:ai_systems[bot].owner 4:31: there is no person `eve`"}},
      // The way that an alias takes to an id is looked at.
      {people,
       "x-owner: &owner eve\nai_systems: [{id: bot, owner: *owner}]\n",
       {"fail manifest/unknown-id at ai_systems[bot].owner 5:17: there is no person `eve`"}},
      // A file that breaks its schema elsewhere is looked through all the same.
      {people,
       "ai_systems: [{id: bot, owner: eve, tasks: 5}]\n",
       {"fail manifest/unknown-id at ai_systems[bot].owner 5:31: there is no person `eve`",
        "fail manifest/wrong-type at ai_systems[bot].tasks 5:43: `tasks` holds a whole number; a list is expected"}},
      {people,
       "ai_systems: [{id: ada, owner: ben}]\n",
       {"fail manifest/ai-system-as-person at organization:organization.people[ada].id 3:30: `ada` is the id of a "
        "person and of an AI system: nobody can tell who signed"}},
      // An id that an item inherits is its own.
      {"organization: {name: X}\n",
       "asset_defaults: {id: mail}\nassets: [{kind: email}]\noversight: {approvals: [{assets: [mail]}]}\n",
       {"fail manifest/unknown-field at asset_defaults.id 5:18: there is no field `id` in `asset_defaults`",
        "fail manifest/missing-field at assets[0] 6:10 missing id: `id` is missing in `assets[0]`"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.organization, row.campaign);
    CHECK(problems_of(row.organization, row.campaign) == row.expected);
  }
}

TEST_CASE("what is offered for an id that names nothing") {
  struct Row {
    std::string organization;
    std::string campaign;
    std::string expected;
  };
  const std::string people = "organization: {people: [{id: ada}]}\n";
  const Row rows[] = {
      {people, "ai_systems: [{id: bot, owner: adda}]\n", "Did you mean `ada`?"},
      {people, "ai_systems: [{id: bot, owner: Zoe}]\n", "There is `ada`"},
      {"organization: {people: [{id: ada, name: Zoe}]}\n", "ai_systems: [{id: bot, owner: zoe}]\n",
       "Write the id: `ada`"},
      // A placeholder declares nothing.
      {people, "ai_systems: [{id: bot, datasets: [TBX]}]\ndata: {datasets: [TBD, {id: crm}]}\n", "There is `crm`"},
      // A bare id is looked for in the register, under the names that it has there.
      {people + "data: {datasets: [{id: crm, name: Customers}]}\n",
       "data: {datasets: [{id: crm, name: Kunden}, Customers]}\n", "Write the id: `crm`"},
      {people + "data: {datasets: [{id: orders}, {id: visits}]}\n", "data: {datasets: [customers]}\n",
       "There are `orders` and `visits`"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.organization, row.campaign);
    MemoryFileSystem files;
    files.add("/organization.yaml", organization_head + row.organization);
    files.add("/campaign.yaml",
              campaign_head + "campaign: {id: spring}\norganization: organization.yaml\n" + row.campaign);
    const LintResult result = lint(options_for({"/campaign.yaml"}), policies_of(silent), files);
    const auto unknown = std::ranges::find(result.findings, "manifest/unknown-id", &Finding::rule);
    REQUIRE(unknown != result.findings.end());
    CHECK(unknown->remediation == row.expected);
  }
}

TEST_CASE("of a file that names thousands of unknown ids a bounded number is listed, in bounded time") {
  constexpr int many = 20'000;
  std::string people = "organization:\n  people:\n";
  std::string systems = "ai_systems:\n";
  for (int i = 0; i < many; ++i) {
    people += concat("    - {id: person-", i, "}\n");
    systems += concat("  - {id: system-", i, ", owner: nobody-", i, "}\n");
  }
  const std::vector<std::string> lines = problems_of(people, systems);
  REQUIRE(lines.size() == 501);
  CHECK(lines.back().find("manifest/unknown-id") != std::string::npos);
  const auto more = [](const std::string& line) { return line.find("manifest/too-many") != std::string::npos; };
  CHECK(std::count_if(lines.begin(), lines.end(), more) == 1);
}

}  // namespace scruple::test
