#include "evidence/evidence.h"

#include "base/hash.h"
#include "catch.h"
#include "facts.h"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

using namespace scruple;
using namespace scruple::evidence;

namespace {

using Kind = Problem::Kind;

template <typename T>
std::string message(const Result<T>& result) {
  return result ? "(none)" : result.problem().message;
}

// A folder of this machine that is gone with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "evidence.XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }

  const std::string& path() const { return path_; }
  std::string operator/(std::string_view name) const { return concat(path_, '/', name); }
  void write(std::string_view name, std::string_view bytes) const {
    std::ofstream(*this / name, std::ios::binary) << bytes;
  }

 private:
  std::string path_;
};

// Counts readings, to see what is read anew.
class CountingFiles final : public FileSystem {
 public:
  explicit CountingFiles(const FileSystem& files) : files_(files) {}

  FileContents read(const std::string& path, std::uint64_t limit) const override { return files_.read(path, limit); }
  FileInfo info(const std::string& path) const override { return files_.info(path); }
  FileContents read_beneath(const std::string& root, const std::string& relative, std::uint64_t limit) const override {
    ++readings;
    return files_.read_beneath(root, relative, limit);
  }
  FileInfo info_beneath(const std::string& root, const std::string& relative) const override {
    return files_.info_beneath(root, relative);
  }
  OpenedFile open_beneath(const std::string& root, const std::string& relative) const override {
    return files_.open_beneath(root, relative);
  }
  std::vector<FolderEntry> list(const std::string& path) const override { return files_.list(path); }
  bool can_list(const std::string& path) const override { return files_.can_list(path); }
  bool write(const std::string&, std::string_view) override { return false; }
  FileStatus create(const std::string&, std::string_view) override { return FileStatus::failed; }
  std::string canonical(const std::string& path) const override { return files_.canonical(path); }

  mutable std::atomic<int> readings = 0;

 private:
  const FileSystem& files_;
};

}  // namespace

TEST_CASE("The facts of a file") {
  MemoryFileSystem files;
  files.add("/work/campaigns/spring/mail/hero.html", "<html lang=en><p>Hello</p>");
  files.add("/work/shared/plan.yaml", "owner: dana\n");
  files.add("/work/shared/export.json", "{\"ads\": [1, 2]}");
  Store store(files, "/work/campaigns");

  const FilePtr mail = store.open("/work", "campaigns/spring", "mail/hero.html");
  CHECK(mail->name() == "spring/mail/hero.html");
  CHECK(*mail->exists());
  CHECK(*mail->size() == 26);
  CHECK(*mail->sha256() == sha256_hex("<html lang=en><p>Hello</p>"));
  CHECK((*mail->text())->text() == "<html lang=en><p>Hello</p>");
  CHECK((*mail->text())->name() == "spring/mail/hero.html");
  CHECK(fact(**mail->facts(Part::html), "visible_text") == "Hello");
  CHECK(message(mail->facts(Part::data)) == "`spring/mail/hero.html` is neither a JSON nor a YAML file by its name.");

  const FilePtr plan = store.open("/work", "campaigns/spring", "../../shared/plan.yaml");
  CHECK(plan->name() == "../shared/plan.yaml");
  CHECK(fact(**plan->facts(Part::data), "owner") == "dana");
  CHECK(place(**plan->facts(Part::data), "owner") == "1:8");
  CHECK(fact(**store.open("/work", ".", "shared/export.json")->facts(Part::data), "ads[1]") == "2");
}

TEST_CASE("A mail file has the facts of its parts, whatever its charset") {
  MemoryFileSystem files;
  files.add(
      "/work/old.EML",
      "From: a@b.example\nSubject: x\nContent-Type: text/html; charset=iso-8859-1\n\n<h1>Gr\xFC\xDF</h1><p>Gott</p>");
  files.add("/work/plan.md", "# Plan\n\nCall.");
  files.add("/work/plan.pdf", "%PDF-1.7");
  Store store(files, "/work");
  const auto open = [&store](const std::string& name) { return store.open("/work", ".", name); };

  const auto mail = open("old.EML");
  CHECK(fact(**mail->facts(Part::mail), "subject") == "x");
  CHECK(fact(**mail->facts(Part::html), "headings[0].text") == "Grüß");
  CHECK(place(**mail->facts(Part::html), "text_blocks[1]") == "5:17");
  CHECK(fact(**mail->facts(Part::document), "sections[0].text") == "Gott");
  CHECK(message(mail->text()).find("not valid UTF-8") != std::string::npos);

  CHECK(fact(**open("plan.md")->facts(Part::document), "title") == "Plan");
  CHECK(message(open("plan.md")->facts(Part::mail)) == "`plan.md` is no mail file by its name.");
  const auto pdf = open("plan.pdf")->facts(Part::document);
  CHECK(message(pdf) == "`plan.pdf` is a PDF file, not text.");
  CHECK(pdf.problem().hint.find("`plan.pdf.txt`") != std::string::npos);
}

TEST_CASE("A path that names no file says why") {
  MemoryFileSystem files;
  files.add("/work/a/x.html", "x");
  files.add("/work/a/b:c.csv", "x");
  files.add("/secret", "x");
  Store store(files, "/work");
  struct Row {
    std::string path;
    Kind kind;
    std::string message;
  };
  const Row rows[] = {
      {"", Kind::bad_path, "The path is empty."},
      {" \t", Kind::bad_path, "The path is empty."},
      {"https://example.org/x.html", Kind::bad_path,
       "`https://example.org/x.html` is an address; scruple opens files only."},
      {"//example.org/x", Kind::bad_path, "`//example.org/x` is an address; scruple opens files only."},
      {"mailto:a@example.org", Kind::bad_path, "`mailto:a@example.org` is an address; scruple opens files only."},
      {"/work/a/x.html", Kind::bad_path,
       "`/work/a/x.html` is an absolute path, which is another one on every machine."},
      {"~/x.html", Kind::bad_path, "`~/x.html` is an absolute path, which is another one on every machine."},
      {"C:\\x.html", Kind::bad_path, "`C:\\x.html` is an absolute path, which is another one on every machine."},
      {"crm:recipients.csv", Kind::bad_path,
       "No evidence root `crm` is named, so `crm:recipients.csv` cannot be opened."},
      {std::string("x\0.html", 7), Kind::bad_path, "`x\\x00.html` holds a NUL character; no file has such a name."},
      {"../../secret", Kind::outside_root,
       "`../../secret` lies outside of the checked folder; scruple does not open it."},
      {"../..", Kind::outside_root, "`../..` lies outside of the checked folder; scruple does not open it."},
      {"none.html", Kind::absent, "`a/none.html` does not exist."},
      {"none\n\x1b[31m.html", Kind::absent, "`a/none\\n\\x1b[31m.html` does not exist."},
      {"..", Kind::unreadable, "`.` is a folder; name a file in it."},
      {"../a", Kind::unreadable, "`a` is a folder; name a file in it."},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    const FilePtr file = store.open("/work", "a", row.path);
    REQUIRE(file != nullptr);
    const auto size = file->size();
    REQUIRE(!size);
    CHECK(size.problem().kind == row.kind);
    CHECK(size.problem().message == row.message);
    for (const std::string& other : {message(file->sha256()), message(file->text()), message(file->facts(Part::html)),
                                     message(file->facts(Part::data))}) {
      CHECK(other == row.message);
    }
    // Only what is not there is known not to exist.
    const auto exists = file->exists();
    CHECK(static_cast<bool>(exists) == (row.kind == Kind::absent));
    if (exists) CHECK(!*exists);
  }
  CHECK(*store.open("/work", "a", "./b:c.csv")->exists());
  CHECK(*store.open("/work", "", "a/b:c.csv")->exists());
  CHECK(message(store.open("/nowhere", ".", "x")->size()) == "`/nowhere` does not exist.");
}

TEST_CASE("A missing file is offered the name that was meant, not the same text in another language") {
  struct Row {
    const char* wanted;
    const char* there;
    bool offered;
  };
  for (const Row& row : std::vector<Row>{{"bean.en.txt", "bean.de.txt", false},
                                         {"mail_en.html", "mail_fr.html", false},
                                         {"bean.en.txt", "bean.en.md", true},
                                         {"bean.txt", "bena.txt", true},
                                         {"Mail.html", "mail.html", true},
                                         {"mail-a1.html", "mail-a2.html", true}}) {
    INFO(row.wanted << " where there is " << row.there);
    MemoryFileSystem files;
    files.add(concat("/work/bot/", row.there), "Hello");
    Store store(files, "/work");
    const std::string hint = store.open("/work", "bot", row.wanted)->text().problem().hint;
    CHECK((hint.find(row.there) != std::string::npos) == row.offered);
  }
}

TEST_CASE("An empty file is as good as none") {
  MemoryFileSystem files;
  files.add("/work/empty.html", "");
  Store store(files, "/work");
  const FilePtr file = store.open("/work", ".", "empty.html");
  CHECK(!*file->exists());
  CHECK(file->text().problem().kind == Kind::absent);
  CHECK(message(file->facts(Part::html)) == "`empty.html` is empty.");
}

TEST_CASE("Text has to be text") {
  MemoryFileSystem files;
  Store store(files, "/work");
  struct Row {
    std::string name;
    std::string bytes;
    Kind kind;
    std::string message;
    std::string place;
  };
  const Row rows[] = {
      {"a.html",
       "ok\nGr\xFC\xDF"
       "e",
       Kind::malformed, "`a.html` is not valid UTF-8; it may be encoded as Windows-1252 or Latin-1.", "2:3"},
      {"b.html", "\xFF\xFE<\0p\0>\0", Kind::malformed, "`b.html` is encoded as UTF-16; scruple reads UTF-8.", ""},
      {"c.html", std::string("<\0p\0>\0", 6), Kind::malformed, "`c.html` is encoded as UTF-16; scruple reads UTF-8.",
       ""},
      {"d.html", std::string("ab\n\0d", 5), Kind::malformed, "`d.html` holds a NUL byte, as no text does.", "2:1"},
      {"e.pdf", "%PDF-1.7", Kind::wrong_kind, "`e.pdf` is a PDF file, not text.", ""},
      {"f.docx", "PK\x03\x04xx", Kind::wrong_kind, "`f.docx` is a ZIP archive (DOCX, XLSX, ODT, …), not text.", ""},
      {"g.html", "\x89PNG\r\n", Kind::wrong_kind, "`g.html` is a PNG image, not text.", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    files.add("/work/" + row.name, row.bytes);
    const FilePtr file = store.open("/work", ".", row.name);
    CHECK(*file->exists());
    CHECK(*file->sha256() == sha256_hex(row.bytes));
    for (int reading = 0; reading < 2; ++reading) {
      const auto text = file->text();
      REQUIRE(!text);
      CHECK(text.problem().kind == row.kind);
      CHECK(text.problem().message == row.message);
      CHECK(!text.problem().hint.empty());
      CHECK(text.problem().location.has_value() == !row.place.empty());
      if (text.problem().location) {
        const Position at = text.problem().location->begin;
        CHECK(concat(at.line, ':', at.column) == row.place);
        CHECK(text.problem().location->line.empty());
      }
    }
    CHECK(message(file->facts(Part::html)) == row.message);
  }
}

TEST_CASE("Broken data says where, and quotes nothing outside of its detail") {
  MemoryFileSystem files;
  files.add("/work/a.json", "{\"dana@example.org\": 1,\n \"b\": }");
  files.add("/work/b.yaml", "dana@example.org: 1\ndana@example.org: 2\n");
  files.add("/work/c.yml", "a: 1\n---\nb: 2\n");
  files.add("/work/d.html", "x");
  Store store(files, "/work");
  for (const std::string name : {"a.json", "b.yaml"}) {
    CAPTURE(name);
    const auto data = store.open("/work", ".", name)->facts(Part::data);
    REQUIRE(!data);
    CHECK(data.problem().kind == Kind::malformed);
    REQUIRE(data.problem().location);
    CHECK(data.problem().location->begin.line == 2);
    CHECK(data.problem().location->line.empty());
    CHECK(data.problem().message.find("dana") == std::string::npos);
    CHECK(!data.problem().detail.empty());
  }
  CHECK(message(store.open("/work", ".", "c.yml")->facts(Part::data)) ==
        "`c.yml` holds 2 YAML documents; one is expected.");
  CHECK(store.open("/work", ".", "d.html")->facts(Part::data).problem().kind == Kind::wrong_kind);
}

TEST_CASE("A Git LFS pointer is never taken for the content") {
  MemoryFileSystem files;
  files.add("/work/a.html",
            "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, 'a') + "\nsize 12345\n");
  Store store(files, "/work");
  const FilePtr file = store.open("/work", ".", "a.html");
  CHECK(file->exists().problem().kind == Kind::not_fetched);
  CHECK(message(file->sha256()) == "`a.html` is a Git LFS pointer; its content was not fetched.");
  CHECK(message(file->facts(Part::html)) == "`a.html` is a Git LFS pointer; its content was not fetched.");
}

TEST_CASE("A file is read once, however it is written and whoever asks") {
  MemoryFileSystem memory;
  memory.add("/work/a/x.html", "<p>" + std::string(5000, 'x'));
  CountingFiles files(memory);
  Store store(files, "/work");
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&store, &good, i] {
      const FilePtr file =
          store.open(i % 2 == 0 ? "/work" : "/work/.", "a/b", i % 3 == 0 ? "../x.html" : ".././x.html");
      const auto html = file->facts(Part::html);
      if (html && file->sha256() && fact(**html, "visible_text").size() == 5000) ++good;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(good == 8);
  CHECK(files.readings == 1);
}

TEST_CASE("What is kept stays within its budget, and is read anew") {
  MemoryFileSystem memory;
  memory.add("/work/a.txt", std::string(6000, 'a'));
  memory.add("/work/b.txt", std::string(6000, 'b'));
  CountingFiles files(memory);
  Limits limits;
  limits.kept_bytes = 10'000;
  Store store(files, "/work", limits);
  const FilePtr a = store.open("/work", ".", "a.txt");
  const FilePtr b = store.open("/work", ".", "b.txt");
  const auto held = a->text();
  CHECK((*b->text())->text().size() == 6000);
  CHECK(files.readings == 2);
  CHECK((*held)->text().size() == 6000);  // who holds it keeps it
  CHECK((*a->text())->text() == std::string(6000, 'a'));
  CHECK(files.readings == 3);
  CHECK(*b->sha256() == sha256_hex(std::string(6000, 'b')));
  CHECK(files.readings == 3);
}

TEST_CASE("A file that differs on a second reading is a problem") {
  MemoryFileSystem files;
  files.add("/work/a.txt", std::string(6000, 'a'));
  files.add("/work/b.txt", std::string(6000, 'b'));
  Limits limits;
  limits.kept_bytes = 100;
  Store store(files, "/work", limits);
  const FilePtr a = store.open("/work", ".", "a.txt");
  const FilePtr b = store.open("/work", ".", "b.txt");
  CHECK(*a->exists());
  CHECK(a->text());
  CHECK(*b->size() == 6000);
  files.add("/work/a.txt", std::string(6000, 'c'));
  files.add("/work/b.txt", std::string(6001, 'b'));
  CHECK(message(a->text()) == "`a.txt` changed while it was checked.");
  CHECK(a->exists().problem().kind == Kind::changed);
  CHECK(message(b->text()) == "`b.txt` changed while it was checked.");
}

TEST_CASE("Limits on size") {
  MemoryFileSystem files;
  files.add("/work/a.html", std::string(3'000'000, 'x'));
  Limits limits;
  limits.file_bytes = 2'500'000;
  Store small(files, "/work", limits);
  const FilePtr file = small.open("/work", ".", "a.html");
  CHECK(*file->exists());
  CHECK(*file->size() == 3'000'000);
  CHECK(message(file->text()) == "`a.html` is larger than 3 MB.");
  // It is read in pieces: a table may be of any size.
  CHECK(file->sha256()->size() == 64);
  CHECK(*file->exists());

  Store store(files, "/work");
  CHECK(store.open("/work", ".", "a.html")->text());
  CHECK(message(store.open("/work", ".", "a.html")->facts(Part::html)) ==
        "`a.html` is larger than 2048 KB, too large to be read as HTML.");
}

TEST_CASE("Hostile files of this machine") {
  const TemporaryFolder folder;
  const auto files = make_native_file_system();
  std::filesystem::create_directories(folder / "root/sub");
  folder.write("secret.html", "<p>token</p>");
  folder.write("root/fine.html", "<p>fine</p>");
  folder.write("root/line\nbreak.html", "<p>odd</p>");
  REQUIRE(::mkfifo((folder / "root/pipe.html").c_str(), 0600) == 0);
  std::filesystem::create_symlink("../secret.html", folder / "root/out.html");
  std::filesystem::create_symlink("fine.html", folder / "root/in.html");
  std::filesystem::create_symlink("loop.html", folder / "root/loop.html");
  std::filesystem::create_directory_symlink("..", folder / "root/up");
  std::filesystem::create_symlink("/dev/zero", folder / "root/zero.html");
  folder.write("root/huge.html", "x");
  std::filesystem::resize_file(folder / "root/huge.html", 3'000'000'000);
  folder.write("root/shut.html", "x");
  ::chmod((folder / "root/shut.html").c_str(), 0);

  const std::string root = folder / "root";
  Store store(*files, root);
  const auto text_message = [&](const std::string& path) { return message(store.open(root, ".", path)->text()); };
  CHECK(text_message("fine.html") == "(none)");
  CHECK(text_message("sub/../fine.html") == "(none)");
  CHECK(text_message("line\nbreak.html") == "(none)");
  CHECK(text_message("pipe.html") == "`pipe.html` is not a regular file (a device, pipe or socket).");
  for (const std::string link : {"out.html", "in.html", "loop.html", "up/secret.html", "zero.html"}) {
    CHECK(text_message(link) == concat('`', link, "` is or passes a symbolic link; scruple follows none."));
  }
  CHECK(text_message("../secret.html") ==
        "`../secret.html` lies outside of the checked folder; scruple does not open it.");
  CHECK(text_message("sub") == "`sub` is a folder; name a file in it.");
  CHECK(text_message("fine.html/x") == "`fine.html/x` does not exist.");
  CHECK(text_message(std::string(5000, 'x')).ends_with("does not exist."));
  if (::geteuid() != 0) CHECK(text_message("shut.html") == "`shut.html` may not be read (permission denied).");

  const FilePtr huge = store.open(root, ".", "huge.html");
  CHECK(*huge->exists());
  CHECK(*huge->size() == 3'000'000'000);
  CHECK(message(huge->text()) == "`huge.html` is larger than 64 MB.");
}
