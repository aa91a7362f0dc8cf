#include "config/discovery.h"

#include "base/file_system.h"

#include "catch.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

using namespace scruple;
using Paths = std::vector<std::string>;

namespace {

MemoryFileSystem tree() {
  MemoryFileSystem files;
  for (const char* path : {"/r/campaign.yaml", "/r/b/spring.campaign.yml", "/r/b/notes.yaml", "/r/b/mail.html",
                           "/r/organization.json", "/r/.git/campaign.yaml", "/r/node_modules/x/campaign.yaml"}) {
    files.add(path, "x");
  }
  return files;
}

schema::OwnedSchema config_schema() {
  std::ifstream file(SCRUPLE_SOURCE_DIR "/rules/schema/config.schema.json");
  std::string text{std::istreambuf_iterator<char>(file), {}};
  Diagnostics problems;
  const auto source = std::make_shared<const Source>("config.schema.json", std::move(text));
  return *schema::read_schema(*read_json(source, {}, problems), problems);
}

config::Discovery discover(const Paths& paths, const FileSystem& files, Diagnostics& diagnostics) {
  const schema::OwnedSchema schema = config_schema();
  config::Locator locator(files, {});
  config::ConfigFiles configs(files, schema.schema(), {}, diagnostics);
  return config::discover(paths, files, locator, configs, diagnostics);
}

}  // namespace

TEST_CASE("folders are searched for manifests by name; files are taken as they are named") {
  const MemoryFileSystem files = tree();
  struct Row {
    Paths paths, found;
  };
  const Row rows[] = {
      {{"/r"}, {"/r/b/spring.campaign.yml", "/r/campaign.yaml", "/r/organization.json"}},
      {{"/r", "/r/./campaign.yaml"}, {"/r/b/spring.campaign.yml", "/r/campaign.yaml", "/r/organization.json"}},
      {{"/r/b/notes.yaml"}, {"/r/b/notes.yaml"}},
      {{"-", "/r/campaign.yaml"}, {"-", "/r/campaign.yaml"}}};
  for (const Row& row : rows) {
    Diagnostics diagnostics;
    CHECK(discover(row.paths, files, diagnostics).manifests == row.found);
    CHECK(diagnostics.empty());
  }
}

TEST_CASE("what is no manifest is said, and a run that finds nothing is no success") {
  const MemoryFileSystem files = tree();
  struct Row {
    std::string path, message;
  };
  const Row rows[] = {{"/r/b/mail.html", "`/r/b/mail.html` is neither a manifest nor a folder"},
                      {"/r/none.yaml", "`/r/none.yaml` does not exist"},
                      {"/r/node_modules/x/../y", "`/r/node_modules/x/../y` does not exist"}};
  for (const Row& row : rows) {
    Diagnostics diagnostics;
    CHECK(discover({row.path}, files, diagnostics).manifests.empty());
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().message == row.message);
  }
  MemoryFileSystem empty;
  empty.add("/r/readme.md", "x");
  Diagnostics diagnostics;
  CHECK(discover({"/r"}, empty, diagnostics).manifests.empty());
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics.front().message == "no manifest was found under `/r`");
}

TEST_CASE("a folder that cannot be read is a problem, one that is too deep is said") {
  MemoryFileSystem files = tree();
  files.lock("/r/b");
  Diagnostics diagnostics;
  CHECK(discover({"/r"}, files, diagnostics).manifests == Paths{"/r/campaign.yaml", "/r/organization.json"});
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics.front().message == "the folder `/r/b` cannot be read");

  std::string deep = "/d";
  for (int i = 0; i < 70; ++i) deep += "/x";
  files.add(deep + "/campaign.yaml", "x");
  files.add("/d/campaign.yaml", "x");
  diagnostics.clear();
  const auto found = discover({"/d"}, files, diagnostics);
  CHECK(found.manifests == Paths{"/d/campaign.yaml"});
  REQUIRE(found.skipped.size() == 1);
  CHECK(found.skipped.front().reason == "lies more than 64 folders deep");
}

TEST_CASE("links are not followed by a search, and that is said") {
  const auto folder = std::filesystem::temp_directory_path() / "scruple-discovery-test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder / "real");
  std::ofstream(folder / "real" / "campaign.yaml") << "x";
  std::filesystem::create_symlink("real/campaign.yaml", folder / "campaign.yaml");
  std::filesystem::create_directory_symlink("real", folder / "linked");
  std::filesystem::create_symlink("real/campaign.yaml", folder / "notes.txt");
  const auto files = make_native_file_system();
  Diagnostics diagnostics;
  const auto found = discover({folder.string()}, *files, diagnostics);
  CHECK(found.manifests == Paths{(folder / "real" / "campaign.yaml").string()});
  REQUIRE(found.skipped.size() == 2);
  CHECK(found.skipped[0].path == (folder / "campaign.yaml").string());
  CHECK(found.skipped[1].path == (folder / "linked").string());
  CHECK(found.skipped[1].reason == "is a link");
  CHECK(diagnostics.empty());
  std::filesystem::remove_all(folder);
}

TEST_CASE("settings leave files out and take others in") {
  MemoryFileSystem files = tree();
  files.add("/r/.scruple.yaml", "exclude: [/b/, '*.old.yaml', nothing/]\ninclude: ['plans/*.yaml', '!plans/x.yaml']\n");
  files.add("/r/c/spring.campaign.old.yaml", "x");
  files.add("/r/c/campaign.yaml", "x");
  files.add("/r/c/b/campaign.yaml", "x");
  files.add("/r/plans/spring.yaml", "x");
  files.add("/r/plans/x.yaml", "x");
  files.add("/r/plans/notes.md", "x");
  Diagnostics diagnostics;
  const auto found = discover({"/r"}, files, diagnostics);
  CHECK(diagnostics.empty());
  CHECK(found.manifests == Paths{"/r/c/b/campaign.yaml", "/r/c/campaign.yaml", "/r/campaign.yaml",
                                 "/r/organization.json", "/r/plans/spring.yaml"});
  REQUIRE(found.skipped.size() == 1);
  CHECK(found.skipped[0].path == "/r/b");
  CHECK(found.skipped[0].reason == "is excluded by r/.scruple.yaml:1");
  CHECK(found.unused_patterns == Paths{"`nothing/` (r/.scruple.yaml:1)"});

  SECTION("what is named is checked all the same") {
    CHECK(discover({"/r/b/spring.campaign.yml"}, files, diagnostics).manifests == Paths{"/r/b/spring.campaign.yml"});
    CHECK(discover({"/r/b"}, files, diagnostics).manifests == Paths{"/r/b/spring.campaign.yml"});
    CHECK(diagnostics.empty());
  }
  SECTION("part of a search says nothing of patterns") {
    CHECK(discover({"/r/c"}, files, diagnostics).unused_patterns.empty());
  }
  SECTION("the nearest settings count alone") {
    files.add("/r/c/.scruple.yaml", "exclude: [b]\n");
    CHECK(discover({"/r/c"}, files, diagnostics).manifests == Paths{"/r/c/campaign.yaml"});
  }
  SECTION("what is locked further up is not left out") {
    files.add("/r/.scruple.yaml", "exclude: [/b/]\ninclude: ['plans/*.yaml']\nlocked: [exclude, include]\n");
    files.add("/r/c/.scruple.yaml", "exclude: ['*']\n");
    files.add("/r/plans/.scruple.yaml", "include: []\n");
    CHECK(discover({"/r"}, files, diagnostics).manifests == Paths{"/r/c/b/campaign.yaml", "/r/c/campaign.yaml",
                                                                  "/r/campaign.yaml", "/r/organization.json",
                                                                  "/r/plans/spring.yaml", "/r/plans/x.yaml"});
  }
  SECTION("everything left out is no success") {
    files.add("/r/.scruple.yaml", "exclude: ['*']\n");
    CHECK(discover({"/r"}, files, diagnostics).manifests.empty());
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().hint == "settings exclude 5 paths");
  }
  SECTION("settings under another name are refused") {
    files.add("/r/.scruple.yml", "level: complete\n");
    discover({"/r"}, files, diagnostics);
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().message == "`/r/.scruple.yml` is not read: settings stand in a file `.scruple.yaml`");
  }
}
