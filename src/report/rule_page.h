// A rule's page: what it checks, why, what to do, on what it rests, and examples with what scruple says of them.
#pragma once

#include "policy/compiled_pack.h"
#include "report/page.h"

#include "scruple/linter.h"
#include "scruple/policy.h"

#include <string>
#include <string_view>
#include <vector>

namespace scruple::report {

// A case of the rule's own tests.
struct RuleExample {
  std::string name;
  std::string changes;                 // of the clean campaign, as YAML; may be empty
  const LintResult* result = nullptr;  // none: there is no such case
};

// `here`: what the settings of this folder change, one a line.
Page make_rule_page(const policy::CompiledPack& pack, const policy::CompiledRule& rule, const RuleExample& fails,
                    const RuleExample& passes, const std::vector<std::string>& here, const ReportStyle& style);

// The list of all rules as Markdown, each with a link to `<pack>/<rule>.md`.
void write_rule_index(const PolicySet& policies, std::ostream& out);

}  // namespace scruple::report
