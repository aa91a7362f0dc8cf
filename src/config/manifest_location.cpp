#include "config/manifest_location.h"

#include "base/file_system.h"

namespace scruple::config {

Locator::Locator(const FileSystem& files, const std::string& root)
    : files_(files), given_root_(root.empty() ? root : files.canonical(root)), working_folder_(files.canonical(".")) {}

const std::string& Locator::repository_of(const std::string& folder) {
  const auto [known, is_new] = repositories_.try_emplace(folder);
  if (!is_new) return known->second;
  const FileStatus git = files_.info(path::join(folder, ".git")).status;
  if (git == FileStatus::ok || git == FileStatus::is_folder) {
    known->second = folder;
  } else if (folder != "/" && folder != ".") {
    known->second = repository_of(std::string(path::folder(folder)));
  }
  return known->second;
}

const std::string& Locator::root_of(const std::string& folder) {
  if (!given_root_.empty()) return given_root_;
  const auto [known, is_new] = roots_.try_emplace(folder);
  if (!is_new) return known->second;
  const std::string& repository = repository_of(folder);
  known->second = !repository.empty()                        ? repository
                  : path::is_within(folder, working_folder_) ? working_folder_
                                                             : folder;
  return known->second;
}

ManifestLocation Locator::locate(const std::string& path) {
  ManifestLocation location;
  location.shown = path;
  std::string real = files_.canonical(path);
  if (real.empty()) real = path::normalize(path::join(working_folder_, path));
  location.root = root_of(std::string(path::folder(real)));
  location.relative = path::relative_to(real, location.root);
  return location;
}

ManifestLocation locate_manifest(const std::string& path, const std::string& root, const FileSystem& files) {
  return Locator(files, root).locate(path);
}

}  // namespace scruple::config
