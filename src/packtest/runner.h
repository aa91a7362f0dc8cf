// Runs the tests that stand in packs: each case changes the pack's clean manifests a little, and the rule is judged on
// the result exactly as a campaign would be.
#pragma once

#include "scruple/diagnostic.h"
#include "scruple/policy.h"

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace scruple::packtest {

// A case that did not come out as it says, or a test that proves nothing.
struct Failure {
  std::string rule;
  std::string name;  // "fail: nothing in the mail says so"; empty for what concerns the rule
  std::string reason;
  std::vector<std::string> details;  // what was found instead
  Location location;
};

struct TestReport {
  std::size_t packs = 0;
  std::size_t rules = 0;
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::vector<Failure> failures;
  Diagnostics problems;  // why tests could not be run as asked
};

// The tests of the packs at `paths`; of the packs in `known` if there are none. `known` gives the language, and the
// references that a pack may cite.
TestReport run_tests(const std::vector<std::string>& paths, const PolicySet& known, const FileSystem& files);

void print(const TestReport& report, std::ostream& out);

}  // namespace scruple::packtest
