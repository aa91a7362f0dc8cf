#include "authoring/new_rule.h"

#include "builtin/builtin.h"
#include "catch.h"

using namespace scruple;
using namespace scruple::authoring;

namespace {

NewRule make(MemoryFileSystem& files, const std::string& id, const std::string& folder) {
  const std::vector<std::string> builtin_packs = {"privacy"};
  return new_rule({id, folder, "2026-03-01"}, builtin_packs, files);
}

}  // namespace

TEST_CASE("a folder without a pack gets one") {
  MemoryFileSystem files;
  const NewRule made = make(files, "short-subject", "/house-rules");
  CHECK(made.problem.empty());
  REQUIRE(made.files.size() == 2);
  CHECK(made.files[0].path == "/house-rules/pack.yaml");
  CHECK(made.files[0].text.find("\nid: house-rules\n") != std::string::npos);
  CHECK(made.files[0].text.find("\ntoday: 2026-03-01 ") != std::string::npos);
  CHECK(made.files[1].path == "/house-rules/short-subject.yaml");
  CHECK(made.files[1].text.find("\nid: short-subject\n") != std::string::npos);
}

TEST_CASE("a pack that is there is joined") {
  MemoryFileSystem files;
  files.add("/house/pack.yaml", "pack: 1\nid: house\n");
  CHECK(make(files, "short-subject", "/house").files.size() == 1);
  CHECK(make(files, "house/short-subject", "/house").files.size() == 1);
  CHECK(make(files, "other/short-subject", "/house").problem.find("has the id `house`") != std::string::npos);
}

TEST_CASE("what cannot be made is explained") {
  MemoryFileSystem files;
  files.add("/house/pack.yaml", "pack: 1\nid: house\n");
  files.add("/house/there.yaml", "id: there\n");
  files.add("/single.yaml", "pack: 1\n");
  struct Row {
    const char* id;
    const char* folder;
    const char* says;
  };
  const Row rows[] = {{"Short Subject", "/house", "did you mean `short-subject`?"},
                      {"1st", "/house", "did you mean"},
                      {"../../etc/passwd", "/house", "is no id"},
                      {"", "/house", "is no id"},
                      {"there", "/house", "exists already"},
                      {"pack", "/house", "exists already"},
                      {"new", "/single.yaml", "single file"},
                      {"new", "/none.yaml", "does not exist; give the folder"},
                      {"new", "/privacy", "is a built-in pack"},
                      {"waiver/new", "/x", "is reserved"}};
  for (const Row& row : rows) {
    INFO(row.id << " in " << row.folder);
    const NewRule made = make(files, row.id, row.folder);
    CHECK(made.files.empty());
    CHECK(made.problem.find(row.says) != std::string::npos);
  }
}
