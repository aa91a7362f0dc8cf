#include "cli/session.h"

#include "report/diagnostic_printer.h"

namespace scruple::cli {

ReportStyle style_for(const CommonOptions& common, const Streams& streams) {
  ReportStyle style;
  style.color = common.color == "always" || (common.color == "auto" && streams.out_is_terminal && !streams.no_color);
  style.width = streams.width;
  return style;
}

std::optional<PolicySet> load_packs(const CommonOptions& common, const Streams& streams, const FileSystem& files) {
  Diagnostics diagnostics;
  PolicySet policies = load_policies(common.packs, files, diagnostics);
  if (diagnostics.empty()) return policies;
  ReportStyle style = style_for(common, streams);
  style.color = common.color == "always" || (common.color == "auto" && streams.err_is_terminal && !streams.no_color);
  report::print_diagnostics(diagnostics, style, streams.err);
  return std::nullopt;
}

std::string day_of(const CommonOptions& common, const Streams& streams) {
  return common.today.empty() ? streams.today : common.today;
}

}  // namespace scruple::cli
