// Judges rules on one manifest: the steps of a rule, their outcomes, and what is said of each item that does not pass.
#pragma once

#include "cel/cel.h"
#include "policy/compiled_pack.h"
#include "policy/context.h"

#include "scruple/finding.h"
#include "scruple/linter.h"

#include <optional>
#include <vector>

namespace scruple::linting {

// A finding with what later steps need: causes are numbered and fingerprints made once all manifests are judged.
struct Judged {
  Finding finding;
  std::optional<Cause> cause;
  bool in_organization = false;  // its place stands in the organization file
  std::string document_id;       // what fingerprints name the document by
  std::size_t item = 0;          // which of the items that its rule was judged on, from 1; 0 for none of them
};

// Judges one rule. Findings are appended to `found`, and what it says of passes to `remarks`; the counts of its
// outcomes are returned.
RuleCounts judge(const policy::CompiledPack& pack, const policy::CompiledRule& rule, Gate gate,
                 policy::Context& context, cel::Evaluation& evaluation, std::vector<Judged>& found,
                 std::vector<Remark>& remarks);

}  // namespace scruple::linting
