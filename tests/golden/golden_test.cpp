// Runs every tests/golden/<case>/expected.txt again, in the root of the source tree, and compares each output byte for
// byte. `scripts/approve` accepts what the program prints now.
#include "catch.h"
#include "transcript.h"

#include <algorithm>

namespace {

namespace fs = std::filesystem;
using namespace scruple::test;

std::vector<fs::path> golden_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(SCRUPLE_SOURCE_DIR "/tests/golden")) {
    if (entry.is_directory()) files.push_back(entry.path() / "expected.txt");
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

TEST_CASE("whole runs print what was approved") {
  const auto files = golden_files();
  REQUIRE(files.size() > 20);
  for (const fs::path& file : files) {
    INFO(file.string());
    Transcript transcript = read_transcript(read_file(file));
    CHECK_FALSE(transcript.steps.empty());
    for (Step& step : transcript.steps) {
      INFO("$ " << step.command);
      const std::string actual = run_command(step.command, SCRUPLE_SOURCE_DIR);
      CHECK_FALSE(has_crashed(actual));
      if (approves()) {
        step.expected = actual;
      } else {
        CHECK(actual == step.expected);
      }
    }
    if (approves()) write_file(file, write_transcript(transcript));
  }
}

TEST_CASE("a transcript is read, and `...` stands for any lines") {
  const Transcript transcript = read_transcript("preface\n$ one\nout\n$ two\n");
  CHECK(transcript.preface == "preface\n");
  REQUIRE(transcript.steps.size() == 2);
  CHECK(transcript.steps[0].command == "one");
  CHECK(transcript.steps[0].expected == "out\n");
  CHECK(write_transcript(transcript) == "preface\n$ one\nout\n$ two\n");

  struct Row {
    std::string_view expected;
    std::string_view actual;
    bool result;
  };
  const Row rows[] = {
      {"a\nb\n", "a\nb\n", true},
      {"a\n", "a\nb\n", false},
      {"a\nb\n", "a\n", false},
      {"a\n...\n", "a\n", true},
      {"a\n...\nd\n", "a\nb\nc\nd\n", true},
      {"...\nc\n", "a\nb\n", false},
      {"...\na\n...\nb\n", "x\na\ny\na\nb\n", true},
      {"", "", true},
      {"", "a\n", false},
  };
  for (const Row& row : rows) {
    INFO(row.expected << "against\n" << row.actual);
    CHECK(matches(row.expected, row.actual) == row.result);
  }
}

TEST_CASE("the exit code and a missing end of line show in what a command prints") {
  CHECK(run_command("echo out; exit 3", "/") == "out\n[exit code 3]\n");
  CHECK(run_command("printf out", "/") == "out\n[no end of line]\n");
  CHECK(run_command("echo err >&2", "/") == "err\n");
  CHECK(has_crashed(run_command("kill -SEGV $$", "/")));
  CHECK(has_crashed(run_command("no-such-program", "/")));
  CHECK_FALSE(has_crashed(run_command("exit 2", "/")));
}
