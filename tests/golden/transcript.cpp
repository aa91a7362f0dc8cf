#include "transcript.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace scruple::test {

namespace {

constexpr std::string_view prompt = "$ ";
constexpr std::string_view fence = "```";
constexpr std::string_view left_out = "...";

// Lines without their ends; a last line without an end counts.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
    } else {
      result += c;
    }
  }
  return result + "'";
}

bool match_lines(const std::vector<std::string_view>& expected, const std::vector<std::string_view>& actual) {
  // The classic walk for one kind of wildcard: on a mismatch the last `...` takes one line more.
  std::size_t at = 0;
  std::size_t wildcard = expected.size();
  std::size_t taken = 0;
  for (std::size_t line = 0; line < actual.size();) {
    if (at < expected.size() && expected[at] == left_out) {
      wildcard = at++;
      taken = line;
    } else if (at < expected.size() && expected[at] == actual[line]) {
      ++at;
      ++line;
    } else if (wildcard < expected.size()) {
      at = wildcard + 1;
      line = ++taken;
    } else {
      return false;
    }
  }
  while (at < expected.size() && expected[at] == left_out) ++at;
  return at == expected.size();
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::vector<Block> fenced_blocks(std::string_view markdown) {
  std::vector<Block> blocks;
  bool inside = false;
  std::size_t number = 0;
  for (const std::string_view line : lines_of(markdown)) {
    ++number;
    if (line.starts_with(fence)) {
      if (!inside) blocks.push_back({std::string(line.substr(fence.size())), number + 1, {}});
      inside = !inside;
    } else if (inside) {
      blocks.back().text.append(line).append("\n");
    }
  }
  return blocks;
}

Transcript read_transcript(std::string_view text) {
  Transcript transcript;
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with(prompt)) {
      transcript.steps.push_back({std::string(line.substr(prompt.size())), {}});
    } else {
      std::string& part = transcript.steps.empty() ? transcript.preface : transcript.steps.back().expected;
      part.append(line).append("\n");
    }
  }
  return transcript;
}

std::string write_transcript(const Transcript& transcript) {
  std::string text = transcript.preface;
  for (const Step& step : transcript.steps) text.append(prompt).append(step.command).append("\n").append(step.expected);
  return text;
}

std::string run_command(const std::string& command, const std::filesystem::path& folder) {
  // What a person's shell may have set must not show in the output.
  const std::string line = "cd " + quoted(folder.string()) +
                           " && unset NO_COLOR FORCE_COLOR CLICOLOR CLICOLOR_FORCE COLUMNS TERM && export PATH=" +
                           quoted(SCRUPLE_PROGRAM_FOLDER) + ":\"$PATH\" && { " + command + "\n} 2>&1 </dev/null";
  std::FILE* pipe = ::popen(line.c_str(), "r");
  if (pipe == nullptr) return "cannot run the command\n";
  std::string output;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    output.append(buffer.data(), count);
  }
  const int status = ::pclose(pipe);
  if (!output.empty() && output.back() != '\n') output += "\n[no end of line]\n";
  const int exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (exit_code != 0) output += "[exit code " + std::to_string(exit_code) + "]\n";
  return output;
}

bool has_crashed(std::string_view output) {
  constexpr std::string_view before = "[exit code ";
  const std::size_t at = output.rfind(before);
  return at != std::string_view::npos && std::atoi(std::string(output.substr(at + before.size())).c_str()) > 125;
}

bool matches(std::string_view expected, std::string_view actual) {
  return match_lines(lines_of(expected), lines_of(actual));
}

bool approves() { return std::getenv("SCRUPLE_APPROVE") != nullptr; }

}  // namespace scruple::test
