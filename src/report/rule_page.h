// A rule's page: what it checks and how, why, what to do, and on what it rests.
#pragma once

#include "policy/compiled_pack.h"
#include "report/page.h"

#include "scruple/policy.h"

#include <ostream>

namespace scruple::report {

Page make_rule_page(const policy::CompiledPack& pack, const policy::CompiledRule& rule);

// The list of all rules as Markdown, each with a link to `<pack>/<rule>.md`.
void write_rule_index(const PolicySet& policies, std::ostream& out);

}  // namespace scruple::report
