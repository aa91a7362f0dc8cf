// Which manifests a run is about.
#pragma once

#include "config/config_files.h"
#include "config/manifest_location.h"

#include "scruple/diagnostic.h"

#include <string>
#include <string_view>
#include <vector>

namespace scruple {

class FileSystem;

namespace config {

// The code of the diagnostic that says so.
inline constexpr std::string_view nothing_found = "usage/nothing-found";

// What a search came by and left alone, though it could be a manifest or hold one; and patterns that left nothing out.
struct Skipped {
  std::string path;
  std::string reason;  // completes a sentence that begins with the path: "is a link"
};

struct Discovery {
  std::vector<std::string> manifests;  // sorted by path; "-" first
  std::vector<Skipped> skipped;
  std::vector<std::string> unused_patterns;  // `exclude` of a config that matched nothing: "`old/` (.scruple.yaml:3)"
  std::vector<std::string> searched;         // the folders that were searched with all below them, absolute
};

// "-" stands for standard input and is handed through. A folder is searched for manifests by name, and for those that
// the settings of a folder include; what they exclude is left alone unless it is named. A file is taken as a manifest
// if it is YAML or JSON. Each file appears once. What is neither, does not exist or cannot be read, and a run that
// finds nothing at all are diagnostics. A search does not follow links.
Discovery discover(const std::vector<std::string>& paths, const FileSystem& files, Locator& locator,
                   ConfigFiles& configs, Diagnostics& diagnostics);

// campaign.yaml, spring.campaign.yml, organization.json …
bool is_manifest_name(std::string_view file_name);
// Of those the files of a company: organization.yaml, organization.json …
bool is_organization_name(std::string_view file_name);

// Whether a search saw all that is in this folder, an absolute path.
bool was_searched(const Discovery& discovery, std::string_view folder);

}  // namespace config
}  // namespace scruple
