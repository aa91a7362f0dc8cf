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
      {"a list that is absent is undecided once", "for: asset in manifest.assets\nrequire: asset.kind == 'email'\n",
       spring, "1 undecided",
       {"undecided house/rule at the root 1:1 missing assets: Nothing is said about `assets` yet"}},
      {"a null list is absent", "for: asset in manifest.assets\nrequire: asset.kind == 'email'\n", spring + "assets:\n",
       "1 undecided", {"undecided house/rule at assets 4:1: `assets` is empty"}},
      {"an empty list has nothing to judge", "for: asset in manifest.assets\nrequire: asset.kind == 'email'\n",
       spring + "assets: []\n", "1 not_applicable", {}},
      {"an empty map has nothing to judge", "for: key in manifest['x-map']\nrequire: key == 'a'\n",
       spring + "x-map: {}\n", "1 not_applicable", {}},
      {"a map gives its keys", "for: key in manifest['x-map']\nrequire: key == 'a'\n", spring + "x-map: {a: 1, b: 2}\n",
       "1 pass, 1 fail", {"fail house/rule at x-map.b 4:18: It is wrong."}},
      {"what is neither list nor map", "for: key in manifest.campaign.id\nrequire: key == 'a'\n", spring, "1 undecided",
       {"undecided house/rule at campaign.id 3:16: `for` ranges over a list or a map"}},
      {"each item is judged on its own", "for: asset in manifest.assets\nrequire: asset.kind == 'email'\n", two_assets,
       "1 pass, 1 fail", {"fail house/rule at assets[page].kind 9:11: It is wrong."}},
      {"a list of plain values", "for: market in manifest.campaign.markets\nrequire: market == 'DE'\n",
       "campaign:\n  id: spring\n  markets: [DE, FR, TBD]\n", "1 pass, 1 fail, 1 undecided",
       {"fail house/rule at campaign.markets[1] 5:17: It is wrong.",
        "undecided house/rule at campaign.markets[2] 5:21: `campaign.markets[2]` holds only the placeholder `TBD`"}},

      // nested `for`
      {"an absent inner list is undecided for its outer item",
       "for: [asset in manifest.assets, claim in asset.claims]\nrequire: claim.text == 'It is good'\n", two_assets,
       "1 pass, 1 fail, 1 undecided",
       {"fail house/rule at assets[mail].claims[1].text 7:41: It is wrong.",
        "undecided house/rule at assets[page] 8:9 missing claims: `assets[page].claims` is not declared"}},
      {"an empty inner list has nothing to judge for its outer item",
       "for: [asset in manifest.assets, claim in asset.claims]\nrequire: claim.text == 'It is good'\n",
       two_assets + "    claims: []\n", "1 pass, 1 fail, 1 not_applicable",
       {"fail house/rule at assets[mail].claims[1].text 7:41: It is wrong."}},
      {"an absent outer list is undecided once for all",
       "for: [asset in manifest.assets, claim in asset.claims]\nrequire: claim.text == 'It is good'\n", spring,
       "1 undecided", {"undecided house/rule at the root 1:1 missing assets: Nothing is said about `assets` yet"}},

      // `when`
      {"when false", "when: manifest.campaign.id == 'autumn'\nrequire: 'false'\n", spring, "1 not_applicable", {}},
      {"when true", "when: manifest.campaign.id == 'spring'\nrequire: 'true'\n", spring, "1 pass", {}},
      {"when rests on an absence", "when: manifest.campaign.owner == 'ada'\nrequire: 'true'\n", spring, "1 undecided",
       {"undecided house/rule at campaign 3:11 missing owner: cannot tell whether this applies: `campaign.owner` is not "
        "declared"}},
      {"when rests on a placeholder", "when: manifest.campaign.owner == 'ada'\nrequire: 'true'\n",
       "campaign: {id: spring, owner: TBD}\n", "1 undecided",
       {"undecided house/rule at campaign.owner 3:31: cannot tell whether this applies: `campaign.owner` holds only the "
        "placeholder `TBD`"}},
      {"when is another error", "when: int(manifest.campaign.name) > 3\nrequire: 'true'\n",
       "campaign: {id: spring, name: Spring}\n", "1 undecided",
       {"undecided house/rule at the root 1:1: cannot tell whether this applies: \"Spring\" is not a whole number of 64 bits"}},
      {"when is neither true nor false", "when: manifest.campaign.id\nrequire: 'true'\n", spring, "1 undecided",
       {"undecided house/rule at the root 1:1: cannot tell whether this applies: `when` is neither true nor false"}},
      {"false and absent is false", "when: manifest.campaign.owner == 'ada' && manifest.campaign.id == 'autumn'\n"
       "require: 'true'\n", spring, "1 not_applicable", {}},
      {"true or absent is true", "when: manifest.campaign.owner == 'ada' || manifest.campaign.id == 'spring'\n"
       "require: 'true'\n", spring, "1 pass", {}},
      {"a false conjunct is seen before an absent list",
       "for: asset in manifest.assets\nwhen: asset.kind == 'email' && manifest.campaign.id == 'autumn'\n"
       "require: 'false'\n", spring, "1 not_applicable", {}},
      {"a false conjunct of the outer item is seen before an absent inner list",
       "for: [asset in manifest.assets, claim in asset.claims]\n"
       "when: claim.text != '' && asset.kind == 'email'\nrequire: claim.text.startsWith('It')\n", two_assets,
       "2 pass, 1 not_applicable", {}},
      {"an undecided conjunct without loop variable is undecided once",
       "for: asset in manifest.assets\nwhen: manifest.campaign.owner == 'ada'\nrequire: 'false'\n", two_assets,
       "1 undecided",
       {"undecided house/rule at campaign 3:11 missing owner: cannot tell whether this applies: `campaign.owner` is not "
        "declared"}},
      {"an undecided conjunct of the item is undecided for it",
       "for: asset in manifest.assets\nwhen: asset.language == 'de'\nrequire: 'false'\n",
       two_assets + "    language: de\n", "1 fail, 1 undecided",
       {"fail house/rule at assets[page] 8:9: It is wrong.",
        "undecided house/rule at assets[mail] 5:9 missing language: cannot tell whether this applies: "
        "`assets[mail].language` is not declared"}},
      {"a let counts for the loop variables that it reads",
       "for: asset in manifest.assets\nlet: {mail: \"asset.kind == 'email'\", never: \"manifest.campaign.id == 'x'\"}\n"
       "when: mail && never\nrequire: 'false'\n", spring, "1 not_applicable", {}},

      // `require`
      {"require true", "require: manifest.campaign.id == 'spring'\n", spring, "1 pass", {}},
      {"require false", "require: manifest.campaign.id == 'autumn'\n", spring, "1 fail",
       {"fail house/rule at campaign.id 3:16: It is wrong."}},
      {"require rests on an absence", "require: manifest.campaign.owner == 'ada'\n", spring, "1 fail",
       {"fail house/rule at campaign 3:11 missing owner: `campaign.owner` is not declared"}},
      {"require rests on an absent section", "require: manifest.data.consent.ledger_path != null\n", spring, "1 fail",
       {"fail house/rule at the root 1:1 missing data: Nothing is said about `data` yet"}},
      {"require rests on an index past the list", "require: manifest.campaign.markets[1] == 'DE'\n",
       "campaign: {id: spring, markets: [DE]}\n", "1 fail",
       {"fail house/rule at campaign.markets 3:33 missing [1]: `campaign.markets[1]` is not declared"}},
      {"require rests on a file that is not there", "require: size(file(manifest.assets[0].path).text) > 0\n",
       "campaign: {id: spring}\nassets:\n  - id: mail\n    path: mail.html\n", "1 fail",
       {"fail house/rule at assets[mail].path 6:11: `mail.html` does not exist."}},
      {"require rests on a file outside of the root", "require: size(file(manifest.assets[0].path).text) > 0\n",
       "campaign: {id: spring}\nassets:\n  - id: mail\n    path: ../mail.html\n", "1 undecided",
       {"undecided house/rule at assets[mail].path 6:11: `../mail.html` lies outside of the checked folder; scruple does not "
        "open it."}},
      {"an own section that is absent", "require: 1 / size(manifest['x-list']) > 0\n", spring, "1 fail",
       {"fail house/rule at the root 1:1 missing x-list: Nothing is said about `x-list` yet"}},
      {"a division by zero", "require: 1 / size(manifest['x-list']) > 0\n", spring + "x-list: []\n", "1 undecided",
       {"undecided house/rule at x-list 4:9: a division by zero"}},
      {"require is neither true nor false", "require: manifest.campaign.id\n", spring, "1 undecided",
       {"undecided house/rule at campaign.id 3:16: the requirement is neither true nor false"}},
      {"a map that the rule makes itself has no absences", "require: \"{'a': 1}.b == 1\"\n", spring, "1 undecided",
       {"undecided house/rule at the root 1:1: what the rule computed has no `b`"}},
      {"an absence meets another error", "require: manifest.campaign.owner == 'a' && 1 / 0 == 1\n", spring, "1 fail",
       {"fail house/rule at campaign 3:11 missing owner: `campaign.owner` is not declared"}},
      {"another error meets an absence", "require: 1 / 0 == 1 && manifest.campaign.owner == 'a'\n", spring, "1 fail",
       {"fail house/rule at campaign 3:11 missing owner: `campaign.owner` is not declared"}},
      {"false with an absence is false", "require: manifest.campaign.owner == 'a' && manifest.campaign.id == 'x'\n",
       spring, "1 fail", {"fail house/rule at campaign.id 3:16: It is wrong."}},
      {"all requirements are judged", "message: It is wrong.\nrequire:\n  - manifest.campaign.id == 'a'\n  - manifest.campaign.id != ''\n"
       "  - {that: manifest.campaign.owner == 'a', message: No owner.}\n  - {that: 'false', message: Never.}\n",
       spring, "1 fail",
       {"fail house/rule at the root 1:1: Never.", "fail house/rule at campaign.id 3:16: It is wrong.",
        "fail house/rule at campaign 3:11 missing owner: `campaign.owner` is not declared"}},
      {"requirements that fail for one omission are one finding",
       "require: [manifest.campaign.owner == 'a', manifest.campaign.owner != 'b']\n", spring, "1 fail",
       {"fail house/rule at campaign 3:11 missing owner: `campaign.owner` is not declared"}},

      // a manifest that breaks its schema
      {"a value of the wrong type is undecided", "require: manifest.campaign.daily_budget < 10.0\n",
       "campaign: {id: spring, daily_budget: a lot}\n", "1 undecided",
       {"?"}},
      {"a value that is not in its enum is undecided", "require: manifest.campaign.status != 'live'\n",
       "campaign: {id: spring, status: running}\n", "1 undecided", {"?"}},
      {"a day that is none is undecided", "require: manifest.campaign.launch_date > date('2026-01-01')\n",
       "campaign: {id: spring, launch_date: 2026-02-30}\n", "1 undecided", {"?"}},
  };
  for (const Row& row : rows) check(row);
}

}  // namespace scruple::test
