// The report for a person at a terminal.
#pragma once

#include "scruple/reporter.h"

namespace scruple::report {

class TextReporter : public Reporter {
 public:
  explicit TextReporter(const ReportStyle& style) : style_(style) {}
  void report(const LintResult& result, std::ostream& out) const override;

 private:
  ReportStyle style_;
};

// The findings alone, without a summary.
void print_findings(const LintResult& result, const ReportStyle& style, std::ostream& out);

}  // namespace scruple::report
