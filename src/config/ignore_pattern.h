// Patterns as in a .gitignore file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scruple::config {

// One line. `!` before it takes back what an earlier one matched, a `/` at its end means folders only, one elsewhere
// ties it to the folder of the file in which it stands; without one it matches at any depth. `*`, `?` and `[a-z]` do
// not match a `/`; `**` stands for any folders.
class IgnorePattern {
 public:
  explicit IgnorePattern(std::string_view line);

  bool is_negated() const { return negated_; }
  // `path` is relative to the folder of the pattern, with `/`. Time is bounded by the lengths of path times pattern.
  bool matches(std::string_view path, bool is_folder) const;

 private:
  std::vector<std::string> segments_;  // none: matches nothing
  bool negated_ = false;
  bool folders_only_ = false;
  bool anchored_ = false;
};

}  // namespace scruple::config
