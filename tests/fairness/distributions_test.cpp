#include "fairness/distributions.h"

#include "near.h"

#include "catch.h"

namespace scruple::fairness {
namespace {

TEST_CASE("distributions: tails of the normal distribution, also far out") {
  CHECK(normal_p(0) == 1);
  CHECK(near(normal_p(1.959963984540054), 0.05));
  CHECK(near(normal_p(-1.959963984540054), 0.05));
  CHECK(near(normal_p(8.3), 1.0414439e-16, 1e-6));
  CHECK(near(normal_p(30), 9.81e-198, 1e-3));
}

TEST_CASE("distributions: quantiles") {
  CHECK(near(normal_quantile(0.90), 1.644853626951472, 1e-14));
  CHECK(near(normal_quantile(0.95), 1.959963984540054, 1e-14));
  CHECK(near(normal_quantile(0.99), 2.5758293035489, 1e-13));
  CHECK(near(normal_quantile(0.5), 0.674489750196082, 1e-13));
}

TEST_CASE("distributions: tails of the chi-square distribution") {
  struct Row {
    double x;
    std::int64_t degrees;
    double p;
  };
  const Row rows[] = {{0, 1, 1},
                      {3.841458820694124, 1, 0.05},
                      {5.991464547107979, 2, 0.05},
                      {7.814727903251179, 3, 0.05},
                      {18.307038053275146, 10, 0.05},
                      {124.34211340400407, 100, 0.05},
                      {233.99426889002427, 200, 0.05},
                      {1074.679449, 1000, 0.05}};
  for (const Row& row : rows) {
    CAPTURE(row.x, row.degrees);
    CHECK(near(chi_square_p(row.x, row.degrees), row.p, 1e-6));
  }
  CHECK(near(chi_square_p(1600, 200), 6.67e-217, 0.05));  // exp(-800) alone is no double
}

}  // namespace
}  // namespace scruple::fairness
