// How much of one text's wording stands in another: of an AI's draft in the copy that went out, or the other way round.
//
// Both texts are cut into runs of five words (shingles; Broder, On the resemblance and containment of documents, 1997),
// compared without regard to case, punctuation and spacing. A word of the first text counts as kept if it is in a run
// that stands in the second as well. Changing one word in five leaves nothing; moving sentences about changes little.
#pragma once

#include <optional>
#include <string_view>

namespace scruple::evidence {

// From 0 to 1. Nothing for a text of fewer words than a run has.
std::optional<double> kept_share(std::string_view text, std::string_view other);

}  // namespace scruple::evidence
