// Policy packs: loaded and checked once, then read-only and shared by all workers.
#pragma once

#include "scruple/diagnostic.h"

#include <memory>
#include <string>
#include <vector>

namespace scruple {

class FileSystem;

namespace policy {
class CompiledPack;
struct Language;
}  // namespace policy

// The packs of a run, checked whole.
class PolicySet {
 public:
  PolicySet(std::shared_ptr<const policy::Language> language,
            std::vector<std::shared_ptr<const policy::CompiledPack>> packs)
      : language_(std::move(language)), packs_(std::move(packs)) {}

  const policy::Language& language() const { return *language_; }
  const std::vector<std::shared_ptr<const policy::CompiledPack>>& packs() const { return packs_; }

 private:
  std::shared_ptr<const policy::Language> language_;
  std::vector<std::shared_ptr<const policy::CompiledPack>> packs_;
};

// The built-in packs, joined or replaced by those read from `paths` (a folder or a single file each). Any problem
// in any pack is in `diagnostics`; then the set must not be used to judge.
PolicySet load_policies(const std::vector<std::string>& paths, Diagnostics& diagnostics);
PolicySet load_policies(const std::vector<std::string>& paths, const FileSystem& files, Diagnostics& diagnostics);

}  // namespace scruple
