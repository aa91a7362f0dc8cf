#include "fairness/strata.h"

#include "near.h"

#include "catch.h"

namespace scruple::fairness {
namespace {

Stratum stratum(std::int64_t n_a, std::int64_t a, std::int64_t n_b, std::int64_t b) {
  return {"", {"a", n_a, a, {}}, {"b", n_b, b, {}}};
}

TEST_CASE("strata: Berkeley 1973, where the gap turns round within departments") {
  const Stratified found =
      stratify({stratum(512, 825, 89, 108), stratum(353, 560, 17, 25), stratum(120, 325, 202, 593),
                stratum(138, 417, 131, 375), stratum(53, 191, 94, 393), stratum(22, 373, 24, 341)});
  CHECK(near(found.aggregate_difference, 0.14164542824654186));
  CHECK(near(found.aggregate_ratio, 1.4666415813867222));
  CHECK(near(found.risk_difference, -0.018425196190852512));
  CHECK(near(found.odds_ratio, 0.904696828258623));  // R: mantelhaen.test
  REQUIRE(found.test);
  CHECK(near(found.test->chi_square, 1.5246066604434416));
  CHECK(near(found.corrected_test->chi_square, 1.4269462285866943));
  CHECK(near(found.corrected_test->p, 0.23226346281704718));
  CHECK(found.reversal == true);
  CHECK(near(found.stratum_difference[0], -0.20346801346801346));
}

TEST_CASE("strata: what is missing in a stratum") {
  // A group that has nobody in a stratum says nothing of the difference there.
  const Stratified found = stratify({stratum(5, 10, 0, 0), stratum(6, 10, 3, 10)});
  CHECK_FALSE(found.stratum_difference[0]);
  CHECK(near(found.risk_difference, 0.3));
  CHECK(near(found.aggregate_difference, 11.0 / 20 - 0.3));
  CHECK(found.reversal == false);

  const Stratified nothing = stratify({stratum(5, 10, 0, 0), stratum(0, 0, 3, 10), stratum(0, 0, 0, 0)});
  CHECK_FALSE(nothing.risk_difference);
  CHECK_FALSE(nothing.test);
  CHECK_FALSE(nothing.reversal);
  CHECK_FALSE(nothing.odds_ratio);

  const Stratified nobody = stratify({stratum(0, 10, 0, 10)});
  CHECK_FALSE(nobody.aggregate_ratio);
  CHECK_FALSE(nobody.test);
  CHECK(nobody.risk_difference == 0);
  CHECK_FALSE(stratify({}).aggregate_difference);
  // One person in each group: a stratum of two, the least that counts.
  CHECK(stratify({stratum(1, 1, 0, 1)}).test);
  CHECK(stratify({stratum(1, 1, 0, 1)}).corrected_test->p == 1);
}

TEST_CASE("strata: differences that cancel exactly are no reversal") {
  // 1/3 and -1/3 within, weighted alike, and a lead in the aggregate.
  const Stratified found = stratify({stratum(2, 3, 1, 3), stratum(1, 3, 2, 3), stratum(1, 1, 0, 0)});
  CHECK(found.risk_difference == 0);
  CHECK(*found.aggregate_difference > 0);
  CHECK(found.reversal == false);
}

}  // namespace
}  // namespace scruple::fairness
