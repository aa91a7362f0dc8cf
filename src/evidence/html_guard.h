// What must hold of HTML before the parser may see it. gumbo's time grows with the square of the nesting and of the
// number of attributes of one tag: a file of 200 KB can be made to take minutes. One cheap pass tells in advance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scruple::evidence {

struct HtmlLimits {
  std::size_t bytes = 2u << 20;
  std::size_t open_tags = 1000;  // at once; those whose end tag may be left out, such as <p> and <td>, not counted
  std::size_t attributes = 500;  // of one tag
  std::size_t items = 50'000;    // links, pieces of text, controls … of which facts are kept
  std::size_t tree_bytes = 160u << 20;  // what the parse may hold
};

struct HtmlProblem {
  std::string message;       // completes a sentence that begins with the file's name
  std::uint32_t offset = 0;  // where it was noticed
};

// Counts open tags and attributes as a parser would meet them. Knows raw text (scripts, styles), comments and quoted
// attributes, so that markup inside of them does not count.
std::optional<HtmlProblem> guard_html(std::string_view text, const HtmlLimits& limits);

}  // namespace scruple::evidence
