#include "base/file_system.h"

#include "catch.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

using namespace scruple;

namespace {

// A folder that is removed again.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "scruple-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

}  // namespace

TEST_CASE("nothing below a root is reached through a link, or from outside") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "root/sub");
  write(folder / "root/sub/file", "content");
  write(folder / "secret", "secret");
  std::filesystem::create_symlink("../secret", folder / "root/link");
  std::filesystem::create_directory_symlink("sub", folder / "root/folder-link");
  std::filesystem::create_symlink("loop", folder / "root/loop");
  REQUIRE(::mkfifo((folder / "root/fifo").c_str(), 0600) == 0);
  const auto files = make_native_file_system();
  const std::string root = folder / "root";
  struct Row {
    std::string path;
    FileStatus status;
  };
  const Row rows[] = {{"sub/file", FileStatus::ok},
                      {"sub/../sub/./file", FileStatus::ok},
                      {"../secret", FileStatus::outside_root},
                      {"sub/../../secret", FileStatus::outside_root},
                      {"/etc/passwd", FileStatus::outside_root},
                      {"link", FileStatus::symbolic_link},
                      {"folder-link/file", FileStatus::symbolic_link},
                      {"loop", FileStatus::symbolic_link},
                      {"fifo", FileStatus::not_regular},
                      {"sub", FileStatus::is_folder},
                      {"none", FileStatus::not_found},
                      {"sub/file/more", FileStatus::not_found},
                      {std::string("sub/file\0x", 10), FileStatus::outside_root}};
  for (const Row& row : rows) {
    INFO(row.path);
    CHECK(files->read_beneath(root, row.path, 1000).status == row.status);
  }
  CHECK(files->read_beneath(root, "sub/file", 1000).bytes == "content");
  CHECK(files->read_beneath(root, "sub/file", 3).status == FileStatus::too_large);
}

TEST_CASE("a file is replaced in one step, and readable for others") {
  const TemporaryFolder folder;
  const auto files = make_native_file_system();
  write(folder / "report", "old");
  REQUIRE(files->write(folder / "report", "new"));
  CHECK(files->read(folder / "report", 100).bytes == "new");
  CHECK(files->list(folder.path()).size() == 1);
  CHECK_FALSE(files->write(folder / "none/report", "x"));
}

TEST_CASE("files in memory behave like files on a disk") {
  MemoryFileSystem files;
  files.add("/c/campaign.yaml", "a");
  files.add("/c/mail/hero.html", "b");
  CHECK(files.read("/c/mail/../campaign.yaml", 10).bytes == "a");
  CHECK(files.info("/c/mail").status == FileStatus::is_folder);
  CHECK(files.read_beneath("/c", "mail/hero.html", 10).bytes == "b");
  CHECK(files.read_beneath("/c/mail", "../campaign.yaml", 10).status == FileStatus::outside_root);
  const auto entries = files.list("/c");
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].name == "campaign.yaml");
  CHECK(entries[1].is_folder);
}

TEST_CASE("a new file is made with its folders, and never in the place of something") {
  const TemporaryFolder folder;
  const auto files = make_native_file_system();
  REQUIRE(files->create(folder / "a/b/new", "first") == FileStatus::ok);
  CHECK(files->read(folder / "a/b/new", 100).bytes == "first");
  struct stat info {};
  REQUIRE(::stat((folder / "a/b/new").c_str(), &info) == 0);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  CHECK((info.st_mode & 0777) == (0666 & ~mask));

  CHECK(files->create(folder / "a/b/new", "second") == FileStatus::exists);
  CHECK(files->read(folder / "a/b/new", 100).bytes == "first");
  CHECK(files->create(folder / "a/b", "x") == FileStatus::exists);
  std::filesystem::create_symlink("nowhere", folder / "link");
  CHECK(files->create(folder / "link", "x") == FileStatus::exists);
  CHECK_FALSE(std::filesystem::exists(folder / "nowhere"));
  CHECK(files->create(folder / "a/b/new/below", "x") != FileStatus::ok);
  // Nothing is left behind.
  CHECK(files->list(folder / "a/b").size() == 1);
  CHECK(files->list(folder.path()).size() == 2);
}

TEST_CASE("a file that is replaced stays closed to those who could not read it") {
  const TemporaryFolder folder;
  const auto files = make_native_file_system();
  write(folder / "private", "old");
  REQUIRE(::chmod((folder / "private").c_str(), 0600) == 0);
  REQUIRE(files->write(folder / "private", "new"));
  struct stat info {};
  REQUIRE(::stat((folder / "private").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
}
