#include "authoring/init.h"

#include "authoring/starter.h"

#include "scruple/document.h"

#include <memory>

namespace scruple::authoring {

namespace {

constexpr std::string_view schema_file = ".scruple/manifest.schema.json";

// The first of `names` in `folder` or a folder above it, up to the root; empty if there is none.
std::string find_upward(const FileSystem& files, const std::string& root, const std::string& folder,
                        std::initializer_list<std::string_view> names) {
  for (std::string at = folder;; at = path::folder(at)) {
    for (const std::string_view name : names) {
      std::string found = path::normalize(path::join(at, name));
      if (files.info_beneath(root, found).status == FileStatus::ok) return found;
    }
    if (at == ".") return {};
  }
}

std::string relative(const std::string& target, const std::string& folder) {
  return path::relative_to(path::normalize(path::join("/", target)), path::normalize(path::join("/", folder)));
}

}  // namespace

Site survey(const FileSystem& files, const std::string& root, const std::string& folder) {
  Site site{root, path::normalize(folder), {}, {}, std::nullopt, false};
  site.organization =
      find_upward(files, root, site.folder, {"organization.yaml", "organization.yml", "organization.json"});
  if (site.organization.empty()) {
    site.organization = path::normalize(path::join(site.folder, "organization.yaml"));
  } else {
    site.registered.emplace();
    FileContents contents = files.read_beneath(root, site.organization, DocumentLimits{}.bytes);
    Diagnostics ignored;
    const auto documents = read_documents(std::make_shared<const Source>(site.organization, std::move(contents.bytes)),
                                          DocumentLimits{}, ignored);
    if (documents.size() == 1) site.registered = read_register(documents.front());
  }
  site.schema = find_upward(files, root, site.folder, {schema_file});
  site.has_schema = !site.schema.empty();
  if (!site.has_schema) site.schema = path::normalize(path::join(path::folder(site.organization), schema_file));
  return site;
}

std::vector<NewFile> starter_files(const Site& site, const Answers& answers, const FolderGuess& guessed,
                                   const schema::Schema& schema, std::string_view schema_text) {
  StarterInput input;
  input.answers = answers;
  input.guessed = guessed;
  input.organization_path = relative(site.organization, site.folder);
  input.registered = site.registered;
  input.campaign_schema_path = relative(site.schema, site.folder);
  input.organization_schema_path = relative(site.schema, std::string(path::folder(site.organization)));
  Starter starter = write_starter(input, schema);
  std::vector<NewFile> files;
  if (!site.has_schema) files.push_back({site.schema, std::string(schema_text)});
  if (!starter.organization.empty()) files.push_back({site.organization, std::move(starter.organization)});
  files.push_back({path::normalize(path::join(site.folder, "campaign.yaml")), std::move(starter.campaign)});
  return files;
}

}  // namespace scruple::authoring
