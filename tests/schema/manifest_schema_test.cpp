// The schema of manifests itself: what it promises to its readers.
#include "schema/validator.h"

#include "schemas.h"

#include <set>
#include <string>

namespace scruple::schema {
namespace {

Schema manifest_schema() { return product_schema("manifest").schema(); }

// Calls `visit(type, place)` for each type of a field, once a place.
template <typename Visit>
void for_each_field(const Schema& manifest, TypeId id, const std::string& place, const Visit& visit) {
  if (id == no_type) return;
  visit(id, place);
  for (const TypeId alternative : manifest.alternatives(id)) for_each_field(manifest, alternative, place, visit);
  for_each_field(manifest, manifest.type(id).items, place + "[]", visit);
  for (const Property& property : manifest.properties(id)) {
    for_each_field(manifest, property.type, place + "." + std::string(property.name), visit);
  }
}

std::vector<Violation> check(const Document& document) {
  const Schema manifest = manifest_schema();
  return validate(document, document.root(), manifest, manifest.root());
}

}  // namespace

TEST_CASE("each field is described in a sentence, and each example is valid") {
  const Schema manifest = manifest_schema();
  std::size_t fields = 0;
  for_each_field(manifest, manifest.root(), "", [&](TypeId id, const std::string& place) {
    INFO(place);
    const Type& type = manifest.type(id);
    ++fields;
    const bool is_own = place.find("x-") != std::string::npos;
    if (!is_own && !place.empty()) {
      CHECK_FALSE(type.description.empty());
    }
    if (!type.description.empty()) {
      CHECK(type.description.back() == '.');
      CHECK_FALSE((type.description.front() >= 'a' && type.description.front() <= 'z'));
    }
    if (!type.example.empty()) {
      const Document example = json("{\"value\": " + std::string(type.example) + "}");
      for (const Violation& violation : validate(example, example.members(example.root())[0].value, manifest, id))
        FAIL_CHECK(violation.message);
    }
  });
  CHECK(fields > 500);
}

TEST_CASE("names and marks follow their conventions") {
  const Schema manifest = manifest_schema();
  for_each_field(manifest, manifest.root(), "", [&](TypeId id, const std::string& place) {
    INFO(place);
    const Type& type = manifest.type(id);
    for (const Property& property : manifest.properties(id)) {
      INFO(property.name);
      const Type& field = manifest.type(property.type);
      const std::string name(property.name);
      const bool many = (field.kinds & allow_list) != 0 && field.format == Format::none;
      // `*_path` and `path` are files, and files are called so.
      if (name == "path" || name.ends_with("_path")) CHECK(field.format == Format::path);
      if (field.format == Format::path && name != "organization") CHECK((name == "path" || name.ends_with("_path")));
      if (name.ends_with("_paths")) CHECK(manifest.type(field.items).format == Format::path);
      if (name.ends_with("_on") || name.ends_with("_date")) CHECK(field.format == Format::date);
      if (name.ends_with("_by") && !many && name != "proposed_by" && name != "covered_by")
        CHECK(field.format == Format::person);
      if (name == "id") CHECK(field.format == Format::id);
      // Only heads and ids are required; what else is needed is a matter of rules.
      const bool is_head = name == "scruple" || name == "kind" || (place.empty() && name == "campaign");
      if (property.required) CHECK((name == "id" || is_head));
      if (name == "id") CHECK(property.required);
    }
    // A map either is closed, or has free keys of one kind, or is a row.
    if (type.kinds == allow_map && type.alternative_count == 0 && type.property_count != 0) CHECK_FALSE(type.open);
  });
}

TEST_CASE("chosen, stricter and public fields") {
  const Schema manifest = manifest_schema();
  const auto field = [&](const char* definition, std::initializer_list<const char*> names) -> const Type& {
    TypeId id = manifest.definition(definition);
    for (const char* name : names) {
      const Property* property = manifest.property(manifest.alternative(id, NodeKind::map), name);
      REQUIRE(property != nullptr);
      id = property->type;
    }
    return manifest.type(id);
  };
  CHECK(field("campaign_manifest", {"ai_systems"}).chosen);
  CHECK(field("organization_file", {"ai_systems"}).chosen);
  CHECK(field("data", {"datasets"}).chosen);
  CHECK_FALSE(field("data", {"recipients"}).chosen);
  CHECK(field("oversight", {"thresholds", "daily_spend_change"}).stricter == Stricter::lower);
  CHECK(field("oversight", {"thresholds", "confidence"}).stricter == Stricter::higher);
  CHECK(field("oversight", {"thresholds", "human_decisions"}).stricter == Stricter::higher);
  CHECK(field("oversight", {"thresholds", "sampling_share"}).stricter == Stricter::higher);
  CHECK(field("asset", {"path"}).is_public);
  CHECK(field("data", {"notice", "files"}).kinds == allow_list);
  CHECK_FALSE(field("audience", {"list_path"}).is_public);
  CHECK_FALSE(field("data", {"consent", "ledger_path"}).is_public);
  CHECK(field("audience", {"list_path"}).atomic);
  CHECK(field("audience", {"list_path"}).format == Format::path);
  CHECK(field("ai_system", {"test"}).atomic);
  CHECK(field("asset_defaults", {"language"}).format == Format::language);
}

TEST_CASE("asset defaults are fields of assets") {
  const Schema manifest = manifest_schema();
  for (const Property& property : manifest.properties(manifest.definition("asset_defaults"))) {
    INFO(property.name);
    const Property* of_asset = manifest.property(manifest.definition("asset"), property.name);
    REQUIRE(of_asset != nullptr);
    CHECK(of_asset->type == property.type);
  }
}

TEST_CASE("an organization file has the company's sections and no others") {
  const Schema manifest = manifest_schema();
  std::set<std::string_view> campaign, organization;
  for (const Property& property : manifest.properties(manifest.definition("campaign_manifest")))
    campaign.insert(property.name);
  for (const Property& property : manifest.properties(manifest.definition("organization_file")))
    organization.insert(property.name);
  for (const auto* section : {"campaign", "assets", "asset_defaults", "audience"}) {
    CHECK(campaign.erase(section) == 1);
    CHECK(organization.count(section) == 0);
  }
  CHECK(campaign == organization);
}

TEST_CASE("manifests as teams write them are valid") {
  const char* manifests[] = {
      R"(
scruple: 1
kind: campaign
organization: ../organization.yaml
campaign:
  id: spring-mail
  name: Spring mail
  owner: ada
  status: in_review
  launch_date: 2030-03-01
  channels: [email]
  markets: [EU, US-CA]
  languages: [en, de]
  purposes: [newsletter]
  brief: {path: brief.md, sections: {problem: "1 What customers lack"}}
  success_metrics: [{name: repeat_purchases, kind: retention, target: 0.12, direction: increase}]
  x-budget-code: 4711
ai_systems:
  - copybot
  - {id: scorer, tasks: [score, target], origin: in_house, version: "3.2", use: score-customers, automation: auto}
  - {id: hosted, version: rolling, checked_on: 2030-02-01, legal_role: deployer}
asset_defaults: {language: en, reviewed_by: grace, reviewed_on: 2030-02-20}
assets:
  - id: mail-en
    kind: email
    path: assets/mail.en.html
    subject: "?"
    from: "Example Shoes <hello@example.com>"
    ai_role: generated
    ai_system: copybot
    claims: [{text: Nine of ten buy again, source_path: claims/a.pdf, checked_by: grace, checked_on: 2030-02-01}]
    says: {ai_disclosure: "Written with AI"}
  - {id: bot, kind: chatbot, transcript_paths: [bot/1.txt, bot/2.txt], greeting_path: bot/hello.txt}
audience:
  list_path: {path: "crm:recipients.csv", columns: {contact_id: Record ID}, delimiter: ";", values: {method: {Web form: form}}}
  exclusions: [{segment: lapsed, reason: No purchase in three years, proposed_by: scorer, approved_by: grace, approved_on: 2030-02-18}]
data:
  datasets: [crm, {id: orders, personal: true}]
  purposes: [{id: newsletter, legal_basis: consent, markets: [DE]}]
  recipients: [mailer]
fairness:
  protected_attributes: [age, {id: income, not_held: true, reason: We never ask for it}]
  incident_log_path:
    - {found_on: 2030-02-01, source: test, subject: scorer, what: Men scored higher, action: reweighted, owner: ada}
oversight:
  approvals:
    - {assets: [mail-en], by: grace, role: legal, on: 2030-02-25, digests: {mail-en: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}}
  thresholds: {currency: EUR, daily_spend_change: 500, confidence: 0.9, human_decisions: [exclude_segment]}
rights:
  customer: {request_contact: privacy@example.com}
waivers:
  - {rule: privacy/retention-period-set, place: "data.datasets[crm]", reason: Migration, by: ada, until: 2030-12-31}
)",
      R"(
scruple: 1
kind: organization
organization:
  name: Example Ltd
  size: small
  covered_by: [ccpa]
  own_hosts: [www.example.com]
  people:
    - {id: ada, name: Ada Example, role: campaign_manager, department: marketing}
    - {id: counsel, name: Cara Counsel, external: true, company: Law LLP}
  guardrails: {path: guardrails.md, uses: [{id: draft-copy, allowed: true, text: Drafting}]}
ai_systems: [{id: copybot, name: Copybot, vendor: Example AI}]
data: {datasets: [{id: crm, retention_days: 730}], recipients: [{id: mailer, name: Mailer GmbH, hosts: [mail.example.net]}]}
)",
      R"({"$schema": "https://example.com/manifest.schema.json", "scruple": 1, "kind": "campaign", "campaign": {"id": "a"}, "organization": {"name": "Solo"}})",
  };
  for (const char* text : manifests) {
    for (const Violation& violation : check(yaml(text))) FAIL_CHECK(violation.message + " " + violation.hint);
  }
}

}  // namespace scruple::schema
