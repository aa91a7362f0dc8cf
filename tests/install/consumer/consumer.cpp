// A program that embeds scruple: it reads a manifest and tells where a section begins.
#include "scruple/document.h"

#include <iostream>
#include <memory>

int main() {
  const auto source =
      std::make_shared<const scruple::Source>("campaign.yaml", "scruple: 1\nkind: campaign\naudience: []\n");
  scruple::Diagnostics diagnostics;
  const auto documents = scruple::read_documents(source, {}, diagnostics);
  if (documents.size() != 1 || !diagnostics.empty()) return 1;

  const scruple::Document& document = documents.front();
  const scruple::Member* audience = document.find(document.root(), "audience");
  if (audience == nullptr) return 1;
  std::cout << "audience is declared on line " << source->position(audience->key_span.begin).line << "\n";
}
