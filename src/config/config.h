// The settings of a folder, `.scruple.yaml`, as they are written. What they mean for rules is settled in `lint`, where
// the packs are known.
#pragma once

#include "schema/schema.h"

#include "scruple/diagnostic.h"
#include "scruple/document.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::config {

inline constexpr std::string_view config_name = ".scruple.yaml";

// A file of settings that was read.
struct ConfigFile {
  std::string shown;     // its path as it is shown
  std::string path;      // absolute
  std::string relative;  // to its root
  std::string folder;    // absolute: what its paths and patterns are relative to
  std::string root;      // the folder that what it names may not leave; empty for one that was given by a person
  std::string sha256;
  Document document;
};
using ConfigFilePtr = std::shared_ptr<const ConfigFile>;

// A text with the place where it is written.
struct Setting {
  std::string value;
  const ConfigFile* file = nullptr;
  NodeId node = no_node;
  std::string place;  // `rules["privacy/x"].severity`
  Span key{};         // of a rule or a parameter: its name

  Location location() const { return locate(file->document.source(), file->document.node(node).span); }
};

struct RuleSetting {
  Setting id;
  std::optional<Setting> severity;  // `off` included
  std::vector<Setting> parameters;  // `value` is the parameter's name, `node` its value
};

struct EvidenceRoot {
  std::string name;
  Setting folder;
};

// What one config says itself.
struct Config {
  ConfigFilePtr file;
  std::shared_ptr<const Config> base;  // what it extends: what it says itself wins, key by key; may be null
  std::optional<Setting> level, gate, fail_on;
  std::optional<std::vector<Setting>> packs, include, exclude;  // nothing: not said
  std::vector<RuleSetting> rules;
  std::vector<EvidenceRoot> evidence_roots;
  NodeId waivers = no_node;  // the list of waivers
  std::vector<Setting> locked;
};
using ConfigPtr = std::shared_ptr<const Config>;

// A config with all that it builds on, the furthest base first: what comes later wins.
std::vector<const Config*> layers_of(const Config& config);

// What one file says itself, checked against the schema of settings. Its problems have the code `config/…`; nothing is
// returned if there are any.
std::optional<Config> read_config(ConfigFilePtr file, const schema::Schema& schema, Diagnostics& diagnostics);

// The path that a config extends.
std::optional<Setting> extended_by(const ConfigFilePtr& file);

}  // namespace scruple::config
