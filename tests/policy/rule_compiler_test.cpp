#include "policy/rule_compiler.h"

#include "bench.h"

namespace scruple::policy {
namespace {

using test::indented;
using test::language;
using test::one_rule;
using test::pack_head;

// The problems of a pack in a single file: "8:12 part: message (hint)", where part is the text that is pointed at.
std::vector<std::string> problems_of(const std::string& pack, bool with_hint = true) {
  MemoryFileSystem files;
  files.add("/house.yaml", pack);
  Diagnostics diagnostics;
  const auto compiled = test::compile(files, "/house.yaml", diagnostics);
  CHECK((compiled == nullptr) == !diagnostics.empty());
  std::vector<std::string> problems;
  for (const Diagnostic& diagnostic : diagnostics) {
    const auto& location = diagnostic.location;
    std::string line =
        concat(location.begin.line, ":", location.begin.column, " ",
               pack.substr(location.span.begin, location.span.end - location.span.begin), ": ", diagnostic.message);
    if (with_hint && !diagnostic.hint.empty()) line += concat(" (", diagnostic.hint, ")");
    problems.push_back(std::move(line));
  }
  return problems;
}

using Problems = std::vector<std::string>;

}  // namespace

// The body of a rule begins on line 10 of the pack, in column 5 (line 9 if it has a message of its own).
TEST_CASE("mistakes in rules are reported where they stand") {
  struct Row {
    const char* what;
    const char* rule;
    Problems problems;
  };
  const Row rows[] = {
      {"no mistake", "require: manifest.campaign.id != ''\n", {}},
      {"an unknown name", "require: manifset.campaign.id != ''\n", {"?"}},
      {"an unknown function", "require: sise(manifest.assets) > 0\n", {"?"}},
      {"too many arguments", "require: size(manifest.assets, 1) > 0\n", {"?"}},
      {"a mistake in the grammar", "require: manifest.campaign.id ==\n", {"?"}},
      {"an unknown section",
       "require: manifest.asets != []\n",
       {"10:23 asets: there is no section `asets` (did you mean `assets`?)"}},
      {"an unknown section in an optional selection",
       "require: manifest.?asets.hasValue()\n",
       {"10:24 asets: there is no section `asets` (did you mean `assets`?)"}},
      {"an unknown section in has()",
       "require: has(manifest.asets)\n",
       {"10:27 asets: there is no section `asets` (did you mean `assets`?)"}},
      {"a key of the house",
       "require: has(manifest.x) || manifest['x-own'] == 1\n",
       {"10:27 x: there is no section `x`"}},
      {"an unknown word list",
       "require: \"text.has_phrase('a', words.polite, 'en')\"\n",
       {"10:42 polite: there is no word list `polite`"}},
      {"an unknown parameter", "require: params.limit > 3\n", {"10:21 limit: there is no parameter `limit`"}},
      {"a misspelt parameter",
       "require: params.limt > params.limit\nparams: {limit: {type: integer, default: 3}}\n",
       {"10:21 limt: there is no parameter `limt` (did you mean `limit`?)"}},

      // in all kinds of scalars
      {"in single quotes", "require: 'manifest.campaign.id == ''a'' && nme'\n", {"10:48 nme: ?"}},
      {"in double quotes", "require: \"manifest.campaign.id == \\\"a\\\" && nme\"\n", {"10:48 nme: ?"}},
      {"in a folded text", "require: >-\n  manifest.campaign.id == 'a'\n  && nme\n", {"12:10 nme: ?"}},
      {"in a literal text", "require: |\n  manifest.campaign.id == 'a'\n    && nme\n", {"12:12 nme: ?"}},
      {"in a plain text over several lines", "require: manifest.campaign.id == 'a'\n  && nme\n", {"11:10 nme: ?"}},
      {"after letters of several bytes", "require: manifest.campaign.id == 'äöü€' && nme\n", {"10:48 nme: ?"}},
      {"in a list", "require:\n  - manifest.campaign.id != ''\n  - {that: nme}\n", {"12:16 nme: ?"}},
      {"over a line break",
       "require: >-\n  manifest.asets\n  != []\n",
       {"11:16 asets: there is no section `asets` (did you mean `assets`?)"}},

      // in every part of a rule
      {"in when", "when: nme\nrequire: 'true'\n", {"10:11 nme: ?"}},
      {"in for", "for: asset in nme\nrequire: asset.id != ''\n", {"10:19 nme: ?"}},
      {"in an inner generator",
       "for: [asset in manifest.assets, claim in aset.claims]\nrequire: claim.text != asset.id\n",
       {"10:46 aset: ?"}},
      {"in let", "let: {a: nme}\nrequire: a == 1\n", {"10:14 nme: ?"}},
      {"in at", "require: [{that: 'false', at: nme}]\n", {"10:35 nme: ?"}},
      {"in a message", "require: 'false'\nmessage: The {nme} is wrong\n", {"10:19 nme: ?"}},
      {"in a message of a requirement",
       "require: [{that: 'false', message: 'The {nme} is wrong'}]\n",
       {"10:46 nme: ?"}},
      {"in a quoted message", "require: 'false'\nmessage: \"The \\\"{nme}\\\" is wrong\"\n", {"10:22 nme: ?"}},
      {"in a folded message", "require: 'false'\nmessage: >\n  It\n  is {nme}\n", {"12:11 nme: ?"}},
      {"in a reference's when",
       "require: 'true'\nreferences: [{id: none, when: nme}]\n",
       {"11:23 none: there is no reference `none`", "11:35 nme: ?"}},

      // for
      {"a generator without `in`",
       "for: manifest.assets\nrequire: 'true'\n",
       {"10:10 manifest.assets: `for` names a variable and a list (write `for: asset in manifest.assets`)"}},
      {"a generator without a range",
       "for: 'asset in '\nrequire: 'true'\n",
       {"10:11 asset in : `for` names a variable and a list (write `for: asset in manifest.assets`)"}},
      {"a generator whose variable is no name",
       "for: 1a in manifest.assets\nrequire: 'true'\n",
       {"10:10 1a in manifest.assets: `for` names a variable and a list (write `for: asset in manifest.assets`)"}},
      {"a variable that takes a name",
       "for: manifest in manifest.assets\nrequire: 'true'\n",
       {"10:10 manifest in manifest.assets: the name `manifest` is taken (choose another one)"}},
      {"a variable twice",
       "for: [a in manifest.assets, a in a.claims]\nrequire: a.id != ''\n",
       {"10:33 a in a.claims: the name `a` is taken (choose another one)"}},
      {"a range that reads its own variable",
       "for: asset in asset.claims\nrequire: asset.id != ''\n",
       {"10:19 asset: ?"}},
      {"a variable that nothing uses",
       "for: asset in manifest.assets\nrequire: manifest.campaign.name != ''\n",
       {"10:10 asset in manifest.assets: nothing uses the variable `asset` of `for` (name it in the conditions, or "
        "remove "
        "this `for`: it only repeats one finding for each item)"}},
      {"a variable that only the message uses",
       "for: asset in manifest.assets\nrequire: manifest.campaign.name != ''\nmessage: '{asset.id}'\n",
       {}},

      // let
      {"a let that nothing uses",
       "let: {a: 'true'}\nrequire: 'true'\n",
       {"10:15 true: nothing uses the name `a` (remove it from `let`)"}},
      {"a let that is only part of a name", "let: {id: 'true'}\nrequire: manifest.campaign.id != 'my id'\n", {"?"}},
      {"a let that a later one uses", "let: {a: '1', b: a + 1}\nrequire: b == 2\n", {}},
      {"a let that uses a later one", "let: {b: a + 1, a: '1'}\nrequire: b == 2\n", {"10:14 a: ?"}},
      {"a let that takes a name", "let: {today: '1'}\nrequire: today == today\n", {"?"}},
      {"a let that is no name",
       "let: {a-b: '1'}\nrequire: 'true'\n",
       {"10:17 1: `a-b` is no name (letters, digits and `_`)"}},
      {"a let that uses itself", "let: {a: a + 1}\nrequire: a == 2\n", {"10:14 a: ?"}},

      // scope
      {"a rule of the organization reads the campaign",
       "scope: organization\nrequire: manifest.campaign.id != ''\n",
       {"11:23 campaign: a rule of scope `organization` cannot read `manifest.campaign`: it is judged on organization "
        "files too (write `scope: campaign`, or ask the organization's sections only)"}},
      {"or the assets",
       "scope: organization\nfor: a in manifest.assets\nrequire: a.id != ''\n",
       {"11:24 assets: a rule of scope `organization` cannot read `manifest.assets`: it is judged on organization "
        "files too (write `scope: campaign`, or ask the organization's sections only)"}},
      {"or the gate", "scope: organization\nrequire: gate == 'live'\n", {"11:14 gate: ?"}},
      {"but its own sections",
       "scope: organization\nrequire: has(manifest.organization.name) && has(manifest.data)\n",
       {}},

      // references, parameters, ids
      {"an unknown reference", "require: 'true'\nreferences: [gdpr]\n", {"11:18 gdpr: there is no reference `gdpr`"}},
      {"a parameter that nothing uses", "require: 'true'\nparams: {limit: {type: integer, default: 3}}\n", {"?"}},
      {"a default of another type",
       "require: params.a > 1\nparams: {a: {type: integer, default: '3'}}\n",
       {"11:43 3: the default of `a` is not of its type `integer`"}},
      {"a default out of its bounds",
       "require: params.a > 1\nparams: {a: {type: integer, default: 3, minimum: 4}}\n",
       {"11:42 3: the default of `a` is outside of its own bounds"}},
      {"a default that is no list of texts",
       "require: params.a == []\nparams: {a: {type: list(string), default: [a, 1]}}\n",
       {"?"}},
      {"no message", "message: x\n", {"?"}},
      {"a brace that is never closed",
       "require: 'true'\nmessage: The {asset is wrong\n",
       {"10:18 {: this `{` is never closed; write `{{` for the brace itself"}},
      {"a brace that closes nothing",
       "require: 'true'\nmessage: The asset} is wrong\n",
       {"10:23 }: this `}` closes nothing; write `}}` for the brace itself"}},
      {"an empty placeholder", "require: 'true'\nmessage: The {} is wrong\n", {"?"}},
      {"a silence of a rule that there is not",
       "when: has(manifest.campaign.name)\nrequire: 'true'\nsilence: {campaign.name: house/rul}\n",
       {"12:30 house/rul: there is no rule `house/rul` (did you mean `rule`?)"}},
      {"an alias that is the rule's id", "aliases: [rule]\nrequire: 'true'\n", {"?"}},

      {"all problems together",
       "for: asset in manifest.asets\nwhen: nme\nrequire: params.a\nmessage: '{other}'\n",
       {"9:28 asets: there is no section `asets` (did you mean `assets`?)", "10:11 nme: ?",
        "11:21 a: there is no parameter `a`", "12:16 other: ?"}},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    const Problems problems = problems_of(one_rule(row.rule));
    INFO(join(problems, "\n"));
    CHECK(problems.size() == row.problems.size());
    if (problems.size() != row.problems.size()) continue;
    for (std::size_t i = 0; i < problems.size(); ++i) {
      std::string expected = row.problems[i];
      // `?` stands for words that are cel's own.
      if (expected.ends_with("?") && !expected.ends_with("`?)") && expected.size() < 60) {
        expected.pop_back();
        CHECK(problems[i].starts_with(expected));
      } else {
        CHECK(problems[i] == expected);
      }
    }
  }
}

TEST_CASE("mistakes of a pack") {
  struct Row {
    const char* what;
    std::string pack;
    Problems problems;
  };
  const auto named = [](const std::string& id) {
    return "pack: 1\nid: " + id + "\nversion: \"1\"\ntitle: T\nrules: []\n";
  };
  const std::string twice =
      "  - {id: a, title: A, message: M, require: 'true'}\n  - {id: a, title: B, message: M, require: 'true'}\n";
  const Row rows[] = {
      {"a reserved id", named("manifest"), {"2:5 manifest: the id `manifest` is reserved for scruple's own findings"}},
      {"another", named("waiver"), {"2:5 waiver: the id `waiver` is reserved for scruple's own findings"}},
      {"another", named("config"), {"2:5 config: the id `config` is reserved for scruple's own findings"}},
      {"another", named("baseline"), {"2:5 baseline: the id `baseline` is reserved for scruple's own findings"}},
      {"a rule's id twice",
       pack_head + "rules:\n" + twice,
       {"8:10 a: the id `a` is taken: an item on line 7 of this list has it (give each item an id of its own)"}},
      {"an alias that is another's id",
       pack_head + "rules:\n  - {id: a, title: A, message: M, require: 'true'}\n"
                   "  - {id: b, aliases: [a], title: B, message: M, require: 'true'}\n",
       {"8:23 a: the rule id `a` is used twice"}},
      {"a rule without what the defaults could give",
       "pack: 1\nid: house\nversion: \"1\"\ntitle: T\nrules:\n  - {id: a, title: A, message: M, require: 'true'}\n",
       {"6:10 a: the rule `a` has no `severity` (write it in the rule, or under `defaults` in pack.yaml)",
        "6:10 a: the rule `a` has no `level` (write it in the rule, or under `defaults` in pack.yaml)",
        "6:10 a: the rule `a` has no `gate` (write it in the rule, or under `defaults` in pack.yaml)",
        "6:10 a: the rule `a` has no `scope` (write it in the rule, or under `defaults` in pack.yaml)",
        "6:10 a: the rule `a` has no `ask` (write it in the rule, or under `defaults` in pack.yaml)"}},
      {"a requirement without message",
       pack_head + "rules:\n  - {id: a, title: A, require: 'true'}\n",
       {"7:33 true: this requirement has no message (write `message:` here or in the rule)"}},
      {"a definition that no rule uses",
       pack_head + "define: {always: {is: 'true'}}\nrules: []\n",
       {"6:18 {is: 'true'}: no rule uses the definition `always` (remove it)"}},
      {"a mistake in a definition is reported once",
       pack_head + "define: {always: {arguments: [a], is: a == nme}}\nrules:\n"
                   "  - {id: a, title: A, message: M, require: 'always(1) && always(2)'}\n",
       {"6:44 nme: ?"}},
      {"a definition sees no parameters",
       pack_head + "define: {small: {arguments: [a], is: a < params.limit}}\nrules:\n"
                   "  - {id: a, title: A, message: M, require: small(params.limit), params: {limit: {type: integer, "
                   "default: 3}}}\n",
       {"6:42 params: ?", "8:81 {type: integer, default: 3}: ?"}},
      {"a definition that calls itself",
       pack_head + "define: {loop: {is: loop()}}\nrules:\n  - {id: a, title: A, message: M, require: loop()}\n",
       {"?"}},
      {"a definition with an unknown section",
       pack_head +
           "define: {any: {is: 'manifest.asets != []'}}\nrules:\n  - {id: a, title: A, message: M, require: any()}\n",
       {"6:30 asets: there is no section `asets` (did you mean `assets`?)"}},
      {"a definition reads the campaign for a rule of the organization",
       pack_head + "define: {named: {is: 'manifest.campaign.name != \"\"'}}\nrules:\n"
                   "  - {id: a, scope: organization, title: A, message: M, require: named()}\n",
       {"8:65 named(): this calls a definition that a rule of scope `organization` cannot use: it would read "
        "`manifest.campaign`: it is judged on organization files too (write `scope: campaign`, or ask the "
        "organization's "
        "sections only)"}},
      {"a call with too few arguments",
       pack_head +
           "define: {any: {arguments: [a], is: a}}\nrules:\n  - {id: a, title: A, message: M, require: any()}\n",
       {"?"}},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    const Problems problems = problems_of(row.pack);
    INFO(join(problems, "\n"));
    CHECK(problems.size() == row.problems.size());
    if (problems.size() != row.problems.size()) continue;
    for (std::size_t i = 0; i < problems.size(); ++i) {
      std::string expected = row.problems[i];
      if (expected.ends_with("?") && !expected.ends_with("`?)")) {
        expected.pop_back();
        CHECK(problems[i].starts_with(expected));
      } else {
        CHECK(problems[i] == expected);
      }
    }
  }
}

TEST_CASE("what is compiled") {
  MemoryFileSystem files;
  files.add("/house.yaml",
            one_rule("aliases: [old]\nfor: [asset in manifest.assets, claim in asset.claims]\n"
                     "when: \"manifest.campaign.id != '' && asset.id != '' && long && has(claim.kind)\"\n"
                     "let: {long: size(asset.id) > 3}\n"
                     "require: [claim.text != 'a', {that: claim.kind in params.kinds, at: claim.kind, message: 'No "
                     "{claim.kind}.'}]\n"
                     "message: It is wrong.\n"
                     "remediation: >\n  Mend it.\nparams: {kinds: {type: list(string), default: [review]}}\n"
                     "waiver: {allowed: false, max_days: 30}\n"
                     "silence: {assets.claims.kind: a claim without a kind is no claim}\n"));
  Diagnostics diagnostics;
  const auto pack = test::compile(files, "/house.yaml", diagnostics);
  for (const auto& diagnostic : diagnostics) FAIL_CHECK(diagnostic.message);
  REQUIRE(pack != nullptr);
  CHECK(pack->origin() == "/house.yaml");
  REQUIRE(pack->tables().rules.size() == 1);
  const CompiledRule& rule = pack->tables().rules[0];
  CHECK(rule.id == "house/rule");
  REQUIRE(rule.aliases.size() == 1);
  CHECK(rule.aliases[0] == "house/old");
  CHECK(rule.remediation == "Mend it.");
  CHECK(rule.generators.size() == 2);
  REQUIRE(rule.conjuncts.size() == 4);
  CHECK(rule.conjuncts[0].stage == 0);
  CHECK(rule.conjuncts[1].stage == 1);
  CHECK(rule.conjuncts[2].stage == 1);
  CHECK(rule.conjuncts[3].stage == 2);
  REQUIRE(rule.requirements.size() == 2);
  CHECK(!rule.requirements[0].at);
  CHECK(rule.requirements[1].at.text == "claim.kind");
  CHECK(rule.requirements[0].message.empty());
  CHECK(rule.requirements[1].message.size() == 3);
  REQUIRE(rule.parameters.size() == 1);
  CHECK(rule.parameters[0].texts.size() == 1);
  CHECK(!rule.waiver_allowed);
  CHECK(rule.waiver_max_days == 30);
  CHECK(rule.silence.size() == 1);
}

TEST_CASE("only references that are cited are carried along, those of other packs included") {
  const std::string laws =
      "- {id: a, citation: A, jurisdiction: EU, kind: law, reviewed_on: 2026-01-01, status: verified, "
      "applies_from: 2026-08-02}\n"
      "- {id: b, citation: B, jurisdiction: INT, kind: practice, reviewed_on: 2026-01-01, status: verified, "
      "applies_from: in-force}\n"
      "- {id: c, citation: C, jurisdiction: INT, kind: standard, reviewed_on: 2026-01-01, status: memory}\n";
  MemoryFileSystem files;
  files.add("/laws/laws.yaml", laws);
  files.add("/one.yaml", pack_head +
                             "include: [laws]\nrules:\n"
                             "  - {id: r, title: R, message: M, require: 'true', references: [a, b]}\n");
  files.add("/two.yaml",
            "pack: 1\nid: two\nversion: \"1\"\ntitle: Two\n"
            "defaults: {severity: error, level: essential, gate: assess, scope: campaign, ask: marketing}\n"
            "rules:\n  - {id: r, title: R, message: M, require: 'true', references: [b]}\n");
  Diagnostics diagnostics;
  const auto one = test::compile(files, "/one.yaml", diagnostics);
  REQUIRE(one != nullptr);
  REQUIRE(one->tables().references.size() == 2);
  CHECK(one->reference("a")->applies_from == "2026-08-02");
  CHECK(one->reference("a")->kind == Basis::Kind::law);
  CHECK(one->reference("b")->applies_from.empty());
  CHECK(one->reference("c") == nullptr);
  const auto written = read_pack("/two.yaml", language()->pack, files, diagnostics);
  REQUIRE(written);
  const std::vector<std::shared_ptr<const CompiledPack>> others{one};
  const auto two = compile_pack(*written, *language(), others, diagnostics);
  REQUIRE(two != nullptr);
  REQUIRE(two->reference("b") != nullptr);
  CHECK(two->reference("b")->citation == "B");
}

TEST_CASE("a reference that is defined twice") {
  MemoryFileSystem files;
  const std::string law =
      "- {id: a, citation: A, jurisdiction: EU, kind: law, reviewed_on: 2026-01-01, status: verified}\n";
  files.add("/laws/laws.yaml", law + law);
  files.add("/house.yaml", pack_head +
                               "include: [laws]\nrules:\n"
                               "  - {id: r, title: R, message: M, require: 'true', references: [a]}\n");
  Diagnostics diagnostics;
  CHECK(test::compile(files, "/house.yaml", diagnostics) == nullptr);
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].message == "the reference `a` is defined twice");
  CHECK(diagnostics[0].location.file == "/laws/laws.yaml");
  CHECK(diagnostics[0].location.begin.line == 2);
}

}  // namespace scruple::policy
