// What every format has to keep to. Whole reports stand in tests/golden/formats; the programs that read them are tried
// in scripts/test-integrations.
#include "catch.h"
#include "results.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

using namespace scruple;
using namespace scruple::test;

namespace {

using Json = nlohmann::ordered_json;
using Named = std::set<std::string>;  // "privacy/x campaigns/a.yaml:6"

// Each severity and outcome, in two files, one finding without a file of its own.
LintResult several_findings() {
  LintResult result = one_finding(disclosure_finding());
  const auto add = [&](std::string id, Severity severity, Outcome outcome, Location location) {
    Finding finding = disclosure_finding();
    finding.rule = std::move(id);
    finding.severity = severity;
    finding.outcome = outcome;
    finding.gating = severity == Severity::error && outcome != Outcome::waived;
    finding.location = std::move(location);
    finding.message = "Something | else # is wrong: " + finding.rule;
    if (outcome == Outcome::waived) {
      finding.suppression = {Suppression::Kind::in_source, "a # reason", "dana", "2026-12-31", mark("x", "[[#]]")};
    }
    finding.fingerprint[0] = static_cast<char>('b' + result.findings.size());
    result.findings.push_back(std::move(finding));
  };
  const auto page = [](std::string text) { return mark("shown/page.html", std::move(text)); };
  add("privacy/b", Severity::error, Outcome::undecided, page("<p>\n  [[x]]\n"));
  add("privacy/c", Severity::warning, Outcome::fail, page("<p>[[x]]\n"));
  add("privacy/d", Severity::info, Outcome::fail, page("[[<p>\n\n]]x\n"));
  add("privacy/e", Severity::warning, Outcome::undecided, Location{});
  add("privacy/f", Severity::error, Outcome::waived, page("<p>\n\n  [[x]]\n"));
  result.repository_paths["shown/page.html"] = "site/page.html";
  return result;
}

Named all_named(const std::string& report, const std::regex& pattern, std::size_t rule, std::size_t path,
                std::size_t line) {
  Named named;
  std::istringstream lines(report);
  for (std::string text; std::getline(lines, text);) {
    std::smatch match;
    if (std::regex_search(text, match, pattern)) {
      named.insert(match[rule].str() + " " + match[path].str() + ":" + match[line].str());
    }
  }
  return named;
}

std::string place(const Json& path, const Json& line) { return path.get<std::string>() + ":" + line.dump(); }

Named named_in_checkstyle(const std::string& report) {
  Named named;
  std::string file;
  const std::regex file_pattern(R"re(<file name="([^"]*)">)re");
  const std::regex error_pattern(R"re(<error line="(\d+)".* source="scruple\.([^."]*)\.([^"]*)"/>)re");
  std::istringstream lines(report);
  for (std::string text; std::getline(lines, text);) {
    std::smatch match;
    if (std::regex_search(text, match, file_pattern)) file = match[1];
    if (std::regex_search(text, match, error_pattern)) {
      named.insert(match[2].str() + "/" + match[3].str() + " " + file + ":" + match[1].str());
    }
  }
  return named;
}

// What the report names and does not call waived.
Named named_in(const std::string& format, const std::string& report) {
  if (format == "concise") {
    return all_named(report, std::regex(R"(^(.+):(\d+):\d+: (error|warning|note): .* \[(.+)\]$)"), 4, 1, 2);
  }
  if (format == "github") {
    return all_named(
        report, std::regex(R"(^::(error|warning|notice) title=scruple%3A ([^,]+),file=([^,]+),line=(\d+),)"), 2, 3, 4);
  }
  if (format == "junit") {
    Named named = all_named(report, std::regex(R"re(<testcase name="(\S+) at (\S+):(\d+):\d+")re"), 1, 2, 3);
    named.erase("privacy/f site/page.html:3");  // as `skipped`: checked below
    return named;
  }
  if (format == "tap") return all_named(report, std::regex(R"(^not ok \d+ - (\S+) at (\S+):(\d+):\d+: )"), 1, 2, 3);
  if (format == "checkstyle") return named_in_checkstyle(report);
  if (format == "markdown") {
    return all_named(report, std::regex(R"(^\| (error|warning|info) \| (\S+):(\d+):\d+ \| .* \| (\S+) \| \S+ \|$)"), 4,
                     2, 3);
  }
  if (format == "checklist")
    return all_named(report, std::regex(R"(^- \[ \] .* \((\S+):(\d+):\d+; ([^,]+), )"), 3, 1, 2);
  Named named;
  if (format == "jsonl") {
    std::istringstream lines(report);
    for (std::string text; std::getline(lines, text);) {
      const Json json = Json::parse(text);
      if (json["type"] != "finding" || json["outcome"] == "waived") continue;
      const Json location = json.value("location", Json{{"file", spring}, {"line", 1}});
      named.insert(json["rule"].get<std::string>() + " " + place(location["file"], location["line"]));
    }
    return named;
  }
  const Json json = Json::parse(report);
  if (format == "json") {
    for (const Json& finding : json["findings"]) {
      if (finding["outcome"] == "waived") continue;
      const Json location = finding.value("location", Json{{"file", spring}, {"line", 1}});
      named.insert(finding["rule"].get<std::string>() + " " + place(location["file"], location["line"]));
    }
  } else if (format == "sarif") {
    for (const Json& one : json["runs"][0]["results"]) {
      if (one.contains("suppressions")) continue;
      const Json& location = one["locations"][0]["physicalLocation"];
      named.insert(one["ruleId"].get<std::string>() + " " +
                   place(location["artifactLocation"]["uri"], location["region"]["startLine"]));
    }
  } else if (format == "gitlab") {
    for (const Json& one : json) {
      named.insert(one["check_name"].get<std::string>() + " " +
                   place(one["location"]["path"], one["location"]["lines"]["begin"]));
    }
  } else if (format == "rdjson") {
    for (const Json& one : json["diagnostics"]) {
      named.insert(one["code"]["value"].get<std::string>() + " " +
                   place(one["location"]["path"], one["location"]["range"]["start"]["line"]));
    }
  }
  return named;
}

}  // namespace

TEST_CASE("Every format names the same findings at the same places") {
  const LintResult result = several_findings();
  const std::string campaign(spring);
  const auto expected = [&](const std::string& page) {
    return Named{"transparency/ai-content-disclosed " + campaign + ":6", "privacy/b " + page + ":2",
                 "privacy/c " + page + ":1", "privacy/d " + page + ":1", "privacy/e " + campaign + ":1"};
  };
  for (const auto name : report_formats()) {
    const std::string format(name);
    if (format == "text" || format == "html") continue;  // for people: see their own tests
    CAPTURE(format);
    // Who opens files from here is told the paths from here.
    const bool shown = format == "concise" || format == "json" || format == "jsonl";
    const std::string report = printed(format, result);
    CAPTURE(report);
    CHECK(named_in(format, report) == expected(shown ? "shown/page.html" : "site/page.html"));
  }
}

TEST_CASE("What was waived is told as waived, where a format has a word for it") {
  const LintResult result = several_findings();
  CHECK(printed("junit", result).find("privacy/f at site/page.html:3:3\"") != std::string::npos);
  CHECK(printed("junit", result).find("errors=\"1\" skipped=\"4\"") != std::string::npos);
  CHECK(std::regex_search(
      printed("tap", result),
      std::regex(R"(\nok 6 - privacy/f at .* # SKIP waived until 2026-12-31 by dana: a \\# reason\n)")));
  const Json sarif = Json::parse(printed("sarif", result))["runs"][0]["results"][5];
  CHECK(sarif["suppressions"].dump() ==
        R"([{"kind":"inSource","justification":"waived until 2026-12-31 by dana: a # reason"}])");
  for (const char* format : {"concise", "github", "gitlab", "checkstyle", "rdjson"}) {
    CAPTURE(format);
    CHECK(printed(format, result).find("privacy/f") == std::string::npos);
  }
}

TEST_CASE("A run that could not be done as asked does not look like a clean one") {
  LintResult result = nothing_found();
  result.problems = {{Severity::error, "usage/rule", "no rule is called `x`", "did you mean `y`?", {}}};
  CHECK(printed("junit", result).find("errors=\"1\"") != std::string::npos);
  CHECK(printed("tap", result) == "TAP version 13\n1..1\nBail out! no rule is called `x`\n");
  CHECK(printed("github", result).starts_with("::error title=scruple::no rule is called `x`. did you mean `y`?\n"));
  CHECK(printed("sarif", result).find("\"executionSuccessful\": false") != std::string::npos);
}

TEST_CASE("A finding below --fail-on fails nothing") {
  LintResult result = one_finding(disclosure_finding());
  result.findings[0].severity = Severity::warning;
  result.findings[0].gating = false;
  CHECK(printed("junit", result).find("failures=\"0\" errors=\"0\" skipped=\"1\"") != std::string::npos);
  CHECK(printed("tap", result).find(" # TODO below --fail-on\n") != std::string::npos);
}

TEST_CASE("Hostile text stays text in each format's own medium") {
  const LintResult result = awkward_result();
  constexpr std::size_t open = 3;

  const std::string github = printed("github", result);
  std::istringstream lines(github);
  std::size_t commands = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("::")) continue;
    ++commands;
    CHECK(line.starts_with("::error title="));
    if (line.starts_with("::error title=scruple::")) continue;  // a problem of the run
    // Properties hold no separator of properties, and end at the first `::`.
    const std::string properties = line.substr(2, line.find("::", 2) - 2);
    CHECK(std::ranges::count(properties, ',') == 5);
    CHECK(properties.find("file=") != std::string::npos);
    CHECK(properties.find("endColumn=") != std::string::npos);
  }
  CHECK(commands == open + result.problems.size());

  const std::string concise = printed("concise", result);
  CHECK(std::ranges::count(concise, '\n') == open);

  const std::string markdown = printed("markdown", result);
  CHECK(all_named(markdown, std::regex(R"(^\| (error) \| ()()(?:[^|\\]|\\.)*(?:\|(?:[^|\\]|\\.)*){2}\| marketing \|$)"),
                  1, 2, 3)
            .size() == 1);
  std::istringstream rows(markdown);
  std::size_t count = 0;
  for (std::string line; std::getline(rows, line);) count += line.starts_with("| error |");
  CHECK(count == open);

  for (const char* format : {"junit", "checkstyle"}) {
    const std::string xml = printed(format, result);
    CAPTURE(xml);
    CHECK(xml.find("<&") == std::string::npos);
    CHECK(xml.find("]]>") == std::string::npos);
    CHECK(xml.find("\"' ") == std::string::npos);
  }

  LintResult without_problems = result;
  without_problems.problems.clear();
  std::istringstream tap(printed("tap", without_problems));
  bool in_block = false;
  for (std::string line; std::getline(tap, line);) {
    CAPTURE(line);
    if (in_block) {
      CHECK(line.starts_with("  "));
      in_block = line != "  ...";
      continue;
    }
    CHECK(std::regex_search(line, std::regex(R"(^(TAP version 13$|1\.\.\d+$|(not )?ok \d+ - |  ---$))")));
    in_block = line == "  ---";
    // One directive at most: every other `#` is escaped.
    CHECK(std::regex_search(line, std::regex(R"(^(\\.|[^#\\])*( # (SKIP|TODO) (\\.|[^#\\])+)?$)")));
  }
}

TEST_CASE("Fingerprints are unique where a reader keeps one finding a fingerprint") {
  const Json list = Json::parse(printed("gitlab", awkward_result()));
  std::set<std::string> fingerprints;
  for (const Json& one : list) fingerprints.insert(one["fingerprint"].get<std::string>());
  CHECK(fingerprints.size() == list.size());
  CHECK(list.size() == 3);
}

TEST_CASE("SARIF's indices lead to what they name") {
  for (const LintResult& result : {several_findings(), awkward_result()}) {
    const Json log = Json::parse(printed("sarif", result));
    CHECK(log["version"] == "2.1.0");
    REQUIRE(log["runs"].size() == 1);
    const Json& run = log["runs"][0];
    const Json& rules = run["tool"]["driver"]["rules"];
    for (const Json& one : run["results"]) {
      CHECK(rules[one["ruleIndex"].get<std::size_t>()]["id"] == one["ruleId"]);
      REQUIRE(one["locations"].size() == 1);
      const Json& location = one["locations"][0]["physicalLocation"];
      const Json& artifact = run["artifacts"][location["artifactLocation"]["index"].get<std::size_t>()];
      CHECK(artifact["location"]["uri"] == location["artifactLocation"]["uri"]);
      for (const char* member : {"startLine", "startColumn", "endLine", "endColumn"}) {
        CHECK(location["region"][member].get<int>() >= 1);
      }
      CHECK_FALSE(one.contains("kind"));
      for (const Json& suppression : one.value("suppressions", Json::array()))
        CHECK_FALSE(suppression.contains("status"));
    }
    for (const Json& rule : rules) {
      CHECK_FALSE(rule["properties"].contains("security-severity"));
      CHECK_FALSE(rule["help"]["text"].get<std::string>().empty());
      for (const Json& relation : rule.value("relationships", Json::array())) {
        const Json& target = relation["target"];
        const Json& taxonomy = run["taxonomies"][target["toolComponent"]["index"].get<std::size_t>()];
        CHECK(taxonomy["name"] == target["toolComponent"]["name"]);
        CHECK(taxonomy["taxa"][target["index"].get<std::size_t>()]["id"] == target["id"]);
      }
    }
    CHECK(run["invocations"][0]["executionSuccessful"] == result.problems.empty());
  }
  const Json clean = Json::parse(printed("sarif", nothing_found()));
  CHECK(clean["runs"][0]["results"] == Json::array());
}

TEST_CASE("SARIF's URIs are relative and percent-encoded") {
  LintResult result = one_finding(disclosure_finding());
  result.findings[0].location = mark("x", "[[a]]");
  result.repository_paths["x"] =
      "a dir/\xC3\xBC"
      "ber#1:%.yaml";
  const Json log = Json::parse(printed("sarif", result));
  CHECK(log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
        "a%20dir/%C3%BCber%231%3A%25.yaml");
}

TEST_CASE("rdjson counts columns in bytes, and leaves out what it cannot know") {
  struct Row {
    std::string text;
    Excerpt excerpt;
    std::string range;
  };
  const Row rows[] = {
      {"a: [[b]]", Excerpt::show, R"({"start":{"line":1,"column":4},"end":{"line":1,"column":5}})"},
      {"\xC3\xBC: [[\xF0\x9F\x98\x80]]", Excerpt::show,
       R"({"start":{"line":1,"column":5},"end":{"line":1,"column":9}})"},
      {"a: [[b]]", Excerpt::hide, R"({"start":{"line":1},"end":{"line":1}})"},
      {"a: [[b\nc]]", Excerpt::show, R"({"start":{"line":1,"column":4}})"},
      {"[[]]", Excerpt::show, R"({"start":{"line":1,"column":1},"end":{"line":1,"column":1}})"},
  };
  for (const Row& row : rows) {
    LintResult result = one_finding(disclosure_finding());
    result.findings[0].location = mark("x", row.text, row.excerpt);
    const Json json = Json::parse(printed("rdjson", result));
    CAPTURE(row.text);
    CHECK(json["diagnostics"][0]["location"]["range"].dump() == row.range);
  }
}

TEST_CASE("GitHub is told the worst first, for it shows only ten") {
  const std::string report = printed("github", several_findings());
  CHECK(report.find("::warning ") > report.rfind("::error "));
  CHECK(report.find("::notice ") > report.rfind("::warning "));
}

TEST_CASE("A long table is cut before GitHub refuses it") {
  LintResult result = one_finding(disclosure_finding());
  result.findings.resize(20000, result.findings[0]);
  const std::string report = printed("markdown", result);
  CHECK(report.size() < 1024 * 1024);
  CHECK(std::regex_search(report, std::regex("\nand \\d+ more, which do not fit here\\.\n$")));
}

TEST_CASE("What follows from one cause is one task of the checklist") {
  LintResult result = several_findings();
  result.causes = {{"absent:x", Cause::Kind::absent, "`x` is not declared", "write `x: 1`", "x", {}}};
  result.findings[0].cause = result.findings[1].cause = 0;
  const std::string report = printed("checklist", result);
  CHECK(report.find("- [ ] \\`x\\` is not declared. Write \\`x: 1\\`. This settles:\n  - ") != std::string::npos);
  std::size_t tasks = 0;
  for (std::size_t at = report.find("- [ ]"); at != std::string::npos; at = report.find("- [ ]", at + 1)) ++tasks;
  CHECK(tasks == 4);
}
