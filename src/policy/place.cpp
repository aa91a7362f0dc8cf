#include "policy/place.h"

#include "base/ascii.h"
#include "base/strings.h"

#include <algorithm>
#include <charconv>

namespace scruple::policy {

namespace {

// What stands in a place without quotes.
bool is_bare(std::string_view word) {
  const auto allowed = [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; };
  return !word.empty() && std::ranges::all_of(word, allowed);
}

// The JSON string that begins at `at`, decoded as far as places are written so; `at` moves past it.
std::optional<std::string> quoted(std::string_view place, std::size_t& at) {
  std::string text;
  for (++at; at < place.size() && place[at] != '"'; ++at) {
    if (place[at] != '\\') {
      text += place[at];
      continue;
    }
    if (++at == place.size()) return std::nullopt;
    switch (place[at]) {
      case 'n': text += '\n'; break;
      case 't': text += '\t'; break;
      case 'u': {
        const auto digits = place.substr(at + 1, 4);
        unsigned code = 0;
        const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
        if (error != std::errc{} || stop != digits.data() + 4) return std::nullopt;
        append_utf8(text, code);
        at += 4;
        break;
      }
      default: text += place[at];
    }
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
        if (!is_bare(step.text)) return std::nullopt;
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
      if (!is_bare(step.text)) return std::nullopt;
      at = end;
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace scruple::policy
