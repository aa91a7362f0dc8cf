#include "base/files_beneath.h"

#include <utility>

namespace scruple {

FilesBeneath::FilesBeneath(const FileSystem& files, std::string root)
    : files_(files), root_(std::move(root)), working_folder_(files.canonical(".")) {}

std::string FilesBeneath::relative(const std::string& path) const {
  return path::relative_to(path::normalize(path::join(working_folder_, path)), root_);
}

FileContents FilesBeneath::read(const std::string& path, std::uint64_t limit) const {
  return files_.read_beneath(root_, relative(path), limit);
}

FileInfo FilesBeneath::info(const std::string& path) const {
  const std::string below = relative(path);
  return below == "." ? files_.info(root_) : files_.info_beneath(root_, below);
}

FileContents FilesBeneath::read_beneath(const std::string& root, const std::string& relative,
                                        std::uint64_t limit) const {
  return read(path::join(root, relative), limit);
}

FileInfo FilesBeneath::info_beneath(const std::string& root, const std::string& relative) const {
  return info(path::join(root, relative));
}

OpenedFile FilesBeneath::open_beneath(const std::string& root, const std::string& relative) const {
  return files_.open_beneath(root_, this->relative(path::join(root, relative)));
}

std::vector<FolderEntry> FilesBeneath::list(const std::string& path) const {
  return can_list(path) ? files_.list(path) : std::vector<FolderEntry>{};
}

bool FilesBeneath::can_list(const std::string& path) const {
  return info(path).status == FileStatus::is_folder && files_.can_list(path);
}

}  // namespace scruple
