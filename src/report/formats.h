// One function a format. Each escapes for its own medium, and decides nothing: not severity, not order, not the exit
// code. What each format is for, and what reads it, is told in docs/reports.md.
#pragma once

#include "scruple/reporter.h"

#include <ostream>

namespace scruple::report {

void write_text(const LintResult& result, const ReportStyle& style, std::ostream& out);
void write_concise(const LintResult& result, std::ostream& out);
void write_json(const LintResult& result, std::ostream& out);
void write_json_lines(const LintResult& result, std::ostream& out);
void write_sarif(const LintResult& result, std::ostream& out);
void write_junit(const LintResult& result, std::ostream& out);
void write_github(const LintResult& result, std::ostream& out);
void write_gitlab(const LintResult& result, std::ostream& out);
void write_checkstyle(const LintResult& result, std::ostream& out);
void write_rdjson(const LintResult& result, std::ostream& out);
void write_tap(const LintResult& result, std::ostream& out);
void write_markdown(const LintResult& result, std::ostream& out);
void write_checklist(const LintResult& result, std::ostream& out);
void write_html(const LintResult& result, std::ostream& out);

}  // namespace scruple::report
