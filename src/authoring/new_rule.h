// `scruple new rule`: a rule that works, with its tests, to be changed into the one that is wanted.
#pragma once

#include "base/file_system.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::authoring {

struct RuleRequest {
  std::string id;      // "short-subject", or with the pack's id: "house/short-subject"
  std::string folder;  // of the pack
  std::string today;   // the day of the tests of a new pack
};

struct RuleFile {
  std::string path;
  std::string text;
};

struct NewRule {
  std::vector<RuleFile> files;  // to write: pack.yaml first, where there is none
  std::string problem;          // why it cannot be done; then there are no files
};

// `builtin_packs`: the ids that a new pack must not take.
NewRule new_rule(const RuleRequest& request, std::span<const std::string> builtin_packs, const FileSystem& files);

}  // namespace scruple::authoring
