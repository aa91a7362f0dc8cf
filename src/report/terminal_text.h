// Text for a terminal: how wide it is, how it wraps, how it is coloured, and what must never be printed.
#pragma once

#include "scruple/diagnostic.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::report {

// The bytes of the code point at `at`; one for a byte that is not part of well-formed UTF-8.
std::size_t code_point_length(std::string_view text, std::size_t at);

// Columns that a terminal gives the text: two for a wide character, none for a combining one or a colour.
std::size_t display_width(std::string_view text);

// Filled with blanks to that many columns; as it is if it is wider.
std::string pad(std::string_view text, std::size_t columns);

// Trimmed, and each run of blanks, tabs and line breaks as one blank: expressions and titles as packs write them.
std::string one_line(std::string_view text);

// Breaks text at blanks into lines of at most `width` columns; a longer word is cut. Leading blanks of the text
// indent all lines, `hanging` more all but the first. Short code between backticks stays whole. At least one line,
// which may be empty.
std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t hanging = 0);

// The same for text of several lines, each of which is made visible (base/strings.h) first.
std::vector<std::string> wrap_lines(std::string_view text, std::size_t width, std::size_t hanging = 0);

// Whether the text begins with a marker that CI runners obey anywhere in a line: `##[error]`, `##vso[…]`.
bool begins_runner_command(std::string_view text);

// A finished line, with such markers broken up, and a `::` that would begin it: runners obey that as well.
std::string without_runner_commands(std::string_view line);

enum class Tone { strong, faint, error, warning, info, good };

Tone tone_of(Severity severity);

// Colours text by ANSI sequences, or leaves it alone.
class Ink {
 public:
  explicit Ink(bool color) : color_(color) {}
  std::string operator()(Tone tone, std::string_view text) const;

 private:
  bool color_;
};

}  // namespace scruple::report
