// What the files of a folder probably are: which are mails, pages, scripts of bots or pictures, and in which language.
#pragma once

#include "base/file_system.h"

#include <string>
#include <vector>

namespace scruple::authoring {

struct GuessedAsset {
  std::string path;      // relative to the folder of the manifest
  std::string kind;      // as in `assets[].kind`
  std::string language;  // empty if it cannot be told
  std::string reason;    // what the guess rests on: "holds merge tags; <html lang="de">"
  std::string form;      // as in `data.collection_points[].kind`, if it gathers data; else empty
};

struct FolderGuess {
  std::vector<GuessedAsset> assets;       // by path
  std::string preference_page;            // path of the page on which people choose what they get; empty if none
  std::vector<std::string> unrecognized;  // files that no guess could be made of
  std::size_t left_out = 0;               // files beyond the most that are looked at
};

// Looks at the files below `folder`, hidden ones and manifests aside. `root` and `manifest_folder` (relative to it) as
// for evidence: no link is followed, and nothing outside of the root is opened. `folder` is relative to the root too.
FolderGuess guess_assets(const FileSystem& files, const std::string& root, const std::string& folder,
                         const std::string& manifest_folder);

// The language of a text by its most frequent words: "de"; empty if they do not tell.
std::string guess_language(std::string_view text);

}  // namespace scruple::authoring
