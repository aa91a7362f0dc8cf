// What several commands do in the same way.
#pragma once

#include "cli/commands.h"

#include "scruple/policy.h"
#include "scruple/reporter.h"

#include <optional>

namespace scruple::cli {

ReportStyle style_for(const CommonOptions& common, const Streams& streams);

// The packs of the run; empty, with the problems printed, if one cannot be used.
std::optional<PolicySet> load_packs(const CommonOptions& common, const Streams& streams, const FileSystem& files);

// `--today`, else the day of the streams.
std::string day_of(const CommonOptions& common, const Streams& streams);

}  // namespace scruple::cli
