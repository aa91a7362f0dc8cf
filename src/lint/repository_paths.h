// Reports for other programs name files as the repository does, wherever scruple was started and by whatever path.
#pragma once

#include "base/file_system.h"

#include "scruple/linter.h"

namespace scruple::linting {

// Fills `result.repository_paths`. The top is the nearest folder above the working directory that holds `.git`, for a
// file that is not below it the nearest above the file; else the working directory, else the file's folder.
void find_repository_paths(const FileSystem& files, LintResult& result);

}  // namespace scruple::linting
