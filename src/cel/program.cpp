#include "cel/program.h"

#include "cel/program_state.h"

#include <algorithm>

namespace scruple::cel {

Program::Program(ProgramTables tables) : state_(std::make_unique<State>()), tables_(&state_->tables) {
  state_->tables = tables;
}
Program::Program(std::unique_ptr<State> state) : state_(std::move(state)), tables_(&state_->tables) {}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;

std::span<const NodeId> Program::children(NodeId id) const {
  const Node& node = this->node(id);
  return tables().children.subspan(node.first_child, node.child_count);
}

std::vector<NodeId> Program::conjuncts(NodeId below) const {
  if (node(below).type != NodeType::logical_and) return {below};
  std::vector<NodeId> found;
  for (const NodeId child : children(below)) {
    const std::vector<NodeId> inner = conjuncts(child);
    found.insert(found.end(), inner.begin(), inner.end());
  }
  return found;
}

std::vector<std::uint32_t> Program::slots(NodeId below) const {
  std::vector<std::uint32_t> found;
  std::vector<bool> seen(tables().nodes.size());
  std::vector<NodeId> pending = {below};
  while (!pending.empty()) {
    const NodeId id = pending.back();
    pending.pop_back();
    if (seen[id]) continue;
    seen[id] = true;
    const Node& node = this->node(id);
    if (node.type == NodeType::variable) found.push_back(node.a);
    // A bound name reads what it stands for, which may be above.
    if (node.type == NodeType::local && node.b != 0) pending.push_back(node.b - 1);
    // What nobody uses is not evaluated: the values of a bind are reached through their locals.
    const auto all = children(id);
    const auto read = node.type == NodeType::bind ? all.last(1) : all;
    pending.insert(pending.end(), read.begin(), read.end());
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Program::Cache& Program::cache() const {
  std::call_once(state_->cache_made, [this] { state_->cache = std::make_unique<Cache>(tables().cache_count); });
  return *state_->cache;
}

}  // namespace scruple::cel
