// The facts of a document that people wrote for people (a plan, a notice, guidelines): Markdown, HTML or plain text.
// As a Document, whose spans lie in the file.
//
// The root is a map. A key marked with ? is left out where there is nothing to say; all others are always there.
//
//   format              "markdown", "html", "text"
//   title?              the first heading of the highest level; of HTML without one its <title>
//   language?           of HTML
//   text                all that a reader sees, blocks set apart by a blank line
//   words               how many words that is
//   sentences           how many sentences
//   words_per_sentence? on average
//   headings            [{level, text}]
//   sections            [{level, heading, text, words}]: one for each heading, its text up to the next heading of its
//                       level or a higher one, with what stands under lower ones; what comes before the first heading
//                       has the level 0 and the heading ""
//   blocks              [{text, heading}]: paragraphs, items of lists, rows of tables, in order
//   links               [{text, href}]
//   placeholders        [{text}]: what was left to be filled in: TBD, lorem ipsum, `<insert …>`
//
// Headings of Markdown are its own (`#`, underlined). In plain text a line counts as one that stands alone, is short,
// does not end as a sentence, and is underlined, numbered ("2.1 What goes in") or in capitals.
#pragma once

#include "evidence/html.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace scruple::evidence {

enum class DocumentFormat : std::uint8_t { text, markdown, html };

// By the name's ending, else by how the text begins.
DocumentFormat document_format(std::string_view name, std::string_view text);

Result<DocumentPtr> document_facts(const PlacedSource& source, DocumentFormat format, const HtmlLimits& limits);

// Of a file that is a page, from the page's own facts.
Result<DocumentPtr> document_of_page(const Document& page, const HtmlLimits& limits);

// Places of what was left to be filled in, in order, not overlapping; at most so many.
std::vector<Span> find_placeholders(std::string_view text, std::size_t limit);

}  // namespace scruple::evidence
