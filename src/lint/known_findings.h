// Findings that were known before: of a baseline that a team works off, or of an earlier report.
#pragma once

#include "scruple/linter.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {

class FileSystem;

namespace linting {

struct Baseline {
  std::string file;
  std::vector<KnownFinding> findings;
  std::vector<Location> locations;  // parallel to findings
};

// From its file; nothing, with the reason, if it is none.
std::optional<Baseline> read_baseline(const std::string& file, const FileSystem& files, Diagnostics& diagnostics);

// What a new baseline holds. `old` may be null: what it knows of manifests that this run did not judge is kept; with
// `grow` all that was found is added, without it only what was known stays.
std::vector<KnownFinding> make_baseline(const LintResult& result, const Baseline* old, bool grow,
                                        const FileSystem& files);

// Marks the findings that the baseline holds, and adds one for its entries that are not found any more.
void apply_baseline(const Baseline& baseline, LintResult& result, const FileSystem& files);

// Compares a run with an earlier report in JSON.
void compare_with_report(const std::string& file, LintResult& result, const FileSystem& files);

// Whether a finding may stand in a baseline: not what is wrong with settings, waivers and the baseline itself, and not
// a manifest that cannot be read, since behind it everything could hide.
bool may_be_known(std::string_view rule);

}  // namespace linting
}  // namespace scruple
