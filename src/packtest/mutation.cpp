#include "packtest/mutation.h"

#include "base/strings.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>
#include <tuple>
#include <unordered_map>

namespace scruple::packtest {

namespace {

enum class Verdict : std::uint8_t { survived, killed };

// A mutant with the rules whose expressions it changes: one rule, or those that use a definition.
struct Candidate {
  Mutant mutant;
  std::string owner;
  Location location;
  const std::vector<policy::WrittenMutant>* reasons = nullptr;
  struct Use {
    const TestedRule* rule = nullptr;
    std::size_t expression = 0;  // of the rule, for a mutant in the rule's own text
    std::uint32_t source = 0;    // of the definition in the rule's pack
  };
  std::vector<Use> uses;
  Verdict verdict = Verdict::survived;

  std::string change() const { return concat(mutant.before, " => ", mutant.after); }
};

// The expressions of a rule: first those that expressions_of() gives, then those that only show what was decided, in
// which definitions are expanded as well.
class RuleDraft {
 public:
  explicit RuleDraft(const policy::CompiledRule& rule)
      : rule_(rule),
        generators_(rule.generators.begin(), rule.generators.end()),
        lets_(rule.lets.begin(), rule.lets.end()),
        requirements_(rule.requirements.begin(), rule.requirements.end()) {
    messages_.emplace_back(rule.message.begin(), rule.message.end());
    for (const policy::Requirement& requirement : requirements_)
      messages_.emplace_back(requirement.message.begin(), requirement.message.end());
    for (const policy::Requirement& requirement : requirements_)
      messages_.emplace_back(requirement.remark.begin(), requirement.remark.end());
    for (policy::Generator& generator : generators_) expressions_.push_back(&generator.range);
    if (rule_.when) expressions_.push_back(&rule_.when);
    for (policy::Let& let : lets_) expressions_.push_back(&let.value);
    for (policy::Requirement& requirement : requirements_) expressions_.push_back(&requirement.that);
    for (policy::Requirement& requirement : requirements_) {
      if (requirement.at) expressions_.push_back(&requirement.at);
      if (requirement.remark_when) expressions_.push_back(&requirement.remark_when);
    }
    for (auto& message : messages_) {
      for (policy::MessagePart& part : message) {
        if (part.value) expressions_.push_back(&part.value);
      }
    }
  }
  RuleDraft(const RuleDraft&) = delete;
  RuleDraft& operator=(const RuleDraft&) = delete;

  std::size_t size() const { return expressions_.size(); }
  policy::Expression& expression(std::size_t index) { return *expressions_[index]; }

  policy::CompiledRule finish(policy::TableStorage& storage) {
    // A `when` that is no longer joined by `&&` is judged whole, once all its variables are bound.
    if (rule_.when && !rule_.conjuncts.empty()) {
      const cel::Program program(rule_.when.tables);
      const bool was_joined = rule_.conjuncts.front().node != program.root();
      if (was_joined && program.conjuncts().size() == 1) {
        std::uint32_t stage = 0;
        for (const policy::Conjunct& conjunct : rule_.conjuncts) stage = std::max(stage, conjunct.stage);
        rule_.conjuncts = storage.keep(std::vector<policy::Conjunct>{{program.root(), stage}});
      }
    }
    rule_.generators = storage.keep(std::move(generators_));
    rule_.lets = storage.keep(std::move(lets_));
    for (std::size_t i = 0; i < requirements_.size(); ++i) {
      requirements_[i].message = storage.keep(std::move(messages_[i + 1]));
      requirements_[i].remark = storage.keep(std::move(messages_[requirements_.size() + i + 1]));
    }
    rule_.message = storage.keep(std::move(messages_.front()));
    rule_.requirements = storage.keep(std::move(requirements_));
    return rule_;
  }

 private:
  policy::CompiledRule rule_;
  std::vector<policy::Generator> generators_;
  std::vector<policy::Let> lets_;
  std::vector<policy::Requirement> requirements_;
  std::vector<std::vector<policy::MessagePart>> messages_;  // the rule's, then each requirement's, then their remarks
  std::vector<policy::Expression*> expressions_;
};

// The rule's pack with the change, and without its other rules.
std::shared_ptr<const policy::CompiledPack> mutate(const Mutant& written, const Candidate::Use& use) {
  const policy::CompiledPack& pack = *use.rule->pack;
  policy::TableStorage storage;
  Mutant mutant = written;
  mutant.source = use.source;
  RuleDraft draft(*use.rule->rule);
  for (std::size_t i = 0; i < draft.size(); ++i) {
    if (mutant.source == 0 && i != use.expression) continue;
    policy::Expression& expression = draft.expression(i);
    expression.tables = apply(mutant, expression.tables, pack.functions(), storage);
  }
  policy::PackTables tables = pack.tables();
  tables.rules = storage.keep(std::vector<policy::CompiledRule>{draft.finish(storage)});
  return std::make_shared<const policy::CompiledPack>(pack, tables, std::move(storage));
}

// Which parts of a rule's expressions one case evaluates: a change anywhere else cannot matter to it.
class Trail final : public cel::Observer {
 public:
  void saw(const cel::Program& program, cel::NodeId node, const cel::Value&) override {
    std::vector<bool>& nodes = programs_[program.tables().nodes.data()];
    nodes.resize(program.tables().nodes.size());
    mark(program, node, nodes);
  }

  bool comes_to(const Mutant& mutant, std::uint32_t source, const cel::ProgramTables& tables) const {
    const auto known = programs_.find(tables.nodes.data());
    if (known == programs_.end()) return false;
    for (cel::NodeId id = 0; id < tables.nodes.size(); ++id) {
      if (is_about(mutant, source, tables.nodes[id]) && is_on(known->second, tables, id)) return true;
    }
    return false;
  }

 private:
  static void mark(const cel::Program& program, cel::NodeId id, std::vector<bool>& nodes) {
    nodes[id] = true;
    const cel::Node& node = program.node(id);
    // A constant list is made once: its elements are not evaluated again with it. Nor are the names of groups, which
    // the fold reads off its maps.
    const bool is_container = node.type == cel::NodeType::list || node.type == cel::NodeType::map;
    if (is_container && node.a != 0) {
      for (const cel::NodeId child : program.children(id)) mark(program, child, nodes);
    } else if (node.type == cel::NodeType::comprehension && static_cast<cel::Macro>(node.a) == cel::Macro::group_by) {
      for (const cel::NodeId map : program.children(id).subspan(1)) {
        const auto entries = program.children(map);
        for (std::size_t key = 0; key < entries.size(); key += 2) nodes[entries[key]] = true;
      }
    }
  }

  // Of a `when`, the conjuncts are evaluated one by one.
  static bool is_on(const std::vector<bool>& nodes, const cel::ProgramTables& tables, cel::NodeId id) {
    if (nodes[id]) return true;
    const cel::Node& node = tables.nodes[id];
    const auto children = tables.children.subspan(node.first_child, node.child_count);
    return node.type == cel::NodeType::logical_and &&
           std::ranges::any_of(children, [&](cel::NodeId child) { return is_on(nodes, tables, child); });
  }

  std::unordered_map<const cel::Node*, std::vector<bool>> programs_;
};

// By rule, what each of its cases evaluates.
using Trails = std::unordered_map<const TestedRule*, std::vector<Trail>>;

Trails follow(const std::vector<TestedRule>& rules, const policy::Language& language) {
  Trails trails;
  for (const TestedRule& rule : rules) {
    std::vector<Trail>& of_rule = trails[&rule];
    for (const TestCase& test : *rule.cases) (void)test.run(rule.pack, language, &of_rule.emplace_back());
  }
  return trails;
}

bool is_noticed(const Candidate& candidate, const Trails& trails, const policy::Language& language) {
  return std::ranges::any_of(candidate.uses, [&](const Candidate::Use& use) {
    const auto pack = mutate(candidate.mutant, use);
    RuleDraft written(*use.rule->rule);
    const auto matters = [&](const Trail& trail) {
      for (std::size_t i = 0; i < written.size(); ++i) {
        if (use.source == 0 && i != use.expression) continue;
        if (trail.comes_to(candidate.mutant, use.source, written.expression(i).tables)) return true;
      }
      return false;
    };
    const std::vector<Trail>& of_cases = trails.at(use.rule);
    for (std::size_t i = 0; i < of_cases.size(); ++i) {
      if (matters(of_cases[i]) && (*use.rule->cases)[i].run(pack, language, nullptr)) return true;
    }
    return false;
  });
}

// All mutants, each once: those of a definition with all rules that use it, in whatever pack.
std::vector<Candidate> find_candidates(const std::vector<TestedRule>& rules) {
  using Key = std::tuple<std::string, std::uint32_t, std::uint32_t, std::string, std::string>;
  std::vector<Candidate> candidates;
  std::map<Key, std::size_t> known;
  for (const TestedRule& rule : rules) {
    const auto expressions = expressions_of(*rule.written_rule, *rule.rule);
    for (std::size_t i = 0; i < expressions.size(); ++i) {
      const RuleExpression& expression = expressions[i];
      std::vector<std::string_view> texts = {expression.expression.text};
      for (const auto& definition : rule.written->definitions) texts.push_back(definition.is.value);
      const cel::Program program(expression.expression.tables);
      for (Mutant& mutant : find_mutants(program, rule.pack->functions(), texts)) {
        cel::Node node;
        node.source = mutant.source;
        node.begin = mutant.mark.begin;
        node.end = mutant.mark.end;
        Written place = written_as(*rule.written, *rule.written_rule, expression, node);
        Location location = policy::locate(*place.text, place.span);
        const Candidate::Use use{&rule, i, mutant.source};
        const auto [entry, is_new] = known.try_emplace(
            Key{location.file, location.span.begin, location.span.end, mutant.before, mutant.after}, candidates.size());
        if (is_new) {
          Candidate candidate;
          candidate.reasons = place.reasons;
          candidate.mutant = std::move(mutant);
          candidate.owner = std::move(place.owner);
          candidate.location = std::move(location);
          candidates.push_back(std::move(candidate));
        }
        auto& uses = candidates[entry->second].uses;
        if (uses.empty() || uses.back().rule != &rule) uses.push_back(use);
      }
    }
  }
  return candidates;
}

void judge(std::vector<Candidate>& candidates, const Trails& trails, const policy::Language& language, unsigned jobs) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < candidates.size(); i = next++) {
      if (is_noticed(candidates[i], trails, language)) candidates[i].verdict = Verdict::killed;
    }
  };
  std::vector<std::jthread> threads;
  const unsigned workers = jobs != 0 ? jobs : std::max(1u, std::thread::hardware_concurrency());
  for (unsigned i = 1; i < workers; ++i) threads.emplace_back(work);
  work();
}

// Reasons that stand under `mutants` and justify no survivor.
void find_idle(const std::vector<policy::WrittenMutant>& reasons, const std::string& owner,
               const std::vector<Candidate>& candidates, const std::set<std::string>& conditions,
               MutationReport& report) {
  for (const policy::WrittenMutant& reason : reasons) {
    IdleReason idle{owner, policy::locate(reason.reason, {}), std::string(reason.change.value)};
    // A condition that is never false is a matter of coverage.
    bool used = conditions.contains(concat(owner, " ", without_breaks(reason.change.value)));
    for (const Candidate& candidate : candidates) {
      const bool same_place = candidate.owner == owner && candidate.location.file == idle.location.file;
      if (!same_place || !is_about(reason, candidate.change())) continue;
      used = used || candidate.verdict == Verdict::survived;
      idle.noticed = true;
    }
    const auto known = [&](const IdleReason& other) {
      return other.location == idle.location && other.change == idle.change;
    };
    if (!used && std::ranges::none_of(report.idle, known)) report.idle.push_back(std::move(idle));
  }
}

// "house/rule CONDITION => true", and with false: what a reason for coverage can be about.
std::set<std::string> constant_conditions(const std::vector<TestedRule>& rules) {
  std::set<std::string> found;
  for (const TestedRule& rule : rules) {
    for (const RuleExpression& expression : expressions_of(*rule.written_rule, *rule.rule)) {
      const cel::Program program(expression.expression.tables);
      for (const cel::NodeId id : conditions(program, rule.pack->functions(), expression.is_condition)) {
        const Written place = written_as(*rule.written, *rule.written_rule, expression, program.node(id));
        for (const char* value : {" => true", " => false"})
          found.insert(concat(place.owner, " ", plain(*place.text, place.span), value));
      }
    }
  }
  return found;
}

}  // namespace

MutationReport run_mutants(const std::vector<TestedRule>& rules, const policy::Language& language, unsigned jobs) {
  std::vector<Candidate> candidates = find_candidates(rules);
  judge(candidates, follow(rules, language), language, jobs);

  MutationReport report;
  report.mutants = candidates.size();
  for (const Candidate& candidate : candidates) {
    if (candidate.verdict == Verdict::killed) {
      ++report.killed;
      continue;
    }
    if (is_justified(*candidate.reasons, candidate.change())) {
      ++report.justified;
    } else {
      report.survivors.push_back(
          {candidate.owner, candidate.location, candidate.mutant.before, candidate.mutant.after});
    }
  }
  std::ranges::sort(report.survivors, {}, [](const Survivor& survivor) {
    return std::tuple(survivor.location.file, survivor.location.span.begin, survivor.after);
  });
  const std::set<std::string> constants = constant_conditions(rules);
  for (const TestedRule& rule : rules) {
    find_idle(rule.written_rule->mutants, std::string(rule.rule->id), candidates, constants, report);
    for (const auto& definition : rule.written->definitions) {
      const std::string owner = concat("definition `", definition.name.value, "`");
      // What no rule of the run uses has no mutants to justify.
      if (std::ranges::any_of(candidates, [&](const Candidate& candidate) { return candidate.owner == owner; }))
        find_idle(definition.mutants, owner, candidates, constants, report);
    }
  }
  return report;
}

}  // namespace scruple::packtest
