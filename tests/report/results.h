// Results built by hand, small enough to read beside what is expected of them.
#pragma once

#include "scruple/reporter.h"

#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace scruple::test {

// The location of what stands between `[[` and `]]` in a text, which are taken out.
inline Location mark(std::string name, std::string text, Excerpt excerpt = Excerpt::show) {
  const auto begin = text.find("[[");
  text.erase(begin, 2);
  const auto end = text.find("]]", begin);
  text.erase(end, 2);
  const Source source(std::move(name), std::move(text));
  return locate(source, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, excerpt);
}

inline constexpr std::string_view spring = "campaigns/spring/campaign.yaml";

inline PackInfo pack(std::string id, std::string title) {
  return {std::move(id), "1.2.0", std::move(title), "built-in", std::string(64, '5')};
}

inline RuleInfo rule(std::string id, Gate gate = Gate::assess, Level level = Level::essential) {
  RuleInfo info;
  info.id = std::move(id);
  info.pack = info.id.substr(0, info.id.find('/'));
  info.title = "What " + info.id + " asks for";
  info.gate = gate;
  info.level = level;
  return info;
}

inline RuleCounts counts(Outcome outcome, std::size_t count = 1) {
  RuleCounts one;
  one.outcomes[static_cast<std::size_t>(outcome)] = count;
  return one;
}

inline RuleCounts passes(Assurance assurance, std::size_t count = 1) {
  RuleCounts one = counts(Outcome::pass, count);
  one.assurance[static_cast<std::size_t>(assurance)] = count;
  return one;
}

inline Unit campaign(std::string file, std::string id, std::vector<RuleCounts> rules) {
  Unit unit;
  unit.file = std::move(file);
  unit.id = std::move(id);
  unit.gate = Gate::stakeholder;
  unit.gate_reason = "status is in_review";
  unit.counts = std::move(rules);
  return unit;
}

// The finding of design and handbook: a mail that does not say that AI wrote it.
inline Finding disclosure_finding() {
  const std::string head = "scruple: 1\nkind: campaign\nassets:\n  - id: hero-mail\n";
  Finding finding;
  finding.rule = "transparency/ai-content-disclosed";
  finding.gating = true;
  finding.gate = Gate::technical;
  finding.title = "AI-written copy tells its reader that AI made it";
  finding.message = "The copy of 'hero-mail' does not say that AI wrote it.";
  finding.remediation =
      "Add a short line in the language of the asset, such as \"Written with AI and checked by our editors\", or "
      "correct `ai_role` if a person wrote it.\n";
  finding.place = "assets[hero-mail].path";
  finding.location = mark(std::string(spring), head + "    ai_role: generated\n    path: [[mail/hero.html]]\n");
  finding.marker = "no phrase of ai_disclosure (en, 14 phrases) in its 212 words";
  finding.because = {{"asset.ai_role", "\"generated\"", "", "assets[hero-mail].ai_role",
                      mark(std::string(spring), head + "    ai_role: [[generated]]\n")}};
  finding.basis = {
      {"ethical-ai", Basis::Kind::practice, "How to Ensure Ethical AI in Personalized Marketing", "INT", "", ""},
      {"eu-ai-act-50-4", Basis::Kind::law, "EU AI Act, Art. 50(4)", "EU", "https://example.org/50", "2026-08-02"}};
  finding.fingerprint = std::string(64, 'a');
  finding.occurrences = {{std::string(spring), "assets[hero-mail]"}};
  return finding;
}

// One campaign, one rule that failed on it.
inline LintResult one_finding(Finding finding) {
  LintResult result;
  result.version = "0.1.0";
  result.today = "2026-01-05";
  result.packs = {pack("transparency", "Transparency")};
  result.rules = {rule("transparency/ai-content-disclosed", Gate::technical)};
  result.units = {campaign(std::string(spring), "spring", {counts(Outcome::fail)})};
  result.findings = {std::move(finding)};
  return result;
}

inline LintResult nothing_found() {
  LintResult result = one_finding({});
  result.findings.clear();
  result.units[0].counts = {passes(Assurance::verified, 3)};
  return result;
}

inline std::string printed(std::string_view format, const LintResult& result, const ReportStyle& style = {}) {
  std::ostringstream out;
  make_reporter(format, style)->report(result, out);
  return out.str();
}

// All that a manifest could smuggle into a report.
inline constexpr std::string_view awkward =
    "<&>\"' ]]> | a::error::x ##[error]x ##vso[task] %0A \r\n::error::x \x01 \xE2\x80\xAE \xF0\x9F\x98\x80 \xFF\xC3 "
    "\x1b[31m \xC2\x9B \x7F";

inline LintResult awkward_result() {
  const std::string text(awkward);
  Finding finding = disclosure_finding();
  finding.rule = text;
  finding.title = finding.message = finding.remediation = finding.place = finding.missing = finding.marker = text;
  finding.location = mark(text, "a: [[" + std::string("::error:: ##[error] \x01\xE2\x80\xAE\xFF\t") + "]]");
  finding.because = {{text, text, text, text, finding.location}, {"", "", text, "", std::nullopt}};
  finding.basis = {{text, Basis::Kind::law, text, text, text, text}};
  finding.occurrences = {{text, text}, {text, "::error::item"}, {"::error::document", text}};
  LintResult result = one_finding(finding);
  result.causes = {{text, Cause::Kind::absent, text, text, text, finding.location}};
  for (const Outcome outcome : {Outcome::undecided, Outcome::waived, Outcome::fail}) {
    finding.outcome = outcome;
    finding.cause = 0;
    if (outcome == Outcome::waived)
      finding.suppression = {Suppression::Kind::external, text, text, text, finding.location};
    else
      finding.suppression.reset();
    result.findings.push_back(finding);
  }
  result.packs.push_back({text, text, "::error::pack", text, text});
  result.rules.push_back(rule(text));
  result.rules[1].pack = text;
  result.units.push_back(campaign(text, "::error::id", {counts(Outcome::not_applicable), passes(Assurance::declared)}));
  result.units[1].title = result.units[1].organization = result.units[1].gate_reason = text;
  result.waivers.resize(1);
  Waiver& waiver = result.waivers[0];
  waiver.rule = waiver.place = waiver.campaign = waiver.reason = waiver.by = waiver.until = text;
  waiver.location = finding.location;
  result.problems = {{Severity::error, text, text, text, finding.location}};
  return result;
}

}  // namespace scruple::test
