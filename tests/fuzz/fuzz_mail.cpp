// Any bytes are a mail or a problem; what is told of a mail, and of the page in it, lies within the bytes.
#include "evidence/document_facts.h"
#include "evidence/mail.h"
#include "fuzz.h"

#include <memory>
#include <string>

namespace {

using namespace scruple;
using namespace scruple::evidence;

void check(const Result<DocumentPtr>& facts, std::size_t size) {
  if (!facts) {
    fuzz::require(!facts.problem().message.empty());
    return;
  }
  for (NodeId id = 0; id < (*facts)->node_count(); ++id) {
    const Node& node = (*facts)->node(id);
    fuzz::require(node.span.begin <= node.span.end && node.span.end <= size);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto file = std::make_shared<const Source>("mail.eml", bytes);
  check(mail_facts(file, {}), size);
  const auto page = mail_page(file, {});
  if (!page) return 0;
  check(html_facts(*page, {}), size);
  check(document_facts(*page, DocumentFormat::html, {}), size);
  return 0;
}
