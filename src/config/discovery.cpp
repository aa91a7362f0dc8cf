#include "config/discovery.h"

#include "base/file_system.h"
#include "base/strings.h"
#include "config/ignore_pattern.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

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

std::string position(const Setting& setting) {
  const Location location = setting.location();
  return concat(location.file, ":", location.begin.line);
}

// The patterns that hold for one chain of configs, ready to be matched; remembers which of them ever did.
class Patterns {
 public:
  Patterns(const Chain& chain, const std::string& root) {
    const PatternChoice choice = patterns_of(chain);
    for (const auto& [settings, lines] :
         {std::pair(&choice.exclude, &exclude_), std::pair(&choice.include, &include_)}) {
      for (const Setting& setting : *settings)
        lines->push_back({IgnorePattern(setting.value), setting, pattern_folder(*setting.file, root)});
    }
  }

  // The last pattern of `exclude` that matches decides.
  const Setting* excludes(std::string_view path, bool is_folder) {
    const Setting* by = nullptr;
    for (Line& line : exclude_) {
      if (!line.matches(path, is_folder)) continue;
      line.matched = true;
      by = line.pattern.is_negated() ? nullptr : &line.setting;
    }
    return by;
  }

  bool includes(std::string_view path) const {
    bool included = false;
    for (const Line& line : include_) {
      if (line.matches(path, false)) included = !line.pattern.is_negated();
    }
    return included;
  }

  // A pattern that left nothing out is a mistake, where all that it could match was seen.
  void add_unused(Discovery& found, std::set<std::string>& used) const {
    for (const Line& line : exclude_) {
      const std::string text = concat("`", line.setting.value, "` (", position(line.setting), ")");
      if (line.matched || !was_searched(found, line.folder)) {
        used.insert(text);
      } else {
        found.unused_patterns.push_back(text);
      }
    }
  }

 private:
  struct Line {
    IgnorePattern pattern;
    Setting setting;
    std::string folder;
    bool matched = false;

    // Nothing outside of its folder is a pattern's business.
    bool matches(std::string_view path, bool is_folder) const {
      return path::is_within(path, folder) && pattern.matches(path::relative_to(path, folder), is_folder);
    }
  };
  std::vector<Line> exclude_;
  std::vector<Line> include_;
};

class Search {
 public:
  Search(const FileSystem& files, Locator& locator, ConfigFiles& configs, Diagnostics& diagnostics)
      : files_(files), locator_(locator), configs_(configs), diagnostics_(diagnostics) {}

  void add(const std::string& path) {
    const std::string shown = path::normalize(path);
    const std::string real = files_.canonical(path);
    if (seen_.insert(real.empty() ? shown : real).second) found.manifests.push_back(shown);
  }

  // Hidden folders, and those that hold other people's code, are left alone. `real` is the path without links.
  void folder(const std::string& path, const std::string& real, int depth) {
    if (depth > deepest) {
      found.skipped.push_back({path, concat("lies more than ", deepest, " folders deep")});
      return;
    }
    if (!files_.can_list(path)) {
      diagnostics_.push_back(problem(concat("the folder `", path, "` cannot be read"),
                                     "ask for the right to read it, or name the folders beside it"));
      return;
    }
    Patterns* const patterns = patterns_of(real);
    for (const auto& entry : files_.list(path)) {
      const std::string below = path == "." ? entry.name : path::join(path, entry.name);
      const std::string real_below = path::join(real, entry.name);
      const bool is_ours = !entry.name.starts_with('.') && entry.name != "node_modules";
      const bool is_manifest =
          is_manifest_name(entry.name) ||
          (patterns != nullptr && !without_ending(entry.name).empty() && is_ours && patterns->includes(real_below));
      refuse_misnamed(entry, below);
      const Setting* excluded_by = patterns == nullptr ? nullptr : patterns->excludes(real_below, entry.is_folder);
      if (excluded_by != nullptr) {
        if ((entry.is_folder && is_ours) || (entry.is_regular && is_manifest))
          found.skipped.push_back({below, concat("is excluded by ", position(*excluded_by))});
        continue;
      }
      if (entry.is_folder && is_ours) folder(below, real_below, depth + 1);
      if (entry.is_regular && is_manifest) add(below);
      if (entry.is_link && (is_manifest || (is_ours && files_.info(below).status == FileStatus::is_folder))) {
        found.skipped.push_back({below, "is a link"});
      }
    }
  }

  void find_unused() {
    std::set<std::string> used;
    for (const auto& [key, patterns] : patterns_) patterns.add_unused(found, used);
    std::vector<std::string>& unused = found.unused_patterns;
    std::ranges::sort(unused);
    unused.erase(std::unique(unused.begin(), unused.end()), unused.end());
    std::erase_if(unused, [&](const std::string& pattern) { return used.contains(pattern); });
  }

  Discovery found;

 private:
  Patterns* patterns_of(const std::string& real) {
    const std::string& root = locator_.root_of(real);
    const ChainPtr chain = configs_.of(root, real);
    if (chain->empty()) return nullptr;
    return &patterns_.try_emplace({chain, root}, *chain, root).first->second;
  }

  // Settings that are not read because of their file's name would be loosened in silence.
  void refuse_misnamed(const FolderEntry& entry, const std::string& path) {
    for (const std::string_view name : {".scruple.yml", ".scruple.json"}) {
      if (entry.name != name || entry.is_folder) continue;
      Diagnostic diagnostic =
          problem(concat("`", path, "` is not read: settings stand in a file `", config_name, "`"), "rename it");
      diagnostic.code = "config/name";
      diagnostics_.push_back(std::move(diagnostic));
    }
  }

  const FileSystem& files_;
  Locator& locator_;
  ConfigFiles& configs_;
  Diagnostics& diagnostics_;
  std::set<std::string> seen_;
  std::map<std::pair<ChainPtr, std::string>, Patterns> patterns_;
};

}  // namespace

bool is_organization_name(std::string_view name) { return name.starts_with("organization."); }

bool is_manifest_name(std::string_view name) {
  const auto stem = without_ending(name);
  return stem == "campaign" || stem == "organization" || (stem.ends_with(".campaign") && stem.size() > 9);
}

bool was_searched(const Discovery& discovery, std::string_view folder) {
  return std::ranges::any_of(discovery.searched,
                             [&](const std::string& searched) { return path::is_within(folder, searched); });
}

Discovery discover(const std::vector<std::string>& paths, const FileSystem& files, Locator& locator,
                   ConfigFiles& configs, Diagnostics& diagnostics) {
  Search search(files, locator, configs, diagnostics);
  bool standard_input = false;
  for (const std::string& path : paths) {
    if (path == "-") {
      standard_input = true;
      continue;
    }
    const FileInfo info = files.info(path);
    if (info.status == FileStatus::is_folder) {
      const std::string real = files.canonical(path);
      search.found.searched.push_back(real);
      search.folder(path::normalize(path), real, 0);
    } else if (info.status == FileStatus::ok && !without_ending(path::file_name(path)).empty()) {
      search.add(path);
    } else if (info.status == FileStatus::ok) {
      diagnostics.push_back(
          problem(concat("`", path, "` is neither a manifest nor a folder"), "a manifest is a YAML or JSON file"));
    } else {
      diagnostics.push_back(problem(concat("`", path, "` ", to_string(info.status)), {}));
    }
  }
  search.find_unused();
  std::vector<std::string>& found = search.found.manifests;
  std::ranges::sort(found);
  if (standard_input) found.insert(found.begin(), "-");
  if (found.empty() && diagnostics.empty()) {
    std::size_t excluded = 0;
    for (const Skipped& skipped : search.found.skipped) excluded += skipped.reason.starts_with("is excluded") ? 1 : 0;
    diagnostics.push_back(
        problem(concat("no manifest was found under `", paths.empty() ? "." : join(paths, "`, `"), "`"),
                excluded > 0 ? concat("settings exclude ", plural(excluded, "path"))
                             : "a manifest is called `campaign.yaml`, `NAME.campaign.yaml` or `organization.yaml`"));
    diagnostics.back().code = nothing_found;
  }
  return std::move(search.found);
}

}  // namespace scruple::config
