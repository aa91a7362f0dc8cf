// `scruple digest --write`: fills in the digests of approvals, and leaves every other byte of the manifest as it is.
#pragma once

#include "authoring/digests.h"

#include "scruple/document.h"

#include <span>
#include <string>
#include <vector>

namespace scruple::authoring {

struct FilledManifest {
  std::string text;                   // the whole file; valid if there are no problems
  std::size_t changes = 0;            // digests that were added or replaced
  std::vector<std::string> problems;  // places that cannot be edited, and why; then nothing must be written
};

// `documents` are all documents of one file, `reports` what read_digests() said of each.
FilledManifest fill_digests(std::span<const Document> documents, std::span<const DigestReport> reports);

}  // namespace scruple::authoring
