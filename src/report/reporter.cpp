#include "scruple/reporter.h"

#include "report/json_reporter.h"
#include "report/text_reporter.h"

namespace scruple {

std::unique_ptr<Reporter> make_reporter(std::string_view format, const ReportStyle& style) {
  if (format == "text") return std::make_unique<report::TextReporter>(style);
  if (format == "json") return std::make_unique<report::JsonReporter>();
  return nullptr;
}

std::span<const std::string_view> report_formats() {
  static constexpr std::string_view formats[] = {"text", "json"};
  return formats;
}

}  // namespace scruple
