#include "packs.h"

#include "catch.h"

#include <vector>

using namespace scruple;

namespace {

packtest::TestReport mutate(std::string_view rule, std::string_view define = {}) {
  auto report = test::run_pack({.mutate = true}, rule, define);
  for (const auto& failure : report.failures) FAIL_CHECK(failure.name << ": " << failure.reason);
  for (const auto& problem : report.problems) FAIL_CHECK(problem.message);
  REQUIRE(report.mutation);
  return report;
}

std::vector<std::string> survivors(const packtest::TestReport& report) {
  std::vector<std::string> lines;
  for (const auto& survivor : report.mutation->survivors) {
    lines.push_back(concat(survivor.owner, " ", survivor.location.begin.line, ":", survivor.location.begin.column, " ",
                           survivor.before, " => ", survivor.after));
  }
  return lines;
}

constexpr std::string_view weak_tests = R"(    tests:
      - pass: as it is
      - fail: nothing at all
        set: {"assets[mail].subject": Hello Hello Hello}
        finds: [{at: "assets[mail].subject"}]
)";

}  // namespace

TEST_CASE("what no case notices survives") {
  const auto report =
      mutate(concat("    for: asset in manifest.assets\n    when: asset.kind == \"email\"\n"
                    "    require: size(asset.subject) <= 10\n",
                    weak_tests));
  CHECK(survivors(report) ==
        std::vector<std::string>{"house/rule 19:34 size(asset.subject) <= 10 => size(asset.subject) < 10",
                                 "house/rule 19:37 size(asset.subject) <= 10 => size(asset.subject) <= 11"});
  CHECK(report.exit_code() == 1);
}

TEST_CASE("cases at both sides of a bound kill every change of it") {
  const auto report = mutate(R"(    for: asset in manifest.assets
    when: asset.kind == "email"
    require: size(asset.subject) <= 5
    tests:
      - pass: exactly as long as it may be
      - skip: a page
        set: {"assets[mail].kind": landing_page}
      - fail: one more
        set: {"assets[mail].subject": Hello!}
        finds: [{at: "assets[mail].subject"}]
)");
  CHECK(survivors(report).empty());
  CHECK(report.mutation->killed == report.mutation->mutants);
  CHECK(report.exit_code() == 0);
}

TEST_CASE("every kind of change is made") {
  const auto report = mutate(R"(    let:
      off: manifest.campaign.id == "off"
      other: >
        off || manifest.campaign.markets.exists(m, m == "DE") || has(manifest.campaign.id) ? !off : "x" in ["x", "y"]
    require: [{that: manifest.campaign.owner == "ada" && other, at: manifest.campaign.owner}]
    tests:
      - pass: as it is
      - fail: another
        set: {campaign.owner: eve}
        finds: [{at: campaign.owner}]
)");
  CHECK(
      survivors(report) ==
      std::vector<std::string>{
          R"(house/rule 18:36 manifest.campaign.id == "off" => manifest.campaign.id == "~")",
          R"(house/rule 20:9 off || manifest.campaign.markets.exists(m, m == "DE") || has… => !off)",
          R"(house/rule 20:9 off || manifest.campaign.markets.exists(m, m == "DE") || has… => "x" in ["x", "y"])",
          R"(house/rule 20:9 off => false)",
          R"(house/rule 20:13 off || manifest.campaign.markets.exists(m, m == "DE") => off && manifest.campaign.markets.exists(m, m == "DE"))",
          R"(house/rule 20:16 manifest.campaign.markets.exists(m, m == "DE") => false)",
          R"(house/rule 20:42 manifest.campaign.markets.exists(m, m == "DE") => manifest.campaign.markets.all(m, m == "DE"))",
          R"(house/rule 20:54 m == "DE" => m != "DE")",
          R"(house/rule 20:57 m == "DE" => m == "~")",
          R"(house/rule 20:66 has(manifest.campaign.id) => !(has(manifest.campaign.id)))",
          R"(house/rule 20:66 has(manifest.campaign.id) => false)",
          R"(house/rule 20:101 "x" in ["x", "y"] => !("x" in ["x", "y"]))",
          R"(house/rule 20:101 "x" in ["x", "y"] => "~" in ["x", "y"])",
          R"(house/rule 20:109 "x" => "~")",
          R"(house/rule 20:114 "y" => "~")",
          R"(house/rule 21:58 other => true)",
      });
}

TEST_CASE("a `when` that becomes an alternative is judged whole") {
  const auto report = mutate(R"(    for: asset in manifest.assets
    when: manifest.campaign.status == "built" && asset.kind == "email"
    require: asset.subject == "Hello"
    tests:
      - pass: as it is
      - skip: an idea
        set: {campaign.status: idea, "assets[mail].subject": Bye}
      - skip: a page
        set: {"assets[mail].kind": landing_page, "assets[mail].subject": Bye}
      - fail: another
        set: {"assets[mail].subject": Bye}
        finds: [{at: "assets[mail].subject"}]
)");
  CHECK(survivors(report).empty());
}

TEST_CASE("a change of a definition is noticed by any rule that uses it") {
  const auto report =
      mutate(concat("    for: asset in manifest.assets\n    require: fits(asset) && fits(asset)\n", weak_tests),
             "define:\n  fits: {arguments: [asset], is: size(asset.subject) <= 10}\n");
  CHECK(survivors(report) ==
        std::vector<std::string>{"definition `fits` 14:54 size(asset.subject) <= 10 => size(asset.subject) < 10",
                                 "definition `fits` 14:57 size(asset.subject) <= 10 => size(asset.subject) <= 11",
                                 "house/rule 20:14 fits(asset) => true",
                                 "house/rule 20:26 fits(asset) && fits(asset) => fits(asset) || fits(asset)",
                                 "house/rule 20:29 fits(asset) => true"});
}

TEST_CASE("the name of a group is changed as well") {
  const auto report = mutate(R"(    for: asset in manifest.assets
    let:
      groups: 'file(asset.path).table.group_by(row, {"kind": row.kind}, {"people": int(row.people)})'
    require: groups.all(group, group.kind == "a" && group.people == 3)
    tests:
      - pass: three of a kind
        files: {mail.csv: "kind,people\na,1\na,2\n"}
        set: {"assets[mail].path": mail.csv}
      - fail: another kind
        files: {mail.csv: "kind,people\na,3\nb,3\n"}
        set: {"assets[mail].path": mail.csv}
        finds: [{at: "assets[mail]"}]
      - fail: another number
        files: {mail.csv: "kind,people\na,1\n"}
        set: {"assets[mail].path": mail.csv}
        finds: [{at: "assets[mail]"}]
)");
  CHECK(survivors(report).empty());
}

TEST_CASE("a survivor can be justified, and only a survivor") {
  const auto report =
      mutate(concat("    for: asset in manifest.assets\n"
                    "    require: size(asset.subject) <= 10\n"
                    "    mutants:\n"
                    "      \"size(asset.subject) <= 10 => size(asset.subject) < 10\": no subject has ten\n"
                    "      \"size(asset.subject) <= 10 => size(asset.subject) <= 11\": none has eleven\n"
                    "      \"size(asset.subject) == 10 => true\": there is no such change\n",
                    weak_tests));
  CHECK(survivors(report).empty());
  CHECK(report.mutation->justified == 2);
  REQUIRE(report.mutation->idle.size() == 1);
  CHECK(report.mutation->idle.front().change == "size(asset.subject) == 10 => true");
  CHECK_FALSE(report.mutation->idle.front().noticed);
  CHECK(report.exit_code() == 1);
}
