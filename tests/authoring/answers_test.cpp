#include "authoring/answers.h"

#include "builtin/builtin.h"
#include "catch.h"

using namespace scruple;
using namespace scruple::authoring;

TEST_CASE("an answer that the format does not have is explained") {
  const schema::Schema schema(builtin::manifest_schema());
  struct Row {
    const char* field;
    const char* word;
    const char* says;  // null: it will do
  };
  const Row rows[] = {{"channels", "email", nullptr},
                      {"channels", "emial", "did you mean `email`?"},
                      {"channels", "newsletter", "`newsletter` is no channel"},
                      {"markets", "DE", nullptr},
                      {"markets", "US-CA", nullptr},
                      {"markets", "Germany", "did you mean `DE`?"},
                      {"markets", "de", "did you mean `DE`?"},
                      {"markets", "Atlantis", "write a code such as"},
                      {"languages", "en-GB", nullptr},
                      {"languages", "english", "did you mean `en`?"},
                      {"languages", "de_AT", "did you mean `de-AT`?"},
                      {"languages", "x\x1b[31m", "\\x1b"}};
  for (const Row& row : rows) {
    INFO(row.field << ": " << row.word);
    const auto problem = answer_problem(schema, row.field, row.word);
    CHECK(problem.has_value() == (row.says != nullptr));
    if (problem && row.says != nullptr) CHECK(problem->find(row.says) != std::string::npos);
  }
}

TEST_CASE("an unknown channel is answered with all there are") {
  const schema::Schema schema(builtin::manifest_schema());
  const auto problem = answer_problem(schema, "channels", "billboard in Hamburg");
  REQUIRE(problem);
  for (const auto channel :
       schema.values(schema.type(schema.property(schema.definition("campaign"), "channels")->type).items))
    CHECK(problem->find(channel) != std::string::npos);
}

TEST_CASE("a text becomes an id") {
  struct Row {
    const char* text;
    const char* id;
  };
  const Row rows[] = {{"Spring mail", "spring-mail"},
                      {"Frühling & Meer", "fruhling-meer"},
                      {"  Été 2026!  ", "ete-2026"},
                      {"2026", "otherwise"},
                      {"", "otherwise"},
                      {"春のメール", "otherwise"},
                      {"\xff\xfe", "otherwise"},
                      {"a/../../b", "a-b"},
                      {"spring.de", "spring-de"}};
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(id_from(row.text, "otherwise") == row.id);
  }
  CHECK(id_from(std::string(1000, 'a'), "x").size() == 40);
}
