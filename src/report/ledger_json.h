// What a run rests on beside its rules, as JSON: settings, waivers, baseline, an earlier report.
#pragma once

#include "scruple/linter.h"

#include <nlohmann/json.hpp>

#include <string_view>
#include <vector>

namespace scruple::report {

using Json = nlohmann::ordered_json;

void put_text(Json& object, const char* key, std::string_view text);  // unless it is empty
void put_location(Json& object, const Location& location);            // unless it is nowhere

Json suppression_json(const Suppression& suppression);
Json waiver_json(const Waiver& waiver);
Json config_json(const ConfigInfo& config);
Json baseline_json(const BaselineInfo& baseline);
Json since_json(const Comparison& since, const std::vector<Finding>& findings);

}  // namespace scruple::report
