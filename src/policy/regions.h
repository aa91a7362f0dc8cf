// Which markets belong to which region. A state belongs to its country (`US-CA` to `US`), a country to its region
// (`DE` to `EU`).
#pragma once

#include <span>
#include <string_view>

namespace scruple::policy {

// True if `market` is `region` or lies in it. `EU` stands for its member states; `EEA` for these and Iceland,
// Liechtenstein and Norway.
bool is_in_region(std::string_view market, std::string_view region);

// Whether a text that binds in `jurisdiction` concerns a campaign in `market`: the market lies in the jurisdiction, or
// the jurisdiction in the market (a state's law concerns a campaign for the whole country). Union law serves the EEA
// too.
bool concerns_market(std::string_view jurisdiction, std::string_view market);

// Whether the text is a code of ISO 3166-1 alpha-2 in form, a subdivision `XX-YYY`, or a region known here.
bool is_market(std::string_view text);

}  // namespace scruple::policy
