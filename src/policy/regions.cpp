#include "policy/regions.h"

#include "base/ascii.h"

#include <algorithm>

namespace scruple::policy {

namespace {

// The member states of the European Union (27, since 2020-02-01), sorted.
constexpr std::string_view member_states[] = {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES",
                                              "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
                                              "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"};
constexpr std::string_view eea_only[] = {"IS", "LI", "NO"};

}  // namespace

bool is_in_region(std::string_view market, std::string_view region) {
  if (market == region) return true;
  const auto dash = market.find('-');
  if (dash != std::string_view::npos) return is_in_region(market.substr(0, dash), region);
  if (region != "EU" && region != "EEA") return false;
  const bool member = market == "EU" || std::ranges::binary_search(member_states, market);
  return member || (region == "EEA" && std::ranges::find(eea_only, market) != std::end(eea_only));
}

bool concerns_market(std::string_view jurisdiction, std::string_view market) {
  if (jurisdiction == "INT") return true;
  return is_in_region(market, jurisdiction == "EU" ? "EEA" : jurisdiction) || is_in_region(jurisdiction, market);
}

bool is_market(std::string_view text) {
  if (text == "EEA") return true;
  if (text.size() < 2 || !is_upper(text[0]) || !is_upper(text[1])) return false;
  if (text.size() == 2) return true;
  if (text[2] != '-' || text.size() < 4 || text.size() > 6) return false;
  return std::ranges::all_of(text.substr(3), [](char c) { return is_upper(c) || is_digit(c); });
}

}  // namespace scruple::policy
