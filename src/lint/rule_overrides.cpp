#include "lint/rule_overrides.h"

#include "base/strings.h"
#include "policy/parameter_value.h"

#include <algorithm>
#include <utility>

namespace scruple::linting {

namespace {

constexpr std::string_view severity_names[] = {"error", "warning", "info", "off"};

bool holds_all(std::span<const std::string_view> texts, std::span<const std::string_view> wanted) {
  return std::ranges::all_of(wanted,
                             [&](std::string_view text) { return std::ranges::find(texts, text) != texts.end(); });
}

}  // namespace

int severity_rank(std::string_view text) {
  return static_cast<int>(std::ranges::find(severity_names, text) - std::begin(severity_names));
}

std::string_view severity_name(int rank) { return severity_names[rank]; }

bool is_as_strict(const policy::Parameter& value, const policy::Parameter& floor) {
  using Stricter = policy::Parameter::Stricter;
  if (policy::value_text(value) == policy::value_text(floor)) return true;
  if (value.stricter == Stricter::unsaid) return false;
  const bool higher = value.stricter == Stricter::higher;
  if (value.type == policy::Parameter::Type::list_of_strings)
    return higher ? holds_all(value.texts, floor.texts) : holds_all(floor.texts, value.texts);
  return higher ? value.number >= floor.number : value.number <= floor.number;
}

OverriddenPack override_rules(const std::shared_ptr<const policy::CompiledPack>& pack, const RuleOverrides& overrides) {
  OverriddenPack result;
  result.pack = pack;
  policy::PackTables tables = pack->tables();
  policy::TableStorage storage;
  std::vector<policy::CompiledRule> rules(tables.rules.begin(), tables.rules.end());
  const auto changed = [&](const policy::CompiledRule& rule, const config::Setting& by, std::string text) {
    result.changes.push_back({std::string(rule.id), std::move(text), by.location()});
  };
  for (policy::CompiledRule& rule : rules) {
    const auto found = overrides.find(std::string(rule.id));
    if (found == overrides.end()) continue;
    if (const auto& severity = found->second.severity; severity && severity->value == "off") {
      result.off.insert(std::string(rule.id));
      changed(rule, *severity, "off: it is not judged");
    } else if (severity && severity->value != to_string(rule.severity)) {
      changed(rule, *severity, concat(severity->value, " instead of ", to_string(rule.severity)));
      rule.severity = *severity_from(severity->value);
    }
    std::vector<policy::Parameter> parameters(rule.parameters.begin(), rule.parameters.end());
    for (const auto& [name, setting] : found->second.parameters) {
      const auto parameter = std::ranges::find(parameters, name, &policy::Parameter::name);
      const std::string before = policy::value_text(*parameter);
      policy::set_value(*parameter, setting.file->document, setting.node, storage);
      const std::string after = policy::value_text(*parameter);
      if (after != before) changed(rule, setting, concat("`", name, "` is ", after, " instead of ", before));
    }
    if (!parameters.empty()) rule.parameters = storage.keep(std::move(parameters));
  }
  if (result.changes.empty()) return result;
  tables.rules = storage.keep(std::move(rules));
  // The tables point into it.
  storage.keep(std::vector<std::shared_ptr<const policy::CompiledPack>>{pack});
  result.pack = std::make_shared<const policy::CompiledPack>(*pack, tables, std::move(storage));
  return result;
}

}  // namespace scruple::linting
