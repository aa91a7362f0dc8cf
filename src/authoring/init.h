// `scruple init`: which files a new campaign needs where, and what stands in them.
#pragma once

#include "authoring/answers.h"
#include "authoring/asset_guess.h"
#include "authoring/register.h"
#include "base/file_system.h"
#include "schema/schema.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::authoring {

// Where a campaign is to be. Paths are relative to the root.
struct Site {
  std::string root;          // canonical
  std::string folder;        // of the campaign
  std::string organization;  // the organization file in this folder or the nearest one above; else where to write it
  std::string schema;        // the manifest's schema for editors, likewise
  std::optional<Register> registered;  // of the organization file; unset if there is none
  bool has_schema = false;
};

Site survey(const FileSystem& files, const std::string& root, const std::string& folder);

struct NewFile {
  std::string path;  // relative to the root
  std::string text;
};

// The files to write, the campaign's manifest last. `schema_text` is that of the manifest's schema.
std::vector<NewFile> starter_files(const Site& site, const Answers& answers, const FolderGuess& guessed,
                                   const schema::Schema& schema, std::string_view schema_text);

}  // namespace scruple::authoring
