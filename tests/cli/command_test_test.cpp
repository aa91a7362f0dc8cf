#include "program.h"

namespace scruple::test {
namespace {

std::string pack_with_tests(const std::string& tests) {
  return pack_head + "base: {campaign: {scruple: 1, kind: campaign, campaign: {id: spring, name: Spring}}}\n" +
         "rules:\n  - id: rule\n    title: It is as it should be\n    message: It is wrong.\n"
         "    require: manifest.campaign.name != 'Autumn'\n    tests:\n" +
         indented(tests, 6);
}

const std::string good_tests =
    "- pass: as it is\n- fail: another name\n  set: {campaign.name: Autumn}\n  finds: [{at: campaign.name}]\n";

}  // namespace

TEST_CASE("tests of a pack that hold are exit 0") {
  Program program;
  program.files.add("/house.yaml", pack_with_tests(good_tests));
  const test::Outcome outcome = program.run({"test", "/house.yaml"});
  INFO(outcome.out << outcome.err);
  CHECK(outcome.code == 0);
  CHECK(outcome.out == "1 rule in 1 pack: 2 passed, 0 failed\n");
}

TEST_CASE("a case that fails is exit 1, and told with its line") {
  Program program;
  program.files.add("/house.yaml",
                    pack_with_tests(good_tests + "- pass: a wrong hope\n  set: {campaign.name: Autumn}\n"));
  const test::Outcome outcome = program.run({"test", "/house.yaml"});
  CHECK(outcome.code == 1);
  CHECK_THAT(outcome.out, Catch::Contains("house.yaml:17: house/rule, pass: a wrong hope") &&
                              Catch::Contains("expected no finding") && Catch::Contains("2 passed, 1 failed"));
}

TEST_CASE("packs that cannot be tested are exit 2") {
  Program program;
  program.files.add("/house.yaml", pack_head + "rules: []\n");
  CHECK(program.run({"test", "/house.yaml"}).code == 2);
  CHECK(program.run({"test", "/nowhere"}).code == 2);
  program.files.add("/broken.yaml", one_rule("require: nme\n"));
  CHECK(program.run({"test", "/broken.yaml"}).code == 2);
}

TEST_CASE("the built-in packs pass their own tests") {
  const test::Outcome outcome = Program{}.run({"test"});
  INFO(outcome.out << outcome.err);
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out, Catch::Contains("in 4 packs") && Catch::Contains(" 0 failed"));
}

}  // namespace scruple::test
