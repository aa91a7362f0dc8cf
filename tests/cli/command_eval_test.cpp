#include "program.h"

namespace scruple::test {

TEST_CASE("eval prints a value as JSON") {
  struct Row {
    const char* expression;
    const char* json;
  };
  const Row rows[] = {
      {"1 + 2", "3"},
      {"'a' + 'b'", "\"ab\""},
      {"[1, 2.5, true, null]", "[\n  1,\n  2.5,\n  true,\n  null\n]"},
      {"{'a': {'b': []}}", "{\n  \"a\": {\n    \"b\": []\n  }\n}"},
      {"today", "\"2026-01-05\""},
      {"date('2026-03-01') - today", "\"55 days\""},
      {"duration('90m')", "\"1 hour 30 minutes\""},
      {"timestamp('2026-03-01T09:30:00Z')", "\"2026-03-01T09:30:00Z\""},
      {"optional.none()", "null"},
      {"optional.of(7)", "7"},
      {"manifest.campaign.id", "\"spring\""},
      {"manifest.campaign.launch_date", "\"2026-03-01\""},
      {"manifest.assets[0].path", "\"mail.txt\""},
      {"reference_day", "\"2026-03-01\""},
      {"file('mail.txt')", "\"mail.txt\""},
      {"manifest.assets.map(a, a.id)", "[\n  \"mail\"\n]"},
      {"'\\u001b\\u202e'", "\"\\u001b\\u202e\""},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    Program program;
    program.files.add("/campaign.yaml", campaign_head +
                                            "campaign: {id: spring, launch_date: 2026-03-01}\n"
                                            "assets: [{id: mail, path: mail.txt}]\n");
    program.files.add("/mail.txt", "Hello");
    const test::Outcome outcome = program.run({"eval", row.expression, "/campaign.yaml"});
    CHECK(outcome.code == 0);
    CHECK(outcome.err.empty());
    CHECK(outcome.out == std::string(row.json) + "\n");
  }
}

TEST_CASE("eval shows a manifest as rules read it") {
  Program program;
  program.files.add("/organization.yaml", organization_head + "organization: {name: Example}\ndata: {laws: [gdpr]}\n");
  program.files.add("/campaign.yaml", campaign_head +
                                          "organization: organization.yaml\ncampaign: {id: spring, owner: TBD}\n"
                                          "asset_defaults: {kind: email}\nassets: [{id: mail}]\n");
  const test::Outcome outcome = program.run({"eval", "manifest", "/campaign.yaml"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out, Catch::Contains("\"name\": \"Example\"") && Catch::Contains("\"gdpr\"") &&
                              Catch::Contains("\"kind\": \"email\""));
}

TEST_CASE("eval shows the type that a rule would be checked with") {
  struct Row {
    const char* expression;
    const char* type;
  };
  const Row rows[] = {
      {"manifest.assets.map(a, a.id)", "list(string)"},
      {"manifest.campaign.launch_date", "timestamp"},
      {"size(manifest.assets) > 1", "bool"},
      {"[1, 2.5]", "list(dyn)"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    Program program;
    program.files.add("/campaign.yaml", nameless_campaign);
    const test::Outcome outcome = program.run({"eval", "--type", row.expression, "/campaign.yaml"});
    INFO(outcome.err);
    CHECK(outcome.code == 0);
    CHECK(outcome.out == std::string(row.type) + "\n");
  }
  Program program;
  program.files.add("/campaign.yaml", nameless_campaign);
  const test::Outcome outcome = program.run({"eval", "--type", "manifest.asets", "/campaign.yaml"});
  CHECK(outcome.code == 2);
  CHECK_THAT(outcome.err, Catch::Contains("assets"));
}

TEST_CASE("eval evaluates on each document of a stream") {
  Program program;
  program.files.add("/campaign.yaml",
                    campaign_head + "campaign: {id: a}\n---\n" + campaign_head + "campaign: {id: b}\n");
  CHECK(program.run({"eval", "manifest.campaign.id", "/campaign.yaml"}).out == "\"a\"\n\"b\"\n");
}

TEST_CASE("an evaluation error is exit 1, a mistake in the expression exit 2, both with a caret") {
  struct Row {
    const char* expression;
    int code;
    const char* says;
    const char* marked;  // the marker begins below this
  };
  const Row rows[] = {
      {"1 +", 2, "", nullptr},
      {"1 + nme", 2, "nme", "nme"},
      {"sise([])", 2, "sise", "sise"},
      {"1 + 2 / 0", 1, "division by zero", "2 / 0"},
      {"'a' == 'b' && int('x') == 1 || int('y') == 2", 1, "\"y\"", "int('y')"},
      {"manifest.campaign.owner", 1, "owner", nullptr},
      {"{'a': 1}.b", 1, "b", nullptr},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    Program program;
    program.files.add("/campaign.yaml", nameless_campaign);
    const test::Outcome outcome = program.run({"eval", row.expression, "/campaign.yaml"});
    CHECK(outcome.code == row.code);
    CHECK(outcome.out.empty());
    INFO(outcome.err);
    CHECK_THAT(outcome.err, Catch::Contains(row.says));
    CHECK_THAT(outcome.err, Catch::Contains(row.expression));
    if (row.marked == nullptr) continue;
    std::istringstream lines(outcome.err);
    std::size_t column = std::string::npos;
    bool found = false;
    for (std::string line; std::getline(lines, line);) {
      if (line.find(row.expression) != std::string::npos && column == std::string::npos) {
        const auto begin = line.find(row.expression) + std::string_view(row.expression).find(row.marked);
        column = count_code_points(line.substr(0, begin));
      } else if (column != std::string::npos) {
        const auto marker = line.find_first_of("^") != std::string::npos ? line.find("^") : line.find("━");
        if (marker != std::string::npos && !found) {
          found = true;
          CHECK(count_code_points(line.substr(0, marker)) == column);
        }
      }
    }
    CHECK(found);
  }
}

TEST_CASE("without a file there is no manifest") {
  CHECK(Program{}.run({"eval", "[1, 2].exists(x, x > 1)"}).out == "true\n");
  CHECK(Program{}.run({"eval", "today", "--today", "2026-03-01"}).out == "\"2026-03-01\"\n");
  const test::Outcome outcome = Program{}.run({"eval", "manifest.campaign"});
  CHECK(outcome.code == 2);
  CHECK_THAT(outcome.err, Catch::Contains("manifest"));
}

TEST_CASE("a file that cannot be read") {
  Program program;
  program.files.add("/campaign.yaml", "scruple: [1\n");
  const test::Outcome outcome = program.run({"eval", "1", "/campaign.yaml"});
  CHECK(outcome.code == 1);
  CHECK_THAT(outcome.err, Catch::Contains("campaign.yaml:"));
}

TEST_CASE("errors on several documents are all told") {
  Program program;
  program.files.add("/campaign.yaml",
                    campaign_head + "campaign: {id: a, name: A}\n---\n" + campaign_head + "campaign: {id: b}\n");
  const test::Outcome outcome = program.run({"eval", "manifest.campaign.name", "/campaign.yaml"});
  CHECK(outcome.code == 1);
  CHECK(outcome.out == "\"A\"\n");
  CHECK(!outcome.err.empty());
}

TEST_CASE("expressions from standard input, one a line") {
  Program program;
  program.files.add("/campaign.yaml", nameless_campaign);
  program.input = "# remarks are passed over\n\nmanifest.campaign.id\n1 +\n  1 / 0\n[1, 2]\n";
  const test::Outcome outcome = program.run({"eval", "-", "/campaign.yaml"});
  // A mistake in one does not end the others.
  CHECK(outcome.code == 2);
  CHECK(outcome.out == "\"spring\"\n[\n  1,\n  2\n]\n");
  CHECK_THAT(outcome.err, Catch::Contains("1 / 0") && Catch::Contains("division by zero"));
  program.input = "1 / 0\ntrue\n";
  CHECK(program.run({"eval", "-"}).code == 1);
  program.input = "true\n";
  CHECK(program.run({"eval", "-"}).code == 0);
}

TEST_CASE("a trace shows the value of each part") {
  Program program;
  program.files.add("/campaign.yaml", campaign_head +
                                          "campaign: {id: spring}\n"
                                          "assets: [{id: mail, kind: email}, {id: page, kind: landing_page}]\n");
  const test::Outcome outcome = program.run(
      {"eval", "--trace", "manifest.assets.all(a, a.kind == \"email\" || size(a.id) > 5)", "/campaign.yaml"});
  CHECK(outcome.code == 0);
  CHECK(outcome.err.empty());
  CHECK(outcome.out == R"(manifest.assets.all(a, a.kind == "email" || size(a.id) > 5) is false
  manifest.assets is [assets[mail], assets[page]]  at assets
  a.kind == "email" || size(a.id) > 5 is true  (element 1: assets[mail])
    a.kind == "email" is true
      a.kind is "email"  at assets[mail].kind
  a.kind == "email" || size(a.id) > 5 is false  (element 2: assets[page])
    a.kind == "email" is false
      a.kind is "landing_page"  at assets[page].kind
    size(a.id) > 5 is false
      size(a.id) is 4
        a.id is "page"  at assets[page].id
)");
  // An error is shown where it arose, and told as ever.
  const test::Outcome failed = program.run({"eval", "--trace", "1 + 1 / 0 > 2"});
  CHECK(failed.code == 1);
  CHECK_THAT(failed.out, Catch::Contains("  1 / 0 is an error: a division by zero\n"));
  CHECK_THAT(failed.err, Catch::Contains("a division by zero"));
}

}  // namespace scruple::test
