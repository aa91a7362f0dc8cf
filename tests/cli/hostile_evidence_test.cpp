// Evidence that anybody may have put there: the program ends soon, says of each file what is wrong with it, and shows
// nothing of it as it stands.
#include "../evidence/images.h"
#include "program.h"

#include "scruple/reporter.h"

#include <sys/stat.h>
#include <zlib.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace scruple::test {
namespace {

namespace fs = std::filesystem;
using namespace evidence::images;

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "hostile.XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }

  std::string operator/(std::string_view name) const { return concat(path_, '/', name); }
  void write(std::string_view name, std::string_view bytes) const {
    std::ofstream(*this / name, std::ios::binary) << bytes;
  }

 private:
  std::string path_;
};

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string packed(const std::string& text) {
  uLongf size = compressBound(static_cast<uLong>(text.size()));
  std::string out(size, '\0');
  compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(text.data()),
           static_cast<uLong>(text.size()));
  out.resize(size);
  return out;
}

// Each level names the one before it ten times.
std::string laughs() {
  std::string text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c <= 'k'; ++c) {
    const char before = static_cast<char>(c - 1);
    text += concat(c, ": &", c, " [");
    for (int i = 0; i < 10; ++i) text += concat("*", before, i < 9 ? ", " : "]\n");
  }
  return text;
}

}  // namespace

TEST_CASE("hostile evidence comes to a clear outcome in bounded time") {
  const Folder folder;
  struct Row {
    std::string name;
    std::string fact;
    std::string bytes;  // empty: made below
    const char* message;
  };
  const Row rows[] = {
      {"pipe.png", "image", "", "is not a regular file (a device, pipe or socket)"},
      {"zero.png", "image", "", "is or passes a symbolic link"},
      {"loop.png", "image", "", "is or passes a symbolic link"},
      {"huge.png", "image", "", "is larger than 64 MB"},
      {"line\nbreak\x1b[31m.png", "image", "x", "line\\nbreak\\x1b[31m.png` is no image that scruple can read"},
      {"::error::x.png", "image", "x", "is named, so"},
      {"lying.png", "image", concat("\x89PNG\r\n\x1A\n", "\xFF\xFF\xFF\xF0zTXt", "x"),
       "says that a part of it is longer than it is"},
      {"bomb.png", "image",
       png(chunk("iTXt", concat("XML:com.adobe.xmp\0\x01\0\0\0"sv, packed(std::string(200u << 20, ' '))))),
       "unpacks to more than a picture says of itself"},
      {"profile.png", "image",
       png(chunk("zTXt", concat("Raw profile type exif\0\0"sv, packed(std::string(100u << 20, '0'))))),
       "unpacks to more than a picture says of itself"},
      {"deep.png", "image", png(png_xmp(repeated("<a>", 500'000) + repeated("</a>", 500'000))),
       "its XMP nests too deeply"},
      {"entities.png", "image", png(png_xmp("<!DOCTYPE a [<!ENTITY b \"&c;&c;\">]><a>&b;</a>")),
       "its XMP declares a document type"},
      {"scan.jpg", "image", concat("\xFF\xD8", repeated("\xFF\xE0\x00\x02"sv, 2'000'000)), "before its picture begins"},
      {"long.gif", "image", concat("GIF89a\x03\0\x02\0\0\0\0"sv, repeated("!\xFE\x01x\0"sv, 1'000'000)),
       "holds more texts"},
      {"deep.html", "html", repeated("<div>", 300'000), "tags open at once"},
      {"wide.html", "html", concat("<a ", repeated("b=c ", 200'000), ">"), "attributes"},
      {"deep.json", "json", repeated("[", 2'000'000), "cannot be read as JSON"},
      {"laughs.yaml", "yaml", laughs(), "cannot be read as YAML"},
      {"card.md", "front_matter", concat("---\n", laughs(), "---\n"), "cannot be read as YAML"},
      {"deep-ads.json", "ads", concat("{\"targeting\": ", repeated("[", 1'000'000)), "cannot be read as JSON"},
  };
  REQUIRE(::mkfifo((folder / "pipe.png").c_str(), 0600) == 0);
  fs::create_symlink("/dev/zero", folder / "zero.png");
  fs::create_symlink("loop.png", folder / "loop.png");
  folder.write("huge.png", "x");
  fs::resize_file(folder / "huge.png", 3'000'000'000);
  for (const Row& row : rows) {
    if (!row.bytes.empty()) folder.write(row.name, row.bytes);
  }
  const auto files = make_native_file_system();
  folder.write("house.yaml", "");
  for (const Row& row : rows) {
    INFO(visible(row.name));
    std::string quoted;
    for (const char c : row.name) {
      if (c == '\n') {
        quoted += "\\n";
      } else if (c == '\x1b') {
        quoted += "\\e";
      } else {
        quoted += c;
      }
    }
    folder.write("campaign.yaml",
                 concat(campaign_head, "campaign: {id: c}\nassets:\n  - {id: a, path: \"", quoted, "\"}\n"));
    folder.write("house.yaml", one_rule(concat("for: asset in manifest.assets\nrequire: \"dyn(file(asset.path).",
                                               row.fact, ") == 1\"\n")));
    const auto before = std::chrono::steady_clock::now();
    for (const std::string_view format : report_formats()) {
      std::istringstream in;
      std::ostringstream out;
      std::ostringstream err;
      const cli::Streams streams{in, out, err, false, false, 100, true, "2026-01-05"};
      const int code = cli::run({"check", "--pack", folder / "house.yaml", "--select", "house", "--root", folder / ".",
                                 "--format", std::string(format), folder / "campaign.yaml"},
                                streams, *files);
      INFO(format << "\n" << out.str() << err.str());
      CHECK(code == 1);
      // What stands in a name or a file reaches the terminal as visible escapes alone.
      CHECK((out.str() + err.str()).find('\x1b') == std::string::npos);
      if (format == "json") CHECK(out.str().find("\"undecided\"") != std::string::npos);
      if (format == "text") {
        // Lines are folded.
        std::string text = out.str();
        for (auto at = text.find("\n  "); at != std::string::npos; at = text.find("\n  ", at)) text.replace(at, 3, " ");
        for (auto at = text.find("  "); at != std::string::npos; at = text.find("  ", at)) text.erase(at, 1);
        CHECK(text.find(row.message) != std::string::npos);
      }
    }
    // Twenty seconds on a machine that is busy with other tests; a second is usual.
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(20));
  }
}

}  // namespace scruple::test
