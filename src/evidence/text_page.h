// Text and Markdown as HTML that shows the same, so that the facts of a page can be told of them. Each piece of the
// page knows where it stands in the file.
#pragma once

#include "evidence/byte_map.h"

namespace scruple::evidence {

// Addresses become links, blank lines end paragraphs; nothing in it is markup.
PlacedSource page_of_text(const PlacedSource& text);

// Headings, items, links, pictures and code as Markdown marks them; its HTML is kept. Data before the text is left out.
PlacedSource page_of_markdown(const PlacedSource& text);

}  // namespace scruple::evidence
