// A rule's page for people: what it checks, why, what to do, on what it rests.
#pragma once

#include "policy/compiled_pack.h"

#include "scruple/reporter.h"

#include <ostream>

namespace scruple::report {

void write_rule_page(const policy::CompiledPack& pack, const policy::CompiledRule& rule, const ReportStyle& style,
                     std::ostream& out);

}  // namespace scruple::report
