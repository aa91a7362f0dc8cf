// A transcript is a text in which lines that begin with `$ ` are commands, and the lines below each, up to the next
// command or the end, are what it prints. Tests run the commands again and compare. The documentation and the golden
// files are both made of transcripts, so nothing that they show can become untrue unnoticed.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::test {

// A fenced block of Markdown: the words after the opening fence, and the lines within.
struct Block {
  std::string info;
  std::size_t line = 0;  // of its first line, from 1
  std::string text;
};

struct Step {
  std::string command;
  std::string expected;  // what it prints, each line ended
};

struct Transcript {
  std::string preface;  // lines before the first command
  std::vector<Step> steps;
};

std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, std::string_view text);

std::vector<Block> fenced_blocks(std::string_view markdown);

Transcript read_transcript(std::string_view text);
std::string write_transcript(const Transcript& transcript);

// What the command prints on standard output and standard error, in `folder`. An exit code other than 0 is the last
// line: `[exit code 1]`.
std::string run_command(const std::string& command, const std::filesystem::path& folder);

// Whether the exit code in the output is that of a signal, or of a command that does not exist: never to be approved.
bool has_crashed(std::string_view output);

// A line `...` in `expected` stands for any lines, also for none.
bool matches(std::string_view expected, std::string_view actual);

// Whether the tests are run to accept what the program prints: the variable SCRUPLE_APPROVE is set.
bool approves();

}  // namespace scruple::test
