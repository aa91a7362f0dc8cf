#include "fairness/representation.h"

#include "near.h"

#include "catch.h"

namespace scruple::fairness {
namespace {

std::vector<std::string_view> presences(const std::vector<Represented>& groups,
                                        const RepresentationCriteria& criteria = {}) {
  const auto found = represent(groups, criteria);
  REQUIRE(found);
  std::vector<std::string_view> names;
  for (const RepresentationFinding& finding : found->findings) names.push_back(name(finding.presence));
  return names;
}

TEST_CASE("representation: each way that it can end") {
  using Names = std::vector<std::string_view>;
  const Fraction half = *parse_fraction("0.5");
  CHECK(presences({{"a", half, 500}, {"b", half, 500}}) == Names{"represented", "represented"});
  CHECK(presences({{"a", half, 700}, {"b", half, 300}}) == Names{"represented", "under"});
  CHECK(presences({{"a", half, 18}, {"b", half, 12}}) == Names{"represented", "represented"});  // 0.8 exactly
  CHECK(presences({{"a", half, 19}, {"b", half, 12}}) == Names{"represented", "chance"});
  CHECK(presences({{"a", half, 20}, {"b", half, 5}}) == Names{"too_few", "too_few"});
  CHECK(presences({{"a", *parse_fraction("0.97"), 100}, {"b", *parse_fraction("0.03"), 0}}) ==
        Names{"represented", "too_few"});  // three expected
  CHECK(presences({{"a", *parse_fraction("0.995"), 1000}, {"b", *parse_fraction("0.005"), 0}}) ==
        Names{"represented", "not_judged"});
  RepresentationCriteria both;
  both.most = *parse_fraction("1.25");
  CHECK(presences({{"a", half, 700}, {"b", half, 300}}, both) == Names{"over", "under"});
  CHECK(presences({{"a", {0, 1}, 700}, {"b", half, 700}}) == Names{"not_judged", "under"});
}

TEST_CASE("representation: one person more or less at the line") {
  // 0.8 of a tenth of 10,000 is 800.
  const std::vector<Represented> at_line = {{"a", {9, 1}, 9200}, {"b", {1, 1}, 800}};
  CHECK(presences(at_line)[1] == "represented");
  const std::vector<Represented> below = {{"a", {9, 1}, 9201}, {"b", {1, 1}, 799}};
  CHECK(presences(below)[1] == "under");
  const auto found = represent(below, {});
  CHECK(found->observed == 10000);
  CHECK(found->findings[1].missing == 1);
  CHECK(near(found->findings[1].ratio, 0.799));
  CHECK(near(found->findings[1].observed_share, 0.0799));
}

TEST_CASE("representation: what cannot be compared") {
  CHECK_FALSE(represent({}, {}));
  CHECK_FALSE(represent({{"a", {0, 1}, 5}}, {}));
  CHECK_FALSE(represent({{"a", {1, 1}, -1}}, {}));
  CHECK_FALSE(represent({{"a", {1, 3}, 5}}, {}));  // no decimal
  const auto nobody = represent({{"a", {1, 1}, 0}, {"b", {1, 1}, 0}}, {});
  REQUIRE(nobody);
  CHECK_FALSE(nobody->findings[0].observed_share);
  CHECK(nobody->findings[0].presence == Presence::too_few);
}

}  // namespace
}  // namespace scruple::fairness
