// The report for programs as a JSON document, and how JSON is printed.
#pragma once

#include "report/run_summary.h"
#include "scruple/linter.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace scruple::report {

// What the rules of a pack came to: an item of `packs` there.
nlohmann::ordered_json pack_json(const PackSummary& summary);

// Of the shape in rules/schema/report.schema.json.
nlohmann::ordered_json report_json(const LintResult& result);

// JSON as it may be printed to terminals and logs of CI runners: what these would obey is written as \uXXXX, which is
// the same JSON. Outside of strings there is nothing but ASCII without `##`.
std::string inert(std::string_view json);

// The same for a document: without blanks (`indent` -1), or indented. Malformed text in it is replaced.
std::string printable(const nlohmann::ordered_json& json, int indent);

}  // namespace scruple::report
