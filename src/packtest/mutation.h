// Runs the tests of rules on rules that were changed a little: what no test notices, no test protects.
#pragma once

#include "packtest/mutant.h"
#include "packtest/rule_expressions.h"
#include "packtest/test_case.h"

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace scruple::packtest {

// A rule with its cases, all of which come out as they say.
struct TestedRule {
  const policy::PolicyPack* written = nullptr;
  const policy::WrittenRule* written_rule = nullptr;
  std::shared_ptr<const policy::CompiledPack> pack;
  const policy::CompiledRule* rule = nullptr;
  const std::deque<TestCase>* cases = nullptr;
};

// A change that no case noticed.
struct Survivor {
  std::string owner;  // "house/subject-short", "definition `is_text`"
  Location location;
  std::string before;
  std::string after;
};

// A justification under `mutants` that justifies nothing.
struct IdleReason {
  std::string owner;
  Location location;
  std::string change;
  bool noticed = false;  // there is such a change, and a case notices it
};

struct MutationReport {
  std::size_t mutants = 0;
  std::size_t killed = 0;
  std::size_t justified = 0;
  std::vector<Survivor> survivors;
  std::vector<IdleReason> idle;
};

// A change of a definition is noticed if the cases of any of the rules notice it. `jobs` threads; 0: one a core.
MutationReport run_mutants(const std::vector<TestedRule>& rules, const policy::Language& language, unsigned jobs);

}  // namespace scruple::packtest
