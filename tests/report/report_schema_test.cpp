// The report in JSON against its schema, by scruple's own validator.
#include "catch.h"
#include "results.h"
#include "schema/validator.h"

#include <fstream>
#include <memory>

using namespace scruple;
using namespace scruple::test;

namespace {

Document read(std::string name, std::string text) {
  Diagnostics diagnostics;
  auto document = read_json(std::make_shared<Source>(std::move(name), std::move(text)), {}, diagnostics);
  CAPTURE(diagnostics.empty() ? "" : diagnostics.front().message);
  REQUIRE(document);
  return std::move(*document);
}

schema::OwnedSchema report_schema() {
  std::ifstream file(SCRUPLE_SOURCE_DIR "/rules/schema/report.schema.json");
  std::ostringstream text;
  text << file.rdbuf();
  Diagnostics diagnostics;
  auto read_schema = schema::read_schema(read("report.schema.json", text.str()), diagnostics);
  CAPTURE(diagnostics.empty() ? "" : diagnostics.front().message);
  REQUIRE(read_schema);
  return std::move(*read_schema);
}

std::vector<std::string> violations(const std::string& report) {
  const auto owned = report_schema();
  const auto schema = owned.schema();
  const Document document = read("report.json", report);
  std::vector<std::string> messages;
  for (const auto& violation : schema::validate(document, document.root(), schema, schema.root())) {
    messages.push_back(schema::Places(document).name(document.root(), violation.path) + ": " + violation.message);
  }
  return messages;
}

}  // namespace

TEST_CASE("Each report keeps to its schema") {
  LintResult result = one_finding(disclosure_finding());
  result.gate_override = Gate::live;
  result.rules.push_back(rule("transparency/b", Gate::approve));
  result.rules.push_back(rule("transparency/c", Gate::assess, Level::complete));
  result.units[0].counts.push_back(counts(Outcome::not_due));
  result.units.push_back(campaign("broken.yaml", "", {}));
  result.units[1].judged = false;
  result.causes = {{"absent:x", Cause::Kind::absent, "`x` is not declared", "write `x: 1`", "x", {}}};
  result.findings[0].cause = 0;
  result.problems = {{Severity::error, "pack/syntax", "It is broken.", "", mark("p.yaml", "[[a]]")}};

  const std::vector<std::string> none;
  CHECK(violations(printed("json", result)) == none);
  CHECK(violations(printed("json", nothing_found())) == none);
  LintResult empty;
  empty.version = result.version;
  empty.today = result.today;
  CHECK(violations(printed("json", empty)) == none);
  CHECK(violations(printed("json", awkward_result())) == none);
}

TEST_CASE("The schema refuses what is no report") {
  CHECK_FALSE(violations("{}").empty());
  std::string report = printed("json", nothing_found());
  report.replace(report.find("\"exit_code\""), 11, "\"exit_kode\"");
  CHECK_FALSE(violations(report).empty());
}
