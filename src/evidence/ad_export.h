// What an export of an ad platform says of whom its ads are aimed at, in one form for all platforms.
//
//   platforms      the platforms whose form was recognised: "meta", "google", "linkedin", "tiktok"
//   campaigns      [{platform, name?, special_categories}]: `special_categories` are the regulated fields that a
//   campaign
//                  declares to its platform, in lower case ("housing", "employment", "credit", "politics", …); empty
//                  where it declares that there is none
//   targeting      [{platform, kind, value, excluded, low?, high?, narrows}]: each thing by which people are chosen or
//   left
//                  out. kind: "age", "gender", "postcode", "radius", "place", "audience", "lookalike", "interest",
//                  "behavior", "education", "work", "relationship", "family", "income", "ethnicity", "language",
//                  "politics", "religion", "other". value: as people read it ("18 to 34", "women", "US:94304").
//                  `low` and `high`: of an age, in years; `high` is left out where there is no upper end; of a radius
//                  `low` is its length in kilometres. `narrows`: whether it leaves anybody of full age out: false for
//                  both genders and for 18 to 65 and older.
//
// Forms, by the documentation of the platforms:
//   Meta      Marketing API, campaigns (special_ad_categories) and ad sets (targeting, also as JSON in a string)
//             https://developers.facebook.com/docs/marketing-api/audiences/reference/targeting-specs
//             https://developers.facebook.com/docs/marketing-api/audiences/special-ad-category
//   Google    Google Ads API, CampaignCriterion and AdGroupCriterion
//             https://developers.google.com/google-ads/api/docs/targeting/criteria
//   LinkedIn  targetingCriteria of adCampaigns
//             https://learn.microsoft.com/en-us/linkedin/shared/references/v2/ads/targeting-criteria
//   TikTok    TikTok API for Business, ad groups (age_groups, gender, …) and campaigns (special_industries)
//             https://business-api.tiktok.com/portal/docs?id=1739499616346114
//
// Objects of these forms are found wherever they stand in the file, so that lists, pages of an API's answers and whole
// accounts can be given as they come. Each fact has the span of what says it.
#pragma once

#include "evidence/problem.h"
#include "scruple/document.h"

#include <memory>

namespace scruple::evidence {

// A problem if nothing in the file has the form of one of the platforms.
Result<std::shared_ptr<const Document>> ad_export_facts(const std::shared_ptr<const Document>& exported);

}  // namespace scruple::evidence
