// The schema of policy packs.
#include "schema/validator.h"

#include "schemas.h"

#include <string>

namespace scruple::schema {
namespace {

Schema pack_schema() { return product_schema("pack").schema(); }

std::vector<Violation> check(const std::string& text) {
  const Schema pack = pack_schema();
  const Document document = yaml(text);
  return validate(document, document.root(), pack, pack.root());
}

}  // namespace

TEST_CASE("rules and packs as they are written are valid") {
  const char* texts[] = {
      R"yaml(
id: ai-content-disclosed
aliases: [transparency/ai-disclosed]
title: AI-written copy tells its reader that AI made it
severity: error
level: essential
gate: technical
scope: campaign
ask: marketing
for: asset in manifest.assets
when: is_customer_text(asset) && asset.ai_role in params.roles
let:
  copy: file(asset.path).html.visible_text
require:
  - that: text.has_phrase(copy, words.ai_disclosure, asset.language)
    at: asset.path
  - asset.reviewed_on <= reference_day
message: "The copy of {asset.id} does not say that AI wrote it."
remediation: Add a short line.
rationale: People judge a message by who speaks.
references: [ethical-ai-training, {id: eu-ai-act-50-4-text, when: "asset.?public_interest.orValue(false)"}]
params:
  roles: {type: list(string), default: [generated], description: Parts that AI can have had.}
  days: {type: integer, default: 90, minimum: 1, maximum: 365, description: The age limit in days.}
waiver: {allowed: true, max_days: 90}
silence: {campaign.end_date: an open-ended campaign has none}
tests:
  - fail: nothing in the mail says so
    set: {"assets[mail].ai_role": generated}
    add: {assets: {id: bot, kind: chatbot}}
    organization: {remove: ["organization.size"]}
    files: {mail.html: "<p>Hello</p>", empty.txt: ""}
    params: {roles: [assisted]}
    today: 2026-03-01
    gate: live
    finds: [{at: "assets[mail].path", message: does not say}]
  - undecided: nobody said who wrote it
    remove: ["assets[mail].ai_role"]
    finds: [{at: "assets[mail]", missing: ai_role}]
  - pass: a whole manifest
    manifest: {scruple: 2, any: thing}
    invalid: true
)yaml",
      R"yaml(
id: short
title: The shortest rule
for: [asset in manifest.assets, claim in asset.claims]
require: claim.text != ""
)yaml",
      R"yaml(
pack: 1
id: house
version: "1.0"
title: House rules
requires: ">=1.0"
defaults: {severity: warning, level: standard, waiver: {allowed: false}}
today: 2026-03-01
base: {campaign: base.yaml, organization: {scruple: 1, kind: organization}, files: {a.html: "<p>"}}
define:
  is_mail: {arguments: [asset], is: asset.kind == "email", description: A mail.}
  near: {arguments: [{name: a, type: timestamp}], is: a < today}
rules:
  - {id: one, title: One, require: "true"}
  - {id: two, title: Two, require: "true"}
)yaml",
  };
  for (const char* text : texts) {
    INFO(text);
    for (const Violation& violation : check(text))
      FAIL_CHECK(violation.code + ": " + violation.message + " " + violation.hint);
  }
}

TEST_CASE("mistakes in packs") {
  struct Row {
    const char* yaml;
    const char* code;
    const char* place;
    const char* hint;
  };
  const Row rows[] = {
      {"{id: a, title: b, requires: c, require: d}", "unknown-field", "requires",
       "`requires` belongs in the other kind of file: pack"},
      {"{id: a, title: b, require: c, tests: [{pass: d, finds: [{path: x}]}]}", "unknown-field",
       "tests[0].finds[0].path", "there are `at`, `missing` and `message`"},
      {"{id: a, title: b, require: c, tests: [{pass: d, remove: x}]}", "wrong-type", "tests[0].remove",
       "write `remove: [x]`"},
      {"{id: a, title: b, require: true}", "wrong-type", "require", "write `require: \"true\"`, in quotes"},
      {"{id: a, title: b, require: []}", "too-short", "require", ""},
      {"{id: a, title: b, require: [{at: x}]}", "missing-field", "require[0]", ""},
      {"{id: a, title: b, require: c, severity: fatal}", "not-in-enum", "severity", ""},
      {"{id: A b, title: b, require: c}", "malformed", "id", "write it as in `id: ai-content-disclosed`"},
      {"{title: b, require: c}", "missing-field", "", "such as `id: ai-content-disclosed`"},
      {"{id: a, title: b, require: c, params: {n: {type: interger, default: 1}}}", "not-in-enum", "params.n.type",
       "did you mean `integer`?"},
      {"{pack: 2, id: a, version: b, title: c}", "wrong-kind", "pack", "write `pack: 1`"},
      {"{pack: 1, id: a, version: 1.0, title: b}", "wrong-type", "version", "write `version: \"1.0\"`, in quotes"},
      {"{pack: 1, id: a, version: b, title: c, rules: [{id: r, title: t, require: q}, {id: r, title: t, require: q}]}",
       "duplicate-id", "rules[1].id", "give each item an id of its own"},
      {"{pack: 1, id: a, version: b, title: c, today: 1.3.2026}", "malformed-date", "today",
       "write `today: 2026-03-01`"},
  };
  const Schema pack = pack_schema();
  for (const Row& row : rows) {
    INFO(row.yaml);
    const Document document = yaml(row.yaml);
    const auto violations = validate(document, document.root(), pack, pack.root());
    REQUIRE(violations.size() == 1);
    CHECK(violations[0].code == row.code);
    CHECK(Places(document).name(document.root(), violations[0].path) == row.place);
    CHECK(violations[0].hint == row.hint);
  }
}

TEST_CASE("definitions that the pack reader asks for by name") {
  const Schema pack = pack_schema();
  for (const auto* name : {"pack_file", "rule", "param", "define", "base", "test", "common_file"}) {
    INFO(name);
    CHECK(pack.definition(name) != no_type);
  }
}

}  // namespace scruple::schema
