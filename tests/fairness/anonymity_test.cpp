#include "fairness/anonymity.h"

#include "near.h"

#include "catch.h"

namespace scruple::fairness {
namespace {

TEST_CASE("anonymity: the table of Sweeney (2002)") {
  const std::vector<std::string> f65 = {"Black", "1965", "f"};
  const std::vector<std::string> f64 = {"Black", "1964", "f"};
  const std::vector<std::string> m65 = {"Black", "1965", "m"};
  const std::vector<std::string> m64 = {"White", "1964", "m"};
  const std::vector<std::string> m67 = {"White", "1967", "m"};
  const Anonymity found = anonymity({{m65, "short breath"},
                                     {m65, "chest pain"},
                                     {f65, "hypertension"},
                                     {f65, "hypertension"},
                                     {f64, "obesity"},
                                     {f64, "chest pain"},
                                     {m64, "chest pain"},
                                     {m64, "obesity"},
                                     {m64, "short breath"},
                                     {m67, "chest pain"},
                                     {m67, "chest pain"}},
                                    3);
  CHECK(found.records == 11);
  CHECK(found.classes == 5);
  CHECK(found.k == 2);
  CHECK(found.l_distinct == 1);  // two women born in 1965, and both have it
  CHECK(near(found.l_entropy, 1));
  CHECK(near(found.t_closeness, 9.0 / 11));
  CHECK(near(found.unique_share, 0));
  CHECK(near(found.share_below_k, 8.0 / 11));
  CHECK(near(found.max_risk, 0.5));
  CHECK(near(found.average_risk, 5.0 / 11));
}

TEST_CASE("anonymity: values are compared as they are") {
  const Anonymity found = anonymity({{{"N1", ""}, "a"}, {{"n1", ""}, "b"}, {{"N1", ""}, "b"}, {{"", "N1"}, "b"}}, 5);
  CHECK(found.classes == 3);
  CHECK(found.k == 1);
  CHECK(near(found.unique_share, 0.5));
  CHECK(near(found.share_below_k, 1));
}

TEST_CASE("anonymity: nothing is said of no records") {
  const Anonymity found = anonymity({}, 5);
  CHECK(found.records == 0);
  CHECK(found.classes == 0);
  CHECK_FALSE(found.k);
  CHECK_FALSE(found.l_entropy);
  CHECK_FALSE(found.share_below_k);
  CHECK_FALSE(found.max_risk);
}

}  // namespace
}  // namespace scruple::fairness
