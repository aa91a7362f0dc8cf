#include "lint/counterfactual.h"

#include "bench.h"

#include <string>

namespace scruple::test {
namespace {

// What would have to change for the requirement to pass; "none" if nothing is said.
std::string change_for(const std::string& requirement, const std::string& rest = "") {
  const std::string campaign =
      "campaign: {id: spring, name: Spring, status: built, launch_date: 2026-03-16, automated: true, markets: [DE]}\n"
      "audience: {size: 12}\n"
      "x-share: 0.25\n";
  const LintResult result = Bench{one_rule("require: >-\n  " + requirement + "\n" + rest), campaign}.lint();
  for (const Diagnostic& problem : result.problems) FAIL_CHECK(problem.message);
  REQUIRE(result.findings.size() == 1);
  std::string changes;
  for (const Reason& reason : result.findings[0].because) {
    if (!reason.would_pass) continue;
    if (!changes.empty()) changes += " | ";
    changes += concat(reason.name.empty() ? reason.expression : reason.name, ": ", phrase(*reason.would_pass));
  }
  return changes.empty() ? "none" : changes;
}

}  // namespace

TEST_CASE("counterfactual: numbers, both orders of the operands, and under negation") {
  CHECK(change_for("manifest.audience.size >= 30") == "manifest.audience.size: at least 30");
  CHECK(change_for("manifest.audience.size > 30") == "manifest.audience.size: at least 31");
  CHECK(change_for("manifest.audience.size <= 10") == "manifest.audience.size: at most 10");
  CHECK(change_for("manifest.audience.size < 10") == "manifest.audience.size: at most 9");
  CHECK(change_for("30 <= manifest.audience.size") == "manifest.audience.size: at least 30");
  CHECK(change_for("30 < manifest.audience.size") == "manifest.audience.size: at least 31");
  CHECK(change_for("!(manifest.audience.size < 30)") == "manifest.audience.size: at least 30");
  CHECK(change_for("!(manifest.audience.size >= 12)") == "manifest.audience.size: at most 11");
  CHECK(change_for("!(5 < manifest.audience.size)") == "manifest.audience.size: at most 5");
  CHECK(change_for("!!(manifest.audience.size >= 30)") == "manifest.audience.size: at least 30");
  CHECK(change_for("manifest.audience.size == 3") == "manifest.audience.size: 3");
  CHECK(change_for("manifest.audience.size != 12") == "manifest.audience.size: anything but 12");
  CHECK(change_for("manifest['x-share'] < 0.2") == "manifest['x-share']: less than 0.2");
  CHECK(change_for("manifest['x-share'] >= 0.5") == "manifest['x-share']: at least 0.5");
  CHECK(change_for("manifest.audience.size > 12.5") == "manifest.audience.size: at least 13");
}

TEST_CASE("counterfactual: days") {
  CHECK(change_for("manifest.campaign.launch_date >= date('2026-04-01')") ==
        "manifest.campaign.launch_date: on or after 2026-04-01");
  CHECK(change_for("manifest.campaign.launch_date <= today") ==
        "manifest.campaign.launch_date: on or before 2026-01-05");
  CHECK(change_for("manifest.campaign.launch_date < date('2026-03-16')") ==
        "manifest.campaign.launch_date: before 2026-03-16");
  CHECK(change_for("manifest.campaign.launch_date - today >= days(90)") ==
        "manifest.campaign.launch_date - today: at least 90 days");
}

TEST_CASE("counterfactual: texts, lists and truth") {
  CHECK(change_for("manifest.campaign.status == 'live'") == "manifest.campaign.status: \"live\"");
  CHECK(change_for("manifest.campaign.status != 'built'") == "manifest.campaign.status: anything but \"built\"");
  CHECK(change_for("manifest.campaign.status in ['live', 'closed']") ==
        "manifest.campaign.status: one of \"live\", \"closed\"");
  CHECK(change_for("!(manifest.campaign.status in ['idea', 'built'])") ==
        "manifest.campaign.status: none of \"idea\", \"built\"");
  CHECK(change_for("!manifest.campaign.automated") == "manifest.campaign.automated: false");
  CHECK(change_for("manifest.campaign.automated == false") == "manifest.campaign.automated: false");
}

TEST_CASE("counterfactual: parameters and names of the rule") {
  const std::string most = "params:\n  most: {type: integer, default: 5, minimum: 1, maximum: 9, description: d}\n";
  CHECK(change_for("manifest.audience.size <= params.most", most) == "manifest.audience.size: at most 5");
  CHECK(change_for("count <= params.most", most + "let: {count: manifest.audience.size * 2}\n") == "count: at most 5");
  CHECK(change_for("size(manifest.campaign.markets) >= 2") == "size(manifest.campaign.markets): at least 2");
}

TEST_CASE("counterfactual: something else that depends on the value is kept to") {
  // The change is tried on all that reads the value …
  CHECK(change_for("manifest.audience.size > 0 && manifest.audience.size <= 10") ==
        "manifest.audience.size: at most 10");
  // … and not named if it would not do.
  CHECK(change_for("manifest.audience.size <= 10 && manifest.audience.size >= 11") == "none");
  CHECK(change_for("manifest.audience.size == 3 && manifest.audience.size == 4") == "none");
  CHECK(change_for("(manifest.audience.size >= 30) == (manifest.campaign.status == 'built')") == "none");
  CHECK(change_for("manifest.campaign.status in ['live', 'idea'] && manifest.campaign.status != 'idea'") ==
        "manifest.campaign.status: \"live\"");
  CHECK(change_for("manifest.audience.size >= least", "let: {least: manifest.audience.size + 1}\n") == "none");
  // An escape is nothing to be changed; a limit before it is.
  CHECK(change_for("manifest.campaign.status != 'built' || manifest.audience.size > 30") ==
        "manifest.audience.size: at least 31");
  CHECK(change_for("size(manifest.campaign.markets) <= 0") == "size(manifest.campaign.markets): 0");
  // Either would do.
  CHECK(change_for("manifest.audience.size >= 30 || manifest.campaign.status == 'live'") ==
        "manifest.audience.size: at least 30 | manifest.campaign.status: \"live\"");
  // One way of two would read as the only one.
  CHECK(change_for("size(manifest.campaign.markets) >= 2 || manifest.campaign.id.matches('x')") == "none");
  CHECK(change_for("size(manifest.campaign.markets) >= manifest.audience.size || manifest.audience.size >= 30") ==
        "none");
  // Only both would do.
  CHECK(change_for("!(manifest.audience.size < 30 || manifest.audience.size < 20)") ==
        "manifest.audience.size: at least 30");
}

TEST_CASE("counterfactual: at the ends of the numbers") {
  CHECK(change_for("manifest.audience.size > 9223372036854775807") == "none");
  CHECK(change_for("manifest.audience.size < -9223372036854775807 - 1") == "none");
  CHECK(change_for("manifest['x-share'] > double('NaN')") == "none");
}

}  // namespace scruple::test
