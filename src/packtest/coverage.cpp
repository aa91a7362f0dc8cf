#include "packtest/coverage.h"

#include "base/strings.h"

namespace scruple::packtest {

void Coverage::add(const policy::PolicyPack& written, const policy::WrittenRule& written_rule,
                   const policy::CompiledPack& pack, const policy::CompiledRule& rule) {
  for (const RuleExpression& expression : expressions_of(written_rule, rule)) {
    const cel::Program program(expression.expression.tables);
    std::vector<Condition*>& of_node = programs_[program.tables().nodes.data()];
    of_node.resize(program.tables().nodes.size());
    for (const cel::NodeId id : packtest::conditions(program, pack.functions(), expression.is_condition)) {
      const Written place = written_as(written, written_rule, expression, program.node(id));
      Location location = policy::locate(*place.text, place.span);
      Condition& condition = conditions_[{location.file, location.span.begin, location.span.end}];
      of_node[id] = &condition;
      if (!condition.owner.empty()) continue;
      condition.owner = place.owner;
      condition.text = plain(*place.text, place.span);
      condition.location = std::move(location);
      condition.never_false = is_justified(*place.reasons, concat(condition.text, " => true"));
      condition.never_true = is_justified(*place.reasons, concat(condition.text, " => false"));
    }
  }
}

void Coverage::saw(const cel::Program& program, cel::NodeId node, const cel::Value& value) {
  if (!value.is(cel::Kind::boolean)) return;
  const auto known = programs_.find(program.tables().nodes.data());
  if (known == programs_.end() || known->second[node] == nullptr) return;
  Condition& condition = *known->second[node];
  (value.is_true() ? condition.seen_true : condition.seen_false) = true;
}

std::vector<Condition> Coverage::conditions() const {
  std::vector<Condition> all;
  for (const auto& [key, condition] : conditions_) all.push_back(condition);
  return all;
}

}  // namespace scruple::packtest
