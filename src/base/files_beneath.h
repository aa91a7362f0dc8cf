// The files below a root, for readers that take a file system: no link is followed, nothing outside is opened, nothing
// is written.
#pragma once

#include "base/file_system.h"

#include <string>
#include <string_view>
#include <vector>

namespace scruple {

class FilesBeneath final : public FileSystem {
 public:
  // `files` outlives it; `root` is canonical. Paths are absolute, or relative to the working directory.
  FilesBeneath(const FileSystem& files, std::string root);

  FileContents read(const std::string& path, std::uint64_t limit) const override;
  FileInfo info(const std::string& path) const override;
  FileContents read_beneath(const std::string& root, const std::string& relative, std::uint64_t limit) const override;
  FileInfo info_beneath(const std::string& root, const std::string& relative) const override;
  OpenedFile open_beneath(const std::string& root, const std::string& relative) const override;
  std::vector<FolderEntry> list(const std::string& path) const override;
  bool can_list(const std::string& path) const override;
  bool write(const std::string&, std::string_view) override { return false; }
  FileStatus create(const std::string&, std::string_view) override { return FileStatus::denied; }
  std::string canonical(const std::string& path) const override { return files_.canonical(path); }

 private:
  std::string relative(const std::string& path) const;

  const FileSystem& files_;
  std::string root_;
  std::string working_folder_;
};

}  // namespace scruple
