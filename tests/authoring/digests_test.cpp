#include "authoring/digests.h"

#include "catch.h"

#include <memory>

using namespace scruple;
using namespace scruple::authoring;

namespace {

constexpr const char* sha_a = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
constexpr const char* sha_b = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d";

DigestReport digests_of(const std::string& approvals) {
  const std::string text =
      "assets:\n"
      "  - {id: a, path: a.html}\n"
      "  - {id: b, path: b.html}\n"
      "  - {id: gone, path: gone.html}\n"
      "  - {id: bare}\n"
      "  - {id: bot, greeting_path: a.html}\n"
      "oversight:\n  approvals:" +
      approvals;
  MemoryFileSystem files;
  files.add("/work/a.html", "a");
  files.add("/work/b.html", "b");
  evidence::Store store(files, "/work");
  Diagnostics diagnostics;
  const auto documents =
      read_yaml(std::make_shared<const Source>("campaign.yaml", text), DocumentLimits{}, diagnostics);
  REQUIRE(diagnostics.empty());
  return read_digests(documents.at(0), [&](const std::string& path) { return store.open("/work", ".", path); });
}

}  // namespace

TEST_CASE("what is recorded is compared with what is there") {
  const auto report = digests_of(
      "\n    - assets: [a, b, gone, bare, other, bot]\n      by: ada\n      on: 2026-03-01\n      digests:\n        "
      "a: " +
      std::string("CA978112CA1BBDCAFAC231B39A23DC4DA786EFF8147C4E72B9807785AFEE48BB") + "\n        b: " + sha_a + "\n");
  REQUIRE(report.approvals.size() == 1);
  const auto& files = report.approvals[0].files;
  REQUIRE(files.size() == 6);
  CHECK(report.approvals[0].by == "ada");
  CHECK(files[0].state == CoveredFile::State::matches);
  CHECK(files[1].state == CoveredFile::State::differs);
  CHECK(files[1].actual == sha_b);
  CHECK(files[2].state == CoveredFile::State::unreadable);
  CHECK(files[3].problem == "the asset names no file");
  CHECK(files[4].problem == "there is no asset of this id");
  CHECK(files[5].actual == sha_a);
  CHECK(report.unapproved.empty());
}

TEST_CASE("a later approval on the same behalf takes the place of an earlier one") {
  const auto report = digests_of(
      "\n    - {assets: [a], by: ada, role: legal, on: 2026-03-01}\n    - {assets: [a], by: ben, role: legal, on: "
      "2026-03-02}\n    - {assets: [a], by: cleo, role: marketing, on: 2026-02-01}\n");
  REQUIRE(report.approvals.size() == 3);
  CHECK(report.approvals[0].files[0].state == CoveredFile::State::superseded);
  CHECK(report.approvals[1].files[0].state == CoveredFile::State::not_recorded);
  CHECK(report.approvals[2].files[0].state == CoveredFile::State::not_recorded);
  CHECK(report.unapproved == std::vector<std::string>{"b", "bare", "bot", "gone"});
}

TEST_CASE("approvals that are no list of maps are no approvals") {
  for (const char* text : {"", " 3", " []", " {a: b}", "\n    - ada\n    - [a]"}) {
    INFO(text);
    CHECK(digests_of(text).approvals.empty());
  }
}
