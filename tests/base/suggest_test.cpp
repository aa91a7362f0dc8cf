#include "base/suggest.h"

#include "catch.h"

#include <string>
#include <string_view>
#include <vector>

using namespace scruple;

TEST_CASE("the nearest name is suggested, and nothing far-fetched") {
  const std::vector<std::string> names{"launch_date", "end_date", "owner", "status"};
  CHECK(nearest("lanch_date", names) == "launch_date");
  CHECK(nearest("launch-date", names) == "launch_date");
  CHECK(nearest("Owner", names) == "owner");
  CHECK(nearest("ownre", names) == "owner");
  CHECK(nearest("budget", names).empty());
  CHECK(nearest("", names).empty());
  CHECK(nearest(std::string(10'000, 'x'), names).empty());
}

TEST_CASE("a short list is shown where nothing is near") {
  const std::string_view names[] = {"red", "green"};
  CHECK(did_you_mean("gren", names) == "did you mean `green`?");
  CHECK(did_you_mean("violet", names) == "there are `red` and `green`");
}
