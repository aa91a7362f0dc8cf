#include "report/json_reporter.h"

#include "catch.h"
#include "results.h"

#include <nlohmann/json.hpp>

using namespace scruple;
using namespace scruple::test;

namespace {

nlohmann::ordered_json parsed(const LintResult& result) {
  return nlohmann::ordered_json::parse(printed("json", result));
}

}  // namespace

TEST_CASE("A finding in JSON is typed data") {
  LintResult result = one_finding(disclosure_finding());
  result.causes = {{"absent:x", Cause::Kind::absent, "`x` is not declared", "write `x: 1`", "x", {}}};
  result.findings[0].cause = 0;
  const auto json = parsed(result);
  CHECK(json["findings"][0].dump(2) == R"json({
  "rule": "transparency/ai-content-disclosed",
  "requirement": 0,
  "outcome": "fail",
  "severity": "error",
  "level": "essential",
  "gate": "technical",
  "ask": "marketing",
  "gating": true,
  "title": "AI-written copy tells its reader that AI made it",
  "message": "The copy of 'hero-mail' does not say that AI wrote it.",
  "remediation": "Add a short line in the language of the asset, such as \"Written with AI and checked by our editors\", or correct `ai_role` if a person wrote it.\n",
  "place": "assets[hero-mail].path",
  "location": {
    "file": "campaigns/spring/campaign.yaml",
    "line": 6,
    "column": 11,
    "end_line": 6,
    "end_column": 25,
    "text": "    path: mail/hero.html",
    "text_column": 1
  },
  "marker": "no phrase of ai_disclosure (en, 14 phrases) in its 212 words",
  "because": [
    {
      "kind": "value",
      "expression": "asset.ai_role",
      "value": "\"generated\"",
      "place": "assets[hero-mail].ai_role",
      "location": {
        "file": "campaigns/spring/campaign.yaml",
        "line": 5,
        "column": 14,
        "end_line": 5,
        "end_column": 23,
        "text": "    ai_role: generated",
        "text_column": 1
      }
    }
  ],
  "basis": [
    {
      "id": "ethical-ai",
      "kind": "practice",
      "citation": "How to Ensure Ethical AI in Personalized Marketing",
      "jurisdiction": "INT"
    },
    {
      "id": "eu-ai-act-50-4",
      "kind": "law",
      "citation": "EU AI Act, Art. 50(4)",
      "jurisdiction": "EU",
      "url": "https://example.org/50",
      "applies_from": "2026-08-02"
    }
  ],
  "cause": "absent:x",
  "fingerprint": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  "occurrences": [
    {
      "document": "campaigns/spring/campaign.yaml",
      "item": "assets[hero-mail]"
    }
  ]
})json");
  CHECK(json["causes"].dump() ==
        R"([{"id":"absent:x","kind":"absent","message":"`x` is not declared","hint":"write `x: 1`","place":"x"}])");
}

TEST_CASE("The report in JSON is versioned and complete") {
  LintResult result = nothing_found();
  result.gate_override = Gate::live;
  result.rules.push_back(rule("transparency/b", Gate::approve));
  result.units[0].counts.push_back(counts(Outcome::not_due));
  CHECK("\n" + printed("json", result) == R"(
{
  "report": 1,
  "tool": {
    "name": "scruple",
    "version": "0.1.0"
  },
  "settings": {
    "today": "2026-01-05",
    "level": "essential",
    "fail_on": "error",
    "gate": "live"
  },
  "verdict": {
    "exit_code": 0,
    "text": "No findings. 1 rule passed, verified in files.",
    "findings": {
      "error": 0,
      "warning": 0,
      "info": 0
    },
    "gating": 0,
    "undecided": 0,
    "waived": 0,
    "in_baseline": 0,
    "campaigns": 1,
    "organizations": 0
  },
  "configs": [],
  "packs": [
    {
      "id": "transparency",
      "version": "1.2.0",
      "title": "Transparency",
      "origin": "built-in",
      "sha256": "5555555555555555555555555555555555555555555555555555555555555555",
      "rules": {
        "pass": 1,
        "fail": 0,
        "undecided": 0,
        "not_applicable": 0,
        "not_due": 1,
        "waived": 0
      },
      "assurance": {
        "declared": 0,
        "computed": 0,
        "recorded": 0,
        "verified": 1
      }
    }
  ],
  "rules": [
    {
      "id": "transparency/ai-content-disclosed",
      "pack": "transparency",
      "title": "What transparency/ai-content-disclosed asks for",
      "severity": "error",
      "level": "essential",
      "gate": "technical",
      "scope": "campaign",
      "ask": "marketing",
      "selected": true
    },
    {
      "id": "transparency/b",
      "pack": "transparency",
      "title": "What transparency/b asks for",
      "severity": "error",
      "level": "essential",
      "gate": "approve",
      "scope": "campaign",
      "ask": "marketing",
      "selected": true
    }
  ],
  "manifests": [
    {
      "file": "campaigns/spring/campaign.yaml",
      "document": 0,
      "kind": "campaign",
      "id": "spring",
      "judged": true,
      "gate": "stakeholder",
      "gate_reason": "status is in_review",
      "level": "essential",
      "fail_on": "error",
      "rules": [
        {
          "rule": "transparency/ai-content-disclosed",
          "pass": 3,
          "verified": 3
        },
        {
          "rule": "transparency/b",
          "not_due": 1
        }
      ]
    }
  ],
  "causes": [],
  "findings": [],
  "waivers": [],
  "not_checked": {
    "not_due": {
      "approve": [
        "transparency/b"
      ]
    },
    "above_level": {},
    "never_applied": [],
    "not_judged": [],
    "unselected": [],
    "manifests": [],
    "paths": [],
    "unused_excludes": []
  },
  "problems": []
}
)");
}

TEST_CASE("A line of personal data is not in the JSON") {
  LintResult result = one_finding(disclosure_finding());
  result.findings[0].location = mark("people.csv", "[[ada@example.org]]", Excerpt::hide);
  CHECK(printed("json", result).find("ada@") == std::string::npos);
  CHECK_FALSE(parsed(result)["findings"][0]["location"].contains("text"));
}

TEST_CASE("Hostile text comes back as it was, but for malformed bytes") {
  const auto json = parsed(awkward_result());
  std::string expected(awkward);
  expected.replace(expected.find("\xFF\xC3"), 2, "\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(json["findings"][0]["message"] == expected);
  CHECK(json["problems"][0]["message"] == expected);
}

TEST_CASE("A cause that does not exist is left out") {
  LintResult result = one_finding(disclosure_finding());
  result.findings[0].cause = 7;
  CHECK_FALSE(parsed(result)["findings"][0].contains("cause"));
}

TEST_CASE("A manifest that was not judged has no gate") {
  LintResult result = nothing_found();
  result.units[0].judged = false;
  const auto manifest = parsed(result)["manifests"][0];
  CHECK(manifest["judged"] == false);
  CHECK_FALSE(manifest.contains("gate"));
  CHECK_FALSE(manifest.contains("rules"));
}
