#include "program.h"

#include <nlohmann/json.hpp>

namespace scruple::test {

TEST_CASE("rules are listed for people") {
  Program program = with_house_pack();
  const test::Outcome outcome = program.run({"rules", "--pack", "/house.yaml"});
  CHECK(outcome.code == 0);
  CHECK(outcome.err.empty());
  CHECK_THAT(outcome.out, Catch::Contains("house/rule") && Catch::Contains("It is as it should be") &&
                              Catch::Contains("transparency/ai-content-disclosed"));
}

TEST_CASE("rules are listed for programs") {
  Program program = with_house_pack();
  const auto listed = nlohmann::json::parse(program.run({"rules", "--pack", "/house.yaml", "--format", "json"}).out);
  const std::string text = listed.dump();
  for (const char* field : {"\"id\":\"house/rule\"", "\"severity\":\"error\"", "\"level\":\"essential\"",
                            "\"gate\":\"assess\"", "\"scope\":\"campaign\"", "\"ask\":\"marketing\""}) {
    INFO(field);
    CHECK(text.find(field) != std::string::npos);
  }
}

}  // namespace scruple::test
