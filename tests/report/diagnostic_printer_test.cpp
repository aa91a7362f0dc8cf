#include "report/diagnostic_printer.h"

#include "catch.h"
#include "results.h"

using namespace scruple;
using scruple::test::mark;

namespace {

std::string printed(const Diagnostics& diagnostics, bool color = false) {
  std::ostringstream out;
  ReportStyle style;
  style.color = color;
  style.width = 80;
  report::print_diagnostics(diagnostics, style, out);
  return out.str();
}

}  // namespace

TEST_CASE("Diagnostics show where they are and what to do") {
  CHECK(printed({}) == "");
  const Diagnostics diagnostics = {
      {Severity::error, "pack/unknown-name", "There is no name `asest` here.", "did you mean `asset`?",
       mark("rules/house/copy.yaml", "id: copy\nrequire: [[asest]].path != ''\n")},
      {Severity::warning, "", "No manifest was found below `campaigns`.", "", {}},
  };
  CHECK("\n" + printed(diagnostics) == R"(
error[pack/unknown-name]: There is no name `asest` here.
  ┌─ rules/house/copy.yaml:2:10
  │
 2│ require: asest.path != ''
  │          ━━━━━
  │
  └ hint     did you mean `asset`?

warning: No manifest was found below `campaigns`.
)");
}

TEST_CASE("Diagnostics are coloured on request") {
  const std::string text = printed({{Severity::error, "x", "Wrong.", "", {}}}, true);
  CHECK(text == "\x1b[1;31merror[x]:\x1b[0m\x1b[1m Wrong.\x1b[0m\n");
}

TEST_CASE("A hint of several lines is one to paste") {
  const std::string hint = "name the columns:\ncolumns:\n  contact_id: Record ID\n";
  CHECK("\n" + printed({{Severity::error, "x", "Wrong.", hint, mark("a.yaml", "[[a]]: b")}}) == R"(
error[x]: Wrong.
  ┌─ a.yaml:1:1
  │
 1│ a: b
  │ ━
  │
  └ hint     name the columns:
             columns:
               contact_id: Record ID
)");
}

TEST_CASE("Diagnostics about hostile input are inert") {
  const std::string text = printed(scruple::test::awkward_result().problems);
  CHECK(text.find("##[") == std::string::npos);
  CHECK(text.find("##vso[") == std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\n::") == std::string::npos);
}
