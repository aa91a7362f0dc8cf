#include "schema/validator.h"

#include "schemas.h"

#include <string>
#include <vector>

namespace scruple::schema {
namespace {

// A manifest in which `⟦…⟧` marks what the one violation must point at.
struct Marked {
  std::string text;
  Span span;
};

Marked without_marks(std::string text) {
  Marked marked;
  const std::string open = "⟦", close = "⟧";
  const std::size_t begin = text.find(open);
  REQUIRE(begin != std::string::npos);
  text.erase(begin, open.size());
  const std::size_t end = text.find(close);
  REQUIRE(end != std::string::npos);
  text.erase(end, close.size());
  marked.text = std::move(text);
  marked.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  return marked;
}

std::vector<Violation> check(const Document& document) {
  const Schema schema = product_schema("manifest").schema();
  return validate(document, document.root(), schema, schema.root());
}

std::string shown(const std::vector<Violation>& violations) {
  std::string out;
  for (const Violation& violation : violations) {
    out += violation.code + ": " + violation.message + " (" + violation.hint + ")\n";
  }
  return out;
}

const std::string head = "scruple: 1\nkind: campaign\ncampaign:\n  id: spring\n";

}  // namespace

TEST_CASE("one mistake, one violation: its code, place, message, hint and span") {
  struct Row {
    std::string yaml;
    const char* code;
    const char* place;
    const char* message;
    const char* hint;
  };
  const Row rows[] = {
      // unknown fields
      {head + "  ⟦launch_dat⟧: 2026-03-01\n", "unknown-field", "campaign.launch_dat",
       "there is no field `launch_dat` in `campaign`", "did you mean `launch_date`?"},
      {head + "  ⟦launchDate⟧: 2026-03-01\n", "unknown-field", "campaign.launchDate",
       "there is no field `launchDate` in `campaign`", "did you mean `launch_date`?"},
      {head + "  ⟦\"End Date\"⟧: 2026-03-01\n", "unknown-field", "campaign[\"End Date\"]",
       "there is no field `End Date` in `campaign`", "did you mean `end_date`?"},
      {head + "  ⟦title⟧: Spring\n", "unknown-field", "campaign.title", "there is no field `title` in `campaign`",
       "did you mean `name`?"},
      {head + "  ⟦Start Date⟧: 2026-03-01\n", "unknown-field", "campaign[\"Start Date\"]",
       "there is no field `Start Date` in `campaign`", "did you mean `launch_date`?"},
      {head + "  launch_date: 2026-03-01\n  ⟦start⟧: 2026-03-01\n", "unknown-field", "campaign.start",
       "there is no field `start` in `campaign`", "the name of a field of your own begins with `x-`"},
      {head + "⟦launch_date⟧: 2026-03-01\n", "unknown-field", "launch_date",
       "there is no field `launch_date` in this file", "`launch_date` belongs under `campaign`"},
      {head + "  ⟦ai_role⟧: none\n", "unknown-field", "campaign.ai_role", "there is no field `ai_role` in `campaign`",
       "`ai_role` belongs under `asset_defaults` or `assets[]`"},
      {head + "assets:\n  - id: a\n    ⟦colour⟧: red\n", "unknown-field", "assets[a].colour",
       "there is no field `colour` in `assets[0]`", "the name of a field of your own begins with `x-`"},
      {head + "  frequency_cap: {⟦days⟧: 7}\n", "unknown-field", "campaign.frequency_cap.days",
       "there is no field `days` in `frequency_cap`", "there are `max_messages` and `period_days`"},
      {"scruple: 1\nkind: organization\n⟦assets⟧: []\n", "unknown-field", "assets",
       "there is no field `assets` in this file", "`assets` belongs in the other kind of file: campaign manifest"},
      {head + "⟦owner⟧: ada\n", "unknown-field", "owner", "there is no field `owner` in this file",
       "`owner` belongs under `campaign`"},
      {head + "⟦lunch_date⟧: 2026-03-01\n", "unknown-field", "lunch_date",
       "there is no field `lunch_date` in this file",
       "did you mean `launch_date`? `launch_date` belongs under `campaign`"},
      {head + "⟦\u00A0 owner⟧: ada\n", "unknown-field", "[\"\u00A0 owner\"]",
       "there is no field `\u00A0 owner` in this file",
       "the name begins with a no-break space (U+00A0), which YAML takes for text; `owner` belongs under `campaign`"},
      {head + "  ⟦\u200Bowner⟧: ada\n", "unknown-field", "campaign[\"\u200Bowner\"]",
       "there is no field `\u200Bowner` in `campaign`",
       "the name begins with an invisible space (U+200B), which YAML takes for text; write `owner:`"},
      {head + "  ⟦“owner”⟧: ada\n", "unknown-field", "campaign[\"“owner”\"]",
       "there is no field `“owner”` in `campaign`",
       "the name stands in curly quotes, which YAML takes for text; write `owner:`"},
      // the head
      {"⟦kind: campaign⟧\ncampaign: {id: a}\n", "missing-field", "", "`scruple` is missing", "write `scruple: 1`"},
      {"⟦scruple: 1⟧\ncampaign: {id: a}\n", "missing-field", "",
       "`kind` is missing; it is `campaign` or `organization`", "write `kind: campaign`"},
      {"⟦scruple: 1⟧\norganization: {name: a}\ndata: {}\n", "missing-field", "",
       "`kind` is missing; it is `campaign` or `organization`", "write `kind: organization`"},
      {"scruple: 1\nkind: ⟦campagin⟧\ncampaign: {id: a}\n", "wrong-kind", "kind",
       "`kind` is `campagin`; it must be `campaign` or `organization`", "did you mean `campaign`?"},
      {"scruple: ⟦2⟧\nkind: campaign\ncampaign: {id: a}\n", "not-in-enum", "scruple",
       "`scruple` is `2`; it must be `1`", ""},
      {"scruple: ⟦\"1\"⟧\nkind: campaign\ncampaign: {id: a}\n", "wrong-type", "scruple",
       "`scruple` holds text; `1` is expected", "write `scruple: 1`, without quotes"},
      {"⟦scruple: 1⟧\nkind: campaign\n", "missing-field", "", "`campaign` is missing",
       "write `campaign:` and below it, indented, `id: spring-mail`"},
      {"scruple: 1\nkind: campaign\n⟦campaign⟧:\n", "missing-field", "", "`campaign` is empty",
       "write `campaign:` and below it, indented, `id: spring-mail`"},
      {"scruple: 1\nkind: campaign\ncampaign:\n  ⟦name: Spring⟧\n  owner: ada\n", "missing-field", "campaign",
       "`id` is missing in `campaign`", "such as `id: spring-mail`"},
      {"scruple: 1\nkind: campaign\ncampaign:\n  ⟦id⟧: TBD\n", "missing-field", "campaign",
       "`id` holds only the placeholder `TBD`", "such as `id: spring-mail`"},
      {"scruple: 1\nkind: campaign\ncampaign:\n  ⟦id⟧: \"  \"\n", "missing-field", "campaign", "`id` is empty",
       "such as `id: spring-mail`"},
      // ids
      {head + "assets:\n  - ⟦kind: email⟧\n    path: a.html\n", "missing-field", "assets[0]",
       "`id` is missing in `assets[0]`", "such as `id: hero-mail`"},
      {head + "assets:\n  - {id: a}\n  - {id: ⟦a⟧}\n", "duplicate-id", "assets[1].id",
       "the id `a` is taken: an item on line 6 of this list has it", "give each item an id of its own"},
      {head + "ai_systems: [copybot, {id: ⟦copybot⟧}]\n", "duplicate-id", "ai_systems[copybot].id",
       "the id `copybot` is taken: an item on line 5 of this list has it", "give each item an id of its own"},
      {head + "fairness: {protected_attributes: [age, ⟦age⟧]}\n", "duplicate-id", "fairness.protected_attributes[1]",
       "the id `age` is taken: an item on line 5 of this list has it", "give each item an id of its own"},
      {head + "assets:\n  - id: ⟦5⟧\n", "wrong-type", "assets[0].id", "`id` holds a whole number; an id is expected",
       "write `id: \"5\"`, in quotes"},
      // types
      {head + "  automated: ⟦yes⟧\n", "wrong-type", "campaign.automated",
       "`automated` holds text; `true` or `false` is expected", "write `automated: true`"},
      {head + "  daily_budget: ⟦\"500\"⟧\n", "wrong-type", "campaign.daily_budget",
       "`daily_budget` holds text; a number is expected", "write `daily_budget: 500`, without quotes"},
      {head + "ai_systems:\n  - id: a\n    version: ⟦3.2⟧\n", "wrong-type", "ai_systems[a].version",
       "`version` holds a number; text is expected", "write `version: \"3.2\"`, in quotes"},
      {head + "  channels: ⟦email⟧\n", "wrong-type", "campaign.channels", "`channels` holds text; a list is expected",
       "write `channels: [email]`"},
      {head + "  channels: [⟦[email]⟧]\n", "wrong-type", "campaign.channels[0]",
       "`channels[0]` holds a list; one of `email`, `sms`, `push`, `social`, `ads`, `web`, `chat`, `voice` or `post` "
       "is expected",
       "write `email`, without a list around it"},
      {head + "  success_metrics:\n    ⟦name: x⟧\n    target: 1\n", "wrong-type", "campaign.success_metrics",
       "`success_metrics` holds a map; a list is expected", "begin each item with `- `"},
      {head + "ai_systems:\n  ⟦copybot:⟧\n    name: Copybot\n", "wrong-type", "ai_systems",
       "`ai_systems` holds a map; a list is expected", "write `- id: copybot` in place of `copybot:`"},
      {head + "assets:\n  ⟦-id: mail⟧\n", "wrong-type", "assets", "`assets` holds a map; a list is expected",
       "write `- id: …`: an item begins with a hyphen and a blank"},
      {head + "assets:\n  ⟦– id: mail⟧\n", "wrong-type", "assets", "`assets` holds a map; a list is expected",
       "write `- id: …`: an item begins with a hyphen and a blank"},
      {head + "  markets:\n    ⟦-DE⟧\n", "wrong-type", "campaign.markets", "`markets` holds text; a list is expected",
       "write each item on a line of its own, after `- `: a hyphen and a blank"},
      {head + "  channels: ⟦“email”, „web“⟧\n", "wrong-type", "campaign.channels",
       "`channels` holds text; a list is expected", "write `channels: [email, web]`"},
      {head + "  automated: ⟦“yes”⟧\n", "wrong-type", "campaign.automated",
       "`automated` holds text; `true` or `false` is expected", "write `automated: true`"},
      {head + "  success_metrics: [{target: ⟦-.inf⟧}]\n", "wrong-type", "campaign.success_metrics[0].target",
       "`target` is `-.inf`; a number is expected", ""},
      {head + "  frequency_cap: {period_days: ⟦7.5⟧}\n", "wrong-type", "campaign.frequency_cap.period_days",
       "`period_days` holds a number; a whole number is expected", ""},
      {head + "  brief: ⟦brief.md⟧\n", "wrong-type", "campaign.brief", "`brief` holds text; a map is expected",
       "write `brief:` and below it, indented, `path: brief.md`"},
      {head + "audience: {list_path: ⟦7⟧}\n", "wrong-type", "audience.list_path",
       "`list_path` holds a whole number; the path of a file, a list or a map is expected",
       "write `list_path: \"7\"`, in quotes"},
      {head + "ai_systems: [⟦7⟧]\n", "wrong-type", "ai_systems[0]",
       "`ai_systems[0]` holds a whole number; the id of an AI system or a map is expected", "write `\"7\"`, in quotes"},
      {head + "organization: ⟦[a]⟧\n", "wrong-type", "organization",
       "`organization` holds a list; the path of a file or a map is expected",
       "write `organization: a`, without a list around it"},
      // values
      {head + "  status: ⟦approve⟧\n", "not-in-enum", "campaign.status",
       "`status` is `approve`; it must be one of `idea`, `built`, `in_review`, `approved`, `live` or `closed`",
       "did you mean `approved`?"},
      {head + "  status: ⟦running⟧\n", "not-in-enum", "campaign.status",
       "`status` is `running`; it must be one of `idea`, `built`, `in_review`, `approved`, `live` or `closed`", ""},
      {head + "  status: ⟦“built”⟧\n", "not-in-enum", "campaign.status",
       "`status` is `“built”`; it must be one of `idea`, `built`, `in_review`, `approved`, `live` or `closed`",
       "write `status: built`, without the curly quotes: YAML takes them for text"},
      {head + "  status: ⟦built\u00A0⟧\n", "not-in-enum", "campaign.status",
       "`status` is `built\u00A0`; it must be one of `idea`, `built`, `in_review`, `approved`, `live` or `closed`",
       "write `status: built`; beside it stands a no-break space (U+00A0)"},
      {head + "  status: ⟦built,⟧\n", "not-in-enum", "campaign.status",
       "`status` is `built,`; it must be one of `idea`, `built`, `in_review`, `approved`, `live` or `closed`",
       "write `status: built`"},
      {head + "  launch_date: ⟦“2026-03-01”⟧\n", "malformed-date", "campaign.launch_date",
       "`launch_date` is `“2026-03-01”`: a date is written as year, month and day",
       "write `launch_date: 2026-03-01`, without the curly quotes: YAML takes them for text"},
      {head + "audience: {personalization: {general_share: ⟦30⟧}}\n", "out-of-range",
       "audience.personalization.general_share", "`general_share` is 30; at most 1 is expected",
       "write `general_share: 0.3` for 30 %"},
      {head + "  daily_budget: ⟦-1⟧\n", "out-of-range", "campaign.daily_budget",
       "`daily_budget` is -1; at least 0 is expected", ""},
      {head + "  daily_budget: ⟦.nan⟧\n", "wrong-type", "campaign.daily_budget",
       "`daily_budget` is `.nan`; a number is expected", ""},
      {head + "  currency: ⟦euro⟧\n", "malformed", "campaign.currency",
       "`currency` is `euro`, which is not in the right form", "write it as in `currency: EUR`"},
      // formats
      {head + "  launch_date: ⟦01.03.2026⟧\n", "malformed-date", "campaign.launch_date",
       "`launch_date` is `01.03.2026`: a date is written as year, month and day", "write `launch_date: 2026-03-01`"},
      {head + "  launch_date: ⟦3/1/2026⟧\n", "malformed-date", "campaign.launch_date",
       "`launch_date` is `3/1/2026`: it can mean two days",
       "write `2026-01-03` for 3 January 2026, or `2026-03-01` for 1 March 2026"},
      {head + "  launch_date: ⟦March 1, 2026⟧\n", "malformed-date", "campaign.launch_date",
       "`launch_date` is `March 1, 2026`: a date is written as year, month and day", "write `launch_date: 2026-03-01`"},
      {head + "  launch_date: ⟦2026-02-30⟧\n", "malformed-date", "campaign.launch_date",
       "`launch_date` is `2026-02-30`: February 2026 has 28 days", "write a day such as `2026-03-01`"},
      {head + "  launch_date: ⟦\"soon\"⟧\n", "malformed-date", "campaign.launch_date",
       "`launch_date` is `soon`: a date is written as year, month and day", "write a day such as `2026-03-01`"},
      {head + "  markets: [DE, ⟦UK⟧]\n", "malformed-market", "campaign.markets[1]",
       "`markets[1]` is `UK`: it is no country code of ISO 3166", "write `GB`"},
      {head + "  languages: [⟦de_DE⟧]\n", "malformed-language", "campaign.languages[0]",
       "`languages[0]` is `de_DE`: it is no language tag", "write `de-DE`"},
      {head + "rights: {customer: {request_contact: ⟦help desk⟧}}\n", "malformed-email-or-uri",
       "rights.customer.request_contact",
       "`request_contact` is `help desk`: it is neither a mail address nor a web address",
       "write an address such as `privacy@example.com` or `https://www.example.com/privacy`"},
      {head + "oversight: {approvals: [{digests: {mail: ⟦abc⟧}}]}\n", "malformed-sha256",
       "oversight.approvals[0].digests.mail", "`mail` is `abc`: it is no SHA-256 digest of 64 hexadecimal digits",
       "`sha256sum FILE` prints it"},
  };
  for (const Row& row : rows) {
    const Marked marked = without_marks(row.yaml);
    INFO(marked.text);
    const Document document = yaml(marked.text);
    const auto violations = check(document);
    INFO(shown(violations));
    REQUIRE(violations.size() == 1);
    const Violation& violation = violations[0];
    CHECK(violation.code == row.code);
    CHECK(Places(document).name(document.root(), violation.path) == row.place);
    CHECK(violation.message == row.message);
    CHECK(violation.hint == row.hint);
    CHECK(document.source().text().substr(violation.span.begin, violation.span.end - violation.span.begin) ==
          document.source().text().substr(marked.span.begin, marked.span.end - marked.span.begin));
    CHECK(violation.span.begin == marked.span.begin);
    CHECK((violation.code == "missing-field") != violation.missing.empty());
  }
}

TEST_CASE("what says nothing breaks no type") {
  for (const auto* value : {"", "~", "null", "\"\"", "\"  \"", "TBD", "todo", "N/A", "\"-\"", "\"?\"", "\"---\"",
                            "<the owner>", "\"<…>\""}) {
    INFO(value);
    for (const auto* field :
         {"automated", "launch_date", "status", "channels", "daily_budget", "frequency_cap", "currency", "name"}) {
      const auto violations = check(yaml(head + "  " + field + ": " + value + "\n"));
      INFO(shown(violations));
      CHECK(violations.empty());
    }
    CHECK(check(yaml(head + "  markets: [DE, " + std::string(*value == 0 ? "~" : value) + "]\n")).empty());
    CHECK(check(yaml(head + "audience: {list_path: " + std::string(*value == 0 ? "~" : value) + "}\n")).empty());
  }
}

TEST_CASE("placeholders") {
  for (const auto* text :
       {"", " ", "\t\n", "TBD", "tbd", " TODO ", "n/a", "N/A", "-", "--", "?", "???", "<name>", "<…>", "<>"}) {
    INFO(text);
    CHECK(is_placeholder(text));
  }
  for (const auto* text :
       {"0", "TBD by legal", "none", "unknown", "-1", "- -", "?!", "<b>Sale</b>", "<a> <b>", "<3", "a/b", "na", "."}) {
    INFO(text);
    CHECK_FALSE(is_placeholder(text));
  }
}

TEST_CASE("a placeholder is a value where the enum has it, and in prose") {
  const OwnedSchema owned = schema_of(R"({"type": "object", "properties": {
    "choice": {"type": "string", "enum": ["-", "a"]},
    "prose": {"type": "string", "x-prose": true},
    "plain": {"type": "string"},
    "either": {"oneOf": [{"type": "string", "x-prose": true}, {"type": "array"}]},
    "any": {}}})");
  const Schema schema = owned.schema();
  const auto silent = [&](const char* field, const char* value) {
    const Document document = yaml(value);
    return says_nothing(document.node(document.root()), schema, schema.property(schema.root(), field)->type);
  };
  CHECK_FALSE(silent("choice", "\"-\""));
  CHECK(silent("choice", "\"?\""));
  CHECK_FALSE(silent("prose", "TODO"));
  CHECK(silent("prose", "\" \""));
  CHECK(silent("plain", "TODO"));
  CHECK_FALSE(silent("either", "TODO"));
  CHECK_FALSE(silent("any", "TODO"));
  CHECK(silent("any", "null"));
  CHECK_FALSE(silent("plain", "[]"));
  CHECK_FALSE(silent("plain", "0"));
}

TEST_CASE("all mistakes of a file are found at once, in the order of the file") {
  const Document document = yaml(R"(scruple: 1
kind: campaign
campaign:
  launch: 2026-03-01
  automated: "on"
assets:
  - {kind: mail}
  - hero
audience:
  exclusions: {segment: a}
x-house: {anything: [goes, {here: 1}]}
)");
  std::vector<std::string> seen;
  for (const Violation& violation : check(document)) {
    const Position position = document.source().position(violation.span.begin);
    seen.push_back(std::to_string(position.line) + ":" + std::to_string(position.column) + " " + violation.code);
  }
  CHECK(seen == std::vector<std::string>{"4:3 missing-field", "4:3 unknown-field", "5:14 wrong-type",
                                         "7:5 missing-field", "7:12 not-in-enum", "8:5 wrong-type",
                                         "10:15 wrong-type"});
}

TEST_CASE("an unknown kind is judged as the kind that it resembles") {
  const auto organization = check(yaml("scruple: 1\nkind: org\norganization: {name: a, size: tiny}\nrights: {}\n"));
  REQUIRE(organization.size() == 2);  // no missing `campaign`
  CHECK(organization[0].code == "wrong-kind");
  CHECK(organization[1].code == "not-in-enum");
  const auto campaign = check(yaml("kind: [campaign]\nscruple: 1\ncampaign: {id: a}\nassets: []\n"));
  REQUIRE(campaign.size() == 1);
  CHECK(campaign[0].code == "wrong-kind");
}

TEST_CASE("hints of JSON files are JSON") {
  const Document document = json(
      R"({"scruple": 1, "kind": "campaign", "campaign": {"id": "a", "automated": "yes", "channels": "email", "launch_date": "1.3.2026"}})");
  const auto violations = check(document);
  REQUIRE(violations.size() == 3);
  CHECK(violations[0].hint == R"(write `"automated": true`)");
  CHECK(violations[1].hint == R"(write `"channels": ["email"]`)");
  CHECK(violations[2].hint == R"(write `"launch_date": "2026-03-01"`)");
}

TEST_CASE("a document that is no map") {
  const auto empty = check(yaml("# nothing here\n"));
  REQUIRE(empty.size() == 1);
  CHECK(empty[0].code == "wrong-type");
  CHECK(empty[0].message == "there is nothing in this document; a map is expected");
  CHECK(empty[0].hint == "write `scruple: 1`");
  for (const auto* text : {"[]", "[1, 2]", "plain text", "5", "true", "TBD"}) {
    INFO(text);
    const auto violations = check(yaml(text));
    REQUIRE(violations.size() == 1);
    CHECK(violations[0].code == "wrong-type");
    CHECK(violations[0].path.empty());
  }
}

TEST_CASE("a part of a document can be validated alone") {
  const Schema schema = product_schema("manifest").schema();
  const Document document = yaml("wrapper: {id: a, kind: mail}\n");
  const auto violations =
      validate(document, document.members(document.root())[0].value, schema, schema.definition("asset"));
  REQUIRE(violations.size() == 1);
  CHECK(violations[0].code == "not-in-enum");
  CHECK(violations[0].path == Path{1});
}

TEST_CASE("hostile shapes end soon and quietly") {
  SECTION("more mistakes than anybody wants to read") {
    std::string text = head;
    for (int i = 0; i < 50'000; ++i) text += "unknown" + std::to_string(i) + ": 1\n";
    const auto violations = check(yaml(text));
    REQUIRE(violations.size() == 2001);
    CHECK(violations.back().code == "too-many");
    CHECK(violations.back().message == "there are more than 2000 problems in this file; the rest is not listed");
  }
  SECTION("many items with one id") {
    std::string text = head + "assets:\n";
    for (int i = 0; i < 50'000; ++i) text += "- {id: a}\n";
    CHECK(check(yaml(text)).size() == 2001);
  }
  SECTION("lists within lists") {
    std::string text = "x-deep: " + std::string(90, '[') + std::string(90, ']') +
                       "\ncampaign: " + std::string(90, '[') + std::string(90, ']');
    CHECK(check(yaml(text + "\nscruple: 1\nkind: campaign\n")).size() == 1);
  }
  SECTION("one mistake behind many aliases") {
    std::string text = head + "x-a: &a [{id: x, kind: bad}]\nassets: *a\n";
    CHECK(check(yaml(text)).size() == 1);
    text = head + "x-a: &a {kind: bad}\nassets:\n";
    for (int i = 0; i < 5'000; ++i) text += "- *a\n";
    CHECK(check(yaml(text)).size() == 2001);
  }
  SECTION("keys and values of great length are cut short") {
    const std::string long_word(1 << 20, 'y');
    const auto violations = check(yaml(head + "  " + "status: " + long_word + "\n  channels: " + long_word +
                                       "\n  launch_date: " + long_word + "\n  automated: " + long_word +
                                       "\n  daily_budget: " + long_word + "\n"));
    REQUIRE(violations.size() == 5);
    for (const Violation& violation : violations) {
      CHECK(violation.message.size() < 400);
      CHECK(violation.hint.size() < 400);
    }
    const auto key = check(
        json("{\"scruple\": 1, \"kind\": \"campaign\", \"campaign\": {\"id\": \"a\", \"" + long_word + "\": 1}}"));
    REQUIRE(key.size() == 1);
    CHECK(key[0].message.size() < 400);
    CHECK(key[0].hint.size() < 400);
  }
  SECTION("keys that are not names") {
    const auto violations =
        check(json(R"({"scruple": 1, "kind": "campaign", "campaign": {"id": "a", "": 1, "\u0001\n": 1, "…": 1}})"));
    CHECK(violations.size() == 3);
    for (const Violation& violation : violations) CHECK(violation.code == "unknown-field");
  }
}

// A number without a fraction is a whole number, as in JSON Schema.
TEST_CASE("whole numbers may be written with a point or an exponent") {
  for (const auto* text : {"scruple: 1.0\nkind: organization\n", "scruple: 1e0\nkind: organization\n",
                           "scruple: 1\nkind: campaign\ncampaign: {id: a, frequency_cap: {period_days: 7.0}}\n",
                           "scruple: 1\nkind: campaign\ncampaign: {id: a, frequency_cap: {max_messages: 1e2}}\n"}) {
    INFO(text);
    CHECK(check(yaml(text)).empty());
  }
}

TEST_CASE("the field that was meant is told, here or elsewhere") {
  const auto only = [](std::string text) {
    const auto violations = check(yaml(std::move(text)));
    REQUIRE(violations.size() == 1);
    return violations[0];
  };
  const std::string head = "scruple: 1\nkind: campaign\ncampaign:\n  id: a\n";
  CHECK(only(head + "  onwer: ada\n").meant == "owner");
  CHECK_FALSE(only(head + "  onwer: ada\n").meant_elsewhere);
  CHECK(only(head + "lunch_date: 2026-03-01\n").meant == "campaign.launch_date");
  CHECK(only(head + "lunch_date: 2026-03-01\n").meant_elsewhere);
  CHECK(only(head + "  colour: red\n").meant.empty());
}

}  // namespace scruple::schema
