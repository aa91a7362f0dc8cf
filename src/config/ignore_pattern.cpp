#include "config/ignore_pattern.h"

#include <cstddef>
#include <span>

namespace scruple::config {

namespace {

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

// The characters of a class such as `[!a-z]`, which begins at `at`; behind it afterwards. False if it is not closed.
bool match_class(std::string_view pattern, std::size_t& at, char c, bool& matched) {
  std::size_t i = at + 1;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  bool found = false;
  for (bool first = true; i < pattern.size() && (first || pattern[i] != ']'); first = false) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
    const auto low = static_cast<unsigned char>(pattern[i]);
    auto high = low;
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      i += 2;
      if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
      high = static_cast<unsigned char>(pattern[i]);
    }
    found = found || (low <= static_cast<unsigned char>(c) && static_cast<unsigned char>(c) <= high);
    ++i;
  }
  if (i >= pattern.size()) return false;
  at = i + 1;
  matched = found != negated;
  return true;
}

// Whether the pattern matches one character at `at`, which then stands behind what matched it.
bool match_one(std::string_view pattern, std::size_t& at, char c) {
  if (pattern[at] == '?') {
    ++at;
    return true;
  }
  if (pattern[at] == '[') {
    // One that is not closed matches nothing.
    bool matched = false;
    return match_class(pattern, at, c, matched) && matched;
  }
  if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
  return pattern[at++] == c;
}

// One component of a path. The usual match with one fallback for `*`.
bool match_segment(std::string_view pattern, std::string_view text) {
  constexpr auto none = std::string_view::npos;
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = none;
  std::size_t star_text = 0;
  while (t < text.size() || p < pattern.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      star_text = t;
      continue;
    }
    if (std::size_t next = p; p < pattern.size() && t < text.size() && match_one(pattern, next, text[t])) {
      p = next;
      ++t;
      continue;
    }
    if (star == none || star_text >= text.size()) return false;
    p = star;
    t = ++star_text;
  }
  return true;
}

// The same for components and `**`.
bool match_segments(std::span<const std::string> pattern, std::span<const std::string_view> path) {
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = none;
  std::size_t star_path = 0;
  while (t < path.size() || p < pattern.size()) {
    if (p < pattern.size() && pattern[p] == "**") {
      // At the end it stands for what is in a folder, not for the folder.
      if (p + 1 == pattern.size()) return t < path.size();
      star = ++p;
      star_path = t;
      continue;
    }
    if (p < pattern.size() && t < path.size() && match_segment(pattern[p], path[t])) {
      ++p;
      ++t;
      continue;
    }
    if (star == none || star_path >= path.size()) return false;
    p = star;
    t = ++star_path;
  }
  return true;
}

}  // namespace

IgnorePattern::IgnorePattern(std::string_view line) {
  // Blanks at the end do not count, unless the last is escaped.
  while (line.ends_with(' ') && !line.ends_with("\\ ")) line.remove_suffix(1);
  if (line.empty() || line.front() == '#') return;
  if (line.front() == '!') {
    negated_ = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    folders_only_ = true;
    line.remove_suffix(1);
  }
  anchored_ = line.find('/') != std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  if (line.empty()) return;
  for (const std::string_view segment : split(line)) segments_.emplace_back(segment);
}

bool IgnorePattern::matches(std::string_view path, bool is_folder) const {
  if (segments_.empty() || (folders_only_ && !is_folder)) return false;
  const auto parts = split(path);
  if (!anchored_) return match_segment(segments_.front(), parts.back());
  return match_segments(segments_, parts);
}

}  // namespace scruple::config
