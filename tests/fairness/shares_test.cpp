#include "fairness/shares.h"

#include "near.h"

#include "catch.h"

namespace scruple::fairness {
namespace {

TEST_CASE("shares: nine rows against thirds") {
  const ShareFigures found = compare_shares({{"Male", 1, 4}, {"Female", 1, 3}, {"Other", 1, 2}});
  CHECK(near(found.total_variation, 1.0 / 9));
  CHECK(near(found.infinity_norm, 1.0 / 9));
  CHECK(near(found.representation_ratio[0], 4.0 / 3));
  CHECK(near(found.min_representation_ratio, 2.0 / 3));
  CHECK(near(found.js_divergence_bits, 0.013813893082605366));
  REQUIRE(found.fit);
  CHECK(near(found.fit->chi_square, 2.0 / 3));
  CHECK(found.fit->degrees_of_freedom == 2);
  CHECK(near(found.fit->p, 0.7165313105737893));
  REQUIRE(found.stability);
  CHECK(near(found.stability->index, 0.07701635339554948));
  CHECK_FALSE(found.stability->floored);
  CHECK_FALSE(found.stability->p);  // the reference is no sample
}

TEST_CASE("shares: a known share, by the court's own count") {
  // Castaneda v. Partida: 339 of 870 jurors from a group that is 79.1% of the people; about 29 standard deviations.
  const ShareFigures found = compare_shares({{"group", 0.791L, 339}, {"others", 0.209L, 531}});
  CHECK(near(found.share_z[0], -29.114940827447487));
  CHECK(near(found.share_p[0], 2.3226726961040345e-186, 1e-9));
  CHECK(near(found.share_z[1], 29.114940827447487));
}

TEST_CASE("shares: empty bins") {
  const ShareFigures found =
      compare_shares({{"a", 500, 480}, {"b", 480, 500}, {"c", 20, 0}, {"d", 0, 20}, {"e", 0, 0}}, {true, 0.0001});
  CHECK(near(found.stability->index, 0.21250591096942206));
  CHECK(found.stability->floored);
  CHECK(near(found.stability->p, 7.024341402646745e-23, 1e-9));  // e counts for nothing
  CHECK_FALSE(found.representation_ratio[3]);
  CHECK_FALSE(found.share_z[3]);
  CHECK(found.min_representation_ratio == 0.0);
  CHECK_FALSE(found.fit);  // somebody where nobody is expected
}

TEST_CASE("shares: an empty side has no figures") {
  for (const Shares& shares : {Shares{{"a", 0, 5}, {"b", 0, 5}}, Shares{{"a", 1, 0}, {"b", 1, 0}}, Shares{}}) {
    const ShareFigures found = compare_shares(shares);
    CHECK_FALSE(found.total_variation);
    CHECK_FALSE(found.min_representation_ratio);
    CHECK_FALSE(found.fit);
    CHECK_FALSE(found.stability);
    CHECK(found.share_z.size() == shares.size());
  }
}

TEST_CASE("shares: a single group has no degree of freedom") {
  const ShareFigures found = compare_shares({{"a", 3, 7}}, {true, 0.0001});
  CHECK(found.total_variation == 0.0);
  CHECK_FALSE(found.share_z[0]);
  CHECK(found.fit->degrees_of_freedom == 0);
  CHECK_FALSE(found.fit->p);
  CHECK_FALSE(found.stability->p);
}

TEST_CASE("shares: the same shares at another size do not differ") {
  const ShareFigures found = compare_shares({{"a", 30, 300'000'000}, {"b", 70, 700'000'000}}, {true, 0.0001});
  CHECK(found.total_variation == 0.0);
  CHECK(found.share_z[0] == 0.0);
  CHECK(found.stability->index == 0.0);
  CHECK(found.stability->p == 1.0);
}

}  // namespace
}  // namespace scruple::fairness
