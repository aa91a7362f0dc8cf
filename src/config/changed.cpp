#include "config/changed.h"

#include "base/file_system.h"
#include "base/strings.h"
#include "config/discovery.h"

#include "scruple/document.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace scruple::config {

namespace {

// So many names are looked for in a text before it is parsed; with more of them, parsing is as cheap.
constexpr std::size_t most_names = 64;

// The organization file that a manifest names, found without parsing it. Empty if it names none.
std::string organization_in(std::string_view text) {
  constexpr std::string_view keys[] = {"organization:", "\"organization\""};
  for (const std::string_view key : keys) {
    for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
      const bool json = key.front() == '"';
      // In YAML it stands at the begin of a line.
      if (!json && at != 0 && text[at - 1] != '\n') continue;
      std::string_view value = text.substr(at + key.size(), 1000);
      value = trim_ascii(value.substr(0, value.find_first_of(json ? ",}\n" : "\r\n")));
      if (value.starts_with(':')) value = trim_ascii(value.substr(1));
      if (value.starts_with('"') || value.starts_with('\'')) {
        const char quote = value.front();
        value.remove_prefix(1);
        value = value.substr(0, value.find(quote));
      } else {
        value = trim_ascii(value.substr(0, value.find(" #")));
      }
      if (!value.empty() && value.front() != '{') return std::string(value);
    }
  }
  return {};
}

bool is_campaign_name(std::string_view name) { return is_manifest_name(name) && !is_organization_name(name); }

}  // namespace

ChangedFiles::ChangedFiles(const std::vector<std::string>& paths, const std::string& root, const FileSystem& files)
    : files_(files) {
  const std::string working_folder = files.canonical(".");
  std::set<std::string> names;
  for (const std::string& path : paths) {
    for (const std::string& folder : {working_folder, root}) {
      const std::string absolute = path::normalize(path::join(folder, path));
      paths_.insert(absolute);
      names.emplace(path::file_name(absolute));
    }
  }
  if (names.size() > most_names) return;
  for (const std::string& name : names) {
    // A name with blanks may be broken over two lines: its longest word is looked for.
    std::string_view longest;
    for (std::string_view rest = name; !rest.empty();) {
      const std::size_t blank = std::min(rest.find(' '), rest.size());
      if (blank > longest.size()) longest = rest.substr(0, blank);
      rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
    names_.emplace_back(longest);
  }
}

bool ChangedFiles::hold(const std::string& path) const {
  if (paths_.contains(path)) return true;
  const auto next = paths_.lower_bound(path + "/");
  return next != paths_.end() && path::is_within(*next, path);
}

bool ChangedFiles::concern(const ManifestLocation& location, const Chain& chain) {
  const std::string path = path::normalize(path::join(location.root, location.relative));
  const std::string folder(path::folder(path));
  if (hold(path)) return true;
  if (folder != location.root && is_campaign_name(path::file_name(path)) && lie_in(folder)) return true;
  // Its settings: also those that were taken away.
  for (std::string_view at = folder;; at = path::folder(at)) {
    if (paths_.contains(path::join(at, config_name))) return true;
    if (at == location.root || at == "/" || at == ".") break;
  }
  for (const ConfigPtr& config : chain) {
    for (const Config* layer : layers_of(*config)) {
      if (hold(layer->file->path)) return true;
      for (const Setting& pack : layer->packs.value_or(std::vector<Setting>{})) {
        if (hold(path::normalize(path::join(layer->file->folder, pack.value)))) return true;
      }
    }
  }
  const FileContents contents = files_.read(path, DocumentLimits{}.bytes);
  // One that cannot be read is judged: what it names is not known.
  if (contents.status != FileStatus::ok || are_named_in(contents.bytes, path, folder, chain)) return true;

  const std::string named = organization_in(contents.bytes);
  if (named.empty()) return false;
  const std::string organization = path::normalize(path::join(folder, named));
  const auto [known, is_new] = organizations_.try_emplace(organization, false);
  if (is_new && path::is_within(organization, location.root)) {
    const FileContents text =
        files_.read_beneath(location.root, path::relative_to(organization, location.root), DocumentLimits{}.bytes);
    known->second =
        hold(organization) || (text.status == FileStatus::ok &&
                               are_named_in(text.bytes, organization, std::string(path::folder(organization)), chain));
  }
  return known->second;
}

bool ChangedFiles::lie_in(const std::string& folder) {
  const auto nearest = [&](std::string_view at) {
    while (at != folder && !has_campaign(std::string(at))) at = path::folder(at);
    return at;
  };
  for (auto changed = paths_.lower_bound(folder + "/"); changed != paths_.end() && path::is_within(*changed, folder);
       ++changed) {
    if (nearest(path::folder(*changed)) == folder) return true;
  }
  return false;
}

bool ChangedFiles::has_campaign(const std::string& folder) {
  const auto [known, is_new] = campaigns_.try_emplace(folder, false);
  if (is_new) {
    known->second = std::ranges::any_of(
        files_.list(folder), [](const FolderEntry& entry) { return entry.is_regular && is_campaign_name(entry.name); });
  }
  return known->second;
}

bool ChangedFiles::are_mentioned_in(std::string_view text) const {
  if (names_.empty()) return true;
  // An escape such as `\x2e` can stand for any character.
  for (const std::string_view escape : {"\\x", "\\u", "\\U"}) {
    if (text.find(escape) != std::string_view::npos) return true;
  }
  return std::ranges::any_of(names_,
                             [&](const std::string& name) { return text.find(name) != std::string_view::npos; });
}

bool ChangedFiles::are_named_in(const std::string& text, const std::string& name, const std::string& folder,
                                const Chain& chain) {
  if (!are_mentioned_in(text)) return false;
  Diagnostics problems;
  const auto source = std::make_shared<const Source>(name, text);
  const auto documents = read_documents(source, DocumentLimits{}, problems);
  // What cannot be parsed mentions one of them, and that is all that can be told.
  if (!problems.empty()) return true;
  for (const Document& document : documents) {
    for (NodeId id = 0; id < document.node_count(); ++id) {
      const Node& node = document.node(id);
      if (node.kind != NodeKind::string || node.text.empty() || node.text.size() > 4096) continue;
      if (paths_.contains(path::normalize(path::join(folder, node.text)))) return true;
      const std::size_t colon = node.text.find(':');
      if (colon == std::string_view::npos) continue;
      for (const ConfigPtr& config : chain) {
        for (const Config* layer : layers_of(*config)) {
          for (const EvidenceRoot& root : layer->evidence_roots) {
            if (root.name != node.text.substr(0, colon)) continue;
            const std::string base = path::join(layer->file->folder, root.folder.value);
            if (paths_.contains(path::normalize(path::join(base, node.text.substr(colon + 1))))) return true;
          }
        }
      }
    }
  }
  return false;
}

}  // namespace scruple::config
