#include "fairness/significance.h"

#include "near.h"

#include "fairness/distributions.h"
#include "fairness/integer.h"

#include "catch.h"

#include <algorithm>

namespace scruple::fairness {
namespace {

TEST_CASE("significance: pooled z") {
  CHECK(near(pooled_z({"Black", 12, 40, {}}, {"White", 48, 80, {}}), -3.0983866769659336, 1e-14));
  CHECK(near(pooled_z({"b", 499'999'000'000, most_people, {}}, {"a", 500'000'000'000, most_people, {}}),
             -1.4142135623738021, 1e-13));
  CHECK_FALSE(pooled_z({"a", 0, 9, {}}, {"b", 0, 9, {}}));
  CHECK_FALSE(pooled_z({"a", 9, 9, {}}, {"b", 5, 5, {}}));
}

TEST_CASE("significance: Fisher's test as R prints it") {
  struct Row {
    std::int64_t n, all, n_ref, all_ref;
    double p;
  };
  const Row rows[] = {
      {1, 4, 3, 4, 34.0 / 70},  // the lady with the tea, three of four right
      {0, 4, 4, 4, 2.0 / 70},   // all of them
      {1, 12, 9, 12, 0.0027594561852200836},
      {14, 50, 27, 50, 0.0142290651102784},  // the opposite tail is as likely, and counts
      {0, 50, 0, 50, 1},
      {50, 50, 50, 50, 1},
      {1, 10, 3, 20, 1},
      {89, 108, 512, 825, 1.669189328389108e-05},
      {557, 1835, 1198, 2691, 4.835903179337354e-22},
  };
  for (const Row& row : rows) {
    CAPTURE(row.n, row.all, row.n_ref, row.all_ref);
    CHECK(near(fisher_p({"a", row.n, row.all, {}}, {"b", row.n_ref, row.all_ref, {}}), row.p, 1e-11));
    CHECK(near(fisher_p({"b", row.n_ref, row.all_ref, {}}, {"a", row.n, row.all, {}}), row.p, 1e-11));
  }
}

// All tables of small groups, by adding up whole numbers.
TEST_CASE("significance: Fisher's test by enumeration") {
  const auto choose = [](std::int64_t n, std::int64_t k) {
    Integer result = 1;
    for (std::int64_t i = 1; i <= k; ++i) result = result * (n - k + i) / i;
    return result;
  };
  for (std::int64_t first = 1; first <= 9; ++first) {
    for (std::int64_t second = 1; second <= 9; ++second) {
      for (std::int64_t a = 0; a <= first; ++a) {
        for (std::int64_t b = 0; b <= second; ++b) {
          const Integer observed = choose(first, a) * choose(second, b);
          Integer as_unlikely = 0;
          Integer all = 0;
          for (std::int64_t k = std::max<std::int64_t>(0, a + b - second); k <= std::min(first, a + b); ++k) {
            const Integer weight = choose(first, k) * choose(second, a + b - k);
            all += weight;
            if (weight <= observed) as_unlikely += weight;
          }
          CAPTURE(first, second, a, b);
          CHECK(near(fisher_p({"a", a, first, {}}, {"b", b, second, {}}),
                     static_cast<double>(real(as_unlikely) / real(all)), 1e-13));
        }
      }
    }
  }
}

TEST_CASE("significance: Fisher's test ends soon, however many people") {
  // With an expected cell below five, and with none: the normal tail is then as good.
  CHECK(near(fisher_p({"a", 0, 1'000'000, {}}, {"b", 9, 1'000'000, {}}), 0.00390625, 1e-4));
  const Group a{"a", 499'999'000'000, most_people, {}};
  const Group b{"b", 500'000'000'000, most_people, {}};
  CHECK(near(fisher_p(a, b), normal_p(*pooled_z(a, b)), 1e-5));
  CHECK(fisher_p({"a", 1'000'000'000, most_people, {}}, b) == 0);
  CHECK(fisher_p(b, b) == 1);
}

TEST_CASE("significance: few expected people ask for Fisher's test") {
  CHECK(significance({"a", 1, 10, {}}, {"b", 3, 20, {}}).method == Method::fisher);
  const Group ten_of_24{"men", 1, 12, {}};
  CHECK(smallest_expected(ten_of_24, {"women", 9, 12, {}}) == 5);
  CHECK(significance(ten_of_24, {"women", 9, 12, {}}).method == Method::z);  // five is enough
  CHECK(significance({"a", 0, 50, {}}, {"b", 0, 50, {}}).p == 1);
}

TEST_CASE("significance: all groups at once") {
  // R: prop.test(c(83, 90, 129, 70), c(86, 93, 136, 82))
  const Groups smokers = {{"1", 83, 86, {}}, {"2", 90, 93, {}}, {"3", 129, 136, {}}, {"4", 70, 82, {}}};
  const auto found = chi_square(smokers, {true, true, true, true});
  REQUIRE(found);
  CHECK(near(found->statistic, 12.600411297127632));
  CHECK(found->degrees_of_freedom == 3);
  CHECK(near(found->p, 0.005585476661627041));
  CHECK(chi_square(smokers, {true, true, false, false})->degrees_of_freedom == 1);
  CHECK_FALSE(chi_square(smokers, {true, false, false, false}));
  CHECK_FALSE(chi_square({{"a", 0, 9, {}}, {"b", 0, 9, {}}}, {true, true}));
}

TEST_CASE("significance: Holm steps down") {
  const PValues adjusted = holm({0.01, 0.04, 0.03, 0.005});
  const double expected[] = {0.03, 0.06, 0.06, 0.02};
  for (std::size_t i = 0; i < 4; ++i) CHECK(near(adjusted[i], expected[i]));
  // What could not be tested does not count, nothing exceeds 1, and nothing is less than what came before.
  const PValues gaps = holm({0.5, std::nullopt, 0.02, 0.02, 1.0, 0.3, 0.0});
  CHECK(gaps[1] == std::nullopt);
  CHECK(near(gaps[2], 0.1));
  CHECK(near(gaps[3], 0.1));
  CHECK(gaps[4] == 1.0);
  CHECK(gaps[0] == 1.0);
  CHECK(near(gaps[5], 0.9));
  CHECK(gaps[6] == 0.0);
  CHECK(holm({}).empty());
}

}  // namespace
}  // namespace scruple::fairness
