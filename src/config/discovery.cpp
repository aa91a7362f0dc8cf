#include "config/discovery.h"

#include "base/file_system.h"
#include "base/strings.h"

#include <algorithm>
#include <set>

namespace scruple::config {

namespace {

// Deeper trees than this are links in disguise or not ours.
constexpr int deepest = 64;

std::string_view without_ending(std::string_view name) {
  for (const std::string_view ending : {".yaml", ".yml", ".json"}) {
    if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return {};
}

Diagnostic problem(std::string message, std::string hint) {
  Diagnostic diagnostic;
  diagnostic.code = "usage/path";
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  return diagnostic;
}

class Search {
 public:
  Search(const FileSystem& files, Diagnostics& diagnostics) : files_(files), diagnostics_(diagnostics) {}

  void add(const std::string& path) {
    const std::string shown = path::normalize(path);
    const std::string real = files_.canonical(path);
    if (seen_.insert(real.empty() ? shown : real).second) found.manifests.push_back(shown);
  }

  // Hidden folders, and those that hold other people's code, are left alone.
  void folder(const std::string& path, int depth) {
    if (depth > deepest) {
      found.skipped.push_back({path, concat("lies more than ", deepest, " folders deep")});
      return;
    }
    if (!files_.can_list(path)) {
      diagnostics_.push_back(problem(concat("the folder `", path, "` cannot be read"),
                                     "ask for the right to read it, or name the folders beside it"));
      return;
    }
    for (const auto& entry : files_.list(path)) {
      const std::string below = path == "." ? entry.name : path::join(path, entry.name);
      const bool is_ours = !entry.name.starts_with('.') && entry.name != "node_modules";
      if (entry.is_folder && is_ours) folder(below, depth + 1);
      if (entry.is_regular && is_manifest_name(entry.name)) add(below);
      if (entry.is_link &&
          (is_manifest_name(entry.name) || (is_ours && files_.info(below).status == FileStatus::is_folder))) {
        found.skipped.push_back({below, "is a link"});
      }
    }
  }

  Discovery found;

 private:
  const FileSystem& files_;
  Diagnostics& diagnostics_;
  std::set<std::string> seen_;
};

}  // namespace

bool is_manifest_name(std::string_view name) {
  const auto stem = without_ending(name);
  return stem == "campaign" || stem == "organization" || (stem.ends_with(".campaign") && stem.size() > 9);
}

Discovery discover(const std::vector<std::string>& paths, const FileSystem& files, Diagnostics& diagnostics) {
  Search search(files, diagnostics);
  bool standard_input = false;
  for (const std::string& path : paths) {
    if (path == "-") {
      standard_input = true;
      continue;
    }
    const FileInfo info = files.info(path);
    if (info.status == FileStatus::is_folder) {
      search.folder(path::normalize(path), 0);
    } else if (info.status == FileStatus::ok && !without_ending(path::file_name(path)).empty()) {
      search.add(path);
    } else if (info.status == FileStatus::ok) {
      diagnostics.push_back(
          problem(concat("`", path, "` is neither a manifest nor a folder"), "a manifest is a YAML or JSON file"));
    } else {
      diagnostics.push_back(problem(concat("`", path, "` ", to_string(info.status)), {}));
    }
  }
  std::vector<std::string>& found = search.found.manifests;
  std::ranges::sort(found);
  if (standard_input) found.insert(found.begin(), "-");
  if (found.empty() && diagnostics.empty()) {
    diagnostics.push_back(
        problem(concat("no manifest was found under `", paths.empty() ? "." : join(paths, "`, `"), "`"),
                "a manifest is called `campaign.yaml`, `NAME.campaign.yaml` or `organization.yaml`"));
  }
  return std::move(search.found);
}

}  // namespace scruple::config
