// The whole program in process: arguments in, text and exit code out.
#pragma once

#include "bench.h"
#include "cli/command_line.h"

#include <sstream>
#include <string>
#include <vector>

namespace scruple::test {

struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
};

struct Program {
  MemoryFileSystem files{};
  std::string input{};
  bool terminal = false;
  bool no_color = false;
  std::size_t width = 100;

  Outcome run(const std::vector<std::string>& arguments) {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    const cli::Streams streams{in, out, err, terminal, terminal, width, no_color, "2026-01-05"};
    Outcome outcome;
    outcome.code = cli::run(arguments, streams, files);
    outcome.out = out.str();
    outcome.err = err.str();
    return outcome;
  }
};

// A campaign in which nothing is wrong for the pack below, and one in which its name is missing.
inline const std::string named_campaign = campaign_head + "campaign: {id: spring, name: Spring}\n";
inline const std::string nameless_campaign = campaign_head + "campaign: {id: spring}\n";
inline const std::string house_pack = one_rule("require: manifest.campaign.name != ''\n");

// With the pack at /house.yaml, to be selected by `--pack /house.yaml --select house`.
inline Program with_house_pack() {
  Program program;
  program.files.add("/house.yaml", house_pack);
  program.files.add("/good/campaign.yaml", named_campaign);
  program.files.add("/bad/campaign.yaml", nameless_campaign);
  return program;
}

inline std::vector<std::string> check(std::vector<std::string> more) {
  std::vector<std::string> arguments{"check", "--pack", "/house.yaml", "--select", "house"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace scruple::test
