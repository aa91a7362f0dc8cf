#include "evidence/mail.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "evidence/facts_builder.h"
#include "evidence/text_page.h"
#include "evidence/url.h"

#include <algorithm>
#include <utility>

namespace scruple::evidence {

namespace {

constexpr std::size_t most_items = 50'000;

void write_mailbox(FactsBuilder& facts, std::string_view key, const MailHeader& header, std::string_view file) {
  const Mailbox box = read_mailbox(file.substr(header.span.begin, header.span.end - header.span.begin));
  facts.begin_map(key, header.span);
  facts.text("name", {box.name, header.span});
  facts.text("address", {box.address, header.span});
  const auto at = box.address.rfind('@');
  facts.text("host",
             {at == std::string::npos ? std::string{} : to_lower_ascii(box.address.substr(at + 1)), header.span});
  facts.end_map(header.span);
}

// `<mailto:leave@fern.example>, <https://fern.example/leave>`
void write_unsubscribe(FactsBuilder& facts, const MailHeader* header) {
  facts.begin_list("list_unsubscribe");
  std::string_view rest = header == nullptr ? std::string_view{} : header->value;
  while (facts.ok()) {
    const auto open = rest.find('<');
    const auto close = open == rest.npos ? rest.npos : rest.find('>', open);
    if (close == rest.npos || !facts.begin_item(header->span)) break;
    const std::string_view url = trim_ascii(rest.substr(open + 1, close - open - 1));
    facts.text("url", {std::string(url), header->span});
    facts.text("scheme", {scheme_of(url), header->span});
    facts.end_item(header->span);
    rest.remove_prefix(close + 1);
  }
  facts.end_list();
}

// The first text of the page that says something; mails fill up what an inbox shows with invisible characters.
void write_preheader(FactsBuilder& facts, const Document& page) {
  constexpr std::size_t least_letters = 3;
  for (const Member& run : page.members(page.find(page.root(), "text_runs")->value)) {
    const Node& text = page.node(page.find(run.value, "text")->value);
    const auto letters = std::ranges::count_if(
        text.text, [](char c) { return is_letter(c) || (static_cast<unsigned char>(c) >= 0xC3); });
    if (static_cast<std::size_t>(letters) < least_letters) continue;
    facts.text("preheader", {std::string(text.text), text.span});
    return;
  }
}

}  // namespace

bool is_mail_file(std::string_view name) {
  const std::string lower = to_lower_ascii(name);
  return lower.ends_with(".eml") || lower.ends_with(".mht") || lower.ends_with(".mhtml");
}

Result<DocumentPtr> mail_facts(const SourcePtr& file, const MailLimits& limits) {
  const auto mail = read_mail(*file, limits);
  if (!mail) return mail.problem();
  const MailPart* html = find_part(*mail, "text/html");
  const MailPart* plain = find_part(*mail, "text/plain");

  const PlacedSource whole{file, file, {}};
  Diagnostics diagnostics;
  FactsBuilder facts(whole, most_items, diagnostics);
  facts.begin();
  if (const MailHeader* subject = find_header(*mail, "subject")) facts.text("subject", {subject->value, subject->span});
  if (html != nullptr) {
    const auto page = text_of(file, *html, limits);
    if (!page) return page.problem();
    const auto page_facts = html_facts(*page, {});
    if (!page_facts) return page_facts.problem();
    write_preheader(facts, **page_facts);
  }
  if (const MailHeader* from = find_header(*mail, "from")) write_mailbox(facts, "from", *from, file->text());
  if (const MailHeader* reply_to = find_header(*mail, "reply-to"))
    write_mailbox(facts, "reply_to", *reply_to, file->text());
  write_unsubscribe(facts, find_header(*mail, "list-unsubscribe"));
  const MailHeader* post = find_header(*mail, "list-unsubscribe-post");
  facts.flag("one_click", post != nullptr && to_lower_ascii(post->value).find("one-click") != std::string::npos,
             post == nullptr ? facts.whole() : post->span);
  facts.begin_list("headers");
  for (const MailHeader& header : mail->headers) {
    if (!facts.begin_item(header.span)) break;
    facts.text("name", {header.name, header.span});
    facts.text("value", {header.value, header.span});
    facts.end_item(header.span);
  }
  facts.end_list();
  facts.flag("has_html", html != nullptr, html == nullptr ? facts.whole() : html->body);
  if (plain != nullptr) {
    const auto text = text_of(file, *plain, limits);
    if (!text) return text.problem();
    facts.text("text", {std::string(text->text->text()), plain->body});
  }
  facts.begin_list("parts");
  for (const MailPart& part : mail->parts) {
    if (!facts.begin_item(part.body)) break;
    facts.text("type", {part.type, part.body});
    facts.text("charset", {part.charset, part.body});
    facts.text("file_name", {part.file_name, part.body});
    facts.flag("attachment", part.attachment, part.body);
    facts.end_item(part.body);
  }
  facts.end_list();
  auto document = facts.finish();
  if (!document) {
    return problem_of(*file, Problem::Kind::too_large, "has more parts than a mail can.");
  }
  return DocumentPtr(std::make_shared<const Document>(*std::move(document)));
}

Result<PlacedSource> mail_page(const SourcePtr& file, const MailLimits& limits) {
  const auto mail = read_mail(*file, limits);
  if (!mail) return mail.problem();
  // The note around it says nothing of what people get.
  if (std::ranges::find(mail->parts, "message/rfc822", &MailPart::type) != mail->parts.end()) {
    return problem_of(*file, Problem::Kind::malformed, "holds another mail as an attachment.",
                      "Save the mail that people get by itself, and name that file.");
  }
  if (const MailPart* html = find_part(*mail, "text/html")) return text_of(file, *html, limits);
  const MailPart* plain = find_part(*mail, "text/plain");
  if (plain == nullptr) {
    return problem_of(*file, Problem::Kind::malformed, "holds neither HTML nor text.",
                      "Save the mail with its content; a mail that is only an attachment cannot be judged.");
  }
  auto text = text_of(file, *plain, limits);
  if (!text) return text;
  return page_of_text(*text);
}

}  // namespace scruple::evidence
