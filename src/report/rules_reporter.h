// The rules that hold in a folder as a list: with the severities and parameters of its settings, and where they come
// from.
#pragma once

#include "lint/settings.h"

#include "scruple/policy.h"
#include "scruple/reporter.h"

#include <ostream>
#include <string_view>
#include <vector>

namespace scruple::report {

// What the settings change about a rule.
std::vector<const ConfigInfo::Override*> changes_of(const linting::Settings& settings, std::string_view rule);

void write_rules_text(const linting::Settings& settings, const ReportStyle& style, std::ostream& out);
void write_rules_json(const linting::Settings& settings, std::ostream& out);

}  // namespace scruple::report
