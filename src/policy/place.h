// The notation of places, read: `assets[hero-mail].disclosure.text`, `assets["a b"]`, `markets[0]`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::policy {

struct PlaceStep {
  std::string text;                    // a key or an id
  bool bracketed = false;              // an item of a list, or an odd key
  std::optional<std::uint32_t> index;  // `[3]`: an index, where the step is taken in a list
};

// Nothing if the text is no place. The empty text is the root: no steps.
std::optional<std::vector<PlaceStep>> parse_place(std::string_view place);

}  // namespace scruple::policy
