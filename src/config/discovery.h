// Which manifests a run is about.
#pragma once

#include "scruple/diagnostic.h"

#include <string>
#include <string_view>
#include <vector>

namespace scruple {

class FileSystem;

namespace config {

// What a search came by and left alone, though it could be a manifest or hold one.
struct Skipped {
  std::string path;
  std::string reason;  // completes a sentence that begins with the path: "is a link"
};

struct Discovery {
  std::vector<std::string> manifests;  // sorted by path; "-" first
  std::vector<Skipped> skipped;
};

// "-" stands for standard input and is handed through. A folder is searched for manifests by name; a file is taken
// as a manifest if it is YAML or JSON. Each file appears once. What is neither, does not exist or cannot be read, and a
// run that finds nothing at all are diagnostics. A search does not follow links.
Discovery discover(const std::vector<std::string>& paths, const FileSystem& files, Diagnostics& diagnostics);

// campaign.yaml, spring.campaign.yml, organization.json …
bool is_manifest_name(std::string_view file_name);

}  // namespace config
}  // namespace scruple
