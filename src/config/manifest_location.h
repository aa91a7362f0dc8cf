// Where a manifest stands, and the folder that nothing it names may leave.
#pragma once

#include <map>
#include <string>

namespace scruple {

class FileSystem;

namespace config {

struct ManifestLocation {
  std::string root;      // canonical
  std::string relative;  // the manifest's path below the root
  std::string shown;     // the manifest's path as it is shown
};

// The root of a manifest: the given one; else the nearest folder upward that holds `.git`; else the working directory
// if the manifest lies in it; else the manifest's folder. Looked for once a folder.
class Locator {
 public:
  // `root` is empty where none is given.
  Locator(const FileSystem& files, const std::string& root);

  ManifestLocation locate(const std::string& path);
  // Of a manifest in this folder, an absolute path without links.
  const std::string& root_of(const std::string& folder);

 private:
  const FileSystem& files_;
  std::string given_root_;
  std::string working_folder_;
  std::map<std::string, std::string, std::less<>> repositories_;  // by folder; empty: there is none
  std::map<std::string, std::string, std::less<>> roots_;

  const std::string& repository_of(const std::string& folder);
};

ManifestLocation locate_manifest(const std::string& path, const std::string& root, const FileSystem& files);

}  // namespace config
}  // namespace scruple
