// Which conditions of rules were seen to be true and to be false while their tests ran.
#pragma once

#include "cel/evaluation.h"
#include "packtest/rule_expressions.h"

#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace scruple::packtest {

// An atomic condition, as it stands in a pack: one for all places that a definition is expanded in.
struct Condition {
  std::string owner;  // "house/subject-short", "definition `is_text`"
  std::string text;
  Location location;
  bool seen_true = false;
  bool seen_false = false;
  // `mutants` says why it is never false (`CONDITION => true`), or never true.
  bool never_true = false;
  bool never_false = false;

  bool is_covered() const { return (seen_true || never_true) && (seen_false || never_false); }
};

class Coverage final : public cel::Observer {
 public:
  // The conditions of a rule; what `pack` evaluates from now on counts for them.
  void add(const policy::PolicyPack& written, const policy::WrittenRule& written_rule, const policy::CompiledPack& pack,
           const policy::CompiledRule& rule);

  void saw(const cel::Program& program, cel::NodeId node, const cel::Value& value) override;

  // In the order of files and lines.
  std::vector<Condition> conditions() const;

 private:
  using Key = std::tuple<std::string, std::uint32_t, std::uint32_t>;  // file, begin, end

  std::map<Key, Condition> conditions_;
  // Programs are known by their tables, which packs with other parameters share: for each node its condition, or null.
  std::unordered_map<const cel::Node*, std::vector<Condition*>> programs_;
};

}  // namespace scruple::packtest
