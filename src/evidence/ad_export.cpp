#include "evidence/ad_export.h"

#include "base/strings.h"
#include "evidence/facts_builder.h"
#include "evidence/nested_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple::evidence {

namespace {

constexpr int full_age = 18;
constexpr int oldest_of_platforms = 65;  // means 65 and older

struct Campaign {
  std::string_view platform;
  std::string name;
  std::vector<std::string> special_categories;
  Span span;
};

struct Target {
  std::string_view platform;
  std::string_view kind;
  std::string value;
  bool excluded = false;
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> high;
  bool narrows = true;
  Span span;
};

struct KindOf {
  std::string_view key;
  std::string_view kind;
};

// Keys of Meta's targeting whose value is a list of things by which people are chosen.
constexpr std::array<KindOf, 32> meta_kinds = {{{"interests", "interest"},
                                                {"behaviors", "behavior"},
                                                {"custom_audiences", "audience"},
                                                {"excluded_custom_audiences", "audience"},
                                                {"connections", "audience"},
                                                {"excluded_connections", "audience"},
                                                {"friends_of_connections", "audience"},
                                                {"lookalike_audiences", "lookalike"},
                                                {"life_events", "family"},
                                                {"family_statuses", "family"},
                                                {"moms", "family"},
                                                {"relationship_statuses", "relationship"},
                                                {"interested_in", "relationship"},
                                                {"education_statuses", "education"},
                                                {"education_schools", "education"},
                                                {"education_majors", "education"},
                                                {"college_years", "education"},
                                                {"work_employers", "work"},
                                                {"work_positions", "work"},
                                                {"industries", "work"},
                                                {"income", "income"},
                                                {"net_worth", "income"},
                                                {"home_ownership", "income"},
                                                {"home_type", "income"},
                                                {"home_value", "income"},
                                                {"ethnic_affinity", "ethnicity"},
                                                {"generation", "age"},
                                                {"household_composition", "family"},
                                                {"politics", "politics"},
                                                {"locales", "language"},
                                                {"user_adclusters", "other"},
                                                {"demographics", "other"}}};

// Keys of geo_locations.
constexpr std::array<KindOf, 9> meta_places = {{{"countries", "place"},
                                                {"country_groups", "place"},
                                                {"regions", "place"},
                                                {"cities", "place"},
                                                {"geo_markets", "place"},
                                                {"neighborhoods", "postcode"},
                                                {"zips", "postcode"},
                                                {"custom_locations", "radius"},
                                                {"places", "radius"}}};

// Criteria of Google Ads, in the form of REST (the gRPC form has underscores).
constexpr std::array<KindOf, 14> google_kinds = {{{"ageRange", "age"},
                                                  {"gender", "gender"},
                                                  {"parentalStatus", "family"},
                                                  {"incomeRange", "income"},
                                                  {"extendedDemographic", "other"},
                                                  {"lifeEvent", "family"},
                                                  {"userList", "audience"},
                                                  {"customAudience", "audience"},
                                                  {"combinedAudience", "audience"},
                                                  {"userInterest", "interest"},
                                                  {"customAffinity", "interest"},
                                                  {"proximity", "radius"},
                                                  {"location", "place"},
                                                  {"language", "language"}}};

constexpr std::array<KindOf, 14> linkedin_kinds = {{{"ageRanges", "age"},
                                                    {"genders", "gender"},
                                                    {"degrees", "education"},
                                                    {"fieldsOfStudy", "education"},
                                                    {"schools", "education"},
                                                    {"yearsOfExperienceRanges", "work"},
                                                    {"seniorities", "work"},
                                                    {"titles", "work"},
                                                    {"employers", "work"},
                                                    {"audienceMatchingSegments", "audience"},
                                                    {"dynamicSegments", "audience"},
                                                    {"interests", "interest"},
                                                    {"interfaceLocales", "language"},
                                                    {"locations", "place"}}};

constexpr std::array<KindOf, 11> tiktok_kinds = {{{"audience_ids", "audience"},
                                                  {"excluded_audience_ids", "audience"},
                                                  {"interest_category_ids", "interest"},
                                                  {"interest_keyword_ids", "interest"},
                                                  {"purchase_intention_keyword_ids", "interest"},
                                                  {"household_income", "income"},
                                                  {"location_ids", "place"},
                                                  {"zipcode_ids", "postcode"},
                                                  {"languages", "language"},
                                                  {"spending_power", "income"},
                                                  {"interest_category_v2", "interest"}}};

template <std::size_t Size>
std::string_view kind_of(const std::array<KindOf, Size>& kinds, std::string_view key) {
  const auto found = std::ranges::find(kinds, key, &KindOf::key);
  return found == kinds.end() ? std::string_view{} : found->kind;
}

// "HOUSING" is "housing"; platforms call credit by several names.
std::string special_category(std::string_view written) {
  const std::string name = to_lower_ascii(written);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> names = {
      {{"financial_products_services", "credit"},
       {"online_gambling_and_gaming", "gambling"},
       {"issues_elections_politics", "politics"},
       {"housing_employment_and_credit", "housing, employment or credit"},
       {"hec", "housing, employment or credit"},
       {"jobs", "employment"},
       {"consumer_finance", "credit"}}};
  for (const auto& [from, to] : names) {
    if (name == from) return std::string(to);
  }
  return name;
}

// "camelCase" of "snake_case".
std::string camel(std::string_view key) {
  std::string out;
  bool up = false;
  for (const char c : key) {
    if (c == '_') {
      up = true;
    } else {
      out += up && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      up = false;
    }
  }
  return out;
}

// The numbers of a text such as "AGE_RANGE_25_34" or "urn:li:ageRange:(55,2147483647)".
std::vector<std::int64_t> numbers_in(std::string_view text) {
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 0; i < text.size() && numbers.size() < 4;) {
    std::int64_t number = 0;
    const auto end = std::from_chars(text.data() + i, text.data() + text.size(), number);
    if (end.ec == std::errc{} && text[i] != '-') numbers.push_back(number);
    i = end.ec == std::errc{} ? static_cast<std::size_t>(end.ptr - text.data()) : i + 1;
  }
  return numbers;
}

class Search {
 public:
  explicit Search(const std::shared_ptr<const Document>& exported) { look(*exported, exported->root()); }

  std::vector<Campaign> campaigns;
  std::vector<Target> targets;

  // What is known only when all criteria of a campaign or ad group were seen.
  void finish() {
    constexpr std::size_t age_ranges = 6;
    constexpr std::size_t genders = 2;
    for (const auto& [group, members] : google_groups_) {
      for (const std::string_view kind : {"age", "gender"}) {
        std::vector<std::string_view> values;
        bool excludes = false;
        for (const std::size_t index : members) {
          const Target& target = targets[index];
          // "Undetermined" is everybody of whom the platform does not know.
          if (target.kind != kind || target.value == "unknown") continue;
          excludes = excludes || target.excluded;
          // What goes beyond the ranges that there are decides nothing.
          if (values.size() >= age_ranges || target.excluded) continue;
          if (std::ranges::find(values, target.value) == values.end()) values.push_back(target.value);
        }
        const bool all = !excludes && values.size() >= (kind == "age" ? age_ranges : genders);
        for (const std::size_t index : members) {
          Target& target = targets[index];
          if (target.kind == kind && (all || (target.value == "unknown" && !target.excluded))) target.narrows = false;
        }
      }
    }
  }

 private:
  // ---- reading ----

  NodeId find(const Document& document, NodeId map, std::string_view key) const {
    const Member* member = document.find(map, key);
    if (member == nullptr) member = document.find(map, camel(key));
    return member == nullptr ? no_node : member->value;
  }

  static bool is_map(const Document& document, NodeId id) {
    return id != no_node && document.node(id).kind == NodeKind::map;
  }
  static bool is_list(const Document& document, NodeId id) {
    return id != no_node && document.node(id).kind == NodeKind::list;
  }
  static bool is_text(const Document& document, NodeId id) {
    return id != no_node && document.node(id).kind == NodeKind::string;
  }

  // Every object of the file. A text that is JSON is looked into.
  void look(const Document& document, NodeId id) {
    if (is_map(document, id)) look_at(document, id);
    for (const Member& member : document.members(id)) look(document, member.value);
  }

  void look_at(const Document& document, NodeId object) {
    if (const NodeId categories = find(document, object, "special_ad_categories"); categories != no_node)
      add_campaign(document, object, "meta", categories);
    else if (const NodeId category = find(document, object, "special_ad_category"); category != no_node)
      add_campaign(document, object, "meta", category);
    else if (const NodeId industries = find(document, object, "special_industries"); industries != no_node)
      add_campaign(document, object, "tiktok", industries);
    if (const NodeId targeting = find(document, object, "targeting"); targeting != no_node)
      add_meta(document, targeting);
    if (const NodeId criteria = find(document, object, "targeting_criteria"); is_map(document, criteria))
      add_linkedin(document, criteria);
    for (const std::string_view key : {"campaign_criterion", "ad_group_criterion"}) {
      if (const NodeId criterion = find(document, object, key); is_map(document, criterion))
        add_google(document, criterion);
    }
    // An answer of the service itself gives criteria without a name around them.
    if (const NodeId name = find(document, object, "resource_name");
        is_text(document, name) && document.node(name).text.find("riteria/") != std::string_view::npos)
      add_google(document, object);
    if (is_list(document, find(document, object, "age_groups")) || find(document, object, "adgroup_id") != no_node)
      add_tiktok(document, object);
  }

  std::string name_of(const Document& document, NodeId object) const {
    for (const std::string_view key :
         {"name", "campaign_name", "id", "key", "value", "city", "zip", "address_string"}) {
      const NodeId name = find(document, object, key);
      if (name != no_node && document.members(name).empty()) return std::string(document.node(name).text);
    }
    return {};
  }

  // A thing in a list: a text, a number, or an object with a name.
  std::string value_of(const Document& document, NodeId id) const {
    return is_map(document, id) ? name_of(document, id) : std::string(document.node(id).text);
  }

  // ---- what was found ----

  void add_campaign(const Document& document, NodeId object, std::string_view platform, NodeId categories) {
    Campaign campaign{platform, name_of(document, object), {}, document.node(categories).span};
    const auto add = [&](NodeId id) {
      const std::string category = special_category(document.node(id).text);
      if (!category.empty() && category != "none") campaign.special_categories.push_back(category);
    };
    if (is_list(document, categories)) {
      for (const Member& member : document.members(categories)) add(member.value);
    } else if (is_text(document, categories)) {
      add(categories);
    }
    campaigns.push_back(std::move(campaign));
  }

  Target& add(std::string_view platform, std::string_view kind, std::string value, bool excluded, Span span) {
    targets.push_back({platform, kind, std::move(value), excluded, {}, {}, true, span});
    return targets.back();
  }

  void add_age(std::string_view platform, std::int64_t low, std::optional<std::int64_t> high, bool excluded,
               Span span) {
    Target& age = add(platform, "age", high ? concat(low, " to ", *high) : concat(low, " and older"), excluded, span);
    age.low = low;
    age.high = high;
    age.narrows = excluded || low > full_age || high.has_value();
  }

  // ---- Meta ----

  void add_meta(const Document& document, NodeId targeting) {
    if (is_text(document, targeting) && trim_ascii(document.node(targeting).text).starts_with('{')) {
      const auto nested = nested_json(document, targeting);
      if (!nested) return;
      add_meta(**nested, (*nested)->root());
      return;
    }
    if (!is_map(document, targeting)) return;
    add_meta_ages(document, targeting);
    if (const NodeId genders = find(document, targeting, "genders"); is_list(document, genders)) {
      // 1 are men, 2 women; neither, or both, are all.
      const auto members = document.members(genders);
      const std::string_view only = members.size() == 1 ? document.node(members[0].value).text : std::string_view{};
      const bool one = only == "1" || only == "2";
      add("meta", "gender",
          only == "1"   ? "men"
          : only == "2" ? "women"
                        : "all",
          false, document.node(genders).span)
          .narrows = one;
    }
    add_meta_places(document, find(document, targeting, "geo_locations"), false);
    add_meta_places(document, find(document, targeting, "excluded_geo_locations"), true);
    add_meta_lists(document, targeting, false);
    if (const NodeId exclusions = find(document, targeting, "exclusions"); is_map(document, exclusions))
      add_meta_lists(document, exclusions, true);
    // A list of alternatives.
    if (const NodeId flexible = find(document, targeting, "flexible_spec"); is_list(document, flexible)) {
      for (const Member& spec : document.members(flexible)) add_meta_lists(document, spec.value, false);
    }
  }

  void add_meta_ages(const Document& document, NodeId targeting) {
    const NodeId low = find(document, targeting, "age_min");
    const NodeId high = find(document, targeting, "age_max");
    if (low == no_node && high == no_node) return;
    const auto years = [&](NodeId id, std::int64_t otherwise) {
      if (id == no_node) return otherwise;
      const auto numbers = numbers_in(document.node(id).text);
      return numbers.empty() ? otherwise : numbers[0];
    };
    const std::int64_t most = years(high, oldest_of_platforms);
    const std::int64_t least = years(low, full_age);
    const bool is_low = low != no_node && (least > full_age || high == no_node || most >= oldest_of_platforms);
    add_age("meta", least, most >= oldest_of_platforms ? std::nullopt : std::optional(most), false,
            document.node(is_low ? low : high).span);
  }

  void add_meta_places(const Document& document, NodeId places, bool excluded) {
    if (!is_map(document, places)) return;
    for (const Member& list : document.members(places)) {
      const std::string_view kind = kind_of(meta_places, list.key);
      if (kind.empty() || !is_list(document, list.value)) continue;
      for (const Member& member : document.members(list.value)) {
        const NodeId radius = is_map(document, member.value) ? find(document, member.value, "radius") : no_node;
        const bool around = radius != no_node;
        Target& place = add("meta", around ? "radius" : kind, value_of(document, member.value), excluded,
                            document.node(member.value).span);
        if (around) place.low = kilometres(document, member.value, radius);
      }
    }
  }

  std::optional<std::int64_t> kilometres(const Document& document, NodeId place, NodeId radius) const {
    const auto numbers = numbers_in(document.node(radius).text);
    if (numbers.empty()) return std::nullopt;
    const NodeId unit = find(document, place, "distance_unit");
    // Miles where nothing else is said.
    const bool is_kilometre = is_text(document, unit) && document.node(unit).text == "kilometer";
    return is_kilometre ? numbers[0] : numbers[0] * 1609 / 1000;
  }

  void add_meta_lists(const Document& document, NodeId spec, bool excluded) {
    for (const Member& list : document.members(spec)) {
      const std::string_view kind = kind_of(meta_kinds, list.key);
      if (kind.empty() || !is_list(document, list.value)) continue;
      for (const Member& member : document.members(list.value)) {
        const NodeId subtype = is_map(document, member.value) ? find(document, member.value, "subtype") : no_node;
        std::string value = value_of(document, member.value);
        const bool lookalike = (is_text(document, subtype) && document.node(subtype).text == "LOOKALIKE") ||
                               to_lower_ascii(value).starts_with("lookalike");
        add("meta", kind == "audience" && lookalike ? "lookalike" : kind, std::move(value),
            excluded || list.key.starts_with("excluded_"), document.node(member.value).span);
      }
    }
  }

  // ---- Google ----

  void add_google(const Document& document, NodeId criterion) {
    const NodeId status = find(document, criterion, "status");
    if (is_text(document, status) && document.node(status).text == "REMOVED") return;
    const NodeId negative = find(document, criterion, "negative");
    const bool excluded =
        negative != no_node && document.node(negative).kind == NodeKind::boolean && document.node(negative).boolean;
    std::string group = "all";
    for (const std::string_view key : {"ad_group", "campaign"}) {
      const NodeId owner = find(document, criterion, key);
      if (is_text(document, owner)) {
        group = document.node(owner).text;
        break;
      }
    }
    for (const Member& member : document.members(criterion)) {
      const std::string_view kind = kind_of(google_kinds, camel(member.key));
      if (kind.empty() || !is_map(document, member.value)) continue;
      const std::size_t before = targets.size();
      add_google_value(document, member.value, kind, excluded);
      for (std::size_t i = before; i < targets.size(); ++i) google_groups_[group].push_back(i);
    }
  }

  void add_google_value(const Document& document, NodeId value, std::string_view kind, bool excluded) {
    const Span span = document.node(value).span;
    const NodeId type = find(document, value, "type");
    const std::string_view written = is_text(document, type) ? document.node(type).text : std::string_view{};
    const bool unknown = written.ends_with("UNDETERMINED") || written.ends_with("UNKNOWN");
    if (unknown) {
      add("google", kind, "unknown", excluded, span);
    } else if (kind == "age") {
      // AGE_RANGE_25_34, AGE_RANGE_65_UP
      const auto numbers = numbers_in(written);
      if (numbers.empty()) return;
      add_age("google", numbers[0], numbers.size() > 1 ? std::optional(numbers[1]) : std::nullopt, excluded, span);
      targets.back().narrows = true;
    } else if (kind == "gender") {
      add("google", kind,
          written == "MALE"     ? "men"
          : written == "FEMALE" ? "women"
                                : std::string(written),
          excluded, span);
    } else {
      std::string name(written);
      for (const Member& member : document.members(value)) {
        if (name.empty() && is_text(document, member.value)) name = document.node(member.value).text;
      }
      // Of a location that is a postcode the canonical name says so: "94304,California,United States".
      const NodeId target_type = find(document, value, "target_type");
      const bool postcode = is_text(document, target_type) && document.node(target_type).text == "Postal Code";
      Target& target = add("google", postcode ? "postcode" : kind, std::move(name), excluded, span);
      const NodeId radius = find(document, value, "radius");
      if (radius != no_node && !numbers_in(document.node(radius).text).empty())
        target.low = numbers_in(document.node(radius).text)[0];
    }
  }

  // ---- LinkedIn ----

  // include: {and: [{or: {facet: [values]}}]}, exclude: {or: {facet: [values]}}
  void add_linkedin(const Document& document, NodeId criteria) {
    add_facets(document, find(document, criteria, "include"), false);
    add_facets(document, find(document, criteria, "exclude"), true);
  }

  void add_facets(const Document& document, NodeId id, bool excluded) {
    if (id == no_node) return;
    for (const Member& member : document.members(id)) {
      constexpr std::string_view facet = "urn:li:adTargetingFacet:";
      if (!member.key.starts_with(facet)) {
        add_facets(document, member.value, excluded);
        continue;
      }
      const std::string_view name = trim_ascii(member.key.substr(facet.size()));
      const std::string_view kind = kind_of(linkedin_kinds, name);
      const std::size_t first = targets.size();
      for (const Member& value : document.members(member.value)) {
        const std::string_view text = document.node(value.value).text;
        const Span span = document.node(value.value).span;
        if (kind == "age") {
          const auto numbers = numbers_in(text.substr(text.find('(') == text.npos ? 0 : text.find('(')));
          constexpr std::int64_t oldest = 120;
          if (numbers.empty()) continue;
          const bool open = numbers.size() < 2 || numbers[1] > oldest;
          add_age("linkedin", numbers[0], open ? std::nullopt : std::optional(numbers[1]), excluded, span);
        } else if (kind == "gender") {
          add("linkedin", kind,
              text.ends_with(":FEMALE") ? "women"
              : text.ends_with(":MALE") ? "men"
                                        : std::string(text),
              excluded, span);
        } else {
          add("linkedin", kind.empty() ? "other" : kind, std::string(text.substr(text.rfind(':') + 1)), excluded, span);
        }
      }
      // All ranges, or both genders, leave nobody out.
      const std::size_t count = targets.size() - first;
      const bool all = !excluded && ((kind == "age" && count >= 4) || (kind == "gender" && count >= 2));
      for (std::size_t i = first; i < targets.size(); ++i) targets[i].narrows = !all;
    }
  }

  // ---- TikTok ----

  void add_tiktok(const Document& document, NodeId group) {
    if (const NodeId ages = find(document, group, "age_groups"); is_list(document, ages)) {
      const std::size_t first = targets.size();
      std::size_t adult = 0;
      for (const Member& member : document.members(ages)) {
        // AGE_18_24, AGE_55_100
        const auto numbers = numbers_in(document.node(member.value).text);
        if (numbers.empty()) continue;
        const bool open = numbers.size() < 2 || numbers[1] >= 100;
        add_age("tiktok", numbers[0], open ? std::nullopt : std::optional(numbers[1]), false,
                document.node(member.value).span);
        adult += numbers[0] >= full_age;
      }
      constexpr std::size_t adult_groups = 5;
      for (std::size_t i = first; i < targets.size(); ++i) targets[i].narrows = adult < adult_groups;
    }
    if (const NodeId gender = find(document, group, "gender"); is_text(document, gender)) {
      const std::string_view text = document.node(gender).text;
      const std::string_view one = text == "GENDER_MALE" ? "men" : text == "GENDER_FEMALE" ? "women" : "all";
      add("tiktok", "gender", std::string(one), false, document.node(gender).span).narrows = one != "all";
    }
    for (const Member& list : document.members(group)) {
      const std::string_view kind = kind_of(tiktok_kinds, list.key);
      if (kind.empty()) continue;
      const auto add_value = [&](NodeId id) {
        add("tiktok", kind, value_of(document, id), list.key.starts_with("excluded_"), document.node(id).span);
      };
      if (is_text(document, list.value) && document.node(list.value).text != "ALL") add_value(list.value);
      for (const Member& member : document.members(list.value)) add_value(member.value);
    }
  }

  std::map<std::string, std::vector<std::size_t>> google_groups_;  // indexes into targets
};

void write_platforms(const Search& found, FactsBuilder& facts) {
  std::vector<std::string_view> platforms;
  const auto add = [&](std::string_view platform) {
    if (std::ranges::find(platforms, platform) == platforms.end()) platforms.push_back(platform);
  };
  for (const Campaign& campaign : found.campaigns) add(campaign.platform);
  for (const Target& target : found.targets) add(target.platform);
  facts.begin_list("platforms");
  for (const std::string_view platform : platforms) facts.text_item(platform, facts.whole());
  facts.end_list();
}

std::optional<Document> write(const Search& found, FactsBuilder& facts) {
  facts.begin();
  write_platforms(found, facts);
  facts.begin_list("campaigns");
  for (const Campaign& campaign : found.campaigns) {
    if (!facts.begin_item(campaign.span)) break;
    facts.text("platform", campaign.platform, campaign.span);
    if (!campaign.name.empty()) facts.text("name", campaign.name, campaign.span);
    facts.begin_list("special_categories", campaign.span);
    for (const std::string& category : campaign.special_categories) facts.text_item(category, campaign.span);
    facts.end_list(campaign.span);
    facts.end_item(campaign.span);
  }
  facts.end_list();
  facts.begin_list("targeting");
  for (const Target& target : found.targets) {
    if (!facts.begin_item(target.span)) break;
    facts.text("platform", target.platform, target.span);
    facts.text("kind", target.kind, target.span);
    facts.text("value", target.value, target.span);
    facts.flag("excluded", target.excluded, target.span);
    if (target.low) facts.number("low", *target.low, target.span);
    if (target.high) facts.number("high", *target.high, target.span);
    facts.flag("narrows", target.narrows, target.span);
    facts.end_item(target.span);
  }
  facts.end_list();
  return facts.finish();
}

}  // namespace

Result<std::shared_ptr<const Document>> ad_export_facts(const std::shared_ptr<const Document>& exported) {
  Search found(exported);
  found.finish();
  if (found.campaigns.empty() && found.targets.empty()) {
    return problem_of(
        exported->source(), Problem::Kind::wrong_kind,
        "holds no campaign, ad set or criterion of a platform that scruple knows.",
        "Export the campaign as JSON by the API of Meta, Google Ads, LinkedIn or TikTok, with its targeting.");
  }
  const PlacedSource source{exported->source_ptr(), exported->source_ptr(), {}};
  Diagnostics diagnostics;
  FactsBuilder builder(source, exported->node(exported->root()).span, found.campaigns.size() + found.targets.size(),
                       diagnostics);
  auto facts = write(found, builder);
  if (!facts) {
    return problem_of(exported->source(), Problem::Kind::too_large, "names more than scruple keeps of an export.",
                      "Export only the campaign that is checked.");
  }
  return std::make_shared<const Document>(*std::move(facts));
}

}  // namespace scruple::evidence
