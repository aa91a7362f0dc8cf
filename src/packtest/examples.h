// What a rule's own tests show of it: one case that fails, with what is found there, and one that passes.
#pragma once

#include "policy/compiled_pack.h"

#include "scruple/linter.h"
#include "scruple/policy.h"

#include <optional>
#include <string>

namespace scruple::packtest {

struct Example {
  std::string name;  // "nothing in the mail says so"
  std::string
      changes;        // what the case changes of the pack's clean campaign, as the rule's file writes it; may be empty
  LintResult result;  // of this rule alone
};

struct Examples {
  std::optional<Example> fails;
  std::optional<Example> passes;
};

// `known` holds `pack` and gives the language. Nothing if the pack's files cannot be read any more.
Examples examples_of(const policy::CompiledPack& pack, const policy::CompiledRule& rule, const PolicySet& known,
                     const FileSystem& files);

}  // namespace scruple::packtest
