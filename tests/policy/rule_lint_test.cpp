#include "policy/rule_lint.h"

#include "bench.h"

namespace scruple::policy {
namespace {

using test::one_rule;
using test::pack_head;

// "11:14 asset.kind: message (hint)" for each problem of a pack in a single file.
std::vector<std::string> problems_of(const std::string& pack) {
  MemoryFileSystem files;
  files.add("/house.yaml", pack);
  Diagnostics diagnostics;
  test::compile(files, "/house.yaml", diagnostics);
  std::vector<std::string> problems;
  for (const Diagnostic& diagnostic : diagnostics) {
    const auto& at = diagnostic.location;
    std::string line = concat(at.begin.line, ":", at.begin.column, " ",
                              pack.substr(at.span.begin, at.span.end - at.span.begin), ": ", diagnostic.message);
    if (!diagnostic.hint.empty()) line += concat(" (", diagnostic.hint, ")");
    problems.push_back(std::move(line));
  }
  return problems;
}

struct Row {
  const char* rule;
  std::vector<std::string> problems;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    INFO(row.rule);
    CHECK(problems_of(one_rule(row.rule)) == row.problems);
  }
}

}  // namespace

// The body of a rule begins on line 10 of the pack, in column 5.
TEST_CASE("rule lint: fields and types of the manifest, in every kind of scalar") {
  check({
      {"require: manifest.campaign.objectiv != ''\n",
       {"10:32 objectiv: there is no field `objectiv` in `campaign` (did you mean `objective`?)"}},
      {"require: 'manifest.campaign.objectiv != ''''' \n",
       {"10:33 objectiv: there is no field `objectiv` in `campaign` (did you mean `objective`?)"}},
      {"require: \"manifest.campaign\\u002eobjectiv != ''\"\n",
       {"10:38 objectiv: there is no field `objectiv` in `campaign` (did you mean `objective`?)"}},
      {"require: >-\n  true &&\n  manifest.campaign.objectiv != ''\n",
       {"12:25 objectiv: there is no field `objectiv` in `campaign` (did you mean `objective`?)"}},
      {"require: |\n  true &&\n    manifest.campaign.objectiv != ''\n",
       {"12:27 objectiv: there is no field `objectiv` in `campaign` (did you mean `objective`?)"}},
      {"for: asset in manifest.assets\nrequire: asset.subjct != ''\n",
       {"11:20 subjct: there is no field `subjct` in `assets` (did you mean `subject`?)"}},
      {"for: [asset in manifest.assets, claim in asset.claims]\nrequire: claim.txt != asset.id\n",
       {"11:20 txt: there is no field `txt` in `assets.claims` (did you mean `text`?)"}},
      {"require: manifest.campaign.launch_date == '2026-03-01'\n",
       {"10:14 manifest.campaign.launch_date == '2026-03-01': `timestamp` and `string` are never equal (a day is "
        "written date(\"2026-03-01\"))"}},
      {"require: manifest.campaign.launch_date > today + 7\n",
       {"10:46 today + 7: `+` takes no `timestamp` and `int` (a number of days is written days(90))"}},
      {"let: {day: manifest.campaign.launch_date}\nrequire: day < 'x'\n",
       {"11:14 day < 'x': `<` takes no `timestamp` and `string` (a day is written date(\"2026-03-01\"))"}},
      {"require: file(manifest.campaign.brief.path).htm.title != ''\n",
       {"10:49 htm: there is no field `htm` in `evidence` (did you mean `html`?)"}},
      {"require: person(manifest.campaign.owner).value().nme != ''\n",
       {"10:54 nme: there is no field `nme` in `organization.people` (did you mean `name`?)"}},
      {"require: manifest.campaign['x-own'] == 1\n", {}},
      {"require: params.few < 'x'\nparams: {few: {type: integer, default: 3}}\n",
       {"10:14 params.few < 'x': `<` takes no `int` and `string`"}},
  });
}

TEST_CASE("rule lint: what conditions, ranges and messages are") {
  check({
      {"require: manifest.campaign.id\n",
       {"10:14 manifest.campaign.id: `require` has to be true or false; this is `string` (compare it, as in "
        "`manifest.campaign.id == \"…\"`)"}},
      {"when: manifest.assets\nrequire: 'true'\n",
       {"10:11 manifest.assets: `when` has to be true or false; this is `list(assets)` (write `size(manifest.assets) > "
        "0`)"}},
      {"for: x in manifest.campaign.id\nrequire: x == 1\n",
       {"10:15 manifest.campaign.id: `for` goes through a list or a map; this is `string`"}},
      {"for: asset in manifest.assets\nrequire: asset.id != ''\nmessage: The {asset} is wrong\n",
       {"11:19 asset: a message cannot show `assets` as a whole (name one of its fields)"}},
      {"require: [{that: 'false', at: '\"id\"'}]\n",
       {"10:36 \"id\": `at` names the field to point at, as in `asset.path`"}},
  });
}

TEST_CASE("rule lint: comparisons that can never be true") {
  check({
      {"for: asset in manifest.assets\nrequire: asset.kind == 'mail'\n",
       {"11:28 'mail': `asset.kind` is never \"mail\" (did you mean `email`?)"}},
      {"for: asset in manifest.assets\nrequire: \"'mail' != asset.kind\"\n",
       {"11:15 'mail': `asset.kind` is never \"mail\" (did you mean `email`?)"}},
      {"for: asset in manifest.assets\nrequire: asset.kind in ['email', 'ads']\n",
       {"11:38 'ads': `asset.kind` is never \"ads\" (did you mean `ad`?)"}},
      {"require: \"'mail' in manifest.campaign.channels\"\n",
       {"10:15 'mail': `manifest.campaign.channels` is never \"mail\" (did you mean `email`?)"}},
      {"require: manifest.campaign.channels.exists(channel, channel == 'mail')\n",
       {"10:68 'mail': `channel` is never \"mail\" (did you mean `email`?)"}},
      {"require: sets.contains(['mail'], manifest.campaign.channels)\n",
       {"10:29 'mail': `manifest.campaign.channels` is never \"mail\" (did you mean `email`?)"}},
      {"let: {status: manifest.campaign.status}\nrequire: status != 'lve'\n",
       {"11:24 'lve': `status` is never \"lve\" (did you mean `live`?)"}},
      {"require: gate == 'launch'\n",
       {"10:22 'launch': `gate` is never \"launch\" (there are `assess`, `technical`, `stakeholder`, `approve` and "
        "`live`)"}},
      {"require: manifest.campaign.status == manifest.campaign.category\n",
       {"10:14 manifest.campaign.status == manifest.campaign.category: `manifest.campaign.status` and "
        "`manifest.campaign.category` have no value in common"}},
      {"require: manifest.campaign.launch_date != null\n",
       {"10:14 manifest.campaign.launch_date != null: `manifest.campaign.launch_date` is never null: what is null in a "
        "manifest is absent (write `has(x.field)` to ask whether it is declared)"}},
      {"require: \"'lanch_date' in manifest.campaign\"\n",
       {"10:15 'lanch_date': there is no field `lanch_date` in `campaign` (did you mean `launch_date`?)"}},
      {"require: manifest.campaign.status in ['live', 'closed'] || manifest.campaign.name == 'live'\n", {}},
  });
}

TEST_CASE("rule lint: divisions and regular expressions") {
  check({
      {"require: size(manifest.assets) / 2 > 1\n",
       {"10:14 size(manifest.assets) / 2: this division cuts off what is left over: 1 / 2 is 0 (write "
        "`double(size(manifest.assets)) / double(2)`)"}},
      {"require: double(size(manifest.assets)) / 2.0 > 1.0\n", {}},
      {"require: manifest.campaign.id.matches('[')\n",
       {"10:43 '[': this is no regular expression: missing ]: [ (the syntax is that of RE2)"}},
      {"require: manifest.campaign.id.matches('a' + '(b')\n",
       {"10:43 'a' + '(b': this is no regular expression: missing ): a(b (the syntax is that of RE2)"}},
  });
}

TEST_CASE("rule lint: what a rule of scope organization cannot call") {
  check({
      {"scope: organization\nrequire: asset('a').hasValue()\n",
       {"11:14 asset('a'): a rule of scope `organization` cannot call `asset`: an organization file has no assets "
        "(write `scope: campaign`)"}},
  });
}

TEST_CASE("rule lint: definitions") {
  const std::string rule =
      "rules:\n  - {id: a, title: A, message: '{asset.id}', for: asset in manifest.assets, require: is_mail(asset)}\n";
  const auto with = [&](const std::string& definition) { return problems_of(pack_head + definition + rule); };
  CHECK(with("define: {is_mail: {arguments: [a], is: a.kind == 'email'}}\n").empty());
  CHECK(with("define: {is_mail: {arguments: [a], is: a.knd == 'email'}}\n") ==
        std::vector<std::string>{"6:42 knd: there is no field `knd` in `assets` (did you mean `kind`?)"});
  CHECK(with("define: {is_mail: {arguments: [a], is: a.kind == 'mail'}}\n") ==
        std::vector<std::string>{"6:50 'mail': `a.kind` is never \"mail\" (did you mean `email`?)"});
  CHECK(with("define: {is_mail: {arguments: [a], is: 'true'}}\n") ==
        std::vector<std::string>{"6:32 a: `is_mail` does not use its argument `a` (remove it here and in its calls)"});
}

TEST_CASE("rule lint: silence is never a pass") {
  const std::string asset = "for: asset in manifest.assets\n";
  struct Case {
    std::string rule;
    std::string field;  // that needs an entry; empty: none does
  };
  const Case cases[] = {
      {asset + "when: has(asset.subject)\nrequire: asset.subject != 'a'\n", "assets.subject"},
      {asset + "when: \"!has(asset.subject)\"\nrequire: asset.id != 'a'\n", ""},
      {asset + "require: \"!has(asset.subject) || asset.subject != 'a'\"\n", "assets.subject"},
      {asset + "require: has(asset.subject) && asset.subject != 'a'\n", ""},
      {asset + "require: has(asset.subject) || asset.id != 'a'\n", ""},
      {asset + "require: asset.?subject.orValue('b') != 'a'\n", "assets.subject"},
      {asset + "require: asset.?subject.orValue('a') != 'a'\n", ""},
      {asset + "require: asset.?subject.hasValue()\n", ""},
      {asset + "require: \"!asset.?personalized.orValue(false)\"\n", "assets.personalized"},
      {asset + "require: asset.?personalized.orValue(false)\n", ""},
      {asset + "require: \"has(asset.subject) ? asset.subject != 'a' : true\"\n", "assets.subject"},
      {asset + "require: \"has(asset.subject) ? asset.subject != 'a' : false\"\n", ""},
      {asset + "let: {named: \"asset.?subject.orValue('')\"}\nrequire: named != 'a'\n", "assets.subject"},
      {"for: test in manifest.?fairness.?tests.orValue([])\nrequire: test.id != ''\n", "fairness.tests"},
      {"for: asset in manifest.assets.filter(asset, has(asset.subject))\nrequire: asset.id != ''\n", "assets.subject"},
      {"require: manifest.?fairness.?tests.orValue([]).all(test, test.id != '')\n", "fairness.tests"},
      {"require: manifest.?fairness.?tests.orValue([]).exists(test, test.id != '')\n", ""},
      {"require: size(manifest.?fairness.?tests.orValue([])) > 0\n", ""},
      {"require: size(manifest.?fairness.?tests.orValue([])) == 0\n", "fairness.tests"},
      {"let: {bad: 'manifest.assets.filter(a, has(a.subject) && a.subject == \"\")'}\nrequire: size(bad) == 0\n",
       "assets.subject"},
      {"let: {bad: 'manifest.assets.filter(a, !has(a.subject))'}\nrequire: size(bad) == 0\n", ""},
      {"require: \"!('end_date' in manifest.campaign) || manifest.campaign.end_date > today\"\n", "campaign.end_date"},
      {"require: manifest.campaign.?end_date.orValue(reference_day) >= reference_day\n", "campaign.end_date"},
      {"require: manifest.campaign.?end_date.optMap(day, day > today).orValue(true)\n", "campaign.end_date"},
      {"require: manifest.campaign.?end_date.optMap(day, day > today).orValue(false)\n", ""},
      // Facts of evidence and keys of CEL's own maps are no fields of the manifest.
      {asset + "require: \"!has(file(asset.path).html.title) || file(asset.path).html.title != ''\"\n", ""},
  };
  for (const Case& one : cases) {
    INFO(one.rule);
    const auto problems = problems_of(one_rule(one.rule));
    INFO(join(problems, "\n"));
    if (one.field.empty()) {
      CHECK(problems.empty());
      CHECK(problems_of(one_rule(one.rule + "silence: {assets.subject: a reason}\n")).size() == 1);
      continue;
    }
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].find(concat("where `", one.field, "` is not declared, this rule ")) != std::string::npos);
    CHECK(problems_of(one_rule(one.rule + "silence: {" + one.field + ": a reason}\n")).empty());
  }
  // The entry is misspelt, so there is none for the field.
  CHECK(problems_of(one_rule(asset + "when: has(asset.subject)\nrequire: 'true'\nsilence: {assets.subjct: a reason}\n"))
            .size() == 2);
}

}  // namespace scruple::policy
