// Mail as its sender wrote it (RFC 5322, MIME): headers and parts, each with its place in the file.
//
// scruple reads mail itself. Debian's libraries were looked at: GMime is well kept, but brings fifteen shared libraries
// (GLib, GPGME …) that load at every start, cannot be linked statically, and does not tell from where in the file a
// character of a decoded part comes, which is what a finding has to show; mimetic has had no release for years; vmime
// is GPL. A test compares what is read with Python's `email`.
#pragma once

#include "evidence/byte_map.h"
#include "evidence/problem.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::evidence {

struct MailLimits {
  std::size_t bytes = 32u << 20;
  std::size_t text_bytes = 4u << 20;  // of one decoded part
  std::size_t depth = 20;             // of parts in parts
  std::size_t parts = 200;
  std::size_t headers = 2000;  // of the mail or of one part
  std::size_t header_bytes = 64u << 10;
};

struct MailHeader {
  std::string name;   // as written
  std::string value;  // unfolded, encoded words decoded
  Span span;          // the value as written
};

struct MailPart {
  std::string type;  // "text/html", in lower case
  std::string charset;
  std::string encoding;  // how it is transferred
  std::string file_name;
  bool attachment = false;
  Span body;  // as written
};

struct Mail {
  std::vector<MailHeader> headers;
  std::vector<MailPart> parts;  // those without parts of their own, in order
};

// A mailbox: `"Fern & Co" <post@fern.example>`
struct Mailbox {
  std::string name;
  std::string address;
};

// Any bytes: a mail need not be UTF-8. A problem if it does not begin as a mail does, or goes beyond a limit.
Result<Mail> read_mail(const Source& file, const MailLimits& limits);

// The text of a part, decoded. A problem if its charset is not known, or it goes beyond a limit.
Result<PlacedSource> text_of(const SourcePtr& file, const MailPart& part, const MailLimits& limits);

// The first part of a type that is no attachment; null if there is none.
const MailPart* find_part(const Mail& mail, std::string_view type);

// The first header of a name; null if there is none.
const MailHeader* find_header(const Mail& mail, std::string_view name);

// The first mailbox of a header's value as written: an encoded name may hold what sets mailboxes apart.
Mailbox read_mailbox(std::string_view written);

}  // namespace scruple::evidence
