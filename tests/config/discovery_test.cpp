#include "config/discovery.h"

#include "base/file_system.h"

#include "catch.h"

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
    CHECK(config::discover(row.paths, files, diagnostics) == row.found);
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
    CHECK(config::discover({row.path}, files, diagnostics).empty());
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.front().message == row.message);
  }
  MemoryFileSystem empty;
  empty.add("/r/readme.md", "x");
  Diagnostics diagnostics;
  CHECK(config::discover({"/r"}, empty, diagnostics).empty());
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics.front().message == "no manifest was found under `/r`");
}
