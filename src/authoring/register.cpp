#include "authoring/register.h"

#include <algorithm>
#include <array>

namespace scruple::authoring {

Register read_register(const Document& organization) {
  constexpr std::array<std::string_view, 6> choosing = {"recommend", "target", "segment", "score", "price", "bid"};
  Register found;
  const auto list_of = [&](NodeId map, std::string_view key) {
    const Member* member = organization.node(map).kind == NodeKind::map ? organization.find(map, key) : nullptr;
    return member != nullptr && organization.node(member->value).kind == NodeKind::list
               ? organization.members(member->value)
               : std::span<const Member>{};
  };
  for (const Member& item : list_of(organization.root(), "ai_systems")) {
    if (organization.node(item.value).kind != NodeKind::map) continue;
    const Member* id = organization.find(item.value, "id");
    if (id == nullptr || organization.node(id->value).kind != NodeKind::string) continue;
    Register::System system{std::string(organization.node(id->value).text), {}};
    for (const Member& task : list_of(item.value, "tasks")) {
      const std::string_view word = organization.node(task.value).text;
      system.use.writes = system.use.writes || word == "generate";
      system.use.talks = system.use.talks || word == "chat";
      system.use.chooses = system.use.chooses || std::ranges::find(choosing, word) != choosing.end();
    }
    found.systems.push_back(std::move(system));
  }
  return found;
}

}  // namespace scruple::authoring
