// Where the delimiters, line breaks and quotes of a text stand: found for a whole block at once, so that a row costs
// next to nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace scruple::evidence {

class CsvIndex {
 public:
  // So many bytes behind the text are looked at: they have to be plain, and what they hold does not count.
  static constexpr std::size_t padding = 63;

  // `text` is shorter than 4 GB.
  void build(std::string_view text, char delimiter, char line_break);

  // How far into the text the marks stand. Before the first one stands ~0, as if a row had ended before the text;
  // behind the last one the length of the text.
  std::span<const std::uint32_t> marks() const { return std::span(marks_).first(mark_count_); }
  // Which of these are line breaks and quotes.
  std::span<const std::uint32_t> stops() const { return std::span(stops_).first(stop_count_); }
  // Whether the text is ASCII without NUL.
  bool is_plain() const { return plain_; }

 private:
  std::vector<std::uint32_t> marks_;
  std::vector<std::uint32_t> stops_;
  std::size_t mark_count_ = 0;
  std::size_t stop_count_ = 0;
  bool plain_ = true;
};

}  // namespace scruple::evidence
