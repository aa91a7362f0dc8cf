#include "report/review.h"

#include "catch.h"
#include "results.h"

using namespace scruple;
using namespace scruple::report;
using namespace scruple::test;

namespace {

RuleInfo asked_of(Ask ask, Gate gate = Gate::assess) {
  RuleInfo info = rule("transparency/x", gate);
  info.ask = ask;
  return info;
}

}  // namespace

TEST_CASE("A step is open while one of its rules is, and later while it only waits") {
  struct Row {
    std::vector<RuleCounts> rules;
    StepState state;
    std::string_view text;
  };
  const Row rows[] = {
      {{counts(Outcome::fail), counts(Outcome::pass), counts(Outcome::not_due)},
       StepState::open,
       "open: 1 of 3 rules (marketing 1)"},
      {{counts(Outcome::undecided), counts(Outcome::undecided)}, StepState::open, "open: 2 of 2 rules (marketing 2)"},
      {{counts(Outcome::not_due)}, StepState::later, "later: 1 rule waits for this step"},
      {{counts(Outcome::pass), counts(Outcome::waived)}, StepState::done, "done: 1 rule holds, 1 waived"},
      {{counts(Outcome::pass), counts(Outcome::not_applicable)},
       StepState::done,
       "done: 1 rule holds, 1 not applicable"},
      {{counts(Outcome::not_applicable)}, StepState::done, "done: 1 not applicable"},
      {{RuleCounts{}}, StepState::empty, "no rule at the level `essential`"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    LintResult result = nothing_found();
    result.rules.assign(row.rules.size(), rule("transparency/x"));
    result.units[0].counts = row.rules;
    const ReviewStep step = review_of(result, result.units[0]).steps[0];
    CHECK(step.state() == row.state);
    CHECK(describe(step, result) == row.text);
  }
}

TEST_CASE("Who can mend most stands first") {
  LintResult result = nothing_found();
  result.rules = {asked_of(Ask::legal), asked_of(Ask::it), asked_of(Ask::it), asked_of(Ask::data, Gate::live)};
  CHECK(name_asks({0, 1, 2, 3}, result) == "it 2, legal 1, data 1");
}

TEST_CASE("What is above the level, or left out, is no part of a step; the next level says what it would add") {
  LintResult result = nothing_found();
  result.rules = {rule("t/a"), rule("t/b", Gate::live, Level::standard), rule("t/c", Gate::live, Level::complete),
                  rule("t/d")};
  result.rules[3].selected = false;
  result.units[0].counts = {passes(Assurance::declared), {}, {}, {}};
  Review review = review_of(result, result.units[0]);
  CHECK(review.steps[0].rules() == 1);
  CHECK(review.added_by_next[4] == 1);
  result.level = Level::standard;
  review = review_of(result, result.units[0]);
  CHECK(review.added_by_next[4] == 1);
  result.level = Level::complete;
  CHECK(review_of(result, result.units[0]).added_by_next[4] == 0);
}

TEST_CASE("Findings about the manifest's form belong to the manifests in which they occur") {
  LintResult result = one_finding(disclosure_finding());
  result.units.push_back(campaign("other.yaml", "other", {}));
  result.findings[0].rule = "manifest/unknown-field";
  CHECK(review_of(result, result.units[0]).own.size() == 1);
  CHECK(review_of(result, result.units[1]).own.empty());
  CHECK_FALSE(review_of(result, result.units[0]).is_ready());
}
