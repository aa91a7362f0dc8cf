#include "fairness/decision.h"

#include "near.h"

#include "catch.h"

namespace scruple::fairness {
namespace {

Verdict verdict(const Group& group, const Group& reference, const Criteria& criteria = {}) {
  return compare({{"age", {reference, group}}}, criteria).front().findings[1].verdict;
}

TEST_CASE("decision: each way that a comparison can end") {
  struct Row {
    Group group;
    Group reference;
    Verdict verdict;
    Outcome outcome;
  };
  const Row rows[] = {
      {{"b", 300, 1000, {}}, {"a", 500, 1000, {}}, Verdict::missed, Outcome::fail},
      {{"b", 20, 50, {}}, {"a", 27, 50, {}}, Verdict::chance, Outcome::undecided},
      {{"b", 3, 100, {}}, {"a", 4, 100, {}}, Verdict::one_person, Outcome::undecided},
      {{"b", 5, 29, {}}, {"a", 500, 1000, {}}, Verdict::too_few, Outcome::undecided},
      {{"b", 0, 100, {}}, {"a", 0, 100, {}}, Verdict::undefined, Outcome::undecided},
      {{"b", 45, 100, {}}, {"a", 50, 100, {}}, Verdict::within, Outcome::pass},
      {{"b", 4900, 10000, {}}, {"a", 5000, 10000, {}}, Verdict::confirmed, Outcome::pass},
      {{"b", 45000, 100000, {}}, {"a", 50000, 100000, {}}, Verdict::noted, Outcome::pass},
      {{"b", 85, 100, {}}, {"a", 99, 100, {}}, Verdict::noticeable, Outcome::pass},
  };
  for (const Row& row : rows) {
    CAPTURE(row.group.selected, row.group.total, row.reference.selected);
    const Verdict found = verdict(row.group, row.reference);
    CHECK(name(found) == name(row.verdict));
    CHECK(outcome(found) == row.outcome);
  }
}

TEST_CASE("decision: one person more or less at the line") {
  // 400 of 1000 against 500 of 1000 is four-fifths exactly.
  const Group reference{"a", 500, 1000, {}};
  CHECK(outcome(verdict({"b", 399, 1000, {}}, reference)) == Outcome::fail);
  CHECK(outcome(verdict({"b", 400, 1000, {}}, reference)) == Outcome::pass);
  // The floor, likewise.
  CHECK(verdict({"b", 20, 29, {}}, reference) == Verdict::too_few);
  CHECK(verdict({"b", 20, 30, {}}, reference) != Verdict::too_few);
}

TEST_CASE("decision: a gap can be the line instead") {
  const Criteria criteria{{Line::Kind::gap, *parse_fraction("0.1")}, {30, {0, 1}}, 0.05, 0.95, 0.2, std::nullopt};
  const Group reference{"a", 750, 1000, {}};
  CHECK(verdict({"b", 650, 1000, {}}, reference, criteria) == Verdict::noticeable);
  CHECK(verdict({"b", 649, 1000, {}}, reference, criteria) == Verdict::missed);
  CHECK(verdict({"b", 20, 31, {}}, reference, criteria) == Verdict::chance);
  CHECK(verdict({"b", 0, 100, {}}, {"a", 0, 100, {}}, criteria) == Verdict::undefined);
  const Finding finding = compare({{"", {reference, {"b", 649, 1000, {}}}}}, criteria).front().findings[1];
  CHECK(finding.shortfall == 1);
}

TEST_CASE("decision: all comparisons of a file are one family") {
  // p is 0.028 alone, and 0.057 as one of two.
  const Attribute age{"age", {{"old", 500, 1000, {}}, {"young", 39, 100, {}}}};
  const Attribute gender{"gender", {{"men", 500, 1000, {}}, {"women", 500, 1000, {}}}};
  CHECK(compare({age}, {}).front().findings[1].verdict == Verdict::missed);
  const auto both = compare({age, gender}, {});
  CHECK(both[0].findings[1].verdict == Verdict::chance);
  CHECK(near(*both[0].findings[1].adjusted_p, 2 * both[0].findings[1].test->p));
  CHECK(both[1].name == "gender");
}

TEST_CASE("decision: everything is there that a reader needs to doubt it") {
  const Comparison comparison = compare({{"", {{"White", 48, 80, {}}, {"Black", 12, 40, {}}}}}, {}).front();
  CHECK(comparison.reference == 0);
  CHECK(comparison.findings[0].verdict == Verdict::reference);
  CHECK_FALSE(comparison.findings[0].ratio);
  const Finding& finding = comparison.findings[1];
  CHECK(near(finding.rate, 0.3));
  CHECK(near(finding.ratio, 0.5));
  CHECK(near(finding.ratio_interval->low, 0.30143294104559687));
  CHECK(finding.test->method == Method::z);
  CHECK(near(finding.test->p, 0.0019457736937391519));
  CHECK(finding.shortfall == 8);
  CHECK(near(finding.cohens_h, -0.6128747668578188));
  CHECK(finding.flip_flop == false);
  CHECK(finding.people_needed == 270);
}

TEST_CASE("decision: a group that is too small is no reference, and keeps its own rate") {
  const Comparison comparison =
      compare({{"", {{"tiny", 5, 5, {}}, {"a", 400, 800, {}}, {"b", 350, 800, {}}}}}, {}).front();
  CHECK(comparison.reference == 1);
  CHECK(comparison.findings[0].verdict == Verdict::too_few);
  CHECK(comparison.findings[0].rate == 1.0);
  CHECK_FALSE(comparison.findings[0].ratio);
  CHECK(comparison.findings[2].verdict == Verdict::noted);

  // With only one group that is large enough nothing can be compared.
  const Comparison alone = compare({{"", {{"tiny", 5, 5, {}}, {"a", 400, 800, {}}}}}, {}).front();
  CHECK_FALSE(alone.reference);
  CHECK(alone.findings[1].verdict == Verdict::undefined);
  CHECK(compare({}, {}).empty());
  CHECK(compare({{"empty", {}}}, {}).front().findings.empty());
}

}  // namespace
}  // namespace scruple::fairness
