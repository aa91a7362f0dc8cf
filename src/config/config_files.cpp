#include "config/config_files.h"

#include "base/file_system.h"
#include "base/hash.h"
#include "base/strings.h"

#include <utility>

namespace scruple::config {

namespace {

constexpr std::uint64_t largest_config = 1u << 20;
constexpr std::size_t most_extended = 8;  // one after the other

}  // namespace

ConfigFiles::ConfigFiles(const FileSystem& files, schema::Schema schema, ConfigChoice choice, Diagnostics& diagnostics)
    : files_(files),
      schema_(schema),
      choice_(std::move(choice)),
      diagnostics_(diagnostics),
      working_folder_(files.canonical(".")) {
  if (choice_.isolated) {
    fixed_ = std::make_shared<const Chain>();
  } else if (!choice_.given.empty()) {
    Chain chain;
    FileContents contents = files_.read(choice_.given, largest_config);
    if (contents.status != FileStatus::ok) {
      report("config/unreadable", concat("the config `", choice_.given, "` ", to_string(contents.status)), {}, {});
    } else if (auto config = read({}, files_.canonical(choice_.given), std::move(contents.bytes), 0)) {
      chain.push_back(std::move(config));
    }
    fixed_ = std::make_shared<const Chain>(std::move(chain));
  }
}

std::string pattern_folder(const ConfigFile& file, const std::string& root) {
  return file.root.empty() ? root : file.folder;
}

PatternChoice patterns_of(const Chain& chain) {
  PatternChoice choice;
  bool exclude_locked = false;
  bool include_locked = false;
  std::vector<Setting> always;  // what a lock includes
  for (auto config = chain.rbegin(); config != chain.rend(); ++config) {
    if (!exclude_locked) choice.exclude.clear();
    choice.include = always;
    for (const Config* layer : layers_of(**config)) {
      if (layer->exclude && !exclude_locked) choice.exclude = *layer->exclude;
      if (layer->include) {
        choice.include = always;
        choice.include.insert(choice.include.end(), layer->include->begin(), layer->include->end());
      }
      for (const Setting& name : layer->locked) {
        exclude_locked = exclude_locked || name.value == "exclude";
        include_locked = include_locked || name.value == "include";
      }
      if (include_locked) always = choice.include;
    }
  }
  return choice;
}

ChainPtr ConfigFiles::of(const std::string& root, const std::string& folder) {
  if (fixed_) return fixed_;
  if (const auto known = chains_.find({root, folder}); known != chains_.end()) return known->second;
  ChainPtr chain;
  const ChainPtr above =
      folder == root || folder == "/" ? std::make_shared<const Chain>() : of(root, std::string(path::folder(folder)));
  if (ConfigPtr own = found(root, folder)) {
    Chain longer{std::move(own)};
    longer.insert(longer.end(), above->begin(), above->end());
    chain = std::make_shared<const Chain>(std::move(longer));
  } else {
    chain = above;
  }
  chains_[{root, folder}] = chain;
  return chain;
}

ConfigPtr ConfigFiles::found(const std::string& root, const std::string& folder) {
  const std::string path = path::join(folder, config_name);
  FileContents contents = files_.read_beneath(root, path::relative_to(path, root), largest_config);
  if (contents.status == FileStatus::not_found) return nullptr;
  if (contents.status != FileStatus::ok) {
    report("config/unreadable", concat("the config `", shown(path), "` ", to_string(contents.status)),
           "a config that cannot be read is not passed over: mend it or take it out", {});
    return nullptr;
  }
  return read(root, path, std::move(contents.bytes), 0);
}

ConfigPtr ConfigFiles::read(const std::string& root, const std::string& path, std::string bytes, std::size_t depth) {
  std::string digest = sha256_hex(bytes);
  const auto source = std::make_shared<const Source>(shown(path), std::move(bytes));
  Diagnostics problems;
  auto documents = read_documents(source, DocumentLimits{}, problems);
  for (Diagnostic& problem : problems) {
    problem.code = "config/syntax";
    diagnostics_.push_back(std::move(problem));
  }
  if (!problems.empty() || documents.empty()) return nullptr;
  if (documents.size() > 1) {
    report("config/syntax", "a config is one document; this file holds several", "take the lines `---` out",
           locate(*source, documents[1].span()));
    return nullptr;
  }
  const std::string relative = root.empty() ? path : path::relative_to(path, root);
  const auto file = std::make_shared<const ConfigFile>(ConfigFile{
      shown(path), path, relative, std::string(path::folder(path)), root, std::move(digest), std::move(documents[0])});
  auto config = read_config(file, schema_, diagnostics_);
  return config ? with_bases(*std::move(config), file, depth) : nullptr;
}

ConfigPtr ConfigFiles::with_bases(Config config, const ConfigFilePtr& file, std::size_t depth) {
  const auto extends = extended_by(file);
  if (!extends) return std::make_shared<const Config>(std::move(config));
  if (depth == most_extended) {
    report("config/extends", concat("more than ", most_extended, " configs extend each other"),
           "configs must not extend themselves in a circle", extends->location());
    return nullptr;
  }
  const std::string path = path::normalize(path::join(file->folder, extends->value));
  FileContents contents = file->root.empty()
                              ? files_.read(path, largest_config)
                              : files_.read_beneath(file->root, path::relative_to(path, file->root), largest_config);
  if (contents.status != FileStatus::ok) {
    report("config/extends", concat("the config `", extends->value, "` ", to_string(contents.status)),
           contents.status == FileStatus::not_found ? concat("the path is relative to ", file->shown) : std::string(),
           extends->location());
    return nullptr;
  }
  const ConfigPtr base = read(file->root, path, std::move(contents.bytes), depth + 1);
  if (base == nullptr) return nullptr;
  config.base = base;
  return std::make_shared<const Config>(std::move(config));
}

void ConfigFiles::report(std::string code, std::string message, std::string hint, Location location) {
  Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  diagnostic.location = std::move(location);
  diagnostics_.push_back(std::move(diagnostic));
}

std::string ConfigFiles::shown(const std::string& path) const {
  return path::is_within(path, working_folder_) ? path::relative_to(path, working_folder_) : path;
}

}  // namespace scruple::config
