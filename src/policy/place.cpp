#include "policy/place.h"

#include <algorithm>
#include <charconv>

namespace scruple::policy {

namespace {

// The JSON string that begins at `at`, decoded as far as places need it; `at` moves past it.
std::optional<std::string> quoted(std::string_view place, std::size_t& at) {
  std::string text;
  for (++at; at < place.size() && place[at] != '"'; ++at) {
    if (place[at] == '\\' && at + 1 < place.size()) ++at;
    text += place[at];
  }
  if (at == place.size()) return std::nullopt;
  ++at;
  return text;
}

}  // namespace

std::optional<std::vector<PlaceStep>> parse_place(std::string_view place) {
  std::vector<PlaceStep> steps;
  std::size_t at = 0;
  while (at < place.size()) {
    PlaceStep step;
    if (place[at] == '[') {
      step.bracketed = true;
      ++at;
      if (at < place.size() && place[at] == '"') {
        const auto text = quoted(place, at);
        if (!text) return std::nullopt;
        step.text = *text;
      } else {
        const std::size_t end = std::min(place.find(']', at), place.size());
        step.text = place.substr(at, end - at);
        std::uint32_t index = 0;
        const auto [stop, error] = std::from_chars(step.text.data(), step.text.data() + step.text.size(), index);
        if (error == std::errc{} && stop == step.text.data() + step.text.size()) step.index = index;
        at = end;
      }
      if (at >= place.size() || place[at] != ']') return std::nullopt;
      ++at;
    } else {
      if (place[at] == '.') {
        if (steps.empty()) return std::nullopt;
        ++at;
      } else if (!steps.empty()) {
        return std::nullopt;
      }
      const std::size_t end = std::min(place.find_first_of(".[", at), place.size());
      step.text = place.substr(at, end - at);
      if (step.text.empty()) return std::nullopt;
      at = end;
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace scruple::policy
