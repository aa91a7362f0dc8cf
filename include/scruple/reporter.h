// Reporters turn a result into a format. They decide nothing: not severity, not order, not the exit code.
#pragma once

#include "scruple/linter.h"

#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace scruple {

// How the text report sorts its findings: by what they follow from alone, or under a heading for each part.
enum class GroupBy { cause, ask, gate, principle, place };

struct ReportStyle {
  bool color = false;                 // text: ANSI colours
  bool all = true;                    // text: every group; false: the first ten
  std::size_t width = 100;            // text: columns to wrap prose at
  GroupBy group_by = GroupBy::cause;  // text
};

class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void report(const LintResult& result, std::ostream& out) const = 0;
};

// Null for an unknown format.
std::unique_ptr<Reporter> make_reporter(std::string_view format, const ReportStyle& style);
std::span<const std::string_view> report_formats();

// Whether a text may be a report that an earlier run wrote, in any format: only that may be written over.
bool is_report(std::string_view text);

}  // namespace scruple
