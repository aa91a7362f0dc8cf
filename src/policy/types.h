// The static types of what rules can name: the manifest as its schema says, evidence, words and parameters.
//
// A record is named by its place without positions, `assets.claims`, which is also how `silence` names its fields; the
// manifest itself is `manifest`, or `organization_file` for rules of scope organization.
#pragma once

#include "cel/type.h"
#include "schema/schema.h"

#include <string>
#include <string_view>

namespace scruple::policy {

struct Types {
  cel::Records records;
  cel::Type campaign;      // of `manifest`
  cel::Type organization;  // of `manifest` in a rule of scope organization
};

// `manifest` is the schema of manifests.
Types make_types(const schema::Schema& manifest);

// Names of records and objects.
inline constexpr std::string_view manifest_record = "manifest";
inline constexpr std::string_view organization_record = "organization_file";
inline constexpr std::string_view words_object = "words";
inline constexpr std::string_view params_record = "params";
inline constexpr std::string_view document_record = "document";
inline constexpr std::string_view personal_data_record = "personal_data";

// What a rule of scope organization may not name: it means the same in every campaign.
inline constexpr std::string_view campaign_sections[] = {"campaign", "assets", "asset_defaults", "audience"};

// Whether this is a record of the manifest, so that the absence of its fields is the campaign's.
bool is_manifest_record(const cel::Type& type);

// The field as `silence` names it: "assets.subject", "campaign.end_date", "fairness".
std::string field_place(std::string_view record, std::string_view field);

// What the functions of look-ups by id give.
cel::Type item_type(std::string_view place);

}  // namespace scruple::policy
