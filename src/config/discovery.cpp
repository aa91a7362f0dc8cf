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

class Search {
 public:
  explicit Search(const FileSystem& files) : files_(files) {}

  void add(const std::string& path) {
    const std::string shown = path::normalize(path);
    const std::string real = files_.canonical(path);
    if (seen_.insert(real.empty() ? shown : real).second) found.push_back(shown);
  }

  // Hidden folders, and those that hold other people's code, are left alone.
  void folder(const std::string& path, int depth) {
    if (depth > deepest) return;
    for (const auto& entry : files_.list(path)) {
      const std::string below = path == "." ? entry.name : path::join(path, entry.name);
      if (entry.is_folder && !entry.name.starts_with('.') && entry.name != "node_modules") folder(below, depth + 1);
      if (entry.is_regular && is_manifest_name(entry.name)) add(below);
    }
  }

  std::vector<std::string> found;

 private:
  const FileSystem& files_;
  std::set<std::string> seen_;
};

Diagnostic problem(std::string message, std::string hint) {
  Diagnostic diagnostic;
  diagnostic.code = "usage/path";
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  return diagnostic;
}

}  // namespace

bool is_manifest_name(std::string_view name) {
  const auto stem = without_ending(name);
  return stem == "campaign" || stem == "organization" || (stem.ends_with(".campaign") && stem.size() > 9);
}

std::vector<std::string> discover(const std::vector<std::string>& paths, const FileSystem& files,
                                  Diagnostics& diagnostics) {
  Search search(files);
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
  std::ranges::sort(search.found);
  if (standard_input) search.found.insert(search.found.begin(), "-");
  if (search.found.empty() && diagnostics.empty()) {
    diagnostics.push_back(
        problem(concat("no manifest was found under `", paths.empty() ? "." : join(paths, "`, `"), "`"),
                "a manifest is called `campaign.yaml`, `NAME.campaign.yaml` or `organization.yaml`"));
  }
  return std::move(search.found);
}

}  // namespace scruple::config
