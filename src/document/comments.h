// Which node a comment speaks of.
#pragma once

#include "scruple/document.h"

#include <span>

namespace scruple {

// Gives each comment (in the order of the text) the node of the first entry that begins on its line: an item of a
// list or the value of a key. On a line on which no entry begins it is the last entry that ends there (a closing
// bracket, the end of folded text), and for a comment that stands alone on its line the next entry below.
void attach_comments(const Document& document, std::span<Comment> comments);

}  // namespace scruple
