// The facts of an HTML file (a mail, a landing page, a form, a preference page), as a Document: one generic binding
// shows facts of HTML, JSON and YAML alike, and every fact has a span in the HTML file.
//
// The root is a map. A key marked with ? is left out where there is nothing to say; all others are always there.
//
//   title?            the text of <title>
//   language?         the `lang` of <html>
//   visible_text      what a reader sees: white space folded to single spaces, <br> a line break; blocks, list items
//                     and table cells set apart by a blank line. Not in it: scripts, styles, comments, <noscript>,
//                     templates, hidden elements, the contents of fields. `aria-hidden` text is seen, so it is in it,
//                     and so is what a closed <details> holds.
//   text_blocks       [{text, in_footer}]: visible_text, block by block
//   text_runs         [{text, hidden, font_px?, contrast?, in_footer, aria_hidden}]: each piece of text between two
//                     tags, hidden ones too
//   headings          [{level, text, hidden}]: level 1 to 6
//   links             [{text, href, host?, scheme?, hidden, in_footer, rel?, title?, aria_label?, image_alt?, font_px?,
//                     contrast?}]: <a> and <area> with an address. `image_alt` joins the alt texts of images inside; it
//                     is there if an image is. `font_px` and `contrast`: the least of its visible text. `hidden`:
//                     nothing of it can be seen.
//   images            [{src, host?, alt?, hidden, width?, height?, in_link}]: `alt` is there if the attribute is, and
//                     may be empty
//   embeds            [{url, tag, alt?, caption?, hidden, at?}]: each picture, film and sound of the page, by every
//                     address that it is given: `src`, `srcset`, `poster`, `background`, url() of styles. `alt`: also
//                     that of the <img> beside a <source>, and `aria-label`. `caption`: the <figcaption> of the
//                     <figure> around it. `at`: after how many characters of visible_text it stands; left out for what
//                     a style sheet names.
//   forms             [{id?, action?, action_host?, method, text, hidden, controls}]: `method` in lower case, "get" by
//                     default; `text` as in visible_text; `controls` the very items of the list below
//   controls          [{type, tag, name?, id?, label, has_label, value?, checked?, aria_checked?, required, disabled,
//   hidden,
//                     multiple?, options?, form?}], those outside of forms too.
//                     `type`: of <input> as written, "text" by default; "select", "textarea"; of <button> "submit" by
//                     default; of anything with the role of a box its role: "checkbox", "switch", "radio".
//                     `label`: from <label>, `aria-labelledby`, `aria-label`, a button's own text, `title`,
//                     `placeholder`, else the text beside it; "" if nothing names it. `has_label`: it comes from
//                     neither of the last two, which a screen reader does not read or which go away. `checked` (boxes
//                     and radio buttons): ticked when the page opens, in whatever spelling; `aria-checked` counts where
//                     the element is no native box. `aria_checked`: that attribute as written. `options` [{text, value,
//                     selected}]: `selected` if the file pre-selects it. `hidden` is of the box itself; pages that draw
//                     their own boxes often hide it and show the label. `form`: the index of its form.
//   meta              [{name, content}]: name, property or http-equiv; <meta charset> has the name "charset"
//   resource_hosts    [{host, kind, url}]: whatever is fetched from or sent to another host. kind: "script", "iframe",
//                     "image", "pixel" (an image of one pixel, or hidden), "style", "font", "media", "form", "link"
//                     (<link> of other kinds), "script_text" (an address that an inline script names)
//   merge_tags        [{text, name, tool, logic, fallback?}]: see merge_tag.h; in text and in attributes
//   scripted          a script could draw or change what is visible; then the facts are those before it runs
//   linked_style      a linked style sheet, not looked at, could change what is visible; then `font_px` and
//                     `contrast` are there only where the element's own style decides
//
// `hidden`, `font_px` and `contrast` come from inline and embedded styles as on a wide screen in light mode; see
// style.h. `font_px` and `contrast` are left out where they cannot be told: behind an image, from a variable.
// `in_footer`: inside <footer>, the role contentinfo, or an element whose class or id says footer.
#pragma once

#include "evidence/byte_map.h"
#include "evidence/html_guard.h"
#include "evidence/problem.h"
#include "scruple/document.h"

#include <cstddef>
#include <memory>

namespace scruple::evidence {

using DocumentPtr = std::shared_ptr<const Document>;

// The source has to be valid UTF-8 without NUL bytes. Odd markup is read as browsers read it; only limits are problems.
Result<DocumentPtr> html_facts(SourcePtr source, const HtmlLimits& limits = {});

// The same of a page that was taken out of a file: the facts' spans lie in that file.
Result<DocumentPtr> html_facts(const PlacedSource& page, const HtmlLimits& limits);

// Where bytes [begin, end) of a text among the facts of any file stand in that file: of a page by its pieces of visible
// text, of what stands there as it was written by looking for it; else the place of the whole text.
Span place_in_text(const Document& facts, NodeId text, Span part);

}  // namespace scruple::evidence
