// Runs the tests that stand in packs: each case changes the pack's clean manifests a little, and the rule is judged on
// the result exactly as a campaign would be.
#pragma once

#include "packtest/coverage.h"
#include "packtest/mutation.h"

#include "scruple/diagnostic.h"
#include "scruple/policy.h"

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace scruple::packtest {

struct TestOptions {
  std::vector<std::string> paths{};  // packs; empty: those in the program
  std::string pattern{};  // only cases whose rule's id or name holds it, in any case; `*` stands for anything
  bool coverage = false;  // report conditions that no case made both true and false
  bool mutate = false;    // report changes of the rules that no case notices
  unsigned jobs = 0;      // threads for `mutate`; 0: one a core
};

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
  std::optional<std::vector<Condition>> conditions;  // if coverage was asked for
  std::optional<MutationReport> mutation;            // likewise; of the rules whose cases pass
  Diagnostics problems;                              // why tests could not be run as asked

  // 0: all is well; 1: a case failed, a condition is not covered, a change was not noticed; 2: problems.
  int exit_code() const;
};

// `known` gives the language, and the references that a pack may cite.
TestReport run_tests(const TestOptions& options, const PolicySet& known, const FileSystem& files);

void print(const TestReport& report, std::ostream& out);

}  // namespace scruple::packtest
