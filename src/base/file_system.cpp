#include "base/file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <utility>

namespace scruple {

std::string_view to_string(FileStatus status) {
  switch (status) {
    case FileStatus::ok: return "can be read";
    case FileStatus::not_found: return "does not exist";
    case FileStatus::is_folder: return "is a folder";
    case FileStatus::not_regular: return "is not a regular file";
    case FileStatus::symbolic_link: return "is or passes a symbolic link";
    case FileStatus::outside_root: return "lies outside the root";
    case FileStatus::too_large: return "is too large";
    case FileStatus::denied: return "may not be read (permission denied)";
    case FileStatus::changed: return "changed while it was read";
    case FileStatus::exists: return "exists already";
    case FileStatus::failed: return "cannot be read";
  }
  return "cannot be read";
}

namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }

 private:
  int fd_;
};

FileStatus status_of_errno(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG: return FileStatus::not_found;
    case ELOOP: return FileStatus::symbolic_link;
    case EACCES:
    case EPERM: return FileStatus::denied;
    case EEXIST: return FileStatus::exists;
    case ENXIO:
    case ENODEV: return FileStatus::not_regular;
    default: return FileStatus::failed;
  }
}

FileStatus status_of(const struct stat& info) {
  if (S_ISREG(info.st_mode)) return FileStatus::ok;
  return S_ISDIR(info.st_mode) ? FileStatus::is_folder : FileStatus::not_regular;
}

// O_NONBLOCK: a FIFO without a writer must not hang us before fstat has told what it is.
constexpr int read_flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;

FileContents read_descriptor(const Descriptor& file, std::uint64_t limit) {
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return {FileStatus::failed, {}, 0};
  if (const FileStatus status = status_of(info); status != FileStatus::ok) return {status, {}, 0};
  const auto size = static_cast<std::uint64_t>(info.st_size);
  if (size > limit) return {FileStatus::too_large, {}, size};
  // One byte more than the size: a file that grew is noticed. Files of /proc say 0 and are refused with it.
  std::string bytes(size + 1, '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return {FileStatus::failed, {}, size};
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  if (filled != size) return {FileStatus::changed, {}, size};
  bytes.resize(size);
  return {FileStatus::ok, std::move(bytes), size};
}

struct Opened {
  Descriptor file{-1};
  FileStatus status = FileStatus::failed;
};

// Walks the path with one openat a component; a link anywhere below the root ends it.
Opened open_steps(const std::string& root, const std::string& relative) {
  const std::string wanted = path::normalize(relative);
  if (path::is_absolute(relative) || wanted == ".." || wanted.starts_with("../") ||
      relative.find('\0') != std::string::npos) {
    return {Descriptor(-1), FileStatus::outside_root};
  }
  Descriptor folder(::open(root.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY));
  if (!folder.valid()) return {Descriptor(-1), status_of_errno(errno)};
  if (wanted == ".") return {std::move(folder), FileStatus::is_folder};
  std::size_t begin = 0;
  while (true) {
    const auto slash = wanted.find('/', begin);
    const std::string name = wanted.substr(begin, slash == std::string::npos ? std::string::npos : slash - begin);
    const bool last = slash == std::string::npos;
    const int flags = last ? read_flags | O_NOFOLLOW : O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW;
    Descriptor next(::openat(folder.get(), name.c_str(), flags));
    if (!next.valid()) {
      const int error = errno;
      // O_DIRECTORY with O_NOFOLLOW says ENOTDIR for a link: tell it from a plain file.
      struct stat info {};
      const bool is_link =
          ::fstatat(folder.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(info.st_mode);
      return {Descriptor(-1), is_link ? FileStatus::symbolic_link : status_of_errno(error)};
    }
    if (last) return {std::move(next), FileStatus::ok};
    folder = std::move(next);
    begin = slash + 1;
  }
}

void remove_keeping_errno(const std::string& path) {
  const int error = errno;
  ::unlink(path.c_str());
  errno = error;
}

// mkstemp makes files that only their owner reads; a report is for others too.
mode_t new_file_mode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

// A new file beside `path` with these bytes; its name, or nothing with errno set.
std::string write_temporary(const std::string& path, std::string_view bytes, mode_t mode) {
  std::string temporary = path + ".XXXXXX";
  const Descriptor file(::mkstemp(temporary.data()));
  if (!file.valid()) return {};
  bool written = true;
  while (written && !bytes.empty()) {
    const ssize_t put = ::write(file.get(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    written = put > 0;
    if (written) bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  if (written && ::fchmod(file.get(), mode) == 0) return temporary;
  remove_keeping_errno(temporary);
  return {};
}

// False with errno set if a folder could not be made.
bool make_folders(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0777) == 0 || errno == EEXIST) return true;
  const std::string above(path::folder(folder));
  if (errno != ENOENT || above == folder) return false;
  return make_folders(above) && (::mkdir(folder.c_str(), 0777) == 0 || errno == EEXIST);
}

class NativeReader final : public FileReader {
 public:
  explicit NativeReader(Descriptor file) : file_(std::move(file)) {}

  std::optional<std::size_t> read(std::span<char> block) override {
    std::size_t filled = 0;
    while (filled < block.size()) {
      const ssize_t got = ::read(file_.get(), block.data() + filled, block.size() - filled);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return std::nullopt;
      if (got == 0) break;
      filled += static_cast<std::size_t>(got);
    }
    return filled;
  }

  FileVersion version() const override {
    struct stat info {};
    if (::fstat(file_.get(), &info) != 0) return {};
    constexpr std::int64_t nanos_a_second = 1'000'000'000;
    return {static_cast<std::uint64_t>(info.st_size), info.st_ino,
            std::max(info.st_mtim.tv_sec, info.st_ctim.tv_sec) * nanos_a_second +
                std::max(info.st_mtim.tv_nsec, info.st_ctim.tv_nsec)};
  }

 private:
  Descriptor file_;
};

class NativeFileSystem final : public FileSystem {
 public:
  FileContents read(const std::string& path, std::uint64_t limit) const override {
    const Descriptor file(::open(path.c_str(), read_flags));
    if (!file.valid()) return {status_of_errno(errno), {}, 0};
    return read_descriptor(file, limit);
  }

  FileInfo info(const std::string& path) const override {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return {status_of_errno(errno), 0};
    return {status_of(info), static_cast<std::uint64_t>(info.st_size)};
  }

  FileContents read_beneath(const std::string& root, const std::string& relative, std::uint64_t limit) const override {
    const Opened opened = open_steps(root, relative);
    if (!opened.file.valid() || opened.status != FileStatus::ok) return {opened.status, {}, 0};
    return read_descriptor(opened.file, limit);
  }

  FileInfo info_beneath(const std::string& root, const std::string& relative) const override {
    const Opened opened = open_steps(root, relative);
    if (!opened.file.valid()) return {opened.status, 0};
    struct stat info {};
    if (::fstat(opened.file.get(), &info) != 0) return {FileStatus::failed, 0};
    return {status_of(info), static_cast<std::uint64_t>(info.st_size)};
  }

  OpenedFile open_beneath(const std::string& root, const std::string& relative) const override {
    Opened opened = open_steps(root, relative);
    if (!opened.file.valid() || opened.status != FileStatus::ok) return {opened.status, nullptr};
    struct stat info {};
    if (::fstat(opened.file.get(), &info) != 0) return {FileStatus::failed, nullptr};
    if (const FileStatus status = status_of(info); status != FileStatus::ok) return {status, nullptr};
    return {FileStatus::ok, std::make_unique<NativeReader>(std::move(opened.file))};
  }

  std::vector<FolderEntry> list(const std::string& path) const override {
    std::vector<FolderEntry> entries;
    DIR* folder = ::opendir(path.c_str());
    if (folder == nullptr) return entries;
    while (const dirent* entry = ::readdir(folder)) {
      const std::string name = entry->d_name;
      if (name == "." || name == "..") continue;
      struct stat info {};
      if (::fstatat(::dirfd(folder), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) continue;
      entries.push_back({name, S_ISDIR(info.st_mode), S_ISREG(info.st_mode), S_ISLNK(info.st_mode)});
    }
    ::closedir(folder);
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return entries;
  }

  bool can_list(const std::string& path) const override { return ::access(path.c_str(), R_OK | X_OK) == 0; }

  bool write(const std::string& given, std::string_view bytes) override {
    // What a link names is replaced, not the link; a device or a folder never is.
    struct stat info {};
    const bool exists = ::stat(given.c_str(), &info) == 0;
    if (exists && !S_ISREG(info.st_mode)) return false;
    const std::string path = exists ? canonical(given) : given;
    const std::string temporary = write_temporary(path, bytes, exists ? info.st_mode & 0777 : new_file_mode());
    if (temporary.empty()) return false;
    const bool written = ::rename(temporary.c_str(), path.c_str()) == 0;
    if (!written) ::unlink(temporary.c_str());
    return written;
  }

  FileStatus create(const std::string& path, std::string_view bytes) override {
    if (!make_folders(std::string(path::folder(path)))) return status_of_errno(errno);
    const std::string temporary = write_temporary(path, bytes, new_file_mode());
    if (temporary.empty()) return status_of_errno(errno);
    // A rename that replaces nothing; file systems without it have hard links, which never replace anything.
    if (::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) == 0) return FileStatus::ok;
    const bool made = errno == EINVAL && ::link(temporary.c_str(), path.c_str()) == 0;
    remove_keeping_errno(temporary);
    return made ? FileStatus::ok : status_of_errno(errno);
  }

  std::string canonical(const std::string& path) const override {
    char resolved[PATH_MAX];
    return ::realpath(path.c_str(), resolved) == nullptr ? std::string{} : std::string(resolved);
  }
};

}  // namespace

std::unique_ptr<FileSystem> make_native_file_system() { return std::make_unique<NativeFileSystem>(); }

}  // namespace scruple
