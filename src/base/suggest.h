// "Did you mean …": the nearest of a list of names.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {

// The candidate with the smallest edit distance (a transposition counts one, case differences count less than
// other edits) if it is near enough to be meant, else empty. The first of equals wins.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);
std::string_view nearest(std::string_view word, const std::vector<std::string>& candidates);

// "did you mean `x`?" or, when nothing is near and the list is short, "one of `a`, `b`, `c`"; else empty.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace scruple
