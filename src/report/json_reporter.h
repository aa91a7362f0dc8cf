// The report for programs: one JSON document of the shape in rules/schema/report.schema.json.
#pragma once

#include "scruple/reporter.h"

namespace scruple::report {

class JsonReporter : public Reporter {
 public:
  void report(const LintResult& result, std::ostream& out) const override;
};

}  // namespace scruple::report
