// Which manifests a run is about.
#pragma once

#include "scruple/diagnostic.h"

#include <string>
#include <string_view>
#include <vector>

namespace scruple {

class FileSystem;

namespace config {

// "-" stands for standard input and is handed through. A folder is searched for manifests by name; a file is taken
// as a manifest if it is YAML or JSON. Each file appears once; sorted by path. What is neither, or does not exist, and
// a run that finds nothing at all are diagnostics.
std::vector<std::string> discover(const std::vector<std::string>& paths, const FileSystem& files,
                                  Diagnostics& diagnostics);

// campaign.yaml, spring.campaign.yml, organization.json …
bool is_manifest_name(std::string_view file_name);

}  // namespace config
}  // namespace scruple
