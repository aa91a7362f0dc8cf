// Finds and reads the settings that hold for a folder.
#pragma once

#include "config/config.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace scruple {

class FileSystem;

namespace config {

// Where settings are looked for.
struct ConfigChoice {
  std::string given;      // --config: this file alone
  bool isolated = false;  // --isolated: none
};

// The settings of a folder: the nearest config, which counts, and those further up to the root, whose locks hold.
// Empty where there are none. Shared by all folders for which they are the same.
using Chain = std::vector<ConfigPtr>;
using ChainPtr = std::shared_ptr<const Chain>;

// The patterns that hold where this chain does: those of the nearest config, but where `exclude` or `include` is locked
// further up, nothing more is excluded and nothing less included than there.
struct PatternChoice {
  std::vector<Setting> exclude;
  std::vector<Setting> include;
};
PatternChoice patterns_of(const Chain& chain);

// What patterns and paths of a setting are relative to: the folder of its file; for one that was given, the root.
std::string pattern_folder(const ConfigFile& file, const std::string& root);

// Reads each file once. For one thread. A config that cannot be used is in the diagnostics: the run cannot be done.
class ConfigFiles {
 public:
  // All outlive it; of the schema what it is a view of.
  ConfigFiles(const FileSystem& files, schema::Schema schema, ConfigChoice choice, Diagnostics& diagnostics);

  // Of manifests in `folder`, which lies in `root`; both absolute, without links.
  ChainPtr of(const std::string& root, const std::string& folder);

 private:
  ConfigPtr found(const std::string& root, const std::string& folder);
  ConfigPtr read(const std::string& root, const std::string& path, std::string bytes, std::size_t depth);
  ConfigPtr with_bases(Config config, const ConfigFilePtr& file, std::size_t depth);
  void report(std::string code, std::string message, std::string hint, Location location);
  std::string shown(const std::string& path) const;

  const FileSystem& files_;
  schema::Schema schema_;
  ConfigChoice choice_;
  Diagnostics& diagnostics_;
  std::string working_folder_;
  ChainPtr fixed_;  // for all folders: of a config that was given, or none
  std::map<std::pair<std::string, std::string>, ChainPtr> chains_;  // by root and folder
};

}  // namespace config
}  // namespace scruple
