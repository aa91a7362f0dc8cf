// How far a search reads past what it finds. It decides what finding all matches of a text costs: a pattern such as
// `a(.*z)?` may look through the rest of the text for each of its matches, `[^.]+` never looks further than its match.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace scruple::cel {

// Bytes that a search may read beyond the end of its match, told from the text of the pattern. Empty if there may be
// no bound; only plain constructions are recognized.
std::optional<std::size_t> look_ahead(std::string_view pattern);

}  // namespace scruple::cel
