#include "packtest/runner.h"

#include "base/file_system.h"
#include "base/glob.h"
#include "base/strings.h"
#include "packtest/test_case.h"
#include "policy/language.h"
#include "policy/rule_compiler.h"

#include <algorithm>
#include <deque>

namespace scruple::packtest {

namespace {

// A pack with the cases of its rules. Cases refer to what was written: it stays where it is.
struct LoadedPack {
  policy::PolicyPack written;
  std::shared_ptr<const policy::CompiledPack> compiled;
  std::deque<std::deque<TestCase>> cases;  // by rule
};

class Runner {
 public:
  Runner(const TestOptions& options, const PolicySet& known, TestReport& report)
      : options_(options), known_(known), report_(report) {
    if (!options.pattern.empty()) pattern_ = concat("**", to_lower_ascii(options.pattern), "**");
  }

  void load(const std::string& path, const FileSystem& files) {
    const std::size_t before = report_.problems.size();
    auto written = policy::read_pack(path, known_.language().pack, files, report_.problems);
    if (!written || report_.problems.size() != before) return;
    auto compiled = policy::compile_pack(*written, known_.language(), known_.packs(), report_.problems);
    if (compiled == nullptr) return;
    LoadedPack& pack = packs_.emplace_back();
    pack.written = std::move(*written);
    pack.compiled = std::move(compiled);
  }

  void run() {
    for (LoadedPack& pack : packs_) {
      const std::size_t rules_before = report_.rules;
      for (const policy::WrittenRule& rule : pack.written.rules) run_rule(pack, rule);
      if (report_.rules != rules_before) ++report_.packs;
    }
    if (options_.coverage) report_.conditions = coverage_.conditions();
    if (options_.mutate) report_.mutation = run_mutants(tested_, known_.language(), options_.jobs);
  }

 private:
  bool is_asked(const std::string& rule, const TestCase& test) const {
    return pattern_.empty() || glob_match(pattern_, rule) || glob_match(pattern_, to_lower_ascii(test.name()));
  }

  void run_rule(LoadedPack& pack, const policy::WrittenRule& rule) {
    const std::string id = concat(pack.compiled->tables().id, "/", rule.id.value);
    std::deque<TestCase>& cases = pack.cases.emplace_back();
    bool passes = false;
    bool fails = false;
    if (rule.tests != no_node) {
      for (const Member& member : rule.document->members(rule.tests)) {
        TestCase& test = cases.emplace_back(pack.written, rule, member.value);
        passes = passes || test.expectation() == "pass";
        fails = fails || test.expectation() == "fail";
        if (!is_asked(id, test)) cases.pop_back();
      }
    }
    if (cases.empty() && !pattern_.empty()) return;
    ++report_.rules;
    const std::size_t failed_before = report_.failed;
    const auto& compiled = *std::ranges::find(pack.compiled->tables().rules, id, &policy::CompiledRule::id);
    if (options_.coverage) coverage_.add(pack.written, rule, *pack.compiled, compiled);
    for (const TestCase& test : cases) run_case(pack, rule, compiled, test);
    if (pattern_.empty() && !(passes && fails)) {
      report_.failures.push_back({id,
                                  {},
                                  "a rule has at least one `pass` and one `fail` among its tests",
                                  {},
                                  policy::locate(rule.id, {0, static_cast<std::uint32_t>(rule.id.value.size())})});
      ++report_.failed;
    }
    if (report_.failed == failed_before) tested_.push_back({&pack.written, &rule, pack.compiled, &compiled, &cases});
  }

  void run_case(const LoadedPack& pack, const policy::WrittenRule& rule, const policy::CompiledRule& compiled,
                const TestCase& test) {
    auto mismatch = test.run(pack.compiled, known_.language(), options_.coverage ? &coverage_ : nullptr);
    if (!mismatch) {
      ++report_.passed;
      return;
    }
    // Where nothing was found there is no finding to argue its case: its conditions do.
    if (mismatch->judged && test.expectation() != "pass") {
      Coverage conditions;
      conditions.add(pack.written, rule, *pack.compiled, compiled);
      (void)test.run(pack.compiled, known_.language(), &conditions);
      for (const Condition& condition : conditions.conditions()) {
        if (condition.owner != compiled.id || !(condition.seen_true || condition.seen_false)) continue;
        const std::string_view value = condition.is_covered() ? "true and false"
                                       : condition.seen_true  ? "true"
                                                              : "false";
        mismatch->details.push_back(concat(value, ": ", shorten(condition.text, 100)));
      }
    }
    report_.failures.push_back({std::string(compiled.id), test.name(), std::move(mismatch->reason),
                                std::move(mismatch->details), test.location()});
    ++report_.failed;
  }

  const TestOptions& options_;
  const PolicySet& known_;
  TestReport& report_;
  std::string pattern_;
  std::deque<LoadedPack> packs_;
  Coverage coverage_;
  std::vector<TestedRule> tested_;
};

void add_problem(TestReport& report, std::string message, std::string hint) {
  Diagnostic diagnostic;
  diagnostic.code = "test/none";
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  report.problems.push_back(std::move(diagnostic));
}

void print_head(const Location& location, std::string_view owner, std::ostream& out) {
  out << visible(location.file) << ':' << location.begin.line << ':' << location.begin.column << ": " << visible(owner);
}

void print_coverage(const std::vector<Condition>& conditions, std::ostream& out) {
  std::size_t covered = 0;
  for (const Condition& condition : conditions) {
    if (condition.is_covered()) {
      ++covered;
      continue;
    }
    print_head(condition.location, condition.owner, out);
    const bool never = !condition.seen_true && !condition.seen_false;
    out << (never                 ? ", no case comes to this condition"
            : condition.seen_true ? ", never false"
                                  : ", never true")
        << "\n    " << visible(condition.text) << '\n';
  }
  out << "coverage: " << covered << " of " << plural(conditions.size(), "condition") << " decided both ways\n";
}

void print_mutation(const MutationReport& report, std::ostream& out) {
  for (const Survivor& survivor : report.survivors) {
    print_head(survivor.location, survivor.owner, out);
    out << ", no case notices this change\n    " << visible(survivor.before) << " => " << visible(survivor.after)
        << '\n';
  }
  for (const IdleReason& idle : report.idle) {
    print_head(idle.location, idle.owner, out);
    out << (idle.noticed ? ", a case notices this change: it needs no reason under `mutants`\n    "
                         : ", `mutants` gives a reason for a change that is not made\n    ")
        << visible(idle.change) << '\n';
  }
  out << "mutation: " << plural(report.mutants, "change") << ", " << report.killed << " noticed, " << report.justified
      << " justified, " << report.survivors.size() << " not noticed\n";
}

}  // namespace

int TestReport::exit_code() const {
  if (!problems.empty()) return 2;
  const bool uncovered =
      conditions && !std::ranges::all_of(*conditions, [](const auto& condition) { return condition.is_covered(); });
  const bool unnoticed = mutation && (!mutation->survivors.empty() || !mutation->idle.empty());
  return failed != 0 || uncovered || unnoticed ? 1 : 0;
}

TestReport run_tests(const TestOptions& options, const PolicySet& known, const FileSystem& files) {
  TestReport report;
  Runner runner(options, known, report);
  for (const std::string& path : options.paths) runner.load(path, files);
  if (options.paths.empty()) {
    // Packs that are part of the program carry their files with them.
    for (const auto& pack : known.packs()) {
      MemoryFileSystem memory;
      const std::string root = concat("/rules/", pack->tables().id);
      for (const auto& file : pack->tables().files)
        memory.add(path::normalize(path::join(root, file.path)), std::string(file.text));
      runner.load(root, memory);
    }
  }
  runner.run();
  if (report.problems.empty() && report.passed + report.failed == 0) {
    if (options.pattern.empty()) {
      add_problem(report, "there is not one test case to run", "write `tests:` in the rules");
    } else {
      add_problem(report, concat("no test case matches `", options.pattern, "`"),
                  "it is a part of a rule's id or of a case's name; `*` stands for anything between two parts");
    }
  }
  return report;
}

void print(const TestReport& report, std::ostream& out) {
  for (const Failure& failure : report.failures) {
    out << visible(failure.location.file) << ':' << failure.location.begin.line << ": " << visible(failure.rule);
    if (!failure.name.empty()) out << ", " << visible(failure.name);
    out << "\n    " << visible(failure.reason) << '\n';
    for (const auto& detail : failure.details) out << "      " << visible(detail) << '\n';
  }
  if (report.passed + report.failed == 0) return;
  out << plural(report.rules, "rule") << " in " << plural(report.packs, "pack") << ": " << report.passed << " passed, "
      << report.failed << " failed\n";
  if (report.conditions) print_coverage(*report.conditions, out);
  if (report.mutation) print_mutation(*report.mutation, out);
}

}  // namespace scruple::packtest
