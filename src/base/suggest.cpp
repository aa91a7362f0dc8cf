#include "base/suggest.h"

#include "base/ascii.h"
#include "base/strings.h"

#include <algorithm>

namespace scruple {

namespace {

// A name of this length or more is not compared: nobody mistypes a kilobyte.
constexpr std::size_t longest_word = 64;
constexpr std::size_t short_list = 8;

char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

// Optimal string alignment distance in half edits: a change of case or of `-` for `_` costs one, any other edit two.
std::size_t distance(std::string_view a, std::string_view b) {
  const auto same_separator = [](char x, char y) {
    return (x == '-' || x == '_' || x == ' ') && (y == '-' || y == '_' || y == ' ');
  };
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = 2 * j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = 2 * i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t substitution = 2;
      if (a[i - 1] == b[j - 1]) {
        substitution = 0;
      } else if (lower(a[i - 1]) == lower(b[j - 1]) || same_separator(a[i - 1], b[j - 1])) {
        substitution = 1;
      }
      row[j] = std::min({last[j] + 2, row[j - 1] + 2, last[j - 1] + substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 2);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > longest_word) return {};
  // One edit for three letters, at least one.
  const std::size_t allowed = 2 * std::max<std::size_t>(1, word.size() / 3);
  std::string_view best;
  std::size_t best_distance = allowed + 1;
  for (const auto candidate : candidates) {
    if (candidate.size() > longest_word) continue;
    const std::size_t d = distance(word, candidate);
    // A replaced word is no typing mistake: something must be left of what was written.
    if (d < best_distance && d < 2 * std::max(word.size(), candidate.size())) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

std::string_view nearest(std::string_view word, const std::vector<std::string>& candidates) {
  const std::vector<std::string_view> views(candidates.begin(), candidates.end());
  return nearest(word, views);
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  if (const auto best = nearest(word, candidates); !best.empty()) return concat("did you mean `", best, "`?");
  if (candidates.empty() || candidates.size() > short_list) return {};
  std::string out = candidates.size() == 1 ? "there is " : "there are ";
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (i != 0) out += i + 1 == candidates.size() ? " and " : ", ";
    out += concat("`", candidates[i], "`");
  }
  return out;
}

}  // namespace scruple
