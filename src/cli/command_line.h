// The program as a function: tests run the whole tool in process.
#pragma once

#include "base/file_system.h"

#include <istream>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::cli {

// Where the program reads and writes. Findings go to `out`, all else to `err`.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::size_t width = 100;  // columns of the terminal
  bool no_color = false;    // NO_COLOR is set
  std::string today;        // YYYY-MM-DD, the day in UTC
  bool in_is_terminal = false;
};

inline constexpr int exit_ok = 0;
inline constexpr int exit_findings = 1;
inline constexpr int exit_failure = 2;

// Says on the error stream why the command cannot go on; gives exit_failure.
int fail(const Streams& streams, std::string_view message);

// Runs the command that `arguments` (without the program's name) ask for; the result is the exit code.
int run(const std::vector<std::string>& arguments, const Streams& streams, FileSystem& files);

}  // namespace scruple::cli
