#include "authoring/digest_writer.h"

#include "catch.h"

#include <memory>

using namespace scruple;
using namespace scruple::authoring;

namespace {

constexpr std::string_view sha_a = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
constexpr std::string_view sha_b = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d";

// `AAA` and `BBB` stand for the digests, so that a table can be read.
std::string with_digests(std::string text) {
  for (const auto& [mark, sha] : {std::pair{"AAA", sha_a}, std::pair{"BBB", sha_b}}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.replace(at, 3, sha);
  }
  return text;
}

FilledManifest fill(const std::string& text, const std::string& name = "campaign.yaml") {
  MemoryFileSystem files;
  files.add("/a", "a");
  files.add("/b", "b");
  evidence::Store store(files, "/");
  Diagnostics diagnostics;
  const auto documents = read_documents(std::make_shared<const Source>(name, text), DocumentLimits{}, diagnostics);
  REQUIRE(diagnostics.empty());
  std::vector<DigestReport> reports;
  for (const Document& document : documents)
    reports.push_back(read_digests(document, [&](const std::string& path) { return store.open("/", ".", path); }));
  return fill_digests(documents, reports);
}

const std::string assets = "assets:\n  - {id: a, path: a}\n  - {id: b, path: b}\noversight:\n  approvals:";

}  // namespace

TEST_CASE("digests are filled in, and nothing else changes") {
  struct Row {
    const char* before;
    const char* after;
  };
  const Row rows[] = {
      // block style
      {"\n    - assets: [a, b]\n      by: ada  # she looked\n",
       "\n    - assets: [a, b]\n      by: ada  # she looked\n      digests:\n        a: AAA\n        b: BBB\n"},
      {"\n    - assets: [a]\n      by: ada", "\n    - assets: [a]\n      by: ada\n      digests:\n        a: AAA"},
      {"\n  - assets:\n    - a\n    - b\n\n  # the end\n",
       "\n  - assets:\n    - a\n    - b\n    digests:\n      a: AAA\n      b: BBB\n\n  # the end\n"},
      {"\n    - assets: [a, b]\n      digests:\n        # old ones\n        a: AAA   # from March\n      on: "
       "2026-03-01\n",
       "\n    - assets: [a, b]\n      digests:\n        # old ones\n        a: AAA   # from March\n        b: BBB\n    "
       "  on: "
       "2026-03-01\n"},
      {"\n    - assets: [a, b]\n      digests:   # by hand\n      on: 2026-03-01\n",
       "\n    - assets: [a, b]\n      digests:   # by hand\n        a: AAA\n        b: BBB\n      on: 2026-03-01\n"},
      {"\n    - assets: [a]\n      digests: ~\n", "\n    - assets: [a]\n      digests: {a: AAA}\n"},
      {"\n    - assets: [a]\n      digests: TBD # soon\n", "\n    - assets: [a]\n      digests: {a: AAA} # soon\n"},
      {"\n    - assets: [a]\n      digests: {}\n", "\n    - assets: [a]\n      digests: {a: AAA}\n"},
      // what is recorded is replaced, in its own quotes
      {"\n    - assets: [a, b]\n      digests: {a: 'BBB', b: \"AAA\"} # both\n",
       "\n    - assets: [a, b]\n      digests: {a: 'AAA', b: \"BBB\"} # both\n"},
      {"\n    - assets: [a, b]\n      digests:\n        a:\n        b: TODO\n",
       "\n    - assets: [a, b]\n      digests:\n        a: AAA\n        b: BBB\n"},
      // flow style
      {"\n    - {assets: [a, b], by: ada}\n", "\n    - {assets: [a, b], by: ada, digests: {a: AAA, b: BBB}}\n"},
      {" [{assets: [a]}, {assets: [b]}]\n", " [{assets: [a], digests: {a: AAA}}, {assets: [b], digests: {b: BBB}}]\n"},
      {"\n    - {assets: [a, b],\n       digests: {a: AAA}}\n",
       "\n    - {assets: [a, b],\n       digests: {a: AAA, b: BBB}}\n"},
      {"\n    - {assets: [a],\n       digests: }\n", "\n    - {assets: [a],\n       digests: {a: AAA} }\n"},
      // history stays
      {"\n    - {assets: [a], on: 2026-01-01, digests: {a: BBB}}\n    - {assets: [a], on: 2026-02-01}\n",
       "\n    - {assets: [a], on: 2026-01-01, digests: {a: BBB}}\n    - {assets: [a], on: 2026-02-01, digests: {a: "
       "AAA}}\n"},
      // nothing to do
      {"\n    - {assets: [a], digests: {a: AAA}}\n", "\n    - {assets: [a], digests: {a: AAA}}\n"},
      {"\n", "\n"},
  };
  for (const Row& row : rows) {
    for (const bool windows : {false, true}) {
      std::string before = with_digests("# head: ü\n" + assets + row.before);
      std::string after = with_digests("# head: ü\n" + assets + row.after);
      if (windows) {
        for (std::string* text : {&before, &after}) {
          for (std::size_t at = text->find('\n'); at != std::string::npos; at = text->find('\n', at + 2))
            text->replace(at, 1, "\r\n");
          text->insert(0, "\xEF\xBB\xBF");
        }
      }
      INFO(before);
      const FilledManifest filled = fill(before);
      CHECK(filled.problems == std::vector<std::string>{});
      CHECK(filled.text == after);
      // A second time there is nothing to do.
      const FilledManifest again = fill(after);
      CHECK(again.changes == 0);
      CHECK(again.text == after);
    }
  }
}

TEST_CASE("JSON keeps its layout") {
  struct Row {
    const char* before;
    const char* after;
  };
  const Row rows[] = {
      {"{\"assets\": [\"a\", \"b\"]}", "{\"assets\": [\"a\", \"b\"], \"digests\": {\"a\": \"AAA\", \"b\": \"BBB\"}}"},
      {"{\"assets\": [\"a\", \"b\"], \"digests\": {\"a\": \"AAA\"}}",
       "{\"assets\": [\"a\", \"b\"], \"digests\": {\"a\": \"AAA\", \"b\": \"BBB\"}}"},
      {"{\"assets\": [\"a\"], \"digests\": null}", "{\"assets\": [\"a\"], \"digests\": {\"a\": \"AAA\"}}"},
      {"{\n    \"assets\": [\"a\"],\n    \"by\": \"ada\"\n  }",
       "{\n    \"assets\": [\"a\"],\n    \"by\": \"ada\",\n    \"digests\": {\"a\": \"AAA\"}\n  }"},
  };
  for (const Row& row : rows) {
    const std::string head =
        "{\"assets\": [{\"id\": \"a\", \"path\": \"a\"}, {\"id\": \"b\", \"path\": \"b\"}],\n"
        " \"oversight\": {\"approvals\": [";
    INFO(row.before);
    const FilledManifest filled = fill(with_digests(head + row.before + "]}}\n"), "campaign.json");
    CHECK(filled.problems == std::vector<std::string>{});
    CHECK(filled.text == with_digests(head + row.after + "]}}\n"));
  }
}

TEST_CASE("what cannot be edited alone is reported") {
  const char* const rows[] = {
      // an alias: the edit would stand somewhere else
      "\n    - &first {assets: [a]}\n    - *first\n",
      "\n    - {assets: [a], digests: &d {a: AAA}}\n    - {assets: [a, b], digests: *d}\n",
      // a merge
      "\n    - &first\n      assets: [a, b]\n      digests: {a: AAA}\n    - {<<: *first, by: ben}\n",
      // the wrong kind of value
      "\n    - {assets: [a], digests: [a]}\n",
      "\n    - assets: [a]\n      digests:\n        a: [x]\n",
  };
  for (const char* row : rows) {
    INFO(row);
    const FilledManifest filled = fill(with_digests(assets + row));
    CHECK_FALSE(filled.problems.empty());
  }
}

TEST_CASE("odd ids are quoted, and several documents are filled in together") {
  const std::string document =
      "assets: [{id: \"a b: c\", path: a}]\noversight: {approvals: [{assets: [\"a b: c\"]}]}\n";
  const FilledManifest filled = fill(document + "---\n" + document);
  CHECK(filled.problems == std::vector<std::string>{});
  CHECK(filled.changes == 2);
  CHECK(filled.text.find(with_digests("digests: {\"a b: c\": AAA}")) != std::string::npos);
}
