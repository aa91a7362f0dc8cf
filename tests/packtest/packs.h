// A pack of one rule, written around the part that a test is about.
#pragma once

#include "base/file_system.h"
#include "base/strings.h"
#include "packtest/runner.h"

#include "scruple/policy.h"

#include <string>
#include <string_view>

namespace scruple::test {

// `rule` is the rule from `for` on, indented by four; `define` is the pack's definitions.
inline packtest::TestReport run_pack(packtest::TestOptions options, std::string_view rule,
                                     std::string_view define = {}) {
  MemoryFileSystem files;
  files.add("/house.yaml", concat(R"(pack: 1
id: house
version: 1.0.0
title: House rules
today: 2026-03-01
defaults: {severity: error, level: essential, gate: assess, scope: campaign, ask: marketing}
base:
  campaign:
    scruple: 1
    kind: campaign
    campaign: {id: c, owner: ada, status: built, markets: [DE, US]}
    assets: [{id: mail, kind: email, subject: Hello}]
)",
                                  define, "rules:\n  - id: rule\n    title: It is as it should be\n",
                                  "    message: It is wrong.\n", rule));
  Diagnostics diagnostics;
  const PolicySet known = load_policies({}, files, diagnostics);
  options.paths = {"/house.yaml"};
  options.jobs = 2;
  return packtest::run_tests(options, known, files);
}

}  // namespace scruple::test
