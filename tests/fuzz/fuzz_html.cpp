// Any text is a page or too much for one; each fact of it stands in it.
#include "evidence/html.h"
#include "facts.h"

#include <memory>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace scruple;
  std::string text(reinterpret_cast<const char*>(data), size);
  // What is no text never comes to the reader of pages.
  if (find_invalid_utf8(text) != std::string::npos || text.find('\0') != std::string::npos) return 0;
  const auto facts = evidence::html_facts(std::make_shared<const Source>("page.html", std::move(text)));
  if (facts) {
    fuzz::check_facts(**facts, size);
  } else {
    fuzz::require(!facts.problem().message.empty());
  }
  return 0;
}
