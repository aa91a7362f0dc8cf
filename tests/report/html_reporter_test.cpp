// What the page has to say. How it looks, and that a browser and a screen reader like it, is for
// scripts/test-integrations.
#include "catch.h"
#include "report/html_plot.h"
#include "report/html_text.h"
#include "results.h"

#include <regex>
#include <set>

using namespace scruple;
using namespace scruple::test;
using namespace scruple::report;

namespace {

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::set<std::string> all(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::set<std::string> found;
  for (auto match = std::sregex_iterator(text.begin(), text.end(), regex); match != std::sregex_iterator(); ++match) {
    found.insert((*match)[1]);
  }
  return found;
}

Reason comparison(std::vector<Figure> figures) {
  Reason reason;
  reason.expression = "parity";
  reason.figures = std::move(figures);
  return reason;
}

const std::vector<Figure> women_and_men = {
    {"attribute", "gender", ""},           {"group", "women", ""},       {"selected", "300", "people"},
    {"total", "1000", "people"},           {"reference", "men", ""},     {"reference_selected", "500", "people"},
    {"reference_total", "1000", "people"}, {"screening_line", "0.8", ""}};

}  // namespace

TEST_CASE("The page shows a finding with its excerpt, argument, remedy and basis") {
  const std::string page = printed("html", one_finding(disclosure_finding()));
  for (const std::string_view part :
       {"does not say that AI wrote it.</h3>", "<code>transparency/ai-content-disclosed</code>",
        "<mark>mail/hero.html</mark>", "campaigns/spring/campaign.yaml:6:11", "no phrase of ai_disclosure",
        "asset.ai_role is &quot;generated&quot;", "or correct <code>ai_role</code> if a person wrote it.",
        "<a href=\"https://example.org/50\">EU AI Act, Art. 50(4)</a> (applies from 2026-08-02)",
        "How to Ensure Ethical AI in Personalized Marketing", "Not ready to launch."}) {
    CAPTURE(part);
    CHECK(contains(page, part));
  }
}

TEST_CASE("The page needs nothing from elsewhere and runs nothing") {
  for (const LintResult& result : {LintResult{}, nothing_found(), awkward_result()}) {
    const std::string page = printed("html", result);
    CHECK(page.starts_with("<!doctype html>\n"));
    CHECK(contains(page, "default-src 'none'"));
    for (const std::string_view part :
         {"<script", "<img", "<link", "<iframe", " src=", "@import", "url(", " onclick"}) {
      CAPTURE(part);
      CHECK_FALSE(contains(page, part));
    }
    CHECK(count(page, "<main>") == 1);
    CHECK(count(page, "<h1>") == 1);
    CHECK(count(page, "<section") == count(page, "</section>"));
  }
}

TEST_CASE("Each id stands once, and each link within the page leads somewhere") {
  LintResult result = one_finding(disclosure_finding());
  result.causes = {{"absent:x", Cause::Kind::absent, "`x` is not declared", "write `x: 1`", "x", {}}};
  for (int i = 0; i < 3; ++i) result.findings.push_back(result.findings[0]);
  result.findings[1].cause = result.findings[2].cause = 0;
  result.findings[3].rule = "manifest/unknown-field";
  for (const LintResult& one : {result, awkward_result()}) {
    const std::string page = printed("html", one);
    const auto ids = all(page, " id=\"([^\"]*)\"");
    CHECK(count(page, " id=\"") == ids.size());
    for (const std::string& target : all(page, "href=\"#([^\"]*)\"")) {
      CAPTURE(target);
      CHECK(ids.contains(target));
    }
  }
}

TEST_CASE("An address in a basis is a link only if it is one of the web") {
  CHECK(html_link("https://example.org/a?b=\"c\"&d", "x<y") ==
        "<a href=\"https://example.org/a?b=&quot;c&quot;&amp;d\">x&lt;y</a>");
  CHECK(html_link("javascript:alert(1)", "x") == "x");
  CHECK(html_link("", "x") == "x");
}

TEST_CASE("What stands between backticks is code, and nothing else is markup") {
  CHECK(html_prose("set `a<b` to `c`, not `d") == "set <code>a&lt;b</code> to <code>c</code>, not `d");
  CHECK(html_prose("<b>\n x") == "&lt;b&gt; x");
}

TEST_CASE("The steps name what is open, for whom, and lead to the finding") {
  LintResult result = one_finding(disclosure_finding());
  result.units[0].gate = Gate::technical;
  const std::string page = printed("html", result);
  CHECK(contains(page, "<li class=\"open\" aria-current=\"step\">"));
  CHECK(contains(page, "<a href=\"#finding-1\">What transparency/ai-content-disclosed asks for</a>"));
  CHECK(contains(page, "1 of 1 rule open"));
}

TEST_CASE("Many campaigns are a table, and those that lack something unfold") {
  LintResult result = one_finding(disclosure_finding());
  for (int i = 0; i < 5; ++i) {
    result.units.push_back(
        campaign("c" + std::to_string(i) + ".yaml", "c" + std::to_string(i), {passes(Assurance::declared)}));
  }
  const std::string page = printed("html", result);
  CHECK(contains(page, "<h1>6 campaigns</h1>"));
  CHECK(count(page, "<details") == 1);
  CHECK(count(page, "data-head=\"technical review\"") == 6);
}

TEST_CASE("A waiver is shown with who accepted it and until when") {
  LintResult result = one_finding(disclosure_finding());
  result.findings[0].suppression = {Suppression::Kind::external, "migration under way", "dana", "2026-12-31", {}};
  result.findings[0].outcome = Outcome::waived;
  result.findings[0].gating = false;
  Waiver waiver;
  waiver.state = Waiver::State::used;
  waiver.rule = "transparency/ai-content-disclosed";
  waiver.reason = "migration under way";
  waiver.by = "dana";
  waiver.until = "2026-12-31";
  waiver.findings = 1;
  result.waivers = {waiver};
  const std::string page = printed("html", result);
  CHECK(count(page, "<article") == 0);
  for (const char* part : {"migration under way", "dana", "2026-12-31", "used, covers 1 finding"}) {
    CHECK(contains(page, part));
  }
}

TEST_CASE("Assurance is drawn as a bar with its counts in words") {
  const PackInfo info = pack("privacy", "Privacy");
  PackSummary summary{&info, {}, {}};
  CHECK(outcome_bar(summary).empty());
  summary.rules[static_cast<std::size_t>(Outcome::fail)] = 1;
  summary.rules[static_cast<std::size_t>(Outcome::pass)] = 3;
  summary.assurance[static_cast<std::size_t>(Assurance::verified)] = 2;
  summary.assurance[static_cast<std::size_t>(Assurance::declared)] = 1;
  const std::string bar = outcome_bar(summary);
  CHECK(count(bar, "<rect") == 3);
  CHECK(contains(bar, "aria-label=\"2 verified in files, 1 declared, 1 failed\""));
  CHECK(contains(bar, "class=\"failed\" x=\"750.0\""));
}

TEST_CASE("Rates of groups are read from an argument's figures") {
  const auto comparisons = rate_comparisons(comparison(women_and_men));
  REQUIRE(comparisons.size() == 1);
  CHECK(comparisons[0].attribute == "gender");
  REQUIRE(comparisons[0].groups.size() == 2);
  CHECK(comparisons[0].groups[0].name == "men");
  CHECK(comparisons[0].groups[1].selected == 300);
  CHECK(comparisons[0].screening_line == 0.8);

  // A second group of the same comparison joins it; figures that are no counts draw nothing.
  std::vector<Figure> figures = women_and_men;
  for (const auto& [name, value] :
       {std::pair{"attribute of other", "gender"}, std::pair{"group of other", "other"},
        std::pair{"selected of other", "10"}, std::pair{"total of other", "50"}, std::pair{"reference of other", "men"},
        std::pair{"reference_selected of other", "500"}, std::pair{"reference_total of other", "1000"}}) {
    figures.push_back({name, value, ""});
  }
  REQUIRE(rate_comparisons(comparison(figures)).size() == 1);
  CHECK(rate_comparisons(comparison(figures))[0].groups.size() == 3);

  for (const auto& [name, value] : {std::pair{2, "-1"}, std::pair{2, "1e3"}, std::pair{2, "2000"}, std::pair{3, "0"},
                                    std::pair{6, "many"}, std::pair{4, ""}}) {
    figures = women_and_men;
    figures[static_cast<std::size_t>(name)].value = value;
    CAPTURE(figures[static_cast<std::size_t>(name)].name, value);
    CHECK(rate_comparisons(comparison(figures)).empty());
  }
  CHECK(rate_comparisons(comparison({{"words", "212", ""}})).empty());
}

TEST_CASE("A drawing of rates says what it shows, and keeps to its frame") {
  const std::string plot = rates_plot(rate_comparisons(comparison(women_and_men))[0]);
  CHECK(contains(plot, "aria-label=\"screening line at 40.0%, men 500 of 1,000 (50.0%), women 300 of 1,000 (30.0%)\""));
  CHECK(count(plot, "<circle class=\"failed\"") == 1);
  CHECK(count(plot, "<circle class=\"verified\"") == 1);
  for (const std::string& x : all(plot, "c?x[12]?=\"([-0-9.]+)\"")) {
    CAPTURE(x);
    CHECK(std::stod(x) >= 0);
    CHECK(std::stod(x) <= 640);
  }
  // Nobody selected anywhere: nothing to divide by.
  fairness::Groups nobody = {{"a", 0, 10, {}}, {"b<c>", 0, 10, {}}};
  const std::string empty = rates_plot({"", nobody, 0.8});
  CHECK_FALSE(contains(empty, "nan"));
  CHECK_FALSE(contains(empty, "<c>"));
}
