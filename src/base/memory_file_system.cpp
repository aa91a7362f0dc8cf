#include "base/file_system.h"

#include <algorithm>
#include <functional>
#include <set>

namespace scruple {

namespace {
std::string absolute(const std::string& path) { return path::normalize(path::join("/", path)); }
}  // namespace

namespace {

class MemoryReader final : public FileReader {
 public:
  explicit MemoryReader(std::string_view bytes) : bytes_(bytes) {}

  std::optional<std::size_t> read(std::span<char> block) override {
    const std::size_t count = std::min(block.size(), bytes_.size() - read_);
    std::copy_n(bytes_.data() + read_, count, block.data());
    read_ += count;
    return count;
  }

  FileVersion version() const override { return {bytes_.size(), std::hash<std::string_view>()(bytes_), 0}; }

 private:
  std::string_view bytes_;
  std::size_t read_ = 0;
};

}  // namespace

std::unique_ptr<FileReader> make_memory_reader(std::string_view bytes) { return std::make_unique<MemoryReader>(bytes); }

FileInfo MemoryFileSystem::info(const std::string& path) const {
  const std::string name = absolute(path);
  if (const auto file = files_.find(name); file != files_.end()) return {FileStatus::ok, file->second.size()};
  const std::string below = name == "/" ? name : name + "/";
  const auto first = files_.lower_bound(below);
  if (first != files_.end() && first->first.starts_with(below)) return {FileStatus::is_folder, 0};
  return {FileStatus::not_found, 0};
}

FileContents MemoryFileSystem::read(const std::string& path, std::uint64_t limit) const {
  const FileInfo found = info(path);
  if (found.status != FileStatus::ok) return {found.status, {}, 0};
  if (found.size > limit) return {FileStatus::too_large, {}, found.size};
  return {FileStatus::ok, files_.at(absolute(path)), found.size};
}

FileInfo MemoryFileSystem::info_beneath(const std::string& root, const std::string& relative) const {
  const std::string name = path::normalize(path::join(absolute(root), relative));
  if (path::is_absolute(relative) || !path::is_within(name, absolute(root))) return {FileStatus::outside_root, 0};
  return info(name);
}

FileContents MemoryFileSystem::read_beneath(const std::string& root, const std::string& relative,
                                            std::uint64_t limit) const {
  const FileInfo found = info_beneath(root, relative);
  if (found.status != FileStatus::ok) return {found.status, {}, 0};
  return read(path::join(root, relative), limit);
}

OpenedFile MemoryFileSystem::open_beneath(const std::string& root, const std::string& relative) const {
  const FileInfo found = info_beneath(root, relative);
  if (found.status != FileStatus::ok) return {found.status, nullptr};
  return {FileStatus::ok, make_memory_reader(files_.at(absolute(path::join(root, relative))))};
}

std::vector<FolderEntry> MemoryFileSystem::list(const std::string& path) const {
  std::string below = absolute(path);
  if (below != "/") below += '/';
  std::map<std::string, bool> names;  // name -> is a folder
  for (auto file = files_.lower_bound(below); file != files_.end() && file->first.starts_with(below); ++file) {
    const std::string rest = file->first.substr(below.size());
    const auto slash = rest.find('/');
    names[rest.substr(0, slash)] |= slash != std::string::npos;
  }
  std::vector<FolderEntry> entries;
  for (const auto& [name, is_folder] : names) entries.push_back({name, is_folder, !is_folder});
  return entries;
}

bool MemoryFileSystem::write(const std::string& path, std::string_view bytes) {
  files_[absolute(path)] = bytes;
  return true;
}

FileStatus MemoryFileSystem::create(const std::string& path, std::string_view bytes) {
  if (info(path).status != FileStatus::not_found) return FileStatus::exists;
  write(path, bytes);
  return FileStatus::ok;
}

std::string MemoryFileSystem::canonical(const std::string& path) const {
  return info(path).status == FileStatus::not_found ? std::string{} : absolute(path);
}

}  // namespace scruple
