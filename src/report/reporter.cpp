#include "scruple/reporter.h"

#include "report/formats.h"

#include <algorithm>
#include <array>

namespace scruple {

namespace {

using Write = void (*)(const LintResult&, std::ostream&);

// The text report alone depends on its style.
constexpr std::pair<std::string_view, Write> writers[] = {
    {"concise", report::write_concise},   {"json", report::write_json},
    {"jsonl", report::write_json_lines},  {"sarif", report::write_sarif},
    {"junit", report::write_junit},       {"github", report::write_github},
    {"gitlab", report::write_gitlab},     {"checkstyle", report::write_checkstyle},
    {"rdjson", report::write_rdjson},     {"tap", report::write_tap},
    {"markdown", report::write_markdown}, {"checklist", report::write_checklist},
    {"html", report::write_html},
};

class TextReporter : public Reporter {
 public:
  explicit TextReporter(const ReportStyle& style) : style_(style) {}
  void report(const LintResult& result, std::ostream& out) const override { report::write_text(result, style_, out); }

 private:
  ReportStyle style_;
};

class PlainReporter : public Reporter {
 public:
  explicit PlainReporter(Write write) : write_(write) {}
  void report(const LintResult& result, std::ostream& out) const override { write_(result, out); }

 private:
  Write write_;
};

}  // namespace

std::unique_ptr<Reporter> make_reporter(std::string_view format, const ReportStyle& style) {
  if (format == "text") return std::make_unique<TextReporter>(style);
  const auto writer = std::ranges::find(writers, format, &std::pair<std::string_view, Write>::first);
  if (writer == std::end(writers)) return nullptr;
  return std::make_unique<PlainReporter>(writer->second);
}

std::span<const std::string_view> report_formats() {
  static constexpr auto names = [] {
    std::array<std::string_view, std::size(writers) + 1> list{"text"};
    for (std::size_t i = 0; i < std::size(writers); ++i) list[i + 1] = writers[i].first;
    return list;
  }();
  return names;
}

bool is_report(std::string_view text) {
  // What each format begins with, and nothing that a team writes by hand.
  constexpr std::string_view beginnings[] = {
      "{\n  \"report\": ",
      "{\"type\":\"run\",\"report\":",
      "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\"",
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n",
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=",
      "[\n  {\n    \"description\": ",
      "{\n  \"source\": {\n    \"name\": \"scruple\"",
      "TAP version 13\n",
      "# scruple\n",
      "# What is left to do\n",
      "<!doctype html>\n<!-- A report of scruple. -->\n",
  };
  if (text.empty() || text == "[]\n") return true;
  if (std::ranges::any_of(beginnings, [&](std::string_view beginning) { return text.starts_with(beginning); })) {
    return true;
  }
  // The text and the commands for GitHub end so.
  if (text.find("\nExit code ") != std::string_view::npos) return true;
  // A line of the concise report: "campaign.yaml:3:1: error: …  [privacy/…]".
  const std::string_view line = text.substr(0, text.find('\n'));
  constexpr std::string_view severities[] = {": error: ", ": warning: ", ": note: "};
  return line.ends_with(']') &&
         std::ranges::any_of(severities, [&](auto word) { return line.find(word) != std::string_view::npos; });
}

}  // namespace scruple
