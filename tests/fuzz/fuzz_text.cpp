// Any text is a document, and can be searched for personal data, placeholders, sentences and words; what is found lies
// within it, in order.
#include "base/strings.h"
#include "evidence/document_facts.h"
#include "evidence/personal_data.h"
#include "evidence/readability.h"
#include "evidence/text.h"
#include "evidence/text_page.h"
#include "evidence/wording.h"
#include "facts.h"
#include "fuzz.h"

#include <memory>
#include <string>

namespace {

using namespace scruple;
using namespace scruple::evidence;

void search(const std::string& text) {
  std::size_t end = 0;
  for (const PersonalData& match : find_personal_data(text, text.size())) {
    fuzz::require(end <= match.begin && match.begin < match.end && match.end <= text.size());
    end = match.end;
  }
  if (find_invalid_utf8(text) == std::string::npos)
    fuzz::require(count_code_points(mask_personal_data(text)) == count_code_points(text));
  end = 0;
  for (const Span place : find_placeholders(text, 100)) {
    fuzz::require(end <= place.begin && place.begin < place.end && place.end <= text.size());
    end = place.end;
  }
  fuzz::require(split_words(text).size() == count_words(text));
  for (const std::string_view language : {"en", "fr", "es", "fi"}) reading_ease(text, language);
  const std::string half = text.substr(text.size() / 2);
  if (const auto place = find_passage(text, half))
    fuzz::require(place->begin < place->end && place->end <= text.size());
  if (const auto share = kept_share(text, half)) fuzz::require(*share >= 0 && *share <= 1);
}

void read(const std::string& text, DocumentFormat format) {
  const auto source = std::make_shared<const Source>("plan.md", text);
  const auto facts = document_facts({source, source, {}}, format, {});
  if (!facts) return;
  for (NodeId id = 0; id < (*facts)->node_count(); ++id) {
    const Node& node = (*facts)->node(id);
    fuzz::require(node.span.begin <= node.span.end && node.span.end <= text.size());
  }
}

// As a page: each fact stands in the text.
void show(const std::string& text, PlacedSource (*page_of)(const PlacedSource&)) {
  if (find_invalid_utf8(text) != std::string::npos || text.find('\0') != std::string::npos) return;
  const auto source = std::make_shared<const Source>("copy.md", text);
  if (const auto facts = html_facts(page_of({source, source, {}}), HtmlLimits{}))
    fuzz::check_facts(**facts, text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  search(text);
  read(text, DocumentFormat::text);
  read(text, DocumentFormat::markdown);
  show(text, page_of_text);
  show(text, page_of_markdown);
  return 0;
}
