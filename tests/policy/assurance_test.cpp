#include "policy/assurance.h"

#include "bench.h"

namespace scruple::policy {

TEST_CASE("the most that a pass can rest on is told from the expressions of a rule") {
  struct Row {
    const char* body;
    Assurance wanted;
  };
  const Row rows[] = {
      {"for: asset in manifest.assets\nrequire: asset.kind == 'email'\n", Assurance::declared},
      {"for: asset in manifest.assets\nrequire: asset.reviewed_on <= today\n", Assurance::computed},
      {"for: asset in manifest.assets\nrequire: file(asset.path).exists\n", Assurance::declared},
      {"for: asset in manifest.assets\nrequire: file(asset.path).text.contains('a')\n", Assurance::verified},
      {"for: asset in manifest.assets\nrequire: file(asset.path).document.words > 5\n", Assurance::verified},
      {"for: asset in manifest.assets\nrequire: file(asset.path).mail.one_click\n", Assurance::verified},
      {"for: asset in manifest.assets\nlet: {copy: file(asset.path).html}\nrequire: copy.visible_text != ''\n",
       Assurance::verified},
      {"for: asset in manifest.assets\nrequire:\n  - file(asset.path).text != ''\n  - asset.kind == 'email'\n",
       Assurance::declared},
  };
  for (const Row& row : rows) {
    INFO(row.body);
    const PolicySet policies = test::policies_of(test::one_rule(row.body));
    REQUIRE(policies.packs().size() == 1);
    const CompiledPack& pack = *policies.packs().front();
    CHECK(best_assurance(pack, pack.tables().rules.front()) == row.wanted);
  }
}

}  // namespace scruple::policy
