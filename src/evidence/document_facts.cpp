#include "evidence/document_facts.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "evidence/document_blocks.h"
#include "evidence/facts_builder.h"
#include "evidence/readability.h"
#include "evidence/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace scruple::evidence {

namespace {

constexpr std::size_t most_placeholders = 100;

struct ReadDocument {
  TextBlocks found;
  PlacedText title;  // of HTML
  std::string_view language;
  Span language_span;
};

const Node& field(const Document& facts, NodeId map, std::string_view key) {
  return facts.node(facts.find(map, key)->value);
}

// From the facts of a page whose spans still lie in the text that was read. A heading is a block of its own: the first
// one behind its tag.
ReadDocument read_page(const Document& page) {
  ReadDocument document;
  for (const Member& block : page.members(page.find(page.root(), "text_blocks")->value)) {
    const Node& text = field(page, block.value, "text");
    document.found.blocks.push_back({std::string(text.text), text.span, 0});
  }
  auto& blocks = document.found.blocks;
  for (const Member& heading : page.members(page.find(page.root(), "headings")->value)) {
    const Node& whole = page.node(heading.value);
    if (field(page, heading.value, "hidden").boolean) continue;
    const auto block = std::ranges::partition_point(
        blocks, [&whole](const TextBlock& one) { return one.span.begin < whole.span.end; });
    const std::string_view text = field(page, heading.value, "text").text;
    if (block == blocks.end() || text.empty() ||
        !text.starts_with(std::string_view(block->text).substr(0, text.size())))
      continue;
    block->heading = static_cast<std::uint8_t>(field(page, heading.value, "level").integer);
  }
  for (const Member& link : page.members(page.find(page.root(), "links")->value)) {
    if (field(page, link.value, "hidden").boolean) continue;
    const Node& text = field(page, link.value, "text");
    const Node& href = field(page, link.value, "href");
    document.found.links.push_back({std::string(text.text), std::string(href.text), href.span});
  }
  if (const Member* title = page.find(page.root(), "title"))
    document.title = {std::string(page.node(title->value).text), page.node(title->value).span};
  if (const Member* language = page.find(page.root(), "language")) {
    document.language = page.node(language->value).text;
    document.language_span = page.node(language->value).span;
  }
  return document;
}

class Writer {
 public:
  Writer(const PlacedSource& source, const ReadDocument& document, std::size_t most_items, Diagnostics& diagnostics)
      : document_(document), blocks_(document.found.blocks), facts_(source, most_items, diagnostics) {}

  std::optional<Document> write(DocumentFormat format) {
    constexpr std::array<std::string_view, 3> formats = {"text", "markdown", "html"};
    facts_.begin();
    facts_.text("format", formats[static_cast<std::size_t>(format)], facts_.whole());
    write_title();
    if (!document_.language.empty())
      facts_.text("language", {std::string(document_.language), document_.language_span});
    write_text();
    write_headings();
    write_sections();
    write_blocks();
    write_links();
    write_placeholders();
    return facts_.finish();
  }

 private:
  void write_title() {
    const TextBlock* best = nullptr;
    for (const TextBlock& block : blocks_) {
      if (block.heading != 0 && (best == nullptr || block.heading < best->heading)) best = &block;
    }
    if (best != nullptr) {
      facts_.text("title", {best->text, best->span});
    } else if (!document_.title.text.empty()) {
      facts_.text("title", document_.title);
    }
  }

  // The text of blocks [begin, end).
  PlacedText text_of(std::size_t begin, std::size_t end) const {
    PlacedText all;
    for (std::size_t i = begin; i < end; ++i) {
      if (i == begin) all.span = blocks_[i].span;
      if (i > begin) all.text += "\n\n";
      all.text += blocks_[i].text;
      all.span.end = std::max(all.span.end, blocks_[i].span.end);
    }
    return all;
  }

  void write_text() {
    std::size_t words = 0;
    std::size_t sentences = 0;
    for (const TextBlock& block : blocks_) {
      words += count_words(block.text);
      sentences += split_sentences(block.text).size();
    }
    PlacedText text = text_of(0, blocks_.size());
    const Span span = text.span;
    facts_.text("text", std::move(text));
    facts_.number("words", static_cast<std::int64_t>(words), span);
    facts_.number("sentences", static_cast<std::int64_t>(sentences), span);
    if (sentences > 0)
      facts_.number("words_per_sentence", std::optional(static_cast<double>(words) / static_cast<double>(sentences)),
                    span);
  }

  void write_headings() {
    facts_.begin_list("headings");
    for (const TextBlock& block : blocks_) {
      if (block.heading == 0 || !facts_.begin_item(block.span)) continue;
      facts_.number("level", std::int64_t{block.heading}, block.span);
      facts_.text("text", {block.text, block.span});
      facts_.end_item(block.span);
    }
    facts_.end_list();
  }

  void write_sections() {
    facts_.begin_list("sections");
    std::size_t first = 0;
    while (first < blocks_.size() && blocks_[first].heading == 0) ++first;
    if (first > 0) write_section(0, {}, blocks_[0].span, 0, first);
    for (std::size_t i = first; i < blocks_.size(); ++i) {
      const std::uint8_t level = blocks_[i].heading;
      if (level == 0) continue;
      std::size_t end = i + 1;
      while (end < blocks_.size() && (blocks_[end].heading == 0 || blocks_[end].heading > level)) ++end;
      write_section(level, blocks_[i].text, blocks_[i].span, i + 1, end);
    }
    facts_.end_list();
  }

  void write_section(std::uint8_t level, std::string_view heading, Span span, std::size_t begin, std::size_t end) {
    if (!facts_.begin_item(span)) return;
    PlacedText text = text_of(begin, end);
    if (begin == end) text.span = span;
    const std::size_t words = count_words(text.text);
    facts_.number("level", std::int64_t{level}, span);
    facts_.text("heading", {std::string(heading), span});
    facts_.text("text", std::move(text));
    facts_.number("words", static_cast<std::int64_t>(words), span);
    facts_.end_item(span);
  }

  void write_blocks() {
    facts_.begin_list("blocks");
    for (const TextBlock& block : blocks_) {
      if (!facts_.begin_item(block.span)) break;
      facts_.text("text", {block.text, block.span});
      facts_.flag("heading", block.heading != 0, block.span);
      facts_.end_item(block.span);
    }
    facts_.end_list();
  }

  void write_links() {
    facts_.begin_list("links");
    for (const TextLink& link : document_.found.links) {
      if (!facts_.begin_item(link.span)) break;
      facts_.text("text", {link.text, link.span});
      facts_.text("href", {link.href, link.span});
      facts_.end_item(link.span);
    }
    facts_.end_list();
  }

  void write_placeholders() {
    facts_.begin_list("placeholders");
    for (const TextBlock& block : blocks_) {
      for (const Span place : find_placeholders(block.text, most_placeholders)) {
        if (!facts_.begin_item(block.span)) return;
        facts_.text("text", {block.text.substr(place.begin, place.end - place.begin), block.span});
        facts_.end_item(block.span);
      }
    }
    facts_.end_list();
  }

  const ReadDocument& document_;
  const std::vector<TextBlock>& blocks_;
  FactsBuilder facts_;
};

}  // namespace

DocumentFormat document_format(std::string_view name, std::string_view text) {
  const std::string lower = to_lower_ascii(name);
  if (lower.ends_with(".md") || lower.ends_with(".markdown")) return DocumentFormat::markdown;
  if (lower.ends_with(".html") || lower.ends_with(".htm") || lower.ends_with(".xhtml")) return DocumentFormat::html;
  const std::string start = to_lower_ascii(trim_ascii(text.substr(0, 100)));
  if (start.starts_with("<!doctype") || start.starts_with("<html")) return DocumentFormat::html;
  // Text in which headings are marked as Markdown marks them is read as that.
  const bool marked = text.starts_with("# ") || text.find("\n# ") != text.npos || text.find("\n## ") != text.npos;
  return marked ? DocumentFormat::markdown : DocumentFormat::text;
}

namespace {

Problem too_large(const Source& file) {
  return problem_of(file, Problem::Kind::too_large, "is longer than a document can be.",
                    "Check that this is the document that people read, not an archive of many.");
}

Result<DocumentPtr> write(const PlacedSource& source, const ReadDocument& document, DocumentFormat format,
                          const HtmlLimits& limits) {
  Diagnostics diagnostics;
  auto facts = Writer(source, document, limits.items, diagnostics).write(format);
  if (!facts) return too_large(*source.file);
  return DocumentPtr(std::make_shared<const Document>(*std::move(facts)));
}

}  // namespace

Result<DocumentPtr> document_facts(const PlacedSource& source, DocumentFormat format, const HtmlLimits& limits) {
  const std::string_view text = source.text->text();
  if (text.size() > limits.bytes) return too_large(*source.file);
  if (format == DocumentFormat::html) {
    const auto page = html_facts(PlacedSource{source.text, source.text, {}}, limits);
    return page ? write(source, read_page(**page), format, limits) : page;
  }
  return write(source, {format == DocumentFormat::markdown ? markdown_blocks(text) : plain_blocks(text), {}, {}, {}},
               format, limits);
}

Result<DocumentPtr> document_of_page(const Document& page, const HtmlLimits& limits) {
  const SourcePtr& file = page.source_ptr();
  return write({file, file, {}}, read_page(page), DocumentFormat::html, limits);
}

namespace {

bool starts_word(char c) { return is_letter(c) || is_beyond_ascii(c); }
bool continues_word(char c) { return starts_word(c) || is_digit(c) || c == '_'; }

// What stands in brackets that a person was to fill in: `[Name]`, `<insert date>`, `[Firma einfügen]`.
bool is_gap_text(std::string_view inside, bool angle) {
  constexpr std::size_t longest = 60;
  if (inside.empty() || inside.size() > longest || !starts_word(inside[0])) return false;
  const std::string lower = to_lower_ascii(inside);
  constexpr std::array<std::string_view, 13> starts = {"insert",   "your ",    "enter ", "add ",  "name of",
                                                       "einfügen", "hier ",    "ihr ",   "ihre ", "insérer",
                                                       "votre ",   "insertar", "su "};
  constexpr std::array<std::string_view, 8> ends = {" here", " einfügen",  " eintragen", " ergänzen",
                                                    " name", " goes here", " ici",       " aquí"};
  constexpr std::array<std::string_view, 24> whole = {
      "name",       "first name", "last name", "company", "company name",    "date",    "address",
      "email",      "phone",      "link",      "url",     "title",           "contact", "firma",
      "firmenname", "datum",      "anrede",    "adresse", "ansprechpartner", "nom",     "société",
      "nombre",     "empresa",    "fecha"};
  if (std::ranges::any_of(starts, [&](std::string_view start) { return lower.starts_with(start); })) return true;
  if (std::ranges::any_of(ends, [&](std::string_view end) { return lower.ends_with(end); })) return true;
  if (std::ranges::find(whole, std::string_view(lower)) != whole.end()) return true;
  // Words in angle brackets are no tag.
  return angle && lower.find(' ') != lower.npos && lower.find_first_of("=/\"") == lower.npos;
}

// `TBD`, `TODO:`, `lorem ipsum`, `____`: how long what begins here is; 0 if nothing does.
std::size_t placeholder_word(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  for (const std::string_view word : {"TBD", "TBC", "TBA", "FIXME", "XXX", "TKTK"}) {
    if (!rest.starts_with(word)) continue;
    std::size_t end = word.size();
    while (word == "XXX" && end < rest.size() && rest[end] == 'X') ++end;
    if (end == rest.size() || !continues_word(rest[end])) return end;
  }
  // In Spanish the word means "all".
  if (rest.starts_with("TODO") &&
      (rest.size() == 4 || std::string_view(":(-]").find(rest[4]) != std::string_view::npos))
    return 4;
  const std::string lower = to_lower_ascii(rest.substr(0, 11));
  if (lower == "lorem ipsum") return 11;
  return 0;
}

}  // namespace

std::vector<Span> find_placeholders(std::string_view text, std::size_t limit) {
  std::vector<Span> found;
  for (std::size_t at = 0; at < text.size() && found.size() < limit; ++at) {
    std::size_t length = 0;
    const char c = text[at];
    if (c == '[' || c == '<' || c == '{') {
      const std::string_view window = text.substr(at, 64);
      const auto close = window.find(c == '[' ? ']' : c == '<' ? '>' : '}');
      const bool link = close != window.npos && close + 1 < window.size() && window[close + 1] == '(';
      if (close != window.npos && !link && is_gap_text(window.substr(1, close - 1), c == '<')) length = close + 1;
    } else if (c == '_') {
      std::size_t end = at;
      while (end < text.size() && text[end] == '_') ++end;
      if (end - at >= 4 && (at == 0 || !starts_word(text[at - 1]))) length = end - at;
      if (length == 0) at = end - 1;
    } else if (starts_word(c) && (at == 0 || !continues_word(text[at - 1]))) {
      length = placeholder_word(text, at);
    }
    if (length == 0) continue;
    found.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)});
    at += length - 1;
  }
  return found;
}

}  // namespace scruple::evidence
