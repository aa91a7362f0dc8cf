#include "lint/evaluator.h"

#include "bench.h"

#include <string>
#include <vector>

namespace scruple::test {
namespace {

struct Row {
  const char* what;
  std::string rule;
  std::string campaign;  // its first line stands on line 3 of the file
  std::string counts;
  std::vector<std::string> findings;
};

void check(const Row& row) {
  INFO(row.what);
  const LintResult result = Bench{one_rule(row.rule), row.campaign}.lint();
  CHECK(result.problems.empty());
  CHECK(counts_of(result) == row.counts);
  CHECK(lines_of(result) == row.findings);
}

const std::string spring = "campaign: {id: spring}\n";
const std::string two_assets =
    "campaign: {id: spring}\n"  // line 3
    "assets:\n"
    "  - id: mail\n"
    "    kind: email\n"
    "    claims: [{text: It is good}, {text: It is cheap}]\n"  // 7
    "  - id: page\n"                                           // 8
    "    kind: landing_page\n";

}  // namespace

TEST_CASE("the steps of a rule and their outcomes") {
  const Row rows[] = {
      // `for`
      {"a list that is absent is undecided once",
       "for: asset in manifest.assets\nrequire: asset.kind == 'email'\n",
       spring,
       "1 undecided",
       {"undecided house/rule at the root 1:1 missing assets: nothing is said about `assets` yet"}},
      {"a null list is absent",
       "for: asset in manifest.assets\nrequire: asset.kind == 'email'\n",
       spring + "assets:\n",
       "1 undecided",
       {"undecided house/rule at assets 4:1: `assets` is empty"}},
      {"an empty list has nothing to judge",
       "for: asset in manifest.assets\nrequire: asset.kind == 'email'\n",
       spring + "assets: []\n",
       "1 not_applicable",
       {}},
      {"an empty map has nothing to judge",
       "for: key in manifest['x-map']\nrequire: key == 'a'\n",
       spring + "x-map: {}\n",
       "1 not_applicable",
       {}},
      {"a map gives its keys",
       "for: key in manifest['x-map']\nrequire: key == 'a'\n",
       spring + "x-map: {a: 1, b: 2}\n",
       "1 pass, 1 fail",
       {"fail house/rule at x-map.b 4:18: It is wrong."}},
      {"what is neither list nor map",
       "for: key in dyn(manifest.campaign.id)\nrequire: key == 'a'\n",
       spring,
       "1 undecided",
       {"undecided house/rule at campaign.id 3:16: `for` ranges over a list or a map"}},
      {"each item is judged on its own",
       "for: asset in manifest.assets\nrequire: asset.kind == 'email'\n",
       two_assets,
       "1 pass, 1 fail",
       {"fail house/rule at assets[page].kind 9:11: It is wrong."}},
      {"a list of plain values",
       "for: market in manifest.campaign.markets\nrequire: market == 'DE'\n",
       "campaign:\n  id: spring\n  markets: [DE, FR, TBD]\n",
       "1 pass, 1 fail, 1 undecided",
       {"fail house/rule at campaign.markets[1] 5:17: It is wrong.",
        "undecided house/rule at campaign.markets[2] 5:21: `campaign.markets[2]` holds only the placeholder `TBD`"}},

      // nested `for`
      {"an absent inner list is undecided for its outer item",
       "for: [asset in manifest.assets, claim in asset.claims]\nrequire: claim.text == 'It is good'\n",
       two_assets,
       "1 pass, 1 fail, 1 undecided",
       {"fail house/rule at assets[mail].claims[1].text 7:41: It is wrong.",
        "undecided house/rule at assets[page] 8:9 missing claims: `assets[page].claims` is not declared"}},
      {"an empty inner list has nothing to judge for its outer item",
       "for: [asset in manifest.assets, claim in asset.claims]\nrequire: claim.text == 'It is good'\n",
       two_assets + "    claims: []\n",
       "1 pass, 1 fail, 1 not_applicable",
       {"fail house/rule at assets[mail].claims[1].text 7:41: It is wrong."}},
      {"an absent outer list is undecided once for all",
       "for: [asset in manifest.assets, claim in asset.claims]\nrequire: claim.text == 'It is good'\n",
       spring,
       "1 undecided",
       {"undecided house/rule at the root 1:1 missing assets: nothing is said about `assets` yet"}},

      // `when`
      {"when false", "when: manifest.campaign.id == 'autumn'\nrequire: 'false'\n", spring, "1 not_applicable", {}},
      {"when true", "when: manifest.campaign.id == 'spring'\nrequire: 'true'\n", spring, "1 pass", {}},
      {"when rests on an absence",
       "when: manifest.campaign.owner == 'ada'\nrequire: 'true'\n",
       spring,
       "1 undecided",
       {"undecided house/rule at campaign 3:11 missing owner: cannot tell whether this applies: `campaign.owner` is "
        "not "
        "declared"}},
      {"when rests on a placeholder",
       "when: manifest.campaign.owner == 'ada'\nrequire: 'true'\n",
       "campaign: {id: spring, owner: TBD}\n",
       "1 undecided",
       {"undecided house/rule at campaign.owner 3:31: cannot tell whether this applies: `campaign.owner` holds only "
        "the "
        "placeholder `TBD`"}},
      {"when is another error",
       "when: int(manifest.campaign.name) > 3\nrequire: 'true'\n",
       "campaign: {id: spring, name: Spring}\n",
       "1 undecided",
       {"undecided house/rule at campaign.name 3:30: cannot tell whether this applies: \"Spring\" is not a whole "
        "number of "
        "64 bits"}},
      {"when is neither true nor false",
       "when: dyn(manifest.campaign.id)\nrequire: 'true'\n",
       spring,
       "1 undecided",
       {"undecided house/rule at the root 1:1: cannot tell whether this applies: `when` is neither true nor false"}},
      {"false and absent is false",
       "when: manifest.campaign.owner == 'ada' && manifest.campaign.id == 'autumn'\n"
       "require: 'true'\n",
       spring,
       "1 not_applicable",
       {}},
      {"true or absent is true",
       "when: manifest.campaign.owner == 'ada' || manifest.campaign.id == 'spring'\n"
       "require: 'true'\n",
       spring,
       "1 pass",
       {}},
      {"a false conjunct is seen before an absent list",
       "for: asset in manifest.assets\nwhen: asset.kind == 'email' && manifest.campaign.id == 'autumn'\n"
       "require: 'false'\n",
       spring,
       "1 not_applicable",
       {}},
      {"a false conjunct of the outer item is seen before an absent inner list",
       "for: [asset in manifest.assets, claim in asset.claims]\n"
       "when: claim.text != '' && asset.kind == 'email'\nrequire: claim.text.startsWith('It')\n",
       two_assets,
       "2 pass, 1 not_applicable",
       {}},
      {"an undecided conjunct without loop variable is undecided once",
       "for: asset in manifest.assets\nwhen: manifest.campaign.owner == 'ada'\nrequire: asset.id == 'none'\n",
       two_assets,
       "1 undecided",
       {"undecided house/rule at campaign 3:11 missing owner: cannot tell whether this applies: `campaign.owner` is "
        "not "
        "declared"}},
      {"an undecided conjunct of the item is undecided for it",
       "for: asset in manifest.assets\nwhen: asset.language == 'de'\nrequire: 'false'\n",
       two_assets + "    language: de\n",
       "1 fail, 1 undecided",
       {"fail house/rule at assets[page] 8:9: It is wrong.",
        "undecided house/rule at assets[mail] 5:9 missing language: cannot tell whether this applies: "
        "`assets[mail].language` is not declared"}},
      {"a let counts for the loop variables that it reads",
       "for: asset in manifest.assets\nlet: {mail: \"asset.kind == 'email'\", never: \"manifest.campaign.id == 'x'\"}\n"
       "when: mail && never\nrequire: 'false'\n",
       spring,
       "1 not_applicable",
       {}},

      // `require`
      {"require true", "require: manifest.campaign.id == 'spring'\n", spring, "1 pass", {}},
      {"require false",
       "require: manifest.campaign.id == 'autumn'\n",
       spring,
       "1 fail",
       {"fail house/rule at campaign.id 3:16: It is wrong."}},
      {"require rests on an absence",
       "require: manifest.campaign.owner == 'ada'\n",
       spring,
       "1 fail",
       {"fail house/rule at campaign 3:11 missing owner: `campaign.owner` is not declared"}},
      {"require rests on an absent section",
       "require: dyn(manifest.data.consent.ledger_path) != null\n",
       spring,
       "1 fail",
       {"fail house/rule at the root 1:1 missing data: nothing is said about `data` yet"}},
      {"require rests on an index past the list",
       "require: manifest.campaign.markets[1] == 'DE'\n",
       "campaign: {id: spring, markets: [DE]}\n",
       "1 fail",
       {"fail house/rule at campaign.markets 3:33 missing [1]: `campaign.markets[1]` is not declared"}},
      {"require rests on a file that is not there",
       "require: size(file(manifest.assets[0].path).text) > 0\n",
       "campaign: {id: spring}\nassets:\n  - id: mail\n    path: mail.html\n",
       "1 fail",
       {"fail house/rule at assets[mail].path 6:11: `mail.html` does not exist."}},
      {"require rests on a file outside of the root",
       "require: size(file(manifest.assets[0].path).text) > 0\n",
       "campaign: {id: spring}\nassets:\n  - id: mail\n    path: ../mail.html\n",
       "1 undecided",
       {"undecided house/rule at assets[mail].path 6:11: `../mail.html` lies outside of the checked folder; scruple "
        "does not "
        "open it."}},
      {"an own section that is absent",
       "require: 10 % size(manifest['x-list']) > 0\n",
       spring,
       "1 fail",
       {"fail house/rule at the root 1:1 missing x-list: nothing is said about `x-list` yet"}},
      {"a division by zero",
       "require: 10 % size(manifest['x-list']) > 0\n",
       spring + "x-list: []\n",
       "1 undecided",
       {"undecided house/rule at x-list 4:9: a division by zero"}},
      {"require is neither true nor false",
       "require: dyn(manifest.campaign.id)\n",
       spring,
       "1 undecided",
       {"undecided house/rule at campaign.id 3:16: the requirement is neither true nor false"}},
      {"a map that the rule makes itself has no absences",
       "require: \"{'a': 1}.b == 1\"\n",
       spring,
       "1 undecided",
       {"undecided house/rule at the root 1:1: what the rule computed has no `b`"}},
      {"an absence meets another error",
       "require: manifest.campaign.owner == 'a' && 1 % 0 == 1\n",
       spring,
       "1 fail",
       {"fail house/rule at campaign 3:11 missing owner: `campaign.owner` is not declared"}},
      {"another error meets an absence",
       "require: 1 % 0 == 1 && manifest.campaign.owner == 'a'\n",
       spring,
       "1 fail",
       {"fail house/rule at campaign 3:11 missing owner: `campaign.owner` is not declared"}},
      {"false with an absence is false",
       "require: manifest.campaign.owner == 'a' && manifest.campaign.id == 'x'\n",
       spring,
       "1 fail",
       {"fail house/rule at campaign.id 3:16: It is wrong."}},
      {"all requirements are judged",
       "message: It is wrong.\nrequire:\n  - manifest.campaign.id == 'a'\n  - manifest.campaign.id != ''\n"
       "  - {that: manifest.campaign.owner == 'a', message: No owner.}\n  - {that: 'false', message: Never.}\n",
       spring,
       "1 fail",
       {"fail house/rule at the root 1:1: Never.", "fail house/rule at campaign.id 3:16: It is wrong.",
        "fail house/rule at campaign 3:11 missing owner: `campaign.owner` is not declared"}},
      {"requirements that fail for one omission are one finding",
       "require: [manifest.campaign.owner == 'a', manifest.campaign.owner != 'b']\n",
       spring,
       "1 fail",
       {"fail house/rule at campaign 3:11 missing owner: `campaign.owner` is not declared"}},

      // a manifest that breaks its schema
      {"a value of the wrong type is undecided",
       "require: manifest.campaign.daily_budget < 10.0\n",
       "campaign: {id: spring, daily_budget: a lot}\n",
       "1 undecided",
       {"fail manifest/wrong-type at campaign.daily_budget 3:38: `daily_budget` holds text; a number is expected",
        "undecided house/rule at campaign.daily_budget 3:38: `campaign.daily_budget` does not hold what it should"}},
      {"a value that is not in its enum is undecided",
       "require: manifest.campaign.status != 'live'\n",
       "campaign: {id: spring, status: running}\n",
       "1 undecided",
       {"fail manifest/not-in-enum at campaign.status 3:32: `status` is `running`; it must be one of `idea`, `built`, "
        "`in_review`, `approved`, `live` or `closed`",
        "undecided house/rule at campaign.status 3:32: `campaign.status` does not hold what it should"}},
      {"a day that is none is undecided",
       "require: manifest.campaign.launch_date > date('2026-01-01')\n",
       "campaign: {id: spring, launch_date: 2026-02-30}\n",
       "1 undecided",
       {"fail manifest/malformed-date at campaign.launch_date 3:37: `launch_date` is `2026-02-30`: February 2026 has "
        "28 days",
        "undecided house/rule at campaign.launch_date 3:37: `campaign.launch_date` does not hold what it should"}},
      {"the reference day rests on the launch date",
       "require: reference_day > date('2026-01-01')\n",
       "campaign: {id: spring, launch_date: soon}\n",
       "1 undecided",
       {"fail manifest/malformed-date at campaign.launch_date 3:37: `launch_date` is `soon`: a date is written as "
        "year, "
        "month and day",
        "undecided house/rule at campaign.launch_date 3:37: `campaign.launch_date` does not hold what it should"}},
      {"a finding of the schema stands, and the rule passes",
       "require: manifest.campaign.id == 'spring'\n",
       "campaign: {id: spring, colour: red}\n",
       "1 pass",
       {"fail manifest/unknown-field at campaign.colour 3:24: there is no field `colour` in `campaign`"}},
      {"an item of another kind is undecided on its own",
       "for: asset in manifest.assets\nrequire: asset.id != ''\n",
       "campaign: {id: spring}\nassets:\n  - id: mail\n  - [page]\n",
       "1 pass, 1 undecided",
       {"fail manifest/wrong-type at assets[1] 6:5: `assets[1]` holds a list; a map is expected",
        "undecided house/rule at assets[1] 6:5: `assets[1]` does not hold what it should"}},
      {"an item that is null",
       "for: asset in manifest.assets\nrequire: asset.id != ''\n",
       "campaign: {id: spring}\nassets:\n  - id: mail\n  -\n",
       "1 pass, 1 undecided",
       {"undecided house/rule at assets[1] 6:4: `assets[1]` is empty"}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("the reason of an absence says what to write") {
  struct Hint {
    const char* require;
    const char* campaign;
    const char* marker;
  };
  const Hint rows[] = {
      {"manifest.assets != []", "",
       "write `assets:` with every file that customers will meet; `assets: []` if there are none"},
      {"manifest.campaign.launch_date > today", "",
       "write `launch_date:` with the first day on which it reaches customers, as in 2026-03-01"},
      {"manifest.campaign.status == 'live'", "",
       "write `status:` and one of `idea`, `built`, `in_review`, `approved`, `live`, `closed`"},
  };
  for (const Hint& row : rows) {
    INFO(row.require);
    const auto result = Bench{one_rule(concat("require: ", row.require, "\n")), spring + row.campaign}.lint();
    REQUIRE(result.findings.size() == 1);
    CHECK(result.findings[0].marker == row.marker);
    REQUIRE(result.findings[0].cause);
    CHECK(result.causes[*result.findings[0].cause].hint == row.marker);
  }
}

TEST_CASE("a rule of a later gate is not due, and counted") {
  const std::string rule = "gate: approve\nrequire: 'false'\n";
  const auto status = [&](const std::string& text) {
    return counts_of(Bench{one_rule(rule), "campaign: {id: spring, status: " + text + "}\n"}.lint());
  };
  CHECK(status("in_review") == "1 not_due");
  CHECK(status("approved") == "1 fail");
}

TEST_CASE("a pass rests on its weakest requirement, and a requirement on the strongest that it used") {
  struct Assured {
    const char* require;
    Assurance assurance;
  };
  const Assured rows[] = {
      {"manifest.campaign.id == 'spring'", Assurance::declared},
      {"file(manifest.assets[0].path).exists", Assurance::declared},
      {"manifest.campaign.launch_date > today", Assurance::computed},
      {"size(file(manifest.assets[0].path).text) > 0", Assurance::verified},
      {"file(manifest.assets[0].path).sha256 != ''", Assurance::verified},
      // The part that was not evaluated does not count.
      {"manifest.campaign.id == 'spring' || file(manifest.assets[0].path).text == ''", Assurance::declared},
      {"[\"manifest.campaign.id == 'spring'\", \"size(file(manifest.assets[0].path).text) > 0\"]", Assurance::declared},
  };
  for (const Assured& row : rows) {
    INFO(row.require);
    const auto result = Bench{
        one_rule(concat("require: ", row.require, "\n")),
        "campaign: {id: spring, launch_date: 2026-03-01}\nassets: [{id: mail, path: mail.txt}]\n",
        {{"mail.txt",
          "Hello"}}}.lint();
    CHECK(counts_of(result) == "1 pass");
    CHECK(result.units[0].counts[0].assurance[static_cast<std::size_t>(row.assurance)] == 1);
  }
}

TEST_CASE("names that a rule sees") {
  struct Seen {
    const char* require;
    const char* campaign;
  };
  const Seen rows[] = {
      {"today == date('2026-01-05')", "id: spring"},
      {"gate == 'technical'", "id: spring, status: built"},
      {"gate == 'approve'", "id: spring"},
      {"reference_day == today", "id: spring"},
      {"reference_day == date('2026-03-01')", "id: spring, launch_date: 2026-03-01"},
      {"reference_day == today", "id: spring, launch_date: 2025-12-01"},
      {"reference_day == today", "id: spring, launch_date: 2026-03-01, status: live"},
      {"reference_day == date('2025-12-24')", "id: spring, status: closed, end_date: 2025-12-24"},
      {"reference_day == today", "id: spring, status: closed"},
      {"reference_day == today", "id: spring, launch_date: TBD"},
      {"today - days(5) == date('2025-12-31')", "id: spring"},
      {"in_region(manifest.campaign.markets, 'EU')", "id: spring, markets: [US-CA, DE]"},
      {"!in_region(manifest.campaign.markets, 'EU')", "id: spring, markets: [US-CA, NO]"},
      {"dyn(manifest).?campaign.?owner.orValue('nobody') == 'nobody'", "id: spring, owner: TBD"},
      {"!has(dyn(manifest).campaign.owner) && has(manifest.campaign.id)", "id: spring, owner: ''"},
  };
  for (const Seen& row : rows) {
    INFO(row.require << " in " << row.campaign);
    const auto result =
        Bench{one_rule(concat("require: \"", row.require, "\"\n")), concat("campaign: {", row.campaign, "}\n")}.lint();
    CHECK(counts_of(result) == "1 pass");
  }
}

}  // namespace scruple::test
