// What settings change about rules: severities and parameters.
#pragma once

#include "config/config.h"
#include "policy/compiled_pack.h"

#include "scruple/linter.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace scruple::linting {

struct RuleOverride {
  std::optional<config::Setting> severity;
  std::map<std::string, config::Setting> parameters;  // by name; the setting's node is the value
};
using RuleOverrides = std::map<std::string, RuleOverride>;  // by the rule's full id

// The severities in their order, and `off` behind them.
int severity_rank(std::string_view text);
std::string_view severity_name(int rank);

// Whether a parameter's value keeps to a floor: the same, or stricter where the rule says which way that is.
bool is_as_strict(const policy::Parameter& value, const policy::Parameter& floor);

// What came of the overrides of one pack.
struct OverriddenPack {
  std::shared_ptr<const policy::CompiledPack> pack;  // the same one if nothing is changed
  std::set<std::string, std::less<>> off;            // full ids
  std::vector<ConfigInfo::Override> changes;         // in words
};

OverriddenPack override_rules(const std::shared_ptr<const policy::CompiledPack>& pack, const RuleOverrides& overrides);

}  // namespace scruple::linting
