#include "evidence/wording.h"

#include "catch.h"

using namespace scruple::evidence;

TEST_CASE("Kept wording is counted in runs of five words") {
  const auto share = [](std::string_view text, std::string_view other) { return kept_share(text, other).value_or(-1); };
  CHECK(share("one two three four five", "ONE two, three – four  five!") == 1);
  CHECK(share("one two three four five six seven eight nine ten", "zero one two three four five") == 0.5);
  CHECK(share("one two three four five", "one two three four six") == 0);
  CHECK(share("a b c d e f g h i j", "f g h i j and a b c d e") == 1);
  CHECK(share("a b c d e f", "x a b c d e f x") == 1);
  CHECK_FALSE(kept_share("one two three four", "one two three four"));
  CHECK_FALSE(kept_share("", ""));
}
