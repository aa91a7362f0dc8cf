// Lists of paths, as other programs write them.
#pragma once

#include "cli/command_line.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::cli {

// Ended by NUL if there is one in the text, else one a line. A line in quotes is one that git quoted.
std::vector<std::string> split_paths(std::string_view text);

// From a file, or from standard input for "-". Empty, with the reason said, if it cannot be read.
std::optional<std::vector<std::string>> read_path_list(const std::string& file, const Streams& streams,
                                                       const FileSystem& files);

}  // namespace scruple::cli
