#include "policy/pack.h"

#include "bench.h"

namespace scruple::policy {
namespace {

using test::language;

using Files = std::vector<std::pair<std::string, std::string>>;

struct Read {
  std::optional<PolicyPack> pack;
  std::vector<std::string> problems;  // "file 1:2: message"
};

Read read(const Files& files, const std::string& path) {
  MemoryFileSystem memory;
  for (const auto& [name, text] : files) memory.add(name, text);
  Read result;
  Diagnostics diagnostics;
  result.pack = read_pack(path, language()->pack, memory, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) {
    const auto& location = diagnostic.location;
    result.problems.push_back(
        concat(location.file, " ", location.begin.line, ":", location.begin.column, ": ", diagnostic.message));
  }
  return result;
}

const std::string head = "pack: 1\nid: house\nversion: \"1\"\ntitle: House\n";
const std::string rule = "id: named\ntitle: It has a name\nmessage: No.\nrequire: manifest.campaign.name != ''\n";

}  // namespace

TEST_CASE("a pack in a folder: a file for each rule, words, references, what it includes") {
  const Files files = {
      {"/p/house/pack.yaml", head + "defaults: {severity: info, gate: live}\ninclude: [../common.yaml, ../laws]\n"},
      {"/p/house/named.yaml", rule + "severity: warning\n"},
      {"/p/house/notes.md", "not a rule"},
      {"/p/house/words/polite.yaml", "source: us\nreviewed_on: 2026-01-01\nen: [please, thank you]\n"},
      {"/p/house/references/own.yaml",
       "- {id: own, citation: Own, jurisdiction: INT, kind: practice, reviewed_on: 2026-01-01, status: verified}\n"},
      {"/p/laws/eu.yaml",
       "- {id: gdpr, citation: GDPR, jurisdiction: EU, kind: law, reviewed_on: 2026-01-01, status: verified}\n"},
      {"/p/common.yaml", "define: {always: {is: 'true'}}\nbase: {campaign: {scruple: 1}}\n"}};
  const Read result = read(files, "/p/house");
  CHECK(result.problems.empty());
  REQUIRE(result.pack);
  CHECK(result.pack->id.value == "house");
  CHECK(result.pack->sha256.size() == 64);
  REQUIRE(result.pack->rules.size() == 1);
  CHECK(result.pack->rules[0].severity.value == "warning");
  CHECK(result.pack->rules[0].gate.value == "live");
  CHECK(!result.pack->rules[0].level);
  REQUIRE(result.pack->words.size() == 1);
  CHECK(result.pack->words[0].name == "polite");
  CHECK(result.pack->references.size() == 2);
  REQUIRE(result.pack->definitions.size() == 1);
  CHECK(result.pack->definitions[0].name.value == "always");
  CHECK(result.pack->base != no_node);
  CHECK(result.pack->files.size() == 6);
}

TEST_CASE("a pack in a single file") {
  const Read result =
      read({{"/house.yaml",
             head + "rules:\n  - id: a\n    title: A\n    require: 'true'\n"
                    "  - id: b\n    title: B\n    require: ['true', {that: 'false', at: manifest.campaign}]\n"}},
           "/house.yaml");
  CHECK(result.problems.empty());
  REQUIRE(result.pack);
  REQUIRE(result.pack->rules.size() == 2);
  REQUIRE(result.pack->rules[1].requirements.size() == 2);
  CHECK(result.pack->rules[1].requirements[1].at.value == "manifest.campaign");
}

TEST_CASE("the digest is of names and texts, not of the order in which they were read") {
  const auto digest = [](const std::string& name, const std::string& text) {
    const Read result = read({{"/house/pack.yaml", head}, {"/house/" + name, text}}, "/house");
    REQUIRE(result.pack);
    return result.pack->sha256;
  };
  const std::string once = digest("named.yaml", rule);
  CHECK(digest("named.yaml", rule) == once);
  CHECK(digest("named.yaml", rule + "# note\n") != once);
  CHECK(digest("named.yml", rule) != once);
}

TEST_CASE("what is no pack") {
  struct Row {
    const char* what;
    Files files;
    const char* path;
    std::vector<std::string> problems;
  };
  const Row rows[] = {
      {"nothing there", {}, "/house", {"/house 1:1: the pack `/house` does not exist"}},
      {"a folder without pack.yaml",
       {{"/house/a.yaml", rule}},
       "/house",
       {"/house 1:1: `/house` holds no `pack.yaml`"}},
      {"YAML that cannot be read", {{"/house.yaml", "pack: [1\n"}}, "/house.yaml", {"?"}},
      {"a pack of two documents",
       {{"/house.yaml", head + "---\n" + head}},
       "/house.yaml",
       {"/house.yaml 5:1: a pack's file holds one document; a second one begins here"}},
      {"a key that there is not",
       {{"/house.yaml", head + "rule: []\n"}},
       "/house.yaml",
       {"/house.yaml 5:1: there is no field `rule` in this file"}},
      {"a pack without a head", {{"/house.yaml", "title: House\n"}}, "/house.yaml", {"?", "?", "?"}},
      {"a rule in a file of another name",
       {{"/house/pack.yaml", head}, {"/house/other.yaml", rule}},
       "/house",
       {"/house/other.yaml 1:5: the rule `named` stands in a file named `other.yaml`"}},
      {"a rule that lacks what it needs",
       {{"/house/pack.yaml", head}, {"/house/named.yaml", "id: named\n"}},
       "/house",
       {"?", "?"}},
      {"problems of several files",
       {{"/house/pack.yaml", head},
        {"/house/a.yaml", "id: a\n"},
        {"/house/b.yaml", "id: [\n"},
        {"/house/c.yaml", "id: c\ntitle: C\nrequire: 'true'\nwen: x\n"}},
       "/house",
       {"?", "?", "?", "/house/c.yaml 4:1: there is no field `wen` in this file"}},
      {"an include that is not there",
       {{"/house.yaml", head + "include: [common.yaml]\n"}},
       "/house.yaml",
       {"/house.yaml 5:11: `common.yaml` does not exist"}},
      {"references that are no list",
       {{"/house/pack.yaml", head}, {"/house/references/a.yaml", "id: x\n"}},
       "/house",
       {"/house/references/a.yaml 1:1: a file of references holds a list"}},
      {"words without a source",
       {{"/house/pack.yaml", head}, {"/house/words/a.yaml", "reviewed_on: 2026-01-01\nen: [a]\n"}},
       "/house",
       {"/house/words/a.yaml 1:1: `source` is missing"}},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    const Read result = read(row.files, row.path);
    REQUIRE(result.problems.size() == row.problems.size());
    for (std::size_t i = 0; i < row.problems.size(); ++i) {
      if (row.problems[i] != "?") CHECK(result.problems[i] == row.problems[i]);
    }
  }
}

TEST_CASE("traps of YAML are recognised, with the line to write instead") {
  struct Row {
    const char* what;
    const char* line;     // of a rule; line 3 of its file
    const char* message;  // a part of it
    const char* hint;     // a part of it
  };
  const Row rows[] = {
      {"`!` begins a tag", "require: !has(manifest.campaign.name)", "tag",
       "write `require: '!has(manifest.campaign.name)'`"},
      {"`{` begins a mapping", "message: {asset.id} is wrong", "", "write `message: '{asset.id} is wrong'`"},
      {"` #` begins a comment", "message: The asset #1 is wrong", "` #` begins a comment",
       "write `message: 'The asset #1 is wrong'`"},
      {"`: ` begins a mapping", "message: Wrong: it says nothing", "", "write `message: 'Wrong: it says nothing'`"},
      {"`?` in brackets", "require: [asset.?subject.orValue('') == '']", "inside brackets",
       "write `'asset.?subject.orValue('''') == '''''`"},
      {"`?` in a map in brackets", "references: [a, {id: b, when: f(x, a[0]).?y.orValue(false)}]", "inside brackets",
       "write `when: 'f(x, a[0]).?y.orValue(false)'`"},
      {"`[` begins a list", "message: [asset.id] is wrong", "", "write `message: '[asset.id] is wrong'`"},
      {"`*` begins an alias", "message: *important", "", "write `message: '*important'`"},
      {"`&` begins an anchor", "when: &x", "`when` is empty", ""},
      {"`&` begins an anchor, and text follows", "message: &Co is wrong", "`&Co` is no part of the text",
       "write `message: '&Co is wrong'`"},
      {"`- ` begins an item", "message: - wrong", "cannot begin here", "write `message: '- wrong'`"},
      {"nothing after the key", "when:", "`when` is empty", "give it a value, or remove the line"},
      {"a mapping where text belongs", "message: {asset.id}", "", "write `message: '{asset.id}'`"},
      {"a quote in the text", "require: !(x == 'a')", "tag", "write `require: '!(x == ''a'')'`"},
      {"`%` and `@` begin nothing", "message: @asset is wrong", "", "write `message: '@asset is wrong'`"},
      {"a quote that ends early", "message: \"a\" is wrong", "", ""},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    MemoryFileSystem memory;
    memory.add("/house/pack.yaml", head);
    memory.add("/house/named.yaml",
               concat("id: named\ntitle: It has a name\n", row.line, "\n",
                      std::string_view(row.line).starts_with("require") ? "" : "require: 'true'\n"));
    Diagnostics diagnostics;
    read_pack("/house", language()->pack, memory, diagnostics);
    bool found = false;
    std::string all;
    for (const Diagnostic& diagnostic : diagnostics) {
      all += concat(diagnostic.location.begin.line, ":", diagnostic.location.begin.column, ": ", diagnostic.message,
                    " (", diagnostic.hint, ")\n");
      found =
          found || (diagnostic.location.begin.line == 3 && diagnostic.message.find(row.message) != std::string::npos &&
                    diagnostic.hint.find(row.hint) != std::string::npos);
    }
    INFO(all);
    CHECK(found);
  }
}

TEST_CASE("a comment that is meant as one cuts nothing") {
  const Read result =
      read({{"/house/pack.yaml", head}, {"/house/named.yaml", rule + "severity: error # for now\ngate: live   #sic\n"}},
           "/house");
  CHECK(result.problems.empty());
}

TEST_CASE("an anchor that is referred to is no text") {
  const Read result = read(
      {{"/house/pack.yaml", head}, {"/house/named.yaml", rule + "rationale: &why Names tell.\nremediation: *why\n"}},
      "/house");
  CHECK(result.problems.empty());
}

}  // namespace scruple::policy
