// Regular expressions: RE2's syntax, linear time, bounded memory.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace scruple::cel {

class RegularExpression {
 public:
  // One that does not compile is not valid() and says why in error().
  explicit RegularExpression(std::string_view pattern);
  ~RegularExpression();
  RegularExpression(RegularExpression&&) noexcept;
  RegularExpression& operator=(RegularExpression&&) noexcept;

  std::string_view pattern() const;
  bool valid() const;
  std::string error() const;  // "missing ]: [a"

  std::size_t group_count() const;

  // What compiling it is worth in steps, and what a look through so many bytes of text is: both grow with the pattern.
  std::uint64_t compile_steps() const;
  std::uint64_t search_steps(std::size_t bytes) const;
  // Bytes that a search may read beyond its match; nothing if it may be all that follow.
  std::optional<std::size_t> look_ahead() const { return look_ahead_; }

  // A match anywhere in the text.
  bool matches(std::string_view text) const;

  // The first match that begins at `from` or later: groups[0] is the whole match, the others are its groups; the
  // data() of one that did not take part is null.
  bool find(std::string_view text, std::size_t from, std::span<std::string_view> groups) const;

 private:
  std::unique_ptr<re2::RE2> re2_;
  std::optional<std::size_t> look_ahead_;
};

}  // namespace scruple::cel
