#include "lint/counterfactual.h"

#include "policy/marks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

namespace scruple::linting {

namespace {

using cel::Kind;
using cel::Node;
using cel::NodeId;
using cel::NodeType;
using cel::Program;
using cel::Value;
using Relation = Counterfactual::Relation;

constexpr std::size_t most_tried = 50;  // elements of a list
constexpr std::size_t most_named = 8;
// An expression that takes longer is not tried again for each change.
constexpr std::uint64_t most_steps = 20'000;

enum class Operator { equal, unequal, less, at_most, greater, at_least };

std::optional<Operator> operator_of(std::string_view name) {
  if (name == "_==_") return Operator::equal;
  if (name == "_!=_") return Operator::unequal;
  if (name == "_<_") return Operator::less;
  if (name == "_<=_") return Operator::at_most;
  if (name == "_>_") return Operator::greater;
  if (name == "_>=_") return Operator::at_least;
  return std::nullopt;
}

// `limit < value` as `value > limit`.
Operator mirrored(Operator op) {
  switch (op) {
    case Operator::less: return Operator::greater;
    case Operator::at_most: return Operator::at_least;
    case Operator::greater: return Operator::less;
    case Operator::at_least: return Operator::at_most;
    default: return op;
  }
}

Operator negated(Operator op) {
  switch (op) {
    case Operator::equal: return Operator::unequal;
    case Operator::unequal: return Operator::equal;
    case Operator::less: return Operator::at_least;
    case Operator::at_most: return Operator::greater;
    case Operator::greater: return Operator::at_most;
    case Operator::at_least: return Operator::less;
  }
  return op;
}

// How firmly an operand stands: of two, the firmer is the limit, the other is what can change.
enum class Firmness { constant, setting, named, read };

struct Candidate {
  Relation relation = Relation::equal;
  Value shown;  // the limit as it is said
  Value tried;  // a value that keeps to it
};

std::optional<Value> next(const Value& value, int step) {
  switch (value.kind()) {
    case Kind::integer: {
      const std::int64_t end =
          step > 0 ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
      if (value.as_integer() == end) return std::nullopt;
      return Value::integer(value.as_integer() + step);
    }
    case Kind::real:
      return Value::real(std::nextafter(value.as_real(), step * std::numeric_limits<double>::infinity()));
    case Kind::timestamp: {
      cel::Timestamp time = value.as_timestamp();
      time.seconds += step;
      return Value::timestamp(time);
    }
    case Kind::duration: return Value::duration(value.as_duration() + step);
    default: return std::nullopt;
  }
}

// For `subject op limit` to hold.
std::optional<Candidate> candidate(Operator op, const Value& subject, const Value& limit, cel::Evaluation& evaluation) {
  if (op == Operator::equal) return Candidate{Relation::equal, limit, limit};
  if (op == Operator::unequal) {
    if (limit.is(Kind::boolean)) {
      const Value other = Value::boolean(!limit.as_boolean());
      return Candidate{Relation::equal, other, other};
    }
    if (limit.is(Kind::string)) {
      return Candidate{Relation::other_than, limit, evaluation.string(std::string(limit.as_text()) + "\x01")};
    }
    const auto other = next(limit, 1);
    if (!other) return std::nullopt;
    return Candidate{Relation::other_than, limit, *other};
  }
  const bool upward = op == Operator::greater || op == Operator::at_least;
  const bool strict = op == Operator::greater || op == Operator::less;
  Value bound = limit;
  if (subject.is(Kind::integer) && limit.is(Kind::real)) {
    // Whole numbers keep to the whole number at the limit.
    const double whole = upward ? std::ceil(limit.as_real()) : std::floor(limit.as_real());
    if (!(std::abs(whole) < 0x1p53)) return std::nullopt;
    bound = Value::integer(static_cast<std::int64_t>(whole));
    if (whole != limit.as_real()) return Candidate{upward ? Relation::at_least : Relation::at_most, bound, bound};
  }
  const bool in_time = bound.is(Kind::timestamp);
  if (!bound.is(Kind::integer) && !bound.is(Kind::real) && !in_time && !bound.is(Kind::duration)) return std::nullopt;
  if (bound.is(Kind::real) && std::isnan(bound.as_real())) return std::nullopt;
  if (!strict) {
    const Relation relation = in_time ? (upward ? Relation::on_or_after : Relation::on_or_before)
                                      : (upward ? Relation::at_least : Relation::at_most);
    return Candidate{relation, bound, bound};
  }
  const auto beyond = next(bound, upward ? 1 : -1);
  if (!beyond) return std::nullopt;
  if (bound.is(Kind::integer) && subject.is(Kind::integer)) {
    return Candidate{upward ? Relation::at_least : Relation::at_most, *beyond, *beyond};
  }
  const Relation relation =
      in_time ? (upward ? Relation::after : Relation::before) : (upward ? Relation::more_than : Relation::less_than);
  return Candidate{relation, bound, *beyond};
}

class Finder {
 public:
  Finder(const ItemFrame& item, const Part& requirement, NodeId conjunct)
      : item_(item), program_(requirement.program), conjunct_(conjunct) {
    const auto slots = program_.slots(program_.root());
    for (const policy::Let& let : item.rule.lets) {
      if (std::ranges::find(slots, let.slot) != slots.end()) add_let(let);
    }
  }

  std::optional<Change> find(const cel::Trace& part, bool wanted) {
    if (part.value.kind() != Kind::boolean || part.value.as_boolean() == wanted) return std::nullopt;
    const Node& node = program_.node(part.node);
    if (node.type != NodeType::call) return of_boolean(part, wanted);
    if (part.children.size() != 2) return std::nullopt;
    const std::string_view name = item_.pack.functions().group(node.a).name;
    if (name == "@in") return of_membership(part, wanted);
    const auto op = operator_of(name);
    return op ? of_comparison(part, wanted ? *op : negated(*op)) : std::nullopt;
  }

 private:
  // The names of the rule on which the requirement rests, with those on which they rest.
  void add_let(const policy::Let& let) {
    if (!let.value || std::ranges::find(lets_, &let) != lets_.end()) return;
    lets_.push_back(&let);
    const Program& program = item_.pack.program(let.value);
    const auto slots = program.slots(program.root());
    for (const policy::Let& other : item_.rule.lets) {
      if (std::ranges::find(slots, other.slot) != slots.end()) add_let(other);
    }
  }

  std::optional<Change> of_boolean(const cel::Trace& part, bool wanted) {
    const NodeType type = program_.node(part.node).type;
    if (type != NodeType::select && type != NodeType::index && type != NodeType::local && type != NodeType::variable) {
      return std::nullopt;
    }
    // A name that was computed can be set by nobody: what it was computed from says more.
    if (part.value.origin() == 0) return std::nullopt;
    const Value value = Value::boolean(wanted);
    if (!passes_with(part.node, value)) return std::nullopt;
    return Change{part.node, {Relation::equal, {wanted ? "true" : "false"}}};
  }

  std::optional<Change> of_comparison(const cel::Trace& part, Operator op) {
    const cel::Trace* subject = &part.children[0];
    const cel::Trace* limit = &part.children[1];
    const Firmness left = firmness(subject->node);
    const Firmness right = firmness(limit->node);
    if (left == right || std::min(left, right) == Firmness::read) return std::nullopt;
    // The day and the gate can be changed by nobody.
    if (std::max(left, right) == Firmness::setting) return std::nullopt;
    if (left < right) {
      std::swap(subject, limit);
      op = mirrored(op);
    }
    if (!can_be_shown(limit->value)) return std::nullopt;
    const auto change = candidate(op, subject->value, limit->value, item_.evaluation);
    if (!change || !passes_with(subject->node, change->tried)) return std::nullopt;
    // No list has fewer elements than none.
    const bool none_left = change->relation == Relation::at_most && is_zero(change->shown) && is_size(subject->node);
    return Change{subject->node, {none_left ? Relation::equal : change->relation, {show(change->shown)}}};
  }

  std::optional<Change> of_membership(const cel::Trace& part, bool wanted) {
    const cel::Trace& subject = part.children[0];
    const cel::Trace& list = part.children[1];
    if (!list.value.is(Kind::list) || firmness(list.node) >= firmness(subject.node)) return std::nullopt;
    if (!can_be_shown(list.value)) return std::nullopt;
    const cel::Container& container = list.value.as_container();
    const std::size_t size = container.size(list.value.handle(), item_.evaluation);
    Change change{subject.node, {wanted ? Relation::one_of : Relation::none_of, {}}};
    std::vector<std::string>& values = change.counterfactual.values;
    for (std::size_t i = 0; i < std::min(size, most_tried) && values.size() <= most_named; ++i) {
      const Value element = container.at(list.value.handle(), i, item_.evaluation);
      if (element.is_error() || !can_be_shown(element)) return std::nullopt;
      if (wanted && !passes_with(subject.node, element)) continue;
      values.push_back(show(element));
    }
    if (values.empty()) return std::nullopt;
    if (!wanted) {
      const Value other = subject.value.is(Kind::string)
                              ? item_.evaluation.string(std::string(subject.value.as_text()) + "\x01")
                              : Value::null();
      if (!passes_with(subject.node, other)) return std::nullopt;
    }
    if (values.size() > most_named) values.back() = "…";
    if (values.size() == 1) change.counterfactual.relation = wanted ? Relation::equal : Relation::other_than;
    return change;
  }

  Firmness firmness(NodeId id) const {
    id = resolved(program_, id);
    const Node& node = program_.node(id);
    const auto weakest = [&] {
      Firmness firmness = Firmness::constant;
      for (const NodeId child : program_.children(id)) firmness = std::max(firmness, this->firmness(child));
      return firmness;
    };
    switch (node.type) {
      case NodeType::constant: return Firmness::constant;
      case NodeType::variable:
        if (node.a == policy::slot_params || node.a == policy::slot_today || node.a == policy::slot_reference_day ||
            node.a == policy::slot_gate) {
          return Firmness::setting;
        }
        return is_let(node.a) ? Firmness::named : Firmness::read;
      case NodeType::list:
      case NodeType::select:
      case NodeType::call: {
        const Firmness parts = weakest();
        // What is computed from a name is no limit that a reader knows: the size of a list is what can change.
        const bool computed = node.type == NodeType::call && parts == Firmness::named;
        return computed ? Firmness::read : parts;
      }
      default: return Firmness::read;
    }
  }

  static bool is_zero(const Value& value) { return value.is(Kind::integer) && value.as_integer() == 0; }

  bool is_size(NodeId id) const {
    const Node& node = program_.node(resolved(program_, id));
    return node.type == NodeType::call && item_.pack.functions().group(node.a).name == "size";
  }

  bool is_let(std::uint32_t slot) const {
    return std::ranges::any_of(item_.rule.lets, [&](const policy::Let& let) { return let.slot == slot; });
  }

  static bool can_be_shown(const Value& value) { return (value.marks() & policy::mark_sensitive) == 0; }

  std::string show(const Value& value) const { return item_.context.show(value, item_.evaluation, true); }

  // Whether the requirement passes with this value in place of what the node, and each that is the same, gave.
  bool passes_with(NodeId subject, const Value& value) {
    for (const policy::Let* let : lets_) {
      const Program& program = item_.pack.program(let->value);
      if (contains(program, program.root(), program_, subject)) return false;
    }
    std::vector<NodeId> nodes;
    const auto count = static_cast<NodeId>(program_.tables().nodes.size());
    for (NodeId id = 0; id < count; ++id) {
      if (same(program_, id, program_, subject)) nodes.push_back(id);
    }
    for (const NodeId other : program_.conjuncts()) {
      if (other != conjunct_ && !contains(program_, other, program_, subject)) continue;
      item_.evaluation.reset_steps();
      const Value result = cel::evaluate_assuming(program_, other, item_.frame, item_.evaluation, nodes, value);
      if (!result.is_true() || item_.evaluation.steps() > most_steps) return false;
    }
    return true;
  }

  const ItemFrame& item_;
  const Program& program_;
  NodeId conjunct_;
  std::vector<const policy::Let*> lets_;
};

}  // namespace

std::optional<Change> change_for(const ItemFrame& item, const Part& requirement, NodeId conjunct,
                                 const cel::Trace& part, bool wanted) {
  return Finder(item, requirement, conjunct).find(part, wanted);
}

}  // namespace scruple::linting
