#include "policy/view.h"

#include "bench.h"
#include "cel/cel.h"

#include <array>
#include <optional>

namespace scruple::policy {
namespace {

using test::campaign_head;
using test::document_of;
using test::language;
using test::organization_head;

// A campaign with its organization file (both without their heads).
class Manifests {
 public:
  explicit Manifests(const std::string& campaign, std::optional<std::string> organization = std::nullopt,
                     bool unreadable = false)
      : campaign_(document_of(campaign_head + campaign)) {
    if (organization) organization_.emplace(document_of(organization_head + *organization, "organization.yaml"));
    view_.emplace(0, language()->manifest, language()->manifest.definition("campaign_manifest"), campaign_,
                  organization_ ? &*organization_ : nullptr, unreadable);
  }

  const View& view() const { return *view_; }

  // What an expression gives, and where it stands: `"Ada" <- organization.yaml 5:7 organization.people[ada].name`.
  std::string evaluate(const std::string& expression) {
    cel::Environment environment;
    environment.functions = &language()->functions;
    environment.variables = {{"manifest", cel::Type::dyn(), 0}};
    const auto compiled = cel::compile(expression, environment);
    for (const auto& issue : compiled.issues) FAIL(expression << ": " << issue.message);
    std::array<cel::Value, 1> slots{view_->root()};
    const cel::Value value =
        cel::evaluate(*compiled.program, {slots, nullptr, nullptr, &language()->functions}, evaluation_);
    return value.is_error() ? shown(value.as_error()) : shown(value);
  }

 private:
  std::string shown(const cel::Value& value) {
    std::string text;
    if (value.is(cel::Kind::opaque)) {
      text =
          concat(value.as_container().type_name(value.handle()), " ", view_->written(View::entry_of(value.origin())));
    } else {
      text = cel::to_display(value, evaluation_);
    }
    if (value.origin() == 0) return text;
    const auto spot = view_->spot(View::entry_of(value.origin()));
    const Position position = spot.document->source().position(spot.span.begin);
    return concat(text, " <- ", spot.document->source().name(), " ", position.line, ":", position.column, " ",
                  view_->place(View::entry_of(value.origin())));
  }

  std::string shown(const cel::Error& error) const {
    const std::string place = error.origin == 0 ? "?" : view_->place(View::entry_of(error.origin));
    switch (error.kind) {
      case cel::ErrorKind::absence:
        return error.missing.empty() ? concat("says nothing: ", place)
                                     : concat("absent: ", error.missing, " in ", place);
      case cel::ErrorKind::wrong_type: return concat("wrong type: ", place);
      case cel::ErrorKind::unavailable: return concat("unavailable: ", place);
      default: return concat("error: ", error.message);
    }
  }

  Document campaign_;
  std::optional<Document> organization_;
  std::optional<View> view_;
  cel::Evaluation evaluation_;
};

struct Row {
  const char* what;
  const char* campaign;
  const char* organization;
  const char* expression;
  const char* expected;
};

const std::string named = "organization: ../organization.yaml\n";  // line 3 of the campaign

}  // namespace

TEST_CASE("what a campaign inherits") {
  const Row rows[] = {
      // a key that stands in the campaign wins, whatever it holds
      {"a key that stands in both", "rights: {customer: {response_days: 10}}",
       "rights: {customer: {response_days: 30}}", "manifest.rights.customer.response_days",
       "10 <- campaign.yaml 4:36 rights.customer.response_days"},
      {"a key that stands in the organization only", "rights: {customer: {response_days: 10}}",
       "rights: {customer: {request_contact: a@example.org}}", "manifest.rights.customer.request_contact",
       "\"a@example.org\" <- organization.yaml 3:38 rights.customer.request_contact"},
      {"a section that stands in the organization only", "", "rights: {customer: {response_days: 30}}",
       "manifest.rights.customer.response_days", "30 <- organization.yaml 3:36 rights.customer.response_days"},
      {"a null inherits nothing", "rights: {customer: {response_days: null}}",
       "rights: {customer: {response_days: 30}}", "manifest.rights.customer.response_days",
       "says nothing: rights.customer.response_days"},
      {"a null section inherits nothing", "rights:", "rights: {customer: {response_days: 30}}",
       "manifest.rights.customer.response_days", "says nothing: rights"},
      {"a blank inherits nothing", "rights: {customer: {request_contact: '  '}}",
       "rights: {customer: {request_contact: a@example.org}}", "manifest.rights.customer.request_contact",
       "says nothing: rights.customer.request_contact"},
      {"a placeholder inherits nothing", "rights: {customer: {request_contact: TBD}}",
       "rights: {customer: {request_contact: a@example.org}}", "manifest.rights.customer.request_contact",
       "says nothing: rights.customer.request_contact"},
      {"a value of the wrong type inherits nothing", "rights: {customer: {response_days: soon}}",
       "rights: {customer: {response_days: 30}}", "manifest.rights.customer.response_days",
       "wrong type: rights.customer.response_days"},
      {"a section of the wrong type inherits nothing", "rights: soon", "rights: {customer: {response_days: 30}}",
       "manifest.rights.customer", "wrong type: rights"},
      {"what stands in neither is absent in the campaign", "rights: {customer: {response_days: 10}}",
       "rights: {customer: {response_days: 30}}", "manifest.rights.customer.request_contact",
       "absent: request_contact in rights.customer"},
      {"has() sees the view", "rights: {customer: {response_days: 10}}",
       "rights: {customer: {request_contact: a@example.org}}",
       "[has(manifest.rights.customer.request_contact), has(manifest.rights.customer.response_days), "
       "has(manifest.rights.customer.export_sample_paths)]",
       "[true, true, false]"},
      {"`in` and macros see the view", "rights: {customer: {response_days: 10}}",
       "rights: {customer: {request_contact: a@example.org}}",
       "['request_contact' in manifest.rights.customer, 'kind' in manifest.rights.customer, "
       "manifest.rights.customer.exists(key, key == 'request_contact')]",
       "[true, false, true]"},
      {"an optional selection sees the view", "rights: {customer: {request_contact: TBD}}",
       "rights: {customer: {request_contact: a@example.org}}",
       "manifest.?rights.?customer.?request_contact.orValue('none')", "\"none\""},

      // lists
      {"items inherit from those of the same id", "data: {purposes: [{id: mail, legal_basis: consent}]}",
       "data: {purposes: [{id: ads, legal_basis: contract}, {id: mail, legal_basis: contract, markets: [DE]}]}",
       "manifest.data.purposes[0].markets[0]", "\"DE\" <- organization.yaml 3:97 data.purposes[mail].markets[0]"},
      {"of an item too the campaign's key wins", "data: {purposes: [{id: mail, legal_basis: consent}]}",
       "data: {purposes: [{id: mail, legal_basis: contract}]}", "manifest.data.purposes[0].legal_basis",
       "\"consent\" <- campaign.yaml 4:43 data.purposes[mail].legal_basis"},
      {"only the campaign's items are in its list", "data: {purposes: [{id: mail}]}",
       "data: {purposes: [{id: ads}, {id: mail}]}", "manifest.data.purposes.map(p, p.id)", "[\"mail\"]"},
      {"a bare id stands for an item", "data: {purposes: [mail, ads]}",
       "data: {purposes: [{id: ads, legal_basis: contract}, {id: mail, legal_basis: consent}]}",
       "manifest.data.purposes.map(p, p.id + ' ' + p.legal_basis)", "[\"mail consent\", \"ads contract\"]"},
      {"a bare id's place", "data: {purposes: [mail, ads]}", "data: {purposes: []}", "manifest.data.purposes[1].id",
       "\"ads\" <- campaign.yaml 4:25 data.purposes[ads].id"},
      {"a bare id that the organization does not know", "data: {purposes: [mail]}", "data: {purposes: [{id: ads}]}",
       "manifest.data.purposes[0].legal_basis", "absent: legal_basis in data.purposes[mail]"},
      {"a bare id in the organization", "data: {purposes: [{id: mail, legal_basis: consent}]}",
       "data: {purposes: [mail]}", "manifest.data.purposes[0].legal_basis",
       "\"consent\" <- campaign.yaml 4:43 data.purposes[mail].legal_basis"},
      {"an empty list means none", "data: {purposes: []}", "data: {purposes: [{id: mail}]}", "manifest.data.purposes",
       "[] <- campaign.yaml 4:18 data.purposes"},
      {"a list that does not stand in the campaign is the organization's", "data: {}", "data: {purposes: [{id: mail}]}",
       "manifest.data.purposes.map(p, p.id)", "[\"mail\"]"},
      {"a list without ids is one value", "rights: {customer: {opt_in_flow_paths: [a.html]}}",
       "rights: {customer: {opt_in_flow_paths: [b.html, c.html]}}", "size(manifest.rights.customer.opt_in_flow_paths)",
       "1"},
      {"a list of maps without ids is one value", "oversight: {reviews: [{stage: planning}]}",
       "oversight: {reviews: [{stage: planning, reviewer: ada}]}", "manifest.oversight.reviews[0].reviewer",
       "absent: reviewer in oversight.reviews[0]"},
      {"people of an inline organization's list have ids, but nothing to inherit from", "",
       "organization: {people: [{id: ada}]}", "manifest.organization.people[0].id",
       "\"ada\" <- organization.yaml 3:30 organization.people[ada].id"},

      // what is one value
      {"an atomic mapping is one value", "oversight: {risk_assessment: {path: risks.md}}",
       "oversight: {risk_assessment: {path: other.md, assessed_on: 2026-01-01}}",
       "manifest.oversight.risk_assessment.assessed_on", "absent: assessed_on in oversight.risk_assessment"},
      {"an atomic item of a list is one value", "fairness: {tests: [{id: t}]}",
       "fairness: {tests: [{id: t, tested_on: 2026-01-01}]}", "manifest.fairness.tests[0].tested_on",
       "absent: tested_on in fairness.tests[t]"},
      {"an atomic mapping is inherited whole", "oversight: {}",
       "oversight: {risk_assessment: {path: risks.md, assessed_on: 2026-01-01}}",
       "manifest.oversight.risk_assessment.path",
       "path risks.md <- organization.yaml 3:37 oversight.risk_assessment.path"},
      {"a table in parts is one value", "data: {consent: {ledger_path: {path: a.csv}}}",
       "data: {consent: {ledger_path: {path: b.csv, columns: {x: y}}}}", "manifest.data.consent.ledger_path",
       "path a.csv <- campaign.yaml 4:31 data.consent.ledger_path"},

      // what the campaign chooses
      {"the register of AI systems is not the campaign's list", "", "ai_systems: [{id: bot}]", "manifest.ai_systems",
       "absent: ai_systems in "},
      {"nor that of datasets", "data: {}", "data: {datasets: [{id: crm}]}", "manifest.data.datasets",
       "absent: datasets in data"},
      {"nor where the section is inherited", "", "data: {datasets: [{id: crm}], laws: [gdpr]}",
       "has(manifest.data.laws) && !has(manifest.data.datasets)", "true"},
      {"a chosen item inherits", "ai_systems: [bot]", "ai_systems: [{id: bot, origin: vendor}]",
       "manifest.ai_systems[0].origin", "\"vendor\" <- organization.yaml 3:32 ai_systems[bot].origin"},

      // what is never inherited
      {"waivers", "", "waivers: [{rule: a/b}]", "manifest.waivers", "absent: waivers in "},
      {"own keys of the house", "", "x-house: 1", "manifest['x-house']", "absent: x-house in "},
      {"own keys in a section are inherited with it", "data: {}", "data: {x-house: 1}", "manifest.data['x-house']",
       "1 <- organization.yaml 3:17 data.x-house"},
      {"`scruple` and `kind` are the campaign's", "", "", "manifest.kind", "\"campaign\" <- campaign.yaml 2:7 kind"},

      // the organization's own section
      {"`organization` is always the mapping", "", "organization: {name: Example}", "manifest.organization.name",
       "\"Example\" <- organization.yaml 3:22 organization.name"},
      {"an organization file without the section", "", "data: {}", "manifest.organization.name",
       "absent: organization in "},
      {"a section that says nothing", "", "organization:", "manifest.organization.name", "says nothing: organization"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    Manifests manifests(concat(named, row.campaign, "\n"), concat(row.organization, "\n"));
    CHECK(manifests.evaluate(row.expression) == row.expected);
  }
}

TEST_CASE("assets inherit from asset_defaults") {
  struct Defaults {
    const char* campaign;
    const char* expression;
    const char* expected;
  };
  const Defaults rows[] = {
      {"asset_defaults: {kind: email}\nassets: [{id: mail}]\n", "manifest.assets[0].kind",
       "\"email\" <- campaign.yaml 3:24 assets[mail].kind"},
      {"asset_defaults: {kind: email}\nassets: [{id: mail, kind: sms}]\n", "manifest.assets[0].kind",
       "\"sms\" <- campaign.yaml 4:27 assets[mail].kind"},
      {"asset_defaults: {kind: email}\nassets: [{id: mail, kind: }]\n", "manifest.assets[0].kind",
       "says nothing: assets[mail].kind"},
      {"asset_defaults: {kind: email}\nassets: [{id: mail, kind: TBD}]\n", "has(manifest.assets[0].kind)", "false"},
      {"asset_defaults: {kind: TBD}\nassets: [{id: mail}]\n", "manifest.assets[0].kind",
       "says nothing: assets[mail].kind"},
      {"asset_defaults: {segments: [a, b]}\nassets: [{id: mail, segments: [c]}]\n", "manifest.assets[0].segments",
       "[\"c\"] <- campaign.yaml 4:31 assets[mail].segments"},
      {"asset_defaults: {segments: [a, b]}\nassets: [{id: mail}]\n", "size(manifest.assets[0].segments)", "2"},
      {"asset_defaults: {kind: email}\nassets: [{id: mail}]\n", "manifest.assets[0].exists(key, key == 'kind')",
       "true"},
      {"asset_defaults: text\nassets: [{id: mail}]\n", "manifest.assets[0].kind", "absent: kind in assets[mail]"},
      {"asset_defaults: {kind: email}\n", "manifest.assets", "absent: assets in "},
      {"asset_defaults: {kind: email}\nassets: []\n", "size(manifest.assets)", "0"},
  };
  for (const Defaults& row : rows) {
    INFO(row.campaign);
    Manifests manifests(row.campaign);
    CHECK(manifests.evaluate(row.expression) == row.expected);
  }
}

TEST_CASE("an inline organization is the section, and nothing else is inherited") {
  Manifests manifests("organization: {name: Example, people: [{id: ada}]}\ndata: {}\n");
  CHECK(manifests.evaluate("manifest.organization.name") == "\"Example\" <- campaign.yaml 3:22 organization.name");
  CHECK(manifests.evaluate("manifest.organization.people[0].id") ==
        "\"ada\" <- campaign.yaml 3:45 organization.people[ada].id");
  CHECK(manifests.evaluate("manifest.data.purposes") == "absent: purposes in data");
  CHECK(manifests.evaluate("manifest.rights") == "absent: rights in ");
}

TEST_CASE("what an organization file could say that cannot be read is not absent") {
  Manifests manifests(named +
                          "campaign: {id: spring}\ndata: {purposes: [{id: mail}, ads], consent: {}}\n"
                          "oversight: {risk_assessment: {path: a.md}}\nassets: [{id: mail}]\nai_systems: [{id: bot}]\n",
                      std::nullopt, true);
  struct Unreadable {
    const char* expression;
    const char* expected;
  };
  const Unreadable rows[] = {
      {"manifest.organization.name", "unavailable: organization"},
      {"manifest.rights", "unavailable: organization"},
      {"has(manifest.rights)", "unavailable: organization"},
      {"manifest.?rights.orValue({}) == {}", "unavailable: organization"},
      {"manifest.data.laws", "unavailable: organization"},
      {"manifest.data.consent.ledger_path", "unavailable: organization"},
      {"manifest.data.purposes[0].legal_basis", "unavailable: organization"},
      {"manifest.data.purposes[1].legal_basis", "unavailable: organization"},
      {"manifest.ai_systems[0].origin", "unavailable: organization"},
      // What no organization file says, or what the campaign says whole.
      {"manifest.campaign.owner", "absent: owner in campaign"},
      {"manifest.audience", "absent: audience in "},
      {"manifest.waivers", "absent: waivers in "},
      {"manifest.assets[0].kind", "absent: kind in assets[mail]"},
      {"manifest.oversight.risk_assessment.assessed_on", "absent: assessed_on in oversight.risk_assessment"},
      {"manifest.data.datasets", "absent: datasets in data"},
      {"manifest.data.purposes[2]", "absent: [2] in data.purposes"},
  };
  for (const Unreadable& row : rows) {
    INFO(row.expression);
    CHECK(manifests.evaluate(row.expression) == row.expected);
  }
  Manifests bare(named + "campaign: {id: spring}\n", std::nullopt, true);
  CHECK(bare.evaluate("manifest.ai_systems") == "absent: ai_systems in ");
}

TEST_CASE("what is there") {
  struct There {
    const char* value;
    const char* field;
    const char* expected;
  };
  const There rows[] = {
      // nothing
      {"null", "owner", "says nothing: campaign.owner"},
      {"''", "owner", "says nothing: campaign.owner"},
      {"'  '", "owner", "says nothing: campaign.owner"},
      {"TBD", "owner", "says nothing: campaign.owner"},
      {"todo", "owner", "says nothing: campaign.owner"},
      {"n/a", "owner", "says nothing: campaign.owner"},
      {"'-'", "owner", "says nothing: campaign.owner"},
      {"'?'", "owner", "says nothing: campaign.owner"},
      {"<the owner>", "owner", "says nothing: campaign.owner"},
      {"TBD", "launch_date", "says nothing: campaign.launch_date"},
      {"TBD", "daily_budget", "says nothing: campaign.daily_budget"},
      {"TBD", "status", "says nothing: campaign.status"},
      {"TBD", "markets", "says nothing: campaign.markets"},
      {"TBD", "brief", "says nothing: campaign.brief"},
      {"TBD", "send_plan_path", "says nothing: campaign.send_plan_path"},
      // something
      {"TBD soon", "owner", "\"TBD soon\" <- campaign.yaml 5:10 campaign.owner"},
      {"[]", "markets", "[] <- campaign.yaml 5:12 campaign.markets"},
      {"0", "daily_budget", "0.0 <- campaign.yaml 5:17 campaign.daily_budget"},
      {"false", "automated", "false <- campaign.yaml 5:14 campaign.automated"},
      {"TBD", "x-own", "\"TBD\" <- campaign.yaml 5:10 campaign.x-own"},
      {"null", "x-own", "null <- campaign.yaml 5:10 campaign.x-own"},
      // types
      {"2026-03-01", "launch_date", "2026-03-01 <- campaign.yaml 5:16 campaign.launch_date"},
      {"2026-02-29", "launch_date", "wrong type: campaign.launch_date"},
      {"1.3.2026", "launch_date", "wrong type: campaign.launch_date"},
      {"20260301", "launch_date", "wrong type: campaign.launch_date"},
      {"500", "daily_budget", "500.0 <- campaign.yaml 5:17 campaign.daily_budget"},
      {"12.5", "daily_budget", "12.5 <- campaign.yaml 5:17 campaign.daily_budget"},
      {"'500'", "daily_budget", "wrong type: campaign.daily_budget"},
      {"yes", "automated", "wrong type: campaign.automated"},
      {"true", "automated", "true <- campaign.yaml 5:14 campaign.automated"},
      {"live", "status", "\"live\" <- campaign.yaml 5:11 campaign.status"},
      {"Live", "status", "wrong type: campaign.status"},
      {"7", "owner", "wrong type: campaign.owner"},
      {"[ada]", "owner", "wrong type: campaign.owner"},
      {"DE", "markets", "wrong type: campaign.markets"},
      {"{path: a.md}", "brief", "{\"path\": path} <- campaign.yaml 5:10 campaign.brief"},
      {"a.csv", "send_plan_path", "path a.csv <- campaign.yaml 5:19 campaign.send_plan_path"},
      {"{path: a.csv}", "send_plan_path", "path a.csv <- campaign.yaml 5:19 campaign.send_plan_path"},
      {"[{asset: a}]", "send_plan_path", "path  <- campaign.yaml 5:19 campaign.send_plan_path"},
      {"7", "send_plan_path", "wrong type: campaign.send_plan_path"},
      {"2026-03-01", "x-own", "\"2026-03-01\" <- campaign.yaml 5:10 campaign.x-own"},
      {"3", "x-own", "3 <- campaign.yaml 5:10 campaign.x-own"},
      {"3.5", "x-own", "3.5 <- campaign.yaml 5:10 campaign.x-own"},
      // an unknown field is what it is
      {"TBD", "unknown", "\"TBD\" <- campaign.yaml 5:12 campaign.unknown"},
  };
  for (const There& row : rows) {
    INFO(row.field << ": " << row.value);
    Manifests manifests(concat("campaign:\n  id: spring\n  ", row.field, ": ", row.value, "\n"));
    CHECK(manifests.evaluate(concat("manifest.campaign['", row.field, "']")) == row.expected);
  }
  Manifests prose("assets: [{id: mail, subject: TBD}]\nai_systems: [{id: bot, description: todo}]\n");
  CHECK(prose.evaluate("manifest.assets[0].subject") == "\"TBD\" <- campaign.yaml 3:30 assets[mail].subject");
  CHECK(prose.evaluate("manifest.ai_systems[0].description") ==
        "\"todo\" <- campaign.yaml 4:37 ai_systems[bot].description");
}

TEST_CASE("a path is opaque") {
  Manifests manifests("assets: [{id: mail, path: mail.html}]\ndata: {consent: {ledger_path: {path: a.csv}}}\n");
  CHECK(manifests.evaluate("has(manifest.assets[0].path)") == "true");
  CHECK_THAT(manifests.evaluate("manifest.assets[0].path == 'mail.html'"),
             Catch::StartsWith("error: ") || Catch::Equals("false"));
  CHECK_THAT(manifests.evaluate("manifest.assets[0].path.startsWith('mail')"), Catch::StartsWith("error: "));
  CHECK_THAT(manifests.evaluate("size(manifest.data.consent.ledger_path)"), Catch::StartsWith("error: "));
  CHECK_THAT(manifests.evaluate("manifest.data.consent.ledger_path.path"), !Catch::Contains("a.csv"));
}

TEST_CASE("a node that is reached in two ways has a place for each") {
  Manifests manifests(
      "assets:\n  - &mail {id: mail, kind: email}\n  - {<<: *mail, id: page}\n"
      "x-copy: *mail\n");
  CHECK(manifests.evaluate("manifest.assets[0].kind") == "\"email\" <- campaign.yaml 4:28 assets[mail].kind");
  CHECK(manifests.evaluate("manifest.assets[1].kind") == "\"email\" <- campaign.yaml 4:28 assets[page].kind");
  CHECK(manifests.evaluate("manifest['x-copy'].kind") == "\"email\" <- campaign.yaml 4:28 x-copy.kind");
}

TEST_CASE("places are printed in one notation, and read back") {
  struct Placed {
    const char* campaign;
    const char* expression;
    const char* place;
  };
  const Placed rows[] = {
      {"campaign: {id: a}\n", "manifest", ""},
      {"campaign: {id: a}\n", "manifest.campaign", "campaign"},
      {"campaign: {id: a, markets: [DE, FR]}\n", "manifest.campaign.markets[1]", "campaign.markets[1]"},
      {"assets: [{id: hero-mail}]\n", "manifest.assets[0].id", "assets[hero-mail].id"},
      {"assets: [{id: a b}]\n", "manifest.assets[0].id", "assets[\"a b\"].id"},
      {"assets: [{id: '12'}]\n", "manifest.assets[0].id", "assets[\"12\"].id"},
      {"assets: [{id: 1a}]\n", "manifest.assets[0].id", "assets[1a].id"},
      {"assets: [{id: 'a\"b'}]\n", "manifest.assets[0].id", "assets[\"a\\\"b\"].id"},
      {"assets: [{id: 'a\\b'}]\n", "manifest.assets[0].id", "assets[\"a\\\\b\"].id"},
      {"assets: [{id: \"a\\nb\\tc\\x01d\"}]\n", "manifest.assets[0].id", "assets[\"a\\nb\\tc\\u0001d\"].id"},
      {"assets: [{id: \"a]b\"}]\n", "manifest.assets[0].id", "assets[\"a]b\"].id"},
      {"assets: [{id: é}]\n", "manifest.assets[0].id", "assets[\"é\"].id"},
      {"assets: [{id: a}, {id: a}]\n", "manifest.assets[1].id", "assets[1].id"},
      {"assets: [{kind: email}]\n", "manifest.assets[0].kind", "assets[0].kind"},
      {"assets: [{id: TBD, kind: email}]\n", "manifest.assets[0].kind", "assets[0].kind"},
      {"assets: [{id: 7, kind: email}]\n", "manifest.assets[0].kind", "assets[0].kind"},
      {"x-odd: {a b: {c.d: 1}}\n", "manifest['x-odd']['a b']['c.d']", "x-odd[\"a b\"][\"c.d\"]"},
      {"x-odd: {'0': {'': 1}}\n", "manifest['x-odd']['0']['']", "x-odd[\"0\"][\"\"]"},
      {"ai_systems: [bot, {id: ear}]\n", "manifest.ai_systems[0].id", "ai_systems[bot].id"},
      {"ai_systems: [bot, {id: bot}]\n", "manifest.ai_systems[1].id", "ai_systems[1].id"},
  };
  for (const Placed& row : rows) {
    INFO(row.campaign);
    Manifests manifests(row.campaign);
    const std::string shown = manifests.evaluate(row.expression);
    const std::string place = shown.substr(shown.find(' ', shown.find(" <- campaign.yaml ") + 18) + 1);
    CHECK(place == row.place);
    const auto entry = manifests.view().resolve(row.place);
    REQUIRE(entry != View::none);
    CHECK(manifests.view().place(entry) == row.place);
  }
}

TEST_CASE("places that there are not") {
  Manifests manifests("campaign: {id: a, markets: [DE]}\nassets: [{id: mail}, {id: mail}]\n");
  for (const char* place : {"campain", "campaign.owner", "campaign.markets[1]", "campaign[0]", "campaign.id.x",
                            "assets.mail", "assets[mail]", "assets[2]", "assets[", "assets[\"mail]", ".campaign",
                            "campaign.", "campaign..id", "campaign id", "[campaign"}) {
    INFO(place);
    CHECK(manifests.view().resolve(place) == View::none);
  }
}

TEST_CASE("what an entry of a block is pointed at by") {
  struct Pointed {
    const char* expression;
    const char* expected;  // line:column
  };
  const std::string campaign =
      "campaign:\n"             // 3
      "  id: spring\n"          // 4
      "  owner:\n"              // 5
      "assets:\n"               // 6
      "  - id: mail\n"          // 7
      "    kind: email\n"       // 8
      "  - kind: sms\n"         // 9
      "    id: text\n"          // 10
      "  - kind: sms\n"         // 11
      "x-flow: {a: [1, 2]}\n";  // 12
  const Pointed rows[] = {{"campaign", "3:1"},     {"campaign.owner", "5:3"}, {"assets", "6:1"},
                          {"assets[mail]", "7:9"}, {"assets[text]", "10:9"},  {"assets[2]", "11:5"},
                          {"x-flow", "12:9"},      {"x-flow.a", "12:13"},     {"", "1:1"}};
  Manifests manifests(campaign);
  for (const Pointed& row : rows) {
    INFO(row.expression);
    const auto entry = manifests.view().resolve(row.expression);
    REQUIRE(entry != View::none);
    const auto spot = manifests.view().spot(entry);
    const Position position = spot.document->source().position(spot.span.begin);
    CHECK(concat(position.line, ":", position.column) == row.expected);
  }
}

TEST_CASE("the view of evidence shows values as they are") {
  const Document facts =
      document_of("{\"a\": null, \"b\": \"TBD\", \"when\": \"2026-03-01\", \"list\": [{\"id\": \"x\"}]}", "facts.json");
  const View view(3, facts, 8);
  cel::Evaluation evaluation;
  const cel::Value root = view.root();
  REQUIRE(root.is(cel::Kind::map));
  CHECK(root.marks() == 8);
  CHECK(view.find(root.handle(), "a", evaluation).is(cel::Kind::null));
  CHECK(view.find(root.handle(), "b", evaluation).as_text() == "TBD");
  CHECK(view.find(root.handle(), "when", evaluation).is(cel::Kind::string));
  CHECK(view.find(root.handle(), "none", evaluation).is_unset());
  const cel::Value list = view.find(root.handle(), "list", evaluation);
  CHECK(list.marks() == 8);
  CHECK(View::view_of(list.origin()) == 3);
  CHECK(view.at(list.handle(), 0, evaluation).marks() == 8);
}

}  // namespace scruple::policy
