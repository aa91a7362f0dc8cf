#include "evidence/ad_export.h"

#include "catch.h"
#include "facts.h"

#include <vector>

namespace scruple::evidence {
namespace {

std::shared_ptr<const Document> read(const std::string& json) {
  Diagnostics diagnostics;
  auto document = read_json(source_of(json, "ads.json"), {}, diagnostics);
  REQUIRE(document);
  return std::make_shared<const Document>(*std::move(document));
}

std::shared_ptr<const Document> facts_of(const std::string& json) {
  const auto facts = ad_export_facts(read(json));
  if (!facts) FAIL(facts.problem().message);
  return *facts;
}

// Each line "kind: value", with what is special of it.
std::string targeting_of(const Document& facts) {
  std::string out;
  for (std::size_t i = 0; i < count(facts, "targeting"); ++i) {
    const auto of = [&](std::string_view key) { return fact(facts, concat("targeting[", i, "].", key)); };
    out += concat(out.empty() ? "" : "; ", of("kind"), ": ", of("value"), of("excluded") == "true" ? " excluded" : "",
                  of("narrows") == "true" ? "" : " (all)");
  }
  return out;
}

}  // namespace

TEST_CASE("whom the ads of each platform are aimed at") {
  struct Row {
    const char* what;
    const char* json;
    const char* expected;
  };
  const Row rows[] = {
      {"ages of Meta", R"({"targeting": {"age_min": 25, "age_max": 44}})", "age: 25 to 44"},
      {"ages of Meta, from an age on", R"({"targeting": {"age_min": 35, "age_max": 65}})", "age: 35 and older"},
      {"ages of Meta, up to an age", R"({"targeting": {"age_max": 30}})", "age: 18 to 30"},
      {"ages of Meta, all", R"({"targeting": {"age_min": 18, "age_max": 65}})", "age: 18 and older (all)"},
      {"ages of Meta, as text", R"({"targeting": {"age_min": "21"}})", "age: 21 and older"},
      {"genders of Meta", R"({"targeting": {"genders": [2]}})", "gender: women"},
      {"genders of Meta, all", R"({"targeting": {"genders": [1, 2]}})", "gender: all (all)"},
      {"genders of Meta, all by 0", R"({"targeting": {"genders": [0]}})", "gender: all (all)"},
      {"genders of Meta, all by none", R"({"targeting": {"genders": []}})", "gender: all (all)"},
      {"places of Meta",
       R"({"targeting": {"geo_locations": {"countries": ["US"], "zips": [{"key": "US:94304"}],
           "cities": [{"key": "777934", "name": "Berlin", "radius": 10, "distance_unit": "mile"}, {"name": "Bonn"}],
           "location_types": ["home"]}, "excluded_geo_locations": {"regions": [{"key": "3847", "name": "California"}]}}})",
       "place: US; postcode: US:94304; radius: Berlin; place: Bonn; place: California excluded"},
      {"what people like and are, by Meta",
       R"({"targeting": {"flexible_spec": [{"interests": [{"id": 1, "name": "Gardening"}]}, {"family_statuses":
           [{"id": 2, "name": "Parents"}], "life_events": [{"name": "Moved"}]}], "relationship_statuses": [2],
           "exclusions": {"behaviors": [{"id": 3, "name": "Expats"}]}, "locales": [6],
           "device_platforms": ["mobile"]}})",
       "relationship: 2; language: 6; behavior: Expats excluded; interest: Gardening; family: Parents; family: Moved"},
      {"audiences of Meta",
       R"x({"targeting": {"custom_audiences": [{"id": "1", "name": "Readers"}, {"id": "2", "name": "Lookalike (DE, 1%)"},
           {"id": "3", "subtype": "LOOKALIKE"}], "excluded_custom_audiences": [{"id": "4"}]}})x",
       "audience: Readers; lookalike: Lookalike (DE, 1%); lookalike: 3; audience: 4 excluded"},
      {"targeting of Meta in a string", R"({"adsets": {"data": [{"targeting": "{\"age_max\": 40}"}]}})",
       "age: 18 to 40"},
      {"targeting of Meta in a string that is no JSON", R"({"targeting": "{\"age", "special_ad_categories": []})", ""},
      {"ages of Google", R"([{"campaignCriterion": {"campaign": "customers/1/campaigns/2", "negative": true,
           "ageRange": {"type": "AGE_RANGE_65_UP"}}}])",
       "age: 65 and older excluded"},
      {"ages of Google, as gRPC prints them", R"([{"campaign_criterion": {"age_range": {"type": "AGE_RANGE_18_24"}}}])",
       "age: 18 to 24"},
      {"ages of Google, all",
       R"([{"adGroupCriterion": {"adGroup": "a", "ageRange": {"type": "AGE_RANGE_18_24"}}},
           {"adGroupCriterion": {"adGroup": "a", "ageRange": {"type": "AGE_RANGE_25_34"}}},
           {"adGroupCriterion": {"adGroup": "a", "ageRange": {"type": "AGE_RANGE_35_44"}}},
           {"adGroupCriterion": {"adGroup": "a", "ageRange": {"type": "AGE_RANGE_45_54"}}},
           {"adGroupCriterion": {"adGroup": "a", "ageRange": {"type": "AGE_RANGE_55_64"}}},
           {"adGroupCriterion": {"adGroup": "a", "ageRange": {"type": "AGE_RANGE_65_UP"}}},
           {"adGroupCriterion": {"adGroup": "a", "ageRange": {"type": "AGE_RANGE_UNDETERMINED"}}},
           {"adGroupCriterion": {"adGroup": "b", "ageRange": {"type": "AGE_RANGE_65_UP"}}}])",
       "age: 18 to 24 (all); age: 25 to 34 (all); age: 35 to 44 (all); age: 45 to 54 (all); age: 55 to 64 (all); "
       "age: 65 and older (all); age: unknown (all); age: 65 and older"},
      {"genders of Google", R"([{"campaignCriterion": {"gender": {"type": "FEMALE"}}}])", "gender: women"},
      {"genders of Google, all", R"([{"campaignCriterion": {"gender": {"type": "FEMALE"}}},
           {"campaignCriterion": {"gender": {"type": "MALE"}}}])",
       "gender: women (all); gender: men (all)"},
      {"a criterion of Google that was removed",
       R"([{"campaignCriterion": {"status": "REMOVED", "gender": {"type": "FEMALE"}}},
           {"campaignCriterion": {"parentalStatus": {"type": "PARENT"}}}])",
       "family: PARENT"},
      {"places of Google", R"([{"resourceName": "customers/1/campaignCriteria/2~3",
           "proximity": {"radius": 5, "radiusUnits": "KILOMETERS"}},
           {"resourceName": "customers/1/campaignCriteria/2~4", "location": {"geoTargetConstant": "geoTargetConstants/1014"}}])",
       "radius: KILOMETERS; place: geoTargetConstants/1014"},
      {"facets of LinkedIn",
       R"x({"targetingCriteria": {"include": {"and": [{"or": {"urn:li:adTargetingFacet:ageRanges":
           ["urn:li:ageRange:(18,24)", "urn:li:ageRange:(55,2147483647)"], "urn:li:adTargetingFacet:genders":
           ["urn:li:gender:FEMALE"]}}]}, "exclude": {"or": {"urn:li:adTargetingFacet:seniorities": ["urn:li:seniority:3"]}}}})x",
       "age: 18 to 24; age: 55 and older; gender: women; work: 3 excluded"},
      {"groups of TikTok",
       R"({"list": [{"adgroup_id": "1", "age_groups": ["AGE_18_24", "AGE_55_100"], "gender": "GENDER_FEMALE",
           "zipcode_ids": ["94304"], "spending_power": "ALL", "excluded_audience_ids": ["7"]}]})",
       "age: 18 to 24; age: 55 and older; gender: women; postcode: 94304; audience: 7 excluded"},
      {"groups of TikTok, all",
       R"({"age_groups": ["AGE_18_24", "AGE_25_34", "AGE_35_44", "AGE_45_54", "AGE_55_100"], "gender": "GENDER_UNLIMITED"})",
       "age: 18 to 24 (all); age: 25 to 34 (all); age: 35 to 44 (all); age: 45 to 54 (all); age: 55 and older (all); "
       "gender: all (all)"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(targeting_of(*facts_of(row.json)) == row.expected);
  }
}

TEST_CASE("which regulated fields a campaign declares to its platform") {
  struct Row {
    const char* json;
    const char* expected;
  };
  const Row rows[] = {
      {R"({"name": "Spring", "special_ad_categories": ["HOUSING"]})",
       "[{platform: meta, name: Spring, special_categories: [housing]}]"},
      {R"({"special_ad_categories": ["FINANCIAL_PRODUCTS_SERVICES", "ISSUES_ELECTIONS_POLITICS"]})",
       "[{platform: meta, special_categories: [credit, politics]}]"},
      {R"({"special_ad_categories": ["NONE"]})", "[{platform: meta, special_categories: []}]"},
      {R"({"special_ad_categories": []})", "[{platform: meta, special_categories: []}]"},
      {R"({"special_ad_category": "EMPLOYMENT"})", "[{platform: meta, special_categories: [employment]}]"},
      {R"({"campaign_name": "x", "special_industries": ["HOUSING"]})",
       "[{platform: tiktok, name: x, special_categories: [housing]}]"},
  };
  for (const Row& row : rows) CHECK(fact(*facts_of(row.json), "campaigns") == row.expected);
}

TEST_CASE("a fact of an export stands where the export says it") {
  const std::string json = "{\n \"targeting\": {\n  \"age_min\": 25,\n  \"genders\": [1]}}";
  const auto facts = facts_of(json);
  CHECK(place(*facts, "targeting[0]") == "3:14");
  CHECK(place(*facts, "targeting[1]") == "4:14");
  // In a string too, behind its escapes.
  const auto nested = facts_of(R"({"targeting": "{\"a\": 1, \"age_min\": 25}"})");
  CHECK(place(*nested, "targeting[0]") == "1:40");
}

TEST_CASE("what is no export") {
  for (const char* json : {"{}", "[1, 2]", R"({"targeting": "all"})", R"({"name": "x", "age": 12})"}) {
    INFO(json);
    const auto facts = ad_export_facts(read(json));
    REQUIRE(!facts);
    CHECK(facts.problem().message ==
          "`ads.json` holds no campaign, ad set or criterion of a platform that scruple knows.");
    CHECK(facts.problem().kind == Problem::Kind::wrong_kind);
  }
}

}  // namespace scruple::evidence
