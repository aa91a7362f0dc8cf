#include "report/diagnostic_printer.h"

#include "base/strings.h"
#include "report/panel.h"

namespace scruple::report {

void print_diagnostics(const Diagnostics& diagnostics, const ReportStyle& style, std::ostream& out) {
  for (const Diagnostic& diagnostic : diagnostics) {
    if (&diagnostic != &diagnostics.front()) out << '\n';
    Panel panel;
    panel.tone = tone_of(diagnostic.severity);
    panel.label = to_string(diagnostic.severity);
    if (!diagnostic.code.empty()) panel.label += concat("[", diagnostic.code, "]");
    panel.message = diagnostic.message;
    panel.location = diagnostic.location;
    if (!diagnostic.hint.empty()) {
      const auto width = section_width(diagnostic.location, style);
      panel.sections.push_back({"hint", wrap_lines(diagnostic.hint, width), std::nullopt, false});
    }
    print_panel(panel, style, out);
  }
}

}  // namespace scruple::report
