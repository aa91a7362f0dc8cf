#include "schema/field_index.h"

#include "base/strings.h"
#include "base/suggest.h"

#include <algorithm>

namespace scruple::schema {

namespace {

constexpr std::size_t depth_limit = 12;
constexpr std::size_t most_places = 3;
// What a campaign and other things have is mostly meant of the campaign.
constexpr std::string_view first_of_all = "campaign";

}  // namespace

std::vector<std::string_view> FieldIndex::places_of(std::string_view name) const {
  const auto found = places_.find(name);
  if (found == places_.end()) return {};
  std::vector<std::string_view> nearest_places;
  std::ptrdiff_t least = 0;
  for (const std::string& place : found->second) {
    const std::ptrdiff_t distance = std::ranges::count(place, '.');
    if (nearest_places.empty() || distance < least) {
      nearest_places.clear();
      least = distance;
    }
    if (distance == least) nearest_places.push_back(place);
  }
  if (std::ranges::find(nearest_places, first_of_all) != nearest_places.end()) return {first_of_all};
  if (nearest_places.size() > most_places) nearest_places.clear();
  return nearest_places;
}

std::string_view FieldIndex::nearest_to(std::string_view name) const {
  // Few slips are in the first letter, and there are hundreds of names.
  std::vector<std::string_view> alike;
  for (const auto& [known, places] : places_) {
    if (!places.empty() && known.substr(0, 1) == name.substr(0, 1)) alike.push_back(known);
  }
  return nearest(name, alike);
}

void FieldIndex::add(TypeId id, const std::string& place, std::size_t depth) {
  if (id == no_type || depth > depth_limit) return;
  for (const TypeId alternative : schema_.alternatives(id)) add(alternative, place, depth + 1);
  const Type& type = schema_.type(id);
  // The rows and columns of a table are not places for fields.
  if (type.format == Format::path) return;
  if ((type.kinds & allow_list) != 0) add(type.items, place + "[]", depth + 1);
  for (const Property& property : schema_.properties(id)) {
    auto& places = places_[property.name];
    if (!place.empty() && std::ranges::find(places, place) == places.end()) places.push_back(place);
    add(property.type, place.empty() ? std::string(property.name) : concat(place, ".", property.name), depth + 1);
  }
}

}  // namespace scruple::schema
