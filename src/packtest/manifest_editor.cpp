#include "packtest/manifest_editor.h"

#include "base/strings.h"
#include "base/suggest.h"
#include "policy/place.h"

#include <span>
#include <vector>

namespace scruple::packtest {

namespace {

using policy::PlaceStep;

std::string id_of(const Json& item) {
  if (item.is_string()) return item.get<std::string>();
  return item.is_object() && item.contains("id") && item["id"].is_string() ? item["id"].get<std::string>()
                                                                           : std::string{};
}

Json* child(Json& value, const PlaceStep& step) {
  if (value.is_object()) return value.contains(step.text) ? &value[step.text] : nullptr;
  if (!value.is_array() || !step.bracketed) return nullptr;
  if (step.index) return *step.index < value.size() ? &value[*step.index] : nullptr;
  for (Json& item : value) {
    if (id_of(item) == step.text) return &item;
  }
  return nullptr;
}

std::string no_such(const Json& parent, const PlaceStep& step, std::string_view place) {
  std::vector<std::string> names;
  if (parent.is_object()) {
    for (const auto& [key, value] : parent.items()) names.push_back(key);
  } else if (parent.is_array()) {
    for (const Json& item : parent) names.push_back(id_of(item));
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string hint = did_you_mean(step.text, views);
  return concat("there is no `", step.text, "` in `", place, "`", hint.empty() ? "" : "; ", hint);
}

// What the steps lead to; null with the reason in `problem`.
Json* walk(Json& manifest, std::span<const PlaceStep> steps, std::string_view place, std::string& problem) {
  Json* at = &manifest;
  for (const PlaceStep& step : steps) {
    Json* next = child(*at, step);
    if (next == nullptr) {
      problem = no_such(*at, step, place);
      return nullptr;
    }
    at = next;
  }
  return at;
}

}  // namespace

Json to_json(const Document& document, NodeId id) {
  const Node& node = document.node(id);
  switch (node.kind) {
    case NodeKind::null: return nullptr;
    case NodeKind::boolean: return node.boolean;
    case NodeKind::integer: return node.integer;
    case NodeKind::real: return node.real;
    case NodeKind::string: return std::string(node.text);
    case NodeKind::list: {
      Json list = Json::array();
      for (const Member& member : document.members(id)) list.push_back(to_json(document, member.value));
      return list;
    }
    case NodeKind::map: {
      Json map = Json::object();
      for (const Member& member : document.members(id)) map[std::string(member.key)] = to_json(document, member.value);
      return map;
    }
  }
  return nullptr;
}

std::optional<std::string> set_place(Json& manifest, std::string_view place, Json value) {
  const auto steps = policy::parse_place(place);
  if (!steps || steps->empty()) return concat("`", place, "` is no place");
  std::string problem;
  Json* parent = walk(manifest, std::span(*steps).first(steps->size() - 1), place, problem);
  if (parent == nullptr) return problem;
  const PlaceStep& last = steps->back();
  if (Json* old = child(*parent, last)) {
    *old = std::move(value);
  } else if (parent->is_object() && !last.bracketed) {
    (*parent)[last.text] = std::move(value);
  } else {
    return no_such(*parent, last, place);
  }
  return std::nullopt;
}

std::optional<std::string> remove_place(Json& manifest, std::string_view place) {
  const auto steps = policy::parse_place(place);
  if (!steps || steps->empty()) return concat("`", place, "` is no place");
  std::string problem;
  Json* parent = walk(manifest, std::span(*steps).first(steps->size() - 1), place, problem);
  if (parent == nullptr) return problem;
  const Json* old = child(*parent, steps->back());
  if (old == nullptr) return no_such(*parent, steps->back(), place);
  if (parent->is_object()) {
    parent->erase(steps->back().text);
  } else {
    parent->erase(static_cast<std::size_t>(old - &parent->front()));
  }
  return std::nullopt;
}

std::optional<std::string> add_to_place(Json& manifest, std::string_view place, Json item) {
  const auto steps = policy::parse_place(place);
  if (!steps) return concat("`", place, "` is no place");
  std::string problem;
  Json* list = walk(manifest, *steps, place, problem);
  if (list == nullptr) return problem;
  if (!list->is_array()) return concat("`", place, "` is no list");
  if (item.is_array()) {
    for (Json& one : item) list->push_back(std::move(one));
  } else {
    list->push_back(std::move(item));
  }
  return std::nullopt;
}

}  // namespace scruple::packtest
