// The settings that hold for a folder, with where each comes from.
#pragma once

#include "lint/settings.h"

#include "scruple/reporter.h"

#include <ostream>

namespace scruple::report {

void write_settings_text(const linting::Settings& settings, const ReportStyle& style, std::ostream& out);
void write_settings_json(const linting::Settings& settings, std::ostream& out);

}  // namespace scruple::report
