#include "cli/command_line.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>

namespace {

std::size_t terminal_width() {
  winsize size{};
  constexpr std::size_t fallback = 100;
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return fallback;
  return std::clamp<std::size_t>(size.ws_col, 40, 140);
}

std::string utc_day() {
  const auto day = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const std::chrono::year_month_day date{day};
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text;
}

}  // namespace

int main(int argc, char* argv[]) {
  // A reader that has seen enough (`scruple check | head`) is no error of ours: writing fails quietly.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    const char* no_color = std::getenv("NO_COLOR");
    const scruple::cli::Streams streams{std::cin,
                                        std::cout,
                                        std::cerr,
                                        ::isatty(STDOUT_FILENO) == 1,
                                        ::isatty(STDERR_FILENO) == 1,
                                        terminal_width(),
                                        no_color != nullptr && *no_color != '\0',
                                        utc_day(),
                                        ::isatty(STDIN_FILENO) == 1};
    const auto files = scruple::make_native_file_system();
    const int code = scruple::cli::run({argv + 1, argv + argc}, streams, *files);
    // A report that could not be written in full is no report.
    std::cout.flush();
    return std::cout.good() ? code : scruple::cli::exit_failure;
  } catch (const std::exception& error) {
    std::cerr << "scruple: internal error: " << error.what() << '\n';
    return scruple::cli::exit_failure;
  }
}
