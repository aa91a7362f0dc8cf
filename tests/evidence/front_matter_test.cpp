#include "evidence/front_matter.h"

#include "catch.h"
#include "facts.h"

namespace scruple::evidence {

TEST_CASE("the front matter of a model card") {
  const auto facts = front_matter(
      source_of("---\nlicense: apache-2.0\ntags: [ads, scoring]\nmodel-index:\n- name: fern\n---\n# Fern\n",
                "README.md"),
      {});
  REQUIRE(facts);
  CHECK(fact(**facts, "license") == "apache-2.0");
  CHECK(fact(**facts, "tags[1]") == "scoring");
  CHECK(place(**facts, "license") == "2:10");
  CHECK(place(**facts, "model-index[0].name") == "5:9");
  CHECK(front_matter(source_of("\xEF\xBB\xBF---\r\na: 1\r\n...\r\nText"), {}));
}

TEST_CASE("a file without front matter, and with one that is no YAML") {
  for (const char* text : {"# Fern\n---\na: 1\n---\n", "---\na: 1\n", "", "--- a\n---\n", "text"}) {
    INFO(text);
    const auto facts = front_matter(source_of(text, "card.md"), {});
    REQUIRE(!facts);
    CHECK(facts.problem().kind == Problem::Kind::absent);
    CHECK(facts.problem().message == "`card.md` has no front matter.");
  }
  const auto broken = front_matter(source_of("---\na: \"x\nb: 2\n---\n", "card.md"), {});
  REQUIRE(!broken);
  CHECK(broken.problem().kind == Problem::Kind::malformed);
  CHECK(broken.problem().location);
}

}  // namespace scruple::evidence
