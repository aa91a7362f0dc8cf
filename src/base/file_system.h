// The only way to touch files. Two implementations: the machine's, and one in memory for tests and virtual
// evidence. Nothing here throws; nothing follows a symbolic link below a root.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {

enum class FileStatus : std::uint8_t {
  ok,
  not_found,
  is_folder,
  not_regular,    // a device, FIFO or socket
  symbolic_link,  // met where links are not followed
  outside_root,
  too_large,
  denied,
  changed,  // the size changed while it was read
  exists,   // something stands where a new file was to be made
  failed,   // any other error of the system
};

// "does not exist", "is a folder", …: completes a sentence that begins with the path.
std::string_view to_string(FileStatus status);

struct FileContents {
  FileStatus status = FileStatus::failed;
  std::string bytes;       // valid if status is ok
  std::uint64_t size = 0;  // known for ok and too_large
};

struct FileInfo {
  FileStatus status = FileStatus::not_found;  // ok for a regular file, is_folder for a folder
  std::uint64_t size = 0;
};

// Tells one state of a file from another: two equal ones hold the same bytes.
struct FileVersion {
  std::uint64_t size = 0;
  std::uint64_t identity = 0;  // of the file, or of its bytes
  std::int64_t changed = 0;    // nanoseconds
  friend bool operator==(const FileVersion&, const FileVersion&) = default;
};

// A file that is read from its beginning, block by block, however large it is.
class FileReader {
 public:
  virtual ~FileReader() = default;
  // Fills the block from its front; fewer bytes only at the end of the file. Nothing if the system fails.
  virtual std::optional<std::size_t> read(std::span<char> block) = 0;
  // As of now: one that has changed since the file was opened was written to while it was read.
  virtual FileVersion version() const = 0;
};

struct OpenedFile {
  FileStatus status = FileStatus::failed;
  std::unique_ptr<FileReader> reader;  // null unless status is ok
};

struct FolderEntry {
  std::string name;
  bool is_folder = false;
  bool is_regular = false;  // false for links and special files
  bool is_link = false;
};

class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // Follows links: for paths that a person gave on the command line. Regular files only.
  virtual FileContents read(const std::string& path, std::uint64_t limit) const = 0;
  virtual FileInfo info(const std::string& path) const = 0;

  // `relative` below `root`, opened component by component without following links. A relative path that climbs
  // above the root is `outside_root`. What is checked is what is read.
  virtual FileContents read_beneath(const std::string& root, const std::string& relative,
                                    std::uint64_t limit) const = 0;
  virtual FileInfo info_beneath(const std::string& root, const std::string& relative) const = 0;
  virtual OpenedFile open_beneath(const std::string& root, const std::string& relative) const = 0;

  // Entries of a folder sorted by name; empty if it cannot be read.
  virtual std::vector<FolderEntry> list(const std::string& path) const = 0;
  // Whether a folder can be read, so that an empty list means an empty folder.
  virtual bool can_list(const std::string& path) const = 0;

  // Replaces a regular file, or makes a new one, in one step (a temporary file beside it, then rename). False if that
  // failed, or if something else stands there. Who may read an old file may read the new one.
  virtual bool write(const std::string& path, std::string_view bytes) = 0;

  // Makes a new file in one step, and the folders on the way to it. Whatever stands there already, a link that leads
  // nowhere too, is left alone: `exists`.
  virtual FileStatus create(const std::string& path, std::string_view bytes) = 0;

  // The absolute path with `.`, `..` and links resolved; empty if it does not exist.
  virtual std::string canonical(const std::string& path) const = 0;
};

std::unique_ptr<FileSystem> make_native_file_system();

// Bytes that are in memory already; they outlive the reader.
std::unique_ptr<FileReader> make_memory_reader(std::string_view bytes);

// Files by absolute, normalized path. The working directory is "/".
class MemoryFileSystem final : public FileSystem {
 public:
  void add(const std::string& path, std::string bytes) { files_[path] = std::move(bytes); }
  // A folder that may not be read.
  void lock(const std::string& path) { locked_.insert(path); }

  FileContents read(const std::string& path, std::uint64_t limit) const override;
  FileInfo info(const std::string& path) const override;
  FileContents read_beneath(const std::string& root, const std::string& relative, std::uint64_t limit) const override;
  FileInfo info_beneath(const std::string& root, const std::string& relative) const override;
  OpenedFile open_beneath(const std::string& root, const std::string& relative) const override;
  std::vector<FolderEntry> list(const std::string& path) const override;
  bool can_list(const std::string& path) const override { return !locked_.contains(path); }
  bool write(const std::string& path, std::string_view bytes) override;
  FileStatus create(const std::string& path, std::string_view bytes) override;
  std::string canonical(const std::string& path) const override;

 private:
  std::map<std::string, std::string> files_;
  std::set<std::string> locked_;
};

// Paths as text; `/` is the separator. No file is touched.
namespace path {
// Without `.`, doubled separators and inner `..`; a relative path may keep leading `..`. "" becomes ".".
std::string normalize(std::string_view path);
std::string join(std::string_view folder, std::string_view path);  // `path` itself if it is absolute
std::string_view folder(std::string_view path);                    // "." if there is none
std::string_view file_name(std::string_view path);
bool is_absolute(std::string_view path);
// True if `path` is `folder` or below it; both normalized and absolute.
bool is_within(std::string_view path, std::string_view folder);
// `path` relative to `folder`, both normalized and absolute: "../x" where needed.
std::string relative_to(std::string_view path, std::string_view folder);
}  // namespace path

}  // namespace scruple
