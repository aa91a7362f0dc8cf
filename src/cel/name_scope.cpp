#include "cel/name_scope.h"

#include "base/strings.h"

#include <algorithm>
#include <array>

namespace scruple::cel {
namespace {

constexpr std::array<std::string_view, 13> type_names = {"bool",
                                                         "int",
                                                         "uint",
                                                         "double",
                                                         "string",
                                                         "bytes",
                                                         "list",
                                                         "map",
                                                         "null_type",
                                                         "type",
                                                         "google.protobuf.Timestamp",
                                                         "google.protobuf.Duration",
                                                         "optional_type"};

}  // namespace

NameScope::NameScope(const Environment& environment) : environment_(environment) {
  for (const Variable& variable : environment.variables) variables_.emplace(variable.name, &variable);
  for (const Definition& definition : environment.definitions) definitions_.emplace(definition.name, &definition);
}

template <typename Find>
auto NameScope::first_candidate(std::string_view name, bool absolute, Find find) const {
  std::string_view container = absolute ? std::string_view() : std::string_view(environment_.container);
  while (!container.empty()) {
    if (auto found = find(concat(container, '.', name))) return found;
    container = container.substr(0, container.rfind('.') == std::string_view::npos ? 0 : container.rfind('.'));
  }
  return find(name);
}

std::optional<NameScope::Named> NameScope::find_value(std::string_view name, bool absolute,
                                                      std::uint32_t visible_slots) const {
  return first_candidate(name, absolute, [&](std::string_view candidate) -> std::optional<Named> {
    const auto variable = variables_.find(candidate);
    if (variable != variables_.end() && variable->second->slot < visible_slots) return Named{variable->second, {}};
    const auto type = std::find(type_names.begin(), type_names.end(), candidate);
    if (type != type_names.end()) return Named{nullptr, *type};
    return std::nullopt;
  });
}

std::optional<NameScope::Callable> NameScope::find_function(std::string_view name, bool absolute) const {
  return first_candidate(name, absolute, [&](std::string_view candidate) -> std::optional<Callable> {
    const auto definition = definitions_.find(candidate);
    if (definition != definitions_.end()) return Callable{definition->second, 0};
    const auto group = environment_.functions->find_group(candidate, Style::global);
    if (group) return Callable{nullptr, *group};
    return std::nullopt;
  });
}

std::vector<std::string_view> NameScope::value_names(std::uint32_t visible_slots) const {
  std::vector<std::string_view> names;
  for (const Variable& variable : environment_.variables) {
    if (variable.slot < visible_slots) names.push_back(variable.name);
  }
  return names;
}

std::vector<std::string_view> NameScope::function_names(Style style) const {
  std::vector<std::string_view> names;
  for (const FunctionRegistry::Group& group : environment_.functions->groups()) {
    // `_+_`, `@in`, `!_`: operators are no names to suggest.
    const char first = group.name.front();
    const bool is_name = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
    if (group.style == style && is_name) names.push_back(group.name);
  }
  if (style == Style::global) {
    for (const Definition& definition : environment_.definitions) names.push_back(definition.name);
  }
  return names;
}

}  // namespace scruple::cel
