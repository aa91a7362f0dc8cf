#include "report/text_reporter.h"

#include "catch.h"
#include "results.h"

using namespace scruple;
using namespace scruple::test;

namespace {

std::string text(const LintResult& result, std::size_t width = 100, bool all = true) {
  ReportStyle style;
  style.width = width;
  style.all = all;
  return "\n" + printed("text", result, style);
}

// The findings alone, without the summary that follows.
std::string findings(const LintResult& result, std::size_t width = 100, bool all = true) {
  const std::string whole = text(result, width, all);
  return whole.substr(0, whole.find("Principles\n"));
}

constexpr std::string_view banner = "assets:\n  - id: hero\n  - id: [[banner]]\n    path: x.html\n";

Cause absent_role() {
  return {"absent:assets[banner].ai_role",
          Cause::Kind::absent,
          "`assets[banner].ai_role` is not declared",
          "write `ai_role: none`, `ai_role: assisted` or `ai_role: generated`",
          "assets[banner].ai_role",
          mark(std::string(spring), std::string(banner))};
}

Finding follower(std::string rule_id, std::string title, Severity severity, Outcome outcome = Outcome::undecided) {
  Finding finding;
  finding.rule = std::move(rule_id);
  finding.outcome = outcome;
  finding.severity = severity;
  finding.title = std::move(title);
  finding.message = "Cannot tell whether this applies: `assets[banner].ai_role` is not declared.";
  finding.remediation = "Say it.";
  finding.place = "assets[banner]";
  finding.missing = "ai_role";
  finding.location = absent_role().location;
  finding.cause = 0;
  finding.occurrences = {{std::string(spring), "assets[banner]"}};
  return finding;
}

LintResult group() {
  LintResult result = one_finding(follower("transparency/ai-content-disclosed",
                                           "AI-written copy tells its reader that AI made it", Severity::warning));
  result.causes = {absent_role()};
  result.findings.push_back(
      follower("fairness/tested", "Each model was tested for bias before launch", Severity::error));
  return result;
}

Finding unknown_field() {
  Finding finding;
  finding.rule = "manifest/unknown-field";
  finding.title = "Each field is one that scruple knows";
  finding.message = "`lunch_date` is not a field of a campaign.";
  finding.remediation = "did you mean `launch_date`?";
  finding.location = mark(std::string(spring), "campaign:\n  [[lunch_date]]: 2026-03-01\n");
  finding.place = "campaign.lunch_date";
  finding.occurrences = {{std::string(spring), ""}};
  return finding;
}

}  // namespace

TEST_CASE("A finding argues its case") {
  CHECK(text(one_finding(disclosure_finding())) == R"(
error[transparency/ai-content-disclosed]: The copy of 'hero-mail' does not say that AI wrote it.
  ┌─ campaigns/spring/campaign.yaml:6:11  assets[hero-mail].path
  │
 6│     path: mail/hero.html
  │           ━━━━━━━━━━━━━━ no phrase of ai_disclosure (en, 14 phrases) in its 212 words
  │
  ├ because  asset.ai_role is "generated"  campaign.yaml:5:14
  ├ fix      Add a short line in the language of the asset, such as "Written with AI and checked by
  │          our editors", or correct `ai_role` if a person wrote it.
  └ basis    law: EU AI Act, Art. 50(4) (applies from 2026-08-02)
             practice: How to Ensure Ethical AI in Personalized Marketing

Principles
  Transparency   1 rule: 1 failed

Review steps
  technical review   open: 1 of 1 rule (marketing 1)

Campaigns, judged on 2026-01-05 at the level `essential`
  spring   campaigns/spring/campaign.yaml
           judged at the gate `stakeholder`: status is in_review

1 error in 1 campaign. Not ready to launch.
Exit code 1: there are findings at or above `error`.
)");
}

TEST_CASE("A finding reads well at eighty columns") {
  CHECK(findings(one_finding(disclosure_finding()), 80) == R"(
error[transparency/ai-content-disclosed]: The copy of 'hero-mail' does not say
  that AI wrote it.
  ┌─ campaigns/spring/campaign.yaml:6:11  assets[hero-mail].path
  │
 6│     path: mail/hero.html
  │           ━━━━━━━━━━━━━━ no phrase of ai_disclosure (en, 14 phrases) in its
  │                          212 words
  │
  ├ because  asset.ai_role is "generated"  campaign.yaml:5:14
  ├ fix      Add a short line in the language of the asset, such as "Written
  │          with AI and checked by our editors", or correct `ai_role` if a
  │          person wrote it.
  └ basis    law: EU AI Act, Art. 50(4) (applies from 2026-08-02)
             practice: How to Ensure Ethical AI in Personalized Marketing

)");
}

TEST_CASE("An argument has its places in a column of their own") {
  Finding finding = disclosure_finding();
  const Location location = *finding.because[0].location;
  finding.ask = Ask::legal;
  finding.because.push_back(
      {"text.has_phrase(copy, words.ai_disclosure,\n  asset.language)", "none", "", "", std::nullopt});
  finding.because.push_back({"asset.language", "\"en\"", "the campaign's own language", "", location});
  finding.because.push_back(
      {"", "", "3 of its 14 phrases were found in the footer, which is hidden", "", std::nullopt});
  Location elsewhere = mark("shared/organization.yaml", "organization:\n  name: [[House]]\n");
  finding.because.push_back({"manifest.organization.name",
                             "a name that is so long that it needs more than the one line it has", "", "", elsewhere});
  finding.because.push_back({"campaign.owner", "not declared", "", "", std::nullopt});
  CHECK(findings(one_finding(finding)) == R"(
error[transparency/ai-content-disclosed]: The copy of 'hero-mail' does not say that AI wrote it.
  ┌─ campaigns/spring/campaign.yaml:6:11  assets[hero-mail].path
  │
 6│     path: mail/hero.html
  │           ━━━━━━━━━━━━━━ no phrase of ai_disclosure (en, 14 phrases) in its 212 words
  │
  ├ because  asset.ai_role is "generated"                               campaign.yaml:5:14
  │          text.has_phrase(copy, words.ai_disclosure, asset.language) is none
  │          asset.language is "en" (the campaign's own language)       campaign.yaml:5:14
  │          3 of its 14 phrases were found in the footer, which is hidden
  │          manifest.organization.name is a name that is so long that  shared/organization.yaml:2:9
  │            it needs more than the one line it has
  │          campaign.owner is not declared
  ├ fix      Add a short line in the language of the asset, such as "Written with AI and checked by
  │          our editors", or correct `ai_role` if a person wrote it.
  ├ ask      legal
  └ basis    law: EU AI Act, Art. 50(4) (applies from 2026-08-02)
             practice: How to Ensure Ethical AI in Personalized Marketing

)");
}

TEST_CASE(
    "An argument says what would pass, where it was decided and what names stand for, and no more than it needs") {
  Finding finding = disclosure_finding();
  finding.because.clear();
  const auto add = [&](Reason::Kind kind, const char* name, const char* expression, const char* value) -> Reason& {
    Reason reason;
    reason.kind = kind;
    reason.name = name;
    reason.expression = expression;
    reason.value = value;
    finding.because.push_back(std::move(reason));
    return finding.because.back();
  };
  add(Reason::Kind::value, "", "size(hits)", "2").would_pass = {Counterfactual::Relation::at_most, {"1"}};
  Reason& element = add(Reason::Kind::element, "", "manifest.campaign.markets", "\"US-CA\"");
  element.note = "the first that fails";
  element.figures = {{"element", "2", ""}};
  add(Reason::Kind::step, "hits", "page.controls.filter(c, c.checked)", "[html.controls[news]]");
  add(Reason::Kind::step, "claims", "a long expression that nobody can read at a glance, and so is left out", "empty");
  add(Reason::Kind::step, "", "is_page(path)", "true");
  add(Reason::Kind::absence, "", "asset.author", "not declared");
  add(Reason::Kind::parameter, "", "params.most", "1");
  add(Reason::Kind::requirement, "", "size(hits) <= params.most", "false");
  add(Reason::Kind::not_evaluated, "", "asset.id == 'x'", "");
  add(Reason::Kind::applies, "", "asset.kind", "\"email\"");
  add(Reason::Kind::applies, "", "is_text(asset)", "true");
  add(Reason::Kind::value, "", "asset.id", "\"mail\"");
  add(Reason::Kind::value, "", "asset.language", "\"en\"");
  const std::string text = findings(one_finding(finding));
  CHECK(text.find(R"(
  ├ because  size(hits) is 2; at most 1 would pass
  │          element 2 of manifest.campaign.markets is "US-CA" (the first that fails)
  │          hits = page.controls.filter(c, c.checked) is [html.controls[news]]
  │          claims is empty
  │          asset.author is not declared
  │          asset.kind is "email"
  ├ fix )") != std::string::npos);
}

TEST_CASE("A narrow terminal has the places below") {
  Finding finding = disclosure_finding();
  finding.location.file = "campaign.yaml";
  CHECK(findings(one_finding(finding), 50) == R"(
error[transparency/ai-content-disclosed]: The copy
  of 'hero-mail' does not say that AI wrote it.
  ┌─ campaign.yaml:6:11  assets[hero-mail].path
  │
 6│     path: mail/hero.html
  │           ━━━━━━━━━━━━━━ no phrase of
  │                          ai_disclosure (en, 14
  │                          phrases) in its 212
  │                          words
  │
  ├ because  asset.ai_role is "generated"
  │            campaigns/spring/campaign.yaml:5:14
  ├ fix      Add a short line in the language of
  │          the asset, such as "Written with AI
  │          and checked by our editors", or
  │          correct `ai_role` if a person wrote
  │          it.
  └ basis    law: EU AI Act, Art. 50(4) (applies
               from 2026-08-02)
             practice: How to Ensure Ethical AI in
               Personalized Marketing

)");
}

TEST_CASE("Findings of one cause are one group") {
  CHECK(findings(group(), 90) == R"(
error: `assets[banner].ai_role` is not declared; 2 rules cannot be decided without it
  ┌─ campaigns/spring/campaign.yaml:3:9  assets[banner].ai_role
  │
 3│   - id: banner
  │         ━━━━━━
  │
  ├ fix      Write `ai_role: none`, `ai_role: assisted` or `ai_role: generated`
  │
  ├ warning  transparency/ai-content-disclosed  AI-written copy tells its reader that AI
  │                                             made it
  └ error    fairness/tested                    Each model was tested for bias before
                                                launch

)");
}

TEST_CASE("A group says how its findings follow") {
  const auto headline = [](const LintResult& result) {
    const std::string report = findings(result, 200);
    return report.substr(1, report.find('\n', 1) - 1);
  };
  LintResult result = group();
  CHECK(headline(result) == "error: `assets[banner].ai_role` is not declared; 2 rules cannot be decided without it");
  result.findings[0].outcome = Outcome::fail;
  CHECK(headline(result) == "error: `assets[banner].ai_role` is not declared; 2 rules need it");
  result.findings[1].rule = result.findings[0].rule;
  CHECK(headline(result) == "error: `assets[banner].ai_role` is not declared; 1 rule needs it");
  result.causes[0] = {"unreadable:x", Cause::Kind::unreadable, "`mail/hero.html` cannot be read.", "", "", {}};
  CHECK(headline(result) == "error: `mail/hero.html` cannot be read; 2 findings follow from it");
  result.findings[0].outcome = Outcome::undecided;
  CHECK(headline(result) == "error: `mail/hero.html` cannot be read; 1 rule cannot be decided because of it");
}

TEST_CASE("A cause in many items is one group, with a line for each rule") {
  LintResult result = group();
  result.causes[0].message = "`assets[].ai_role` is not declared in 3 places";
  result.causes[0].place = "assets[].ai_role";
  for (const char* place : {"assets[footer]", "assets[hero]"}) {
    result.findings.push_back(result.findings[0]);
    result.findings.back().place = place;
  }
  result.findings.push_back(follower("accountability/copy-is-reviewed-by-a-person-who-reads-its-language",
                                     "Copy is read by a person", Severity::info));
  result.findings.back().occurrences.push_back({"campaigns/summer/campaign.yaml", "assets[hero]"});
  CHECK(findings(result, 80) == R"(
error: `assets[].ai_role` is not declared in 3 places; 3 rules cannot be decided
  without it
  ┌─ campaigns/spring/campaign.yaml:3:9  assets[].ai_role
  │
 3│   - id: banner
  │         ━━━━━━
  │
  ├ places   assets[banner]  campaign.yaml:3:9
  │          assets[footer]  campaign.yaml:3:9
  │          assets[hero]    campaign.yaml:3:9
  ├ also     in 1 campaign: campaigns/summer/campaign.yaml
  ├ fix      Write `ai_role: none`, `ai_role: assisted` or `ai_role: generated`
  │
  ├ warning  transparency/ai-content-disclosed  AI-written copy tells its reader
  │                                             that AI made it
  ├ error    fairness/tested                    Each model was tested for bias
  │                                             before launch (assets[banner])
  └ info     accountability/copy-is-reviewed-by-a-person-who-reads-its-language
                                                Copy is read by a person
                                                (assets[banner])

)");
}

TEST_CASE("Many places of one cause are listed without their positions") {
  LintResult result = group();
  for (int i = 0; i < 14; ++i) {
    result.findings.push_back(result.findings[0]);
    result.findings.back().place = "assets[mail-" + std::to_string(i) + "]";
  }
  const std::string some = findings(result, 400, false);
  CHECK(some.find("├ places   assets[banner], assets[mail-0], ") != std::string::npos);
  CHECK(some.find("assets[mail-8] and 5 more\n") != std::string::npos);
  CHECK(findings(result, 400).find("assets[mail-12], assets[mail-13]\n") != std::string::npos);
}

TEST_CASE("A group of one is a finding that names its cause, and what its rule asks for") {
  LintResult result = group();
  result.findings.resize(1);
  CHECK(findings(result, 90) == R"(
warning[transparency/ai-content-disclosed]: Cannot tell whether this applies:
  `assets[banner].ai_role` is not declared.
  ┌─ campaigns/spring/campaign.yaml:3:9  assets[banner]
  │
 3│   - id: banner
  │         ━━━━━━
  │
  ├ rule     AI-written copy tells its reader that AI made it
  └ fix      Write `ai_role: none`, `ai_role: assisted` or `ai_role: generated`
             Say it.

)");
  result.findings[0].message = "the role of the banner is unknown";
  result.findings[0].marker = result.causes[0].hint;
  CHECK(findings(result, 90) == R"(
warning[transparency/ai-content-disclosed]: Cannot tell: the role of the banner is unknown
  ┌─ campaigns/spring/campaign.yaml:3:9  assets[banner]
  │
 3│   - id: banner
  │         ━━━━━━ write `ai_role: none`, `ai_role: assisted` or `ai_role: generated`
  │
  ├ rule     AI-written copy tells its reader that AI made it
  ├ because  `assets[banner].ai_role` is not declared  campaign.yaml:3:9
  └ fix      Say it.

)");
}

TEST_CASE("A finding about the manifest heads its group") {
  LintResult result = one_finding(follower("privacy/retention-limit", "Data is deleted in time", Severity::warning));
  result.findings[0].message = "Cannot tell when the data is deleted.";
  result.findings.push_back(unknown_field());
  result.findings[1].cause = 0;
  result.causes = {{"schema:campaign.lunch_date", Cause::Kind::schema, unknown_field().message,
                    unknown_field().remediation, "campaign.lunch_date", unknown_field().location}};
  CHECK(findings(result, 90) == R"(
error[manifest/unknown-field]: `lunch_date` is not a field of a campaign.
  ┌─ campaigns/spring/campaign.yaml:2:3  campaign.lunch_date
  │
 2│   lunch_date: 2026-03-01
  │   ━━━━━━━━━━
  │
  ├ fix      did you mean `launch_date`?
  │
  └ warning  privacy/retention-limit  Data is deleted in time

)");
}

TEST_CASE("A finding that occurs many times lists where") {
  Finding finding = disclosure_finding();
  finding.because.clear();
  finding.basis.clear();
  finding.marker.clear();
  for (int i = 1; i <= 11; ++i)
    finding.occurrences.push_back({std::string(spring), "assets[mail-" + std::to_string(i) + "]"});
  finding.occurrences.push_back({"campaigns/summer/campaign.yaml", "assets[mail]"});
  finding.occurrences.push_back({"campaigns/autumn/campaign.yaml", "assets[mail]"});
  finding.occurrences.push_back({"campaigns/winter/campaign.yaml", "assets[mail]"});
  CHECK(findings(one_finding(finding), 90, false) == R"(
error[transparency/ai-content-disclosed]: The copy of 'hero-mail' does not say that AI
  wrote it.
  ┌─ campaigns/spring/campaign.yaml:6:11  assets[hero-mail].path
  │
 6│     path: mail/hero.html
  │           ━━━━━━━━━━━━━━
  │
  ├ items    assets[hero-mail], assets[mail-1], assets[mail-2], assets[mail-3],
  │          assets[mail-4], assets[mail-5], assets[mail-6], assets[mail-7],
  │          assets[mail-8], assets[mail-9] and 2 more
  ├ also     in 3 campaigns: campaigns/summer/campaign.yaml,
  │          campaigns/autumn/campaign.yaml, campaigns/winter/campaign.yaml
  └ fix      Add a short line in the language of the asset, such as "Written with AI and
             checked by our editors", or correct `ai_role` if a person wrote it.

)");
  CHECK(findings(one_finding(finding), 90).find("assets[mail-10], assets[mail-11]\n") != std::string::npos);
}

TEST_CASE("A finding about a shared file names the campaigns that it concerns") {
  Finding finding = disclosure_finding();
  finding.because.clear();
  finding.basis.clear();
  finding.remediation.clear();
  finding.location = mark("organization.yaml", "organization:\n  [[name]]: House\n");
  finding.place = "organization:organization";
  finding.marker.clear();
  finding.occurrences = {{std::string(spring), ""}, {"campaigns/summer/campaign.yaml", ""}};
  CHECK(findings(one_finding(finding), 90) == R"(
error[transparency/ai-content-disclosed]: The copy of 'hero-mail' does not say that AI
  wrote it.
  ┌─ organization.yaml:2:3  organization:organization
  │
 2│   name: House
  │   ━━━━
  │
  └ in       2 campaigns: campaigns/spring/campaign.yaml, campaigns/summer/campaign.yaml

)");
  finding.occurrences.resize(1);
  CHECK(findings(one_finding(finding), 90).find("campaigns/spring") == std::string::npos);
}

TEST_CASE("A finding in a file of personal data shows no line of it") {
  Finding finding = disclosure_finding();
  finding.message = "412 people were mailed without a basis.";
  finding.location = mark("data/consent.csv", "email,basis\n[[ada@example.org]],\n", Excerpt::hide);
  finding.place = "data.consent.ledger_path!rows[1].basis";
  finding.marker = "a text in row 1, column basis";
  finding.because = {{"", "", "412 rows have no basis", "", std::nullopt}};
  finding.basis.clear();
  finding.remediation = "Leave these people out.";
  CHECK(findings(one_finding(finding), 90) == R"(
error[transparency/ai-content-disclosed]: 412 people were mailed without a basis.
  ┌─ data/consent.csv:2:1  data.consent.ledger_path!rows[1].basis
  │
  ├ here     a text in row 1, column basis
  ├ because  412 rows have no basis
  └ fix      Leave these people out.

)");
}

TEST_CASE("An undecided finding says so in its first words") {
  Finding finding = disclosure_finding();
  finding.outcome = Outcome::undecided;
  const auto first_line = [&] {
    const std::string report = findings(one_finding(finding));
    return report.substr(1, report.find('\n', 1) - 1);
  };
  finding.message = "`mail/hero.html` is larger than 16 MB";
  CHECK(first_line() == "error[transparency/ai-content-disclosed]: Cannot tell: `mail/hero.html` is larger than 16 MB");
  finding.message = "cannot tell whether this applies: `x` is not declared";
  CHECK(first_line() ==
        "error[transparency/ai-content-disclosed]: Cannot tell whether this applies: `x` is not declared");
}

TEST_CASE("Waived findings are short and come last") {
  LintResult result = one_finding(disclosure_finding());
  result.findings[0].outcome = Outcome::waived;
  result.findings[0].gating = false;
  Suppression& waiver = result.findings[0].suppression.emplace();
  waiver.justification = "migration under way";
  waiver.by = "dana";
  waiver.until = "2026-12-31";
  waiver.location = mark("campaigns/spring/campaign.yaml", "[[waivers]]:");
  result.findings.push_back(unknown_field());
  result.units[0].counts = {counts(Outcome::waived)};
  CHECK(text(result, 90) == R"(
error[manifest/unknown-field]: `lunch_date` is not a field of a campaign.
  ┌─ campaigns/spring/campaign.yaml:2:3  campaign.lunch_date
  │
 2│   lunch_date: 2026-03-01
  │   ━━━━━━━━━━
  │
  └ fix      did you mean `launch_date`?

waived[transparency/ai-content-disclosed]: The copy of 'hero-mail' does not say that AI
  wrote it. (campaigns/spring/campaign.yaml:6:11)
  until 2026-12-31 by dana: migration under way (campaigns/spring/campaign.yaml:1:1)

Principles
  Manifest       1 error
  Transparency   1 rule: 1 waived

Review steps
  technical review   done: 1 waived

Campaigns, judged on 2026-01-05 at the level `essential`
  spring   campaigns/spring/campaign.yaml
           judged at the gate `stakeholder`: status is in_review

1 error in 1 campaign. 1 finding is waived. Nothing that stops the launch.
Exit code 0: nothing at or above `error`.
)");
}

TEST_CASE("Only the first ten groups are shown unless all are asked for") {
  LintResult result = one_finding(disclosure_finding());
  result.findings.assign(9, unknown_field());
  for (int i = 0; i < 3; ++i) result.findings.push_back(group().findings[0]);
  result.findings.push_back(unknown_field());
  result.findings.push_back(unknown_field());
  result.causes = {absent_role()};
  const std::string some = findings(result, 100, false);
  CHECK(some.find("\n2 more: --all\n\n") != std::string::npos);
  CHECK(some.find("1 rule cannot be decided") != std::string::npos);
  CHECK(findings(result).find("--all") == std::string::npos);
  result.findings.resize(12);
  CHECK(findings(result, 100, false).find("--all") == std::string::npos);
}

TEST_CASE("Wide characters and long words keep the frame in order") {
  Finding finding = disclosure_finding();
  finding.message = "Der Text „Größe“ (広告) sagt es nicht: " + std::string(70, 'x') + ".";
  finding.location = mark("kampagne/größe.yaml", "assets: [{id: 広告, path: [[größe/メール.html]], language: de}]\n");
  finding.place = "assets[\"広告\"].path";
  finding.because = {{"asset.id", "\"広告\"", "", "", finding.location},
                     {"asset.language", "\"de\"", "", "", finding.location}};
  finding.basis.clear();
  CHECK(findings(one_finding(finding), 80) == R"(
error[transparency/ai-content-disclosed]: Der Text „Größe“ (広告) sagt es nicht:
  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.
  ┌─ kampagne/größe.yaml:1:25  assets["広告"].path
  │
 1│ assets: [{id: 広告, path: größe/メール.html, language: de}]
  │                           ━━━━━━━━━━━━━━━━━ no phrase of ai_disclosure (en,
  │                                             14 phrases) in its 212 words
  │
  ├ because  asset.id is "広告"      größe.yaml:1:25
  │          asset.language is "de"  größe.yaml:1:25
  └ fix      Add a short line in the language of the asset, such as "Written
             with AI and checked by our editors", or correct `ai_role` if a
             person wrote it.

)");
}

TEST_CASE("Hostile text is shown, not obeyed") {
  Finding finding = disclosure_finding();
  finding.message = "\r\n::error::gotcha \x1b[2J ##[error]x";
  finding.remediation = "::error::x\n::error::y";
  finding.basis.clear();
  finding.because = {{"a", "\"\xE2\x80\xAE\xFF\"", "", "", std::nullopt}};
  finding.location = mark("a\nb.yaml", "##[error]: [[\x01\t::x]] ##vso[y]\n");
  finding.place = "";
  finding.marker =
      "\x9B"
      "31m";
  CHECK(findings(one_finding(finding), 80) == R"(
error[transparency/ai-content-disclosed]: ::error::gotcha \x1b[2J # #[error]x
  ┌─ a\nb.yaml:1:12
  │
 1│ # #[error]: \x01    ::x # #vso[y]
  │             ━━━━━━━━━━━ \x9b31m
  │
  ├ because  a is "\u202e\xff"
  └ fix      ::error::x
             : :error::y

)");
}

TEST_CASE("Colour marks severity and leaves the words alone") {
  ReportStyle style;
  style.color = true;
  const LintResult result = one_finding(disclosure_finding());
  std::string colored = printed("text", result, style);
  CHECK(colored.starts_with("\x1b[1;31merror[transparency/ai-content-disclosed]:\x1b[0m"));
  for (std::size_t at = 0; (at = colored.find("\x1b[", at)) != std::string::npos;) {
    colored.erase(at, colored.find('m', at) + 1 - at);
  }
  CHECK(colored == printed("text", result));
}
