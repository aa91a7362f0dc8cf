// Which manifests a change of files concerns.
#pragma once

#include "config/config_files.h"
#include "config/manifest_location.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {

class FileSystem;

namespace config {

// Files that changed, as a commit hook or `git diff --name-only` names them: relative to the working directory, or to
// the top of the repository. They need not exist any more.
class ChangedFiles {
 public:
  // `files` outlives it.
  ChangedFiles(const std::vector<std::string>& paths, const std::string& root, const FileSystem& files);

  // A manifest stands for itself, an organization file for its campaigns, a config for all below it, a pack for those
  // that it judges, any other file for the manifests that name it. A file that none names stands for the campaign in
  // whose folder it lies, if that is not the root: a file that was renamed is known by its new name alone.
  bool concern(const ManifestLocation& location, const Chain& chain);

  // Whether the file, or a file in the folder, is among them. An absolute path.
  bool hold(const std::string& path) const;

 private:
  // Whether a file that holds this text, in this folder, names one of them.
  bool are_named_in(const std::string& text, const std::string& name, const std::string& folder, const Chain& chain);
  bool are_mentioned_in(std::string_view text) const;
  // Whether one lies in this folder of a campaign, and in that of no other campaign further down.
  bool lie_in(const std::string& folder);
  bool has_campaign(const std::string& folder);

  const FileSystem& files_;
  std::set<std::string, std::less<>> paths_;   // absolute
  std::vector<std::string> names_;             // of the files alone; empty if they are too many to look for one by one
  std::map<std::string, bool> organizations_;  // by path: whether it is, or names, one of them
  std::map<std::string, bool> campaigns_;      // by folder: whether the manifest of a campaign stands there
};

}  // namespace config
}  // namespace scruple
