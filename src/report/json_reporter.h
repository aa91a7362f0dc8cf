// The report for programs: one JSON document of the shape in rules/schema/report.schema.json.
#pragma once

#include "scruple/reporter.h"

#include <string>
#include <string_view>

namespace scruple::report {

class JsonReporter : public Reporter {
 public:
  void report(const LintResult& result, std::ostream& out) const override;
};

// JSON as it may be printed to terminals and logs of CI runners: what these would obey is written as \uXXXX, which is
// the same JSON. Outside of strings there is nothing but ASCII without `##`.
std::string inert(std::string_view json);

}  // namespace scruple::report
