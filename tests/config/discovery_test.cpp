#include "config/discovery.h"

#include "base/file_system.h"

#include "catch.h"

#include <filesystem>
#include <fstream>
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
    CHECK(config::discover(row.paths, files, diagnostics).manifests == row.found);
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
    CHECK(config::discover({row.path}, files, diagnostics).manifests.empty());
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().message == row.message);
  }
  MemoryFileSystem empty;
  empty.add("/r/readme.md", "x");
  Diagnostics diagnostics;
  CHECK(config::discover({"/r"}, empty, diagnostics).manifests.empty());
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics.front().message == "no manifest was found under `/r`");
}

TEST_CASE("a folder that cannot be read is a problem, one that is too deep is said") {
  MemoryFileSystem files = tree();
  files.lock("/r/b");
  Diagnostics diagnostics;
  CHECK(config::discover({"/r"}, files, diagnostics).manifests == Paths{"/r/campaign.yaml", "/r/organization.json"});
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics.front().message == "the folder `/r/b` cannot be read");

  std::string deep = "/d";
  for (int i = 0; i < 70; ++i) deep += "/x";
  files.add(deep + "/campaign.yaml", "x");
  files.add("/d/campaign.yaml", "x");
  diagnostics.clear();
  const auto found = config::discover({"/d"}, files, diagnostics);
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
  const auto found = config::discover({folder.string()}, *files, diagnostics);
  CHECK(found.manifests == Paths{(folder / "real" / "campaign.yaml").string()});
  REQUIRE(found.skipped.size() == 2);
  CHECK(found.skipped[0].path == (folder / "campaign.yaml").string());
  CHECK(found.skipped[1].path == (folder / "linked").string());
  CHECK(found.skipped[1].reason == "is a link");
  CHECK(diagnostics.empty());
  std::filesystem::remove_all(folder);
}
