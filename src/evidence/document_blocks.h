// A document as a reader meets it: headings, paragraphs, items of lists, one after the other.
#pragma once

#include "scruple/source.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple::evidence {

struct TextBlock {
  std::string text;          // white space folded, marks of Markdown taken out
  Span span;                 // in the text that was read
  std::uint8_t heading = 0;  // its level; 0: no heading
};

struct TextLink {
  std::string text;
  std::string href;
  Span span;
};

struct TextBlocks {
  std::vector<TextBlock> blocks;
  std::vector<TextLink> links;
};

TextBlocks markdown_blocks(std::string_view text);
TextBlocks plain_blocks(std::string_view text);

}  // namespace scruple::evidence
