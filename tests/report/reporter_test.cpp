#include "scruple/reporter.h"

#include "catch.h"
#include "results.h"

#include <algorithm>

using namespace scruple;
using namespace scruple::test;

TEST_CASE("Each format that is offered can be made") {
  const auto formats = report_formats();
  CHECK(std::ranges::find(formats, "text") != formats.end());
  CHECK(std::ranges::find(formats, "json") != formats.end());
  for (const auto format : formats) CHECK(make_reporter(format, {}) != nullptr);
  CHECK(make_reporter("yaml", {}) == nullptr);
  CHECK(make_reporter("", {}) == nullptr);
}

TEST_CASE("No format lets hostile text through") {
  for (const auto format : report_formats()) {
    for (const std::size_t width : {40u, 80u, 400u}) {
      ReportStyle style;
      style.width = width;
      const std::string report = printed(format, awkward_result(), style);
      CAPTURE(format, report);
      CHECK(report.ends_with('\n'));
      for (const char c : report) CHECK((static_cast<unsigned char>(c) >= 0x20 || c == '\n'));
      for (const char* bad : {"\x7F", "\xC2\x9B", "\xE2\x80\xAE", "\xFF", "##[", "##vso["}) {
        CAPTURE(bad);
        CHECK(report.find(bad) == std::string::npos);
      }
      // What GitHub's runner is to obey begins so; tests/report/formats_test.cpp looks at each such line.
      if (format == "github") continue;
      std::istringstream lines(report);
      for (std::string line; std::getline(lines, line);) {
        CHECK_FALSE(
            std::string_view(line).substr(std::min(line.find_first_not_of(' '), line.size())).starts_with("::"));
      }
    }
  }
}

TEST_CASE("The same result gives the same bytes") {
  for (const auto format : report_formats()) {
    CHECK(printed(format, awkward_result()) == printed(format, awkward_result()));
  }
}

TEST_CASE("An empty result is a report too") {
  for (const auto format : report_formats()) {
    CAPTURE(format);
    CHECK(printed(format, {}).empty() == (format == "concise"));
  }
}

TEST_CASE("A report may be written over, anything else may not") {
  LintResult warning = one_finding(disclosure_finding());
  warning.findings[0].severity = Severity::warning;
  for (const auto format : report_formats()) {
    CAPTURE(format);
    for (const LintResult& result :
         {LintResult{}, nothing_found(), one_finding(disclosure_finding()), warning, awkward_result()}) {
      CHECK(is_report(printed(format, result)));
    }
  }
  for (const char* text :
       {"scruple: 1\nkind: campaign\n", "id,basis\n1,consent\n", "<!doctype html>\n<html lang=\"de\">\n",
        "{\"report\": 1}", "[]", "[\n  1\n]\n", "# Plan\n", "Note: an error: [sic] is here\n"}) {
    CAPTURE(text);
    CHECK_FALSE(is_report(text));
  }
}
