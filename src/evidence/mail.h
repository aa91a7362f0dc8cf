// The facts of a mail file (.eml), as a Document whose spans lie in the file.
//
// The root is a map. A key marked with ? is left out where there is nothing to say; all others are always there.
//
//   subject?              decoded, on one line
//   preheader?            what an inbox shows beside the subject: the first text of the HTML part, hidden or not
//   from?, reply_to?      {name, address, host}
//   list_unsubscribe      [{url, scheme}]: the addresses of that header
//   one_click             whether List-Unsubscribe-Post asks for one click (RFC 8058)
//   headers               [{name, value}], in the order of the file
//   has_html              whether there is an HTML part
//   text?                 the text part, decoded
//   parts                 [{type, charset, file_name, attachment}]
//
// `file(p).html` and `file(p).document` of a mail file are the facts of its HTML part, else of its text part.
#pragma once

#include "evidence/html.h"
#include "evidence/mail_reader.h"

#include <string_view>

namespace scruple::evidence {

// By the name's ending: `.eml`, and `.mht` and `.mhtml`, which are pages in the form of a mail.
bool is_mail_file(std::string_view name);

Result<DocumentPtr> mail_facts(const SourcePtr& file, const MailLimits& limits);

// What people read of a mail, as HTML: its HTML part, else its text part as HTML with the addresses in it as links.
Result<PlacedSource> mail_page(const SourcePtr& file, const MailLimits& limits);

}  // namespace scruple::evidence
