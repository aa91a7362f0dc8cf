#include "lint/repository_paths.h"

#include <map>
#include <string>
#include <string_view>

namespace scruple::linting {

namespace {

// Empty if no folder above holds `.git`.
std::string top_above(std::string_view folder, const FileSystem& files) {
  for (std::string_view at = folder;; at = path::folder(at)) {
    const FileStatus git = files.info(path::join(at, ".git")).status;
    if (git == FileStatus::ok || git == FileStatus::is_folder) return std::string(at);
    if (at == "/" || at == ".") return {};
  }
}

class RepositoryPaths {
 public:
  RepositoryPaths(const FileSystem& files, LintResult& result)
      : files_(files), result_(result), working_(files.canonical(".")), top_(top_above(working_, files)) {}

  void add(const std::string& file) {
    if (file.empty() || result_.repository_paths.contains(file)) return;
    std::string real = files_.canonical(file);
    if (real.empty()) real = path::normalize(path::join(working_, file));
    result_.repository_paths.emplace(file, path::relative_to(real, top_of(real)));
  }

 private:
  std::string top_of(const std::string& file) {
    if (!top_.empty() && path::is_within(file, top_)) return top_;
    const std::string folder(path::folder(file));
    const auto [known, is_new] = top_of_folder_.try_emplace(folder);
    if (is_new) known->second = top_above(folder, files_);
    if (!known->second.empty()) return known->second;
    return path::is_within(file, working_) ? working_ : folder;
  }

  const FileSystem& files_;
  LintResult& result_;
  std::string working_;
  std::string top_;  // of the repository that is worked in; empty if it is none
  std::map<std::string, std::string> top_of_folder_;
};

}  // namespace

void find_repository_paths(const FileSystem& files, LintResult& result) {
  RepositoryPaths paths(files, result);
  for (const Unit& unit : result.units) {
    paths.add(unit.file);
    for (const Remark& remark : unit.remarks) paths.add(remark.location.file);
  }
  for (const Cause& cause : result.causes) paths.add(cause.location.file);
  for (const Finding& finding : result.findings) {
    paths.add(finding.location.file);
    for (const Reason& reason : finding.because) {
      if (reason.location) paths.add(reason.location->file);
    }
  }
}

}  // namespace scruple::linting
