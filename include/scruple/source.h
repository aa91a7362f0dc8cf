// Source text and places in it.
//
// A Span is what the program computes with: bytes, half-open. A Position is what a person reads: line and
// column, both 1-based, columns counted in Unicode code points. A Location is a span that has been resolved
// for showing; it owns all it needs, so that findings outlive the documents that they speak of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {

// Bytes [begin, end) of one source. Sources are limited to 4 GiB - 1 by the readers.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

// 1-based; columns count code points.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

// A named, immutable text. The name is the path as it is shown to people: relative to the working
// directory, or `<stdin>`. The line index is built on first need; the object is safe to share between threads.
class Source {
 public:
  Source(std::string name, std::string text);
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  const std::string& name() const noexcept { return name_; }
  std::string_view text() const noexcept { return text_; }

  // The position of a byte offset; offsets past the end give the position after the last character.
  // A byte order mark at the start has no column.
  Position position(std::uint32_t offset) const;

  // The text of a 1-based line without its line break; empty for a line that does not exist.
  std::string_view line(std::uint32_t number) const;

 private:
  const std::vector<std::uint32_t>& line_starts() const;
  const std::vector<std::uint32_t>& code_points() const;
  std::size_t code_points_between(std::uint32_t begin, std::uint32_t end) const;

  std::string name_;
  std::string text_;
  mutable std::once_flag indexed_;
  mutable std::vector<std::uint32_t> line_starts_;
  // How many code points stand before each so many bytes: a file may be one line of megabytes.
  mutable std::once_flag counted_;
  mutable std::vector<std::uint32_t> counts_;
};

using SourcePtr = std::shared_ptr<const Source>;

// A span resolved for showing.
struct Location {
  std::string file;  // Source::name()
  Span span;
  Position begin;
  Position end;  // exclusive: the position after the last character
  // The line of `begin`, for an excerpt. Cut to a window around `begin` when it is very long; empty when the
  // line must not be shown (a file that can hold personal data).
  std::string line;
  std::uint32_t line_column = 1;  // the column of the first character of `line`

  friend bool operator==(const Location&, const Location&) = default;
};

enum class Excerpt : std::uint8_t { show, hide };

Location locate(const Source& source, Span span, Excerpt excerpt = Excerpt::show);

}  // namespace scruple
