#include "cel/row_program.h"

#include "base/hash.h"
#include "base/strings.h"
#include "cel/rows.h"

#include <algorithm>
#include <bit>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace scruple::cel {

namespace {

// Beyond, the text is its digest.
constexpr std::size_t longest_text = 4096;

class RowPlanner {
 public:
  RowPlanner(const Program& program, const FunctionRegistry& functions, std::uint32_t row_local,
             const std::function<Value(NodeId)>& evaluate, Evaluation& evaluation)
      : tables_(program.tables()),
        functions_(functions),
        row_local_(row_local),
        evaluate_(evaluate),
        evaluation_(evaluation),
        nodes_(tables_.nodes.begin(), tables_.nodes.end()) {
    made_ = evaluation.create<RowProgram>();
    made_->program = &program;
    made_->functions = &functions;
    made_->row_local = row_local;
  }

  RowProgram* plan(std::span<const NodeId> outputs) {
    inner_.push_back(row_local_);
    for (const NodeId output : outputs) find_inner(output);
    for (const NodeId output : outputs) replace(output);
    // The columns are numbered first, then what is known: their locals follow one another.
    made_->first_column = tables_.local_count;
    for (const auto& [node, index] : known_at_) {
      nodes_[node].a = tables_.local_count + static_cast<std::uint32_t>(columns_.size()) + index;
    }
    std::string text;
    for (const NodeId output : outputs) {
      if (!text.empty()) text += ';';
      append(text, output);
    }
    made_->tables = tables_;
    made_->tables.nodes = copied<Node>(nodes_);
    made_->tables.local_count += static_cast<std::uint32_t>(columns_.size() + known_.size());
    made_->outputs = copied<NodeId>(outputs);
    made_->columns = copied<std::string_view>(columns_);
    made_->known = copied<Value>(known_);
    made_->text = evaluation_.copy(text.size() > longest_text ? sha256_hex(text) : text);
    return made_;
  }

 private:
  std::span<const NodeId> children(NodeId id) const {
    return tables_.children.subspan(nodes_[id].first_child, nodes_[id].child_count);
  }
  std::string_view name(const Node& node) const { return tables_.texts.substr(node.a, node.b); }

  template <typename T>
  std::span<const T> copied(std::span<const T> items) {
    if (items.empty()) return {};
    T* first = static_cast<T*>(evaluation_.allocate(items.size_bytes(), alignof(T)));
    std::uninitialized_copy(items.begin(), items.end(), first);
    return {first, items.size()};
  }
  template <typename T>
  std::span<const T> copied(const std::vector<T>& items) {
    return copied<T>(std::span<const T>(items));
  }

  // --- what depends on the row

  // The locals that get their values while a row is evaluated.
  void find_inner(NodeId id) {
    const Node& node = nodes_[id];
    if (node.type == NodeType::comprehension) {
      inner_.push_back(node.b);
      if ((node.flags & node_two_variables) != 0) inner_.push_back(node.b + 1);
    }
    if (node.type == NodeType::bind) {
      for (std::uint32_t i = 0; i + 1 < node.child_count; ++i) inner_.push_back(node.a + i);
    }
    for (const NodeId child : children(id)) find_inner(child);
  }
  bool is_inner(std::uint32_t local) const { return std::ranges::find(inner_, local) != inner_.end(); }

  // The inner locals on which a part depends, without those that it binds itself.
  const std::vector<std::uint32_t>& free_locals(NodeId id) {
    if (const auto known = free_.find(id); known != free_.end()) return known->second;
    const Node& node = nodes_[id];
    std::vector<std::uint32_t> found;
    if (node.type == NodeType::local && is_inner(node.a)) found.push_back(node.a);
    for (const NodeId child : children(id)) {
      const auto& below = free_locals(child);
      found.insert(found.end(), below.begin(), below.end());
    }
    const auto bound = [&](std::uint32_t local) {
      if (node.type == NodeType::comprehension)
        return local == node.b || ((node.flags & node_two_variables) != 0 && local == node.b + 1);
      return node.type == NodeType::bind && local >= node.a && local + 1 < node.a + node.child_count;
    };
    std::erase_if(found, bound);
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return free_.emplace(id, std::move(found)).first->second;
  }

  // The row itself, or an argument that stands for it.
  bool is_row(NodeId id) const {
    const Node& node = tables_.nodes[id];
    if (node.type != NodeType::local) return false;
    return node.a == row_local_ || (node.b != 0 && is_row(node.b - 1));
  }

  std::optional<std::string_view> column_of(NodeId id) const {
    const Node& node = tables_.nodes[id];
    if (node.type != NodeType::select && node.type != NodeType::index) return std::nullopt;
    const auto parts = tables_.children.subspan(node.first_child, node.child_count);
    if (!is_row(parts[0])) return std::nullopt;
    if (node.type == NodeType::select) return name(node);
    const Node& key = tables_.nodes[parts[1]];
    if (key.type != NodeType::constant) return std::nullopt;
    const Constant& constant = tables_.constants[key.a];
    if (constant.kind != Kind::string) return std::nullopt;
    return tables_.texts.substr(constant.bits, constant.length);
  }

  // `row[name]`, where the name is the same for all rows.
  std::optional<std::string_view> computed_column(NodeId id) {
    const Node& node = tables_.nodes[id];
    if (node.type != NodeType::index) return std::nullopt;
    const auto parts = tables_.children.subspan(node.first_child, node.child_count);
    if (!is_row(parts[0]) || !free_locals(parts[1]).empty()) return std::nullopt;
    const Value key = evaluate_(parts[1]);
    // A cell does not have the marks of the name by which it is found; the fold's result has those of what is known.
    if (!key.is(Kind::string) || (key.marks() & functions_.test_clears) != 0) return std::nullopt;
    known_.push_back(key);
    return evaluation_.copy(key.as_text());
  }

  void make_local(NodeId id, std::uint32_t index) {
    Node& node = nodes_[id];
    node.type = NodeType::local;
    node.a = index;
    node.b = 0;
    node.child_count = 0;
  }

  void replace(NodeId id) {
    const Node& node = nodes_[id];
    auto column = column_of(id);
    if (!column) column = computed_column(id);
    if (column) {
      auto known = std::ranges::find(columns_, *column);
      if (known == columns_.end()) known = columns_.insert(known, *column);
      return make_local(id, tables_.local_count + static_cast<std::uint32_t>(known - columns_.begin()));
    }
    const bool cached = (node.type == NodeType::list || node.type == NodeType::map) && node.a != 0;
    if (cached || node.type == NodeType::unknown_name) return;
    if (free_locals(id).empty()) {
      const Value value = evaluate_(id);
      make_local(id, 0);
      known_at_.emplace(id, static_cast<std::uint32_t>(known_.size()));
      known_.push_back(value);
      return;
    }
    for (const NodeId child : children(id)) replace(child);
  }

  // --- text

  void append(std::string& out, NodeId id) {
    const Node& node = nodes_[id];
    if (const auto known = known_at_.find(id); known != known_at_.end()) {
      return append_value(out, known_[known->second]);
    }
    if (node.type == NodeType::local) {
      const std::uint32_t column = node.a - tables_.local_count;
      if (node.a >= tables_.local_count) {
        append_text(out, 'c', columns_[column]);
      } else if (is_row(id)) {
        out += 'r';
        made_->whole_row = true;
      } else {
        // Locals by the order in which they come up: where the program stands does not count.
        const auto number = names_.try_emplace(node.a, names_.size()).first->second;
        out += concat('#', number);
      }
      return;
    }
    out += concat(static_cast<unsigned>(node.type), '.', static_cast<unsigned>(node.flags));
    switch (node.type) {
      case NodeType::constant: append_constant(out, tables_.constants[node.a]); break;
      case NodeType::select:
      case NodeType::has:
      case NodeType::optional_select:
      case NodeType::unknown_name: append_text(out, 's', name(node)); break;
      case NodeType::call: {
        append_text(out, 'f', functions_.group(node.a).name);
        for (const std::uint32_t row : functions_.group(node.a).rows) {
          if (functions_.row(row).reads_host) made_->shared = false;
        }
        break;
      }
      case NodeType::comprehension: out += concat('m', node.a); [[fallthrough]];
      case NodeType::bind: {
        const std::uint32_t first = node.type == NodeType::bind ? node.a : node.b;
        const std::uint32_t count = node.type == NodeType::bind ? node.child_count - 1 : 2;
        for (std::uint32_t i = 0; i < count; ++i) names_.try_emplace(first + i, names_.size());
        break;
      }
      case NodeType::list:
      case NodeType::map:
        for (std::uint32_t i = 0; node.b != 0 && i < node.child_count; ++i) {
          out += (tables_.words[node.b - 1 + i / 32] >> (i % 32) & 1) != 0 ? '?' : '.';
        }
        break;
      default: break;
    }
    out += '(';
    for (const NodeId child : children(id)) {
      append(out, child);
      out += ',';
    }
    out += ')';
  }

  static void append_text(std::string& out, char sign, std::string_view text) {
    out += concat(sign, text.size(), ':', text);
  }

  void append_constant(std::string& out, const Constant& constant) const {
    if (constant.kind == Kind::string || constant.kind == Kind::bytes || constant.kind == Kind::type) {
      return append_text(out, constant.kind == Kind::string ? '"' : 'b',
                         tables_.texts.substr(constant.bits, constant.length));
    }
    out += concat(static_cast<unsigned>(constant.kind), '=', constant.bits);
  }

  void append_value(std::string& out, const Value& value) {
    // Whether it may be shown is inherited by what is made of it. Whoever asks for the fold adds the other marks: they
    // are not the same where a fact is taken and where it is used.
    const auto kept = static_cast<Marks>(value.marks() & functions_.test_clears);
    if (kept != 0) out += concat('@', static_cast<unsigned>(kept));
    switch (value.kind()) {
      case Kind::string: return append_text(out, '"', value.as_text());
      case Kind::bytes: return append_text(out, 'b', value.as_text());
      case Kind::type: return append_text(out, 'y', value.as_text());
      case Kind::real: out += concat("d", std::bit_cast<std::uint64_t>(value.as_real())); return;
      case Kind::null: out += 'n'; return;
      case Kind::boolean: out += value.as_boolean() ? "true" : "false"; return;
      case Kind::integer: out += concat('i', value.as_integer()); return;
      case Kind::unsigned_integer: out += concat('u', value.as_unsigned()); return;
      case Kind::timestamp: out += concat('t', value.as_timestamp().seconds, '.', value.as_timestamp().nanos); return;
      case Kind::duration: out += concat('p', value.as_duration()); return;
      case Kind::optional:
        out += value.as_optional() == nullptr ? "o0" : "o";
        if (value.as_optional() != nullptr) append_value(out, *value.as_optional());
        return;
      case Kind::list:
      case Kind::map: return append_entries(out, value);
      case Kind::error:
        // Where it comes from counts as well, and that is of one host.
        made_->shared = false;
        for (const Error* error = &value.as_error(); error != nullptr; error = error->next) {
          out += concat('!', static_cast<unsigned>(error->kind), ':', error->origin);
          append_text(out, 's', error->message);
          append_text(out, 's', error->missing);
        }
        return;
      case Kind::opaque:
        made_->shared = false;
        if (const RowSource* rows = value.as_container().rows(value.handle())) {
          append_text(out, 't', rows->name());
        } else {
          out += concat('h', reinterpret_cast<std::uintptr_t>(&value.as_container()), '/', value.handle());
        }
        return;
      case Kind::unset: return;
    }
  }

  void append_entries(std::string& out, const Value& value) {
    const Container& container = value.as_container();
    const std::size_t size = container.size(value.handle(), evaluation_);
    out += value.is(Kind::list) ? '[' : '{';
    for (std::size_t i = 0; i < size; ++i) {
      if (value.is(Kind::map)) append_value(out, container.key_at(value.handle(), i, evaluation_));
      append_value(out, container.at(value.handle(), i, evaluation_));
    }
    out += ']';
  }

  const ProgramTables& tables_;
  const FunctionRegistry& functions_;
  const std::uint32_t row_local_;
  const std::function<Value(NodeId)>& evaluate_;
  Evaluation& evaluation_;
  std::vector<Node> nodes_;
  RowProgram* made_ = nullptr;
  std::vector<std::uint32_t> inner_;
  std::unordered_map<NodeId, std::vector<std::uint32_t>> free_;
  std::vector<std::string_view> columns_;
  std::vector<Value> known_;
  std::map<NodeId, std::uint32_t> known_at_;
  std::unordered_map<std::uint32_t, std::size_t> names_;
};

}  // namespace

RowProgram* plan_rows(const Program& program, const FunctionRegistry& functions, std::span<const NodeId> outputs,
                      std::uint32_t row_local, const std::function<Value(NodeId)>& evaluate, Evaluation& evaluation) {
  return RowPlanner(program, functions, row_local, evaluate, evaluation).plan(outputs);
}

}  // namespace scruple::cel
