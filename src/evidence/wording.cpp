#include "evidence/wording.h"

#include "evidence/text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

namespace scruple::evidence {

namespace {

constexpr std::size_t run_length = 5;

std::vector<std::size_t> hashes_of_words(std::string_view text) {
  std::vector<std::size_t> hashes;
  for (const std::string_view word : split_words(text)) hashes.push_back(std::hash<std::string>{}(folded(word)));
  return hashes;
}

// Of each run of words, by its first.
std::vector<std::uint64_t> hashes_of_runs(const std::vector<std::size_t>& words) {
  std::vector<std::uint64_t> runs;
  for (std::size_t first = 0; first + run_length <= words.size(); ++first) {
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < run_length; ++i) hash = (hash ^ words[first + i]) * 0x9E3779B97F4A7C15u + (hash >> 29);
    runs.push_back(hash);
  }
  return runs;
}

}  // namespace

std::optional<double> kept_share(std::string_view text, std::string_view other) {
  const auto words = hashes_of_words(text);
  const auto runs = hashes_of_runs(words);
  if (runs.empty()) return std::nullopt;
  const auto other_runs = hashes_of_runs(hashes_of_words(other));
  const std::unordered_set<std::uint64_t> known(other_runs.begin(), other_runs.end());
  std::size_t kept = 0;
  std::size_t counted = 0;  // words before this one are counted already
  for (std::size_t first = 0; first < runs.size(); ++first) {
    if (!known.contains(runs[first])) continue;
    kept += first + run_length - std::max(first, counted);
    counted = first + run_length;
  }
  return static_cast<double>(kept) / static_cast<double>(words.size());
}

}  // namespace scruple::evidence
