#include "policy/silence.h"

#include "policy/types.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace scruple::policy {

namespace {

using cel::NodeId;
using cel::NodeType;
using cel::Type;
using Tag = Type::Tag;

enum Truth : unsigned { is_true, is_false, is_error };

// What a condition can be in the two worlds: a bit for each pair of truths, without the field and with it.
class Pairs {
 public:
  constexpr Pairs() = default;
  static constexpr Pairs one(Truth without, Truth with) {
    return Pairs(static_cast<std::uint16_t>(1u << bit(without, with)));
  }
  static constexpr Pairs same() { return one(is_true, is_true) | one(is_false, is_false) | one(is_error, is_error); }
  static constexpr Pairs any() { return Pairs(0x1ff); }
  // Known without the field, unknown with it.
  static constexpr Pairs without(Truth truth) {
    return one(truth, is_true) | one(truth, is_false) | one(truth, is_error);
  }

  constexpr bool holds(Truth without, Truth with) const { return (bits_ >> bit(without, with) & 1u) != 0; }
  constexpr bool is_same() const { return (bits_ & ~same().bits_) == 0; }
  friend constexpr Pairs operator|(Pairs a, Pairs b) { return Pairs(static_cast<std::uint16_t>(a.bits_ | b.bits_)); }
  friend constexpr bool operator==(Pairs, Pairs) = default;

  // Each pair of this with each of the other, by an operation on truths.
  template <typename Operation>
  Pairs combined(Pairs other, Operation operation) const {
    Pairs all;
    for (unsigned i = 0; i < 9; ++i) {
      for (unsigned j = 0; j < 9; ++j) {
        if ((bits_ >> i & 1u) == 0 || (other.bits_ >> j & 1u) == 0) continue;
        all = all | one(operation(first(i), first(j)), operation(second(i), second(j)));
      }
    }
    return all;
  }

 private:
  explicit constexpr Pairs(std::uint16_t bits) : bits_(bits) {}
  static constexpr unsigned bit(Truth without, Truth with) { return without * 3u + with; }
  static constexpr Truth first(unsigned index) { return static_cast<Truth>(index / 3); }
  static constexpr Truth second(unsigned index) { return static_cast<Truth>(index % 3); }

  std::uint16_t bits_ = 0;
};

Truth conjunction(Truth a, Truth b) {
  if (a == is_false || b == is_false) return is_false;
  return a == is_error || b == is_error ? is_error : is_true;
}
Truth negation(Truth a) { return a == is_error ? is_error : a == is_true ? is_false : is_true; }
Truth disjunction(Truth a, Truth b) { return negation(conjunction(negation(a), negation(b))); }
// What an element adds to `all` and to `exists` if its being there is `member`.
Truth for_all(Truth member, Truth holds) { return member == is_true ? holds : member == is_false ? is_true : is_error; }
Truth for_some(Truth member, Truth holds) { return member == is_true ? holds : member; }

Pairs negated(Pairs pairs) {
  return pairs.combined(Pairs::one(is_true, is_true), [](Truth a, Truth) { return negation(a); });
}

// Any number of such terms, none included.
Pairs all_of(Pairs term) {
  Pairs all = Pairs::one(is_true, is_true);
  for (Pairs before; before != all;) {
    before = all;
    all = all | all.combined(term, conjunction);
  }
  return all;
}
Pairs some_of(Pairs term) { return negated(all_of(negated(term))); }

// What is known of a value without the field.
enum class Known : std::uint8_t {
  nothing,
  error,   // the absence itself, or what follows from it
  none,    // of an optional
  truth,   // `truth`
  number,  // `number`
  text,    // `text`
};

struct Abstract {
  bool same = true;  // the field does not count
  Known known = Known::nothing;
  bool truth = false;
  std::int64_t number = 0;
  std::string_view text;
  std::optional<Pairs> pairs;                    // of a condition, where more is known than the above says
  Pairs members = Pairs::one(is_true, is_true);  // of a list: whether an element is there
  bool same_elements = true;                     // of a list: what its elements are does not depend on the field
  bool counts = false;                           // the size of a list with these members
};

Abstract differing(Known known = Known::nothing) {
  Abstract value;
  value.same = false;
  value.known = known;
  value.members = Pairs::any();
  value.same_elements = false;
  return value;
}

Abstract condition(Pairs pairs) {
  Abstract value;
  value.same = pairs.is_same();
  value.pairs = pairs;
  return value;
}

Pairs pairs_of(const Abstract& value) {
  if (value.pairs) return *value.pairs;
  if (value.known == Known::truth) {
    const Truth truth = value.truth ? is_true : is_false;
    return value.same ? Pairs::one(truth, truth) : Pairs::without(truth);
  }
  if (value.same) return Pairs::same();
  return value.known == Known::error ? Pairs::without(is_error) : Pairs::any();
}

// The field that a node asks for, as `silence` names it; empty if it asks for none of the manifest's.
std::string field_of(const RuleExpression& expression, const cel::FunctionRegistry& functions, NodeId id) {
  const cel::ProgramTables& tables = expression.tables;
  const cel::Node& node = tables.nodes[id];
  std::string_view name;
  const auto child = [&](std::uint32_t index) { return tables.children[node.first_child + index]; };
  const auto constant_text = [&](NodeId key) -> std::string_view {
    if (tables.nodes[key].type != NodeType::constant) return {};
    const cel::Constant& value = tables.constants[tables.nodes[key].a];
    return value.kind == cel::Kind::string ? tables.texts.substr(value.bits, value.length) : std::string_view();
  };
  NodeId operand = node.child_count == 0 ? 0 : child(0);
  switch (node.type) {
    case NodeType::select:
    case NodeType::has:
    case NodeType::optional_select: name = tables.texts.substr(node.a, node.b); break;
    case NodeType::index:
    case NodeType::optional_index: name = constant_text(child(1)); break;
    case NodeType::call:  // "field" in record
      if (functions.group(node.a).name != "@in") return {};
      name = constant_text(child(0));
      operand = child(1);
      break;
    default: return {};
  }
  if (name.empty()) return {};
  const Type& outer = expression.types[operand];
  const Type& type = outer.is(Tag::optional) ? outer.arguments()[0] : outer;
  return is_manifest_record(type) ? field_place(type.name(), name) : std::string();
}

// Evaluates the expressions of a rule for one field.
class TwoWorlds {
 public:
  TwoWorlds(std::span<const RuleExpression> expressions, const cel::FunctionRegistry& functions, std::string_view field)
      : expressions_(expressions), functions_(functions), field_(field), seen_(expressions.size()) {}

  // Whether the field's absence decides this expression in silence.
  bool excuses(std::size_t index) {
    const Abstract value = root(index);
    switch (expressions_[index].use) {
      case Use::when: return pairs_of(value).holds(is_false, is_true);
      case Use::require: return pairs_of(value).holds(is_true, is_false);
      case Use::range: return value.known != Known::error && value.members.holds(is_false, is_true);
      default: return false;
    }
  }

  // Whether something else was looked at in place of the field.
  bool substituted() const { return substituted_; }

 private:
  Abstract root(std::size_t index) {
    const auto before = std::exchange(at_, index);
    Abstract value = evaluate(expressions_[index].tables.root);
    at_ = before;
    return value;
  }

  const cel::ProgramTables& tables() const { return expressions_[at_].tables; }
  const cel::Node& node(NodeId id) const { return tables().nodes[id]; }
  const Type& type(NodeId id) const { return expressions_[at_].types[id]; }
  std::span<const NodeId> children(NodeId id) const {
    return tables().children.subspan(node(id).first_child, node(id).child_count);
  }

  Abstract evaluate(NodeId id) {
    const auto known = seen_[at_].find(id);
    if (known != seen_[at_].end()) return known->second;
    Abstract value = evaluate_one(id);
    seen_[at_].insert_or_assign(id, value);
    return value;
  }

  Abstract evaluate_one(NodeId id) {
    const auto parts = children(id);
    switch (node(id).type) {
      case NodeType::constant: return constant(tables().constants[node(id).a]);
      case NodeType::variable: return variable(node(id).a);
      case NodeType::local: return node(id).b != 0 ? evaluate(node(id).b - 1) : locals_[{at_, node(id).a}];
      case NodeType::unknown_name: return {};
      case NodeType::select: return select(id, Known::error);
      case NodeType::optional_select: return select(id, Known::none);
      case NodeType::has: return has(id);
      case NodeType::index: return index(id, Known::error);
      case NodeType::optional_index: return index(id, Known::none);
      case NodeType::call: return call(id);
      case NodeType::optional_or: return otherwise(evaluate(parts[0]), evaluate(parts[1]));
      case NodeType::optional_or_value: return otherwise(evaluate(parts[0]), evaluate(parts[1]));
      case NodeType::logical_and: return fold(parts, is_true, conjunction);
      case NodeType::logical_or: return fold(parts, is_false, disjunction);
      case NodeType::conditional: return conditional(parts);
      case NodeType::list: return list(id);
      case NodeType::map: return strict(parts);
      case NodeType::comprehension: return comprehension(id);
      case NodeType::bind: return evaluate(parts.back());
    }
    return {};
  }

  Abstract constant(const cel::Constant& value) const {
    Abstract made;
    switch (value.kind) {
      case cel::Kind::boolean:
        made.known = Known::truth;
        made.truth = value.bits != 0;
        break;
      case cel::Kind::integer:
        made.known = Known::number;
        made.number = static_cast<std::int64_t>(value.bits);
        break;
      case cel::Kind::string:
        made.known = Known::text;
        made.text = tables().texts.substr(value.bits, value.length);
        break;
      default: break;
    }
    return made;
  }

  // A name of `let`; anything else does not depend on the field.
  Abstract variable(std::uint32_t slot) {
    for (std::size_t i = 0; i < expressions_.size(); ++i) {
      if (expressions_[i].use == Use::value && expressions_[i].slot == slot) return root(i);
    }
    return {};
  }

  bool is_field(NodeId id) const { return field_of(expressions_[at_], functions_, id) == field_; }

  Abstract select(NodeId id, Known missing) {
    const Abstract operand = evaluate(children(id)[0]);
    const bool viral = type(children(id)[0]).is(Tag::optional);
    if (!operand.same) {
      if (operand.known == Known::error || operand.known == Known::none) return differing(operand.known);
      return is_table(children(id)[0]) ? of_rows(operand, tables().texts.substr(node(id).a, node(id).b)) : differing();
    }
    return is_field(id) ? differing(viral ? Known::none : missing) : Abstract{};
  }

  bool is_table(NodeId id) { return type(id).is(Tag::object) && type(id).name() == "table"; }

  // A field of a table whose rows differ: their number, or a list as long as they are many.
  static Abstract of_rows(const Abstract& table, std::string_view field) {
    Abstract made = differing();
    if (field == "columns") return made;
    made.counts = field == "row_count";
    made.members = table.members;
    return made;
  }

  Abstract has(NodeId id) {
    const Abstract operand = evaluate(children(id)[0]);
    if (!operand.same) {
      if (operand.known == Known::none) return condition(Pairs::without(is_false));
      return operand.known == Known::error ? condition(Pairs::without(is_error)) : differing();
    }
    return is_field(id) ? condition(Pairs::one(is_false, is_true)) : Abstract{};
  }

  Abstract index(NodeId id, Known missing) {
    if (is_field(id)) return select(id, missing);
    const Abstract operand = evaluate(children(id)[0]);
    const Abstract key = evaluate(children(id)[1]);
    if (operand.same && key.same) return {};
    if (operand.known == Known::error || operand.known == Known::none) return differing(operand.known);
    const bool empty =
        !operand.same && !operand.members.holds(is_true, is_true) && !operand.members.holds(is_true, is_false);
    return differing(empty ? missing : Known::nothing);
  }

  // o.orValue(x), o.or(p)
  static Abstract otherwise(const Abstract& value, const Abstract& other) {
    if (value.same) return other.same ? Abstract{} : differing();
    if (value.known != Known::none) return differing(value.known);
    // Without the field it is the other; with it something of its own.
    Abstract result = differing(other.known);
    result.truth = other.truth;
    result.number = other.number;
    result.text = other.text;
    result.members = Pairs::one(is_false, is_true);
    if (other.members.holds(is_true, is_true)) result.members = result.members | Pairs::one(is_true, is_false);
    result.same_elements = other.same_elements;
    return result;
  }

  Abstract fold(std::span<const NodeId> parts, Truth start, Truth (*operation)(Truth, Truth)) {
    Pairs all = Pairs::one(start, start);
    for (const NodeId part : parts) all = all.combined(pairs_of(evaluate(part)), operation);
    return condition(all);
  }

  Abstract conditional(std::span<const NodeId> parts) {
    const Pairs chosen = pairs_of(evaluate(parts[0]));
    const Abstract yes = evaluate(parts[1]);
    const Abstract no = evaluate(parts[2]);
    if (type(parts[1]).is(Tag::boolean) || type(parts[2]).is(Tag::boolean)) {
      return condition(branch(chosen, pairs_of(yes), pairs_of(no)));
    }
    if (chosen.is_same() && yes.same && no.same) return {};
    const auto never = [&](Truth truth) {
      return !chosen.holds(truth, is_true) && !chosen.holds(truth, is_false) && !chosen.holds(truth, is_error);
    };
    const bool never_yes = never(is_true);
    const bool never_no = never(is_false);
    // What stands in for the field has to be there itself.
    const auto stands_in = [](const Abstract& value) {
      return value.known == Known::error || (value.same && value.known == Known::nothing && value.members != Pairs());
    };
    const bool is_list = type(parts[1]).is(Tag::list) || type(parts[2]).is(Tag::list);
    if (!is_list && stands_in(yes) && stands_in(no)) {
      substituted_ = true;
      return {};
    }
    Abstract result = differing();
    if (never_yes != never_no) {
      const Abstract& counts = never_yes ? no : yes;
      result.known = counts.known;
      result.truth = counts.truth;
      result.number = counts.number;
      result.text = counts.text;
    }
    // An element stands in one of the two lists.
    const Pairs nowhere = Pairs::one(is_false, is_false);
    result.members = branch(chosen, yes.members, nowhere) | branch(chosen, nowhere, no.members);
    result.same_elements = (yes.same_elements || never_yes) && (no.same_elements || never_no);
    return result;
  }

  // `c ? y : n` for conditions.
  static Pairs branch(Pairs chosen, Pairs yes, Pairs no) {
    Pairs all;
    constexpr Truth truths[] = {is_true, is_false, is_error};
    const auto pick = [](Truth c, Truth y, Truth n) { return c == is_true ? y : c == is_false ? n : is_error; };
    for (const Truth c1 : truths) {
      for (const Truth c2 : truths) {
        if (!chosen.holds(c1, c2)) continue;
        for (const Truth y1 : truths) {
          for (const Truth y2 : truths) {
            if (!yes.holds(y1, y2)) continue;
            for (const Truth n1 : truths) {
              for (const Truth n2 : truths) {
                if (no.holds(n1, n2)) all = all | Pairs::one(pick(c1, y1, n1), pick(c2, y2, n2));
              }
            }
          }
        }
      }
    }
    return all;
  }

  // What needs all its parts.
  Abstract strict(std::span<const NodeId> parts) {
    bool same = true;
    for (const NodeId part : parts) {
      const Abstract value = evaluate(part);
      if (!value.same && value.known == Known::error) return differing(Known::error);
      same = same && value.same;
    }
    return same ? Abstract{} : differing();
  }

  Abstract list(NodeId id) {
    Abstract made = strict(children(id));
    if (made.known == Known::error) return made;
    // Its elements are always there, but for those that are written `?e`.
    if (node(id).b == 0) {
      made.members = children(id).empty() ? Pairs() : Pairs::one(is_true, is_true);
      made.same_elements = made.same;
    }
    return made;
  }

  Abstract call(NodeId id) {
    const auto parts = children(id);
    const std::string_view name = functions_.group(node(id).a).name;
    std::vector<Abstract> values;
    for (const NodeId part : parts) values.push_back(evaluate(part));
    const bool same = std::ranges::all_of(values, &Abstract::same);
    const bool fails =
        std::ranges::any_of(values, [](const Abstract& value) { return !value.same && value.known == Known::error; });
    if (fails) return differing(Known::error);
    if (name == "!_") return condition(negated(pairs_of(values[0])));
    if (same && name == "@in" && is_field(id)) return condition(Pairs::one(is_false, is_true));
    if (same) return same_call(name, values);
    if (name == "hasValue" && values[0].known == Known::none) {
      return condition(Pairs::one(is_false, is_true) | Pairs::one(is_false, is_false));
    }
    if (name == "value" && values[0].known == Known::none) return differing(Known::error);
    if (name == "size") return size(parts[0], values[0]);
    if (name == "_+_" && type(id).is(Tag::list)) {
      Abstract joined = differing();
      joined.members = values[0].members | values[1].members;
      joined.same_elements = values[0].same_elements && values[1].same_elements;
      return joined;
    }
    if (name == "dyn") return values[0];
    if (name == "@in" && values[0].same && values[1].same_elements) {
      const Pairs equal = Pairs::one(is_true, is_true) | Pairs::one(is_false, is_false);
      return condition(some_of(values[1].members.combined(equal, for_some)));
    }
    if (name == "found_in" || name == "missing_from") {
      const Pairs equal = Pairs::one(is_true, is_true) | Pairs::one(is_false, is_false);
      const Pairs found = some_of(values[1].members.combined(equal, for_some));
      return members_of(values[0], name == "found_in" ? found : negated(found), true);
    }
    if (name == "distinct" || name == "sort" || name == "reverse") {
      Abstract kept = differing();
      kept.members = values[0].members;
      kept.same_elements = values[0].same_elements;
      return kept;
    }
    if (const auto pairs = comparison(name, values, parts)) return condition(*pairs);
    if (const auto truth = decided(name, values)) return condition(Pairs::without(*truth ? is_true : is_false));
    if (is_look_up(name) && values[0].known == Known::text && values[0].text.empty()) return differing(Known::none);
    return differing();
  }

  static bool is_look_up(std::string_view name) {
    return name == "person" || name == "system" || name == "asset" || name == "dataset" || name == "segment";
  }

  // A call that the field does not count for; a constant stays one only through dyn().
  static Abstract same_call(std::string_view name, const std::vector<Abstract>& values) {
    return name == "dyn" ? values[0] : Abstract{};
  }

  Abstract size(NodeId operand, const Abstract& value) {
    if (value.known == Known::text) {
      Abstract count = differing(Known::number);
      count.number = static_cast<std::int64_t>(value.text.size());
      return count;
    }
    Abstract count = differing();
    count.counts = type(operand).is(Tag::list);
    count.members = value.members;
    return count;
  }

  // Comparisons of the number of elements with a constant, and of lists with the empty list.
  std::optional<Pairs> comparison(std::string_view name, const std::vector<Abstract>& values,
                                  std::span<const NodeId> parts) {
    if (values.size() != 2) return std::nullopt;
    const bool equality = name == "_==_" || name == "_!=_";
    for (const std::size_t i : {0u, 1u}) {
      const Abstract& list = values[i];
      const Abstract& other = values[1 - i];
      if (equality && type(parts[i]).is(Tag::list) && other.same && other.members == Pairs()) {
        const Pairs some = some_of(list.members);
        return name == "_==_" ? negated(some) : some;
      }
      if (!list.counts || !other.same) continue;
      const Pairs some = some_of(list.members);
      const bool zero = other.known == Known::number && other.number == 0;
      const bool more = name == (i == 0 ? "_>_" : "_<_") || (name == (i == 0 ? "_>=_" : "_<=_") && !zero);
      const bool less = name == (i == 0 ? "_<_" : "_>_") || name == (i == 0 ? "_<=_" : "_>=_");
      if (more || (name == "_!=_" && zero)) return some;
      if (less || (name == "_==_" && zero)) return negated(some);
    }
    return std::nullopt;
  }

  // The result without the field, where its arguments are known then.
  static std::optional<bool> decided(std::string_view name, const std::vector<Abstract>& values) {
    if (values.size() < 2) return std::nullopt;
    const Abstract& a = values[0];
    const Abstract& b = values[1];
    const auto blank = [](const Abstract& value) { return value.known == Known::text && value.text.empty(); };
    if (name == "@in") {
      if (blank(a)) return false;  // no text of a manifest is blank
      const bool empty = !b.members.holds(is_true, is_true) && !b.members.holds(is_true, is_false);
      if (empty) return false;
      return std::nullopt;
    }
    if (name == "contains" || name == "startsWith" || name == "endsWith" || name.starts_with("text.has_")) {
      if (blank(a)) return false;
      return std::nullopt;
    }
    const bool equal = name == "_==_";
    if (equal || name == "_!=_") {
      if (a.known == Known::text && b.known == Known::text) return (a.text == b.text) == equal;
      if (a.known == Known::truth && b.known == Known::truth) return (a.truth == b.truth) == equal;
      if (a.known == Known::number && b.known == Known::number) return (a.number == b.number) == equal;
      if ((blank(a) && b.same) || (blank(b) && a.same)) return !equal;
      return std::nullopt;
    }
    if (a.known != Known::number || b.known != Known::number) return std::nullopt;
    if (name == "_<_") return a.number < b.number;
    if (name == "_<=_") return a.number <= b.number;
    if (name == "_>_") return a.number > b.number;
    if (name == "_>=_") return a.number >= b.number;
    return std::nullopt;
  }

  Abstract comprehension(NodeId id) {
    using cel::Macro;
    const auto parts = children(id);
    const auto macro = static_cast<Macro>(node(id).a);
    const Abstract range = evaluate(parts[0]);
    Abstract element = range.same || range.same_elements ? Abstract{} : differing();
    locals_[{at_, node(id).b}] = element;
    locals_[{at_, node(id).b + 1}] = element;
    const bool fails = !range.same && range.known == Known::error;
    if (macro == Macro::opt_map || macro == Macro::opt_flat_map) {
      if (!range.same) return differing(range.known == Known::none || fails ? range.known : Known::nothing);
      const Abstract body = evaluate(parts[1]);
      return body.same ? Abstract{} : differing(body.known == Known::none ? Known::nothing : body.known);
    }
    const Abstract body = evaluate(parts.back());
    if (fails) return differing(Known::error);
    const bool filtered = parts.size() > 2;
    const Abstract predicate = filtered ? evaluate(parts[1]) : Abstract{};
    switch (macro) {
      case Macro::all: return condition(all_of(range.members.combined(pairs_of(body), for_all)));
      case Macro::exists: return condition(some_of(range.members.combined(pairs_of(body), for_some)));
      case Macro::filter: return members_of(range, pairs_of(body), true);
      case Macro::map:
      case Macro::map_filter:
      case Macro::transform_list: {
        const Pairs holds = filtered ? pairs_of(predicate) : Pairs::one(is_true, is_true);
        const Pairs members = range.members.combined(holds, for_some);
        // What is not there without the field cannot differ from what it is then.
        const bool there_without = members.holds(is_true, is_true) || members.holds(is_true, is_false);
        Abstract made = members_of(range, holds, body.same || !there_without);
        if (!body.same && body.known == Known::error && there_without) made.known = Known::error;
        return made;
      }
      case Macro::sort_by: return members_of(range, Pairs::one(is_true, is_true), true);
      case Macro::where: return members_of(range, pairs_of(body), true);
      case Macro::count: {
        Abstract counted = members_of(range, pairs_of(body), true);
        counted.counts = true;
        return counted;
      }
      default: break;
    }
    if (cel::is_fold(macro) && !body.same && body.known == Known::error) return differing(Known::error);
    if (macro == Macro::keys && !(range.same && body.same)) {
      Abstract made = differing();
      made.members = range.members;
      made.same_elements = range.same_elements && body.same;
      return made;
    }
    return range.same && body.same && predicate.same ? Abstract{} : differing();
  }

  // A list of those elements of a range for which a condition holds.
  static Abstract members_of(const Abstract& range, Pairs holds, bool same_elements) {
    Abstract made;
    made.same = range.same && holds.is_same() && same_elements;
    made.members = range.members.combined(holds, for_some);
    made.same_elements = range.same_elements && same_elements;
    return made;
  }

  std::span<const RuleExpression> expressions_;
  const cel::FunctionRegistry& functions_;
  std::string_view field_;
  bool substituted_ = false;
  std::size_t at_ = 0;                                                // which expression
  std::vector<std::map<NodeId, Abstract>> seen_;                      // by expression
  std::map<std::pair<std::size_t, std::uint32_t>, Abstract> locals_;  // of macros
};

// Where a rule asks whether a field is there.
struct Question {
  std::string field;
  std::size_t expression = 0;
  Span span;
};

class Questions {
 public:
  Questions(std::span<const RuleExpression> expressions, const cel::FunctionRegistry& functions) {
    for (std::size_t i = 0; i < expressions.size(); ++i) {
      seen_.assign(expressions[i].tables.nodes.size(), false);
      visit(expressions[i], functions, i, expressions[i].tables.root, {}, false);
    }
  }

  std::vector<Question> found;
  // Names that are asked for of something whose type is not known.
  std::vector<std::string> loose;

 private:
  // `own` is the nearest part around that stands in the rule itself, not in a definition.
  void visit(const RuleExpression& expression, const cel::FunctionRegistry& functions, std::size_t index, NodeId id,
             Span own, bool continued) {
    const cel::ProgramTables& tables = expression.tables;
    const cel::Node& node = tables.nodes[id];
    if (node.source == 0) own = {node.begin, node.end};
    if (seen_[id]) return;
    seen_[id] = true;
    const bool asks = node.type == NodeType::has || node.type == NodeType::optional_select ||
                      node.type == NodeType::optional_index || node.type == NodeType::call ||
                      (node.child_count > 0 && node.type == NodeType::select &&
                       expression.types[tables.children[node.first_child]].is(Tag::optional));
    // Of `a.?b.?c` the last step stands for all.
    if (asks && !continued) {
      std::string field = field_of(expression, functions, id);
      const Type operand = node.child_count == 0 ? Type() : expression.types[tables.children[node.first_child]];
      const Type& inner = operand.is(Tag::optional) ? operand.arguments()[0] : operand;
      const bool is_known = inner.is(Tag::record) || inner.is(Tag::object);
      const bool is_named = node.type != NodeType::optional_index && node.type != NodeType::call;
      if (!is_known && is_named) loose.emplace_back(tables.texts.substr(node.a, node.b));
      if (!field.empty() && std::ranges::find(found, field, &Question::field) == found.end()) {
        found.push_back({std::move(field), index, own});
      }
    }
    const bool selects = node.type == NodeType::select || node.type == NodeType::optional_select ||
                         node.type == NodeType::has || node.type == NodeType::optional_index;
    for (std::uint32_t i = 0; i < node.child_count; ++i) {
      visit(expression, functions, index, tables.children[node.first_child + i], own, selects && i == 0);
    }
  }

  std::vector<bool> seen_;
};

}  // namespace

Excuses find_excuses(std::span<const RuleExpression> expressions, const cel::FunctionRegistry& functions) {
  Questions questions(expressions, functions);
  Excuses excuses;
  excuses.loose_names = std::move(questions.loose);
  for (const Question& question : questions.found) {
    TwoWorlds worlds(expressions, functions, question.field);
    const std::size_t before = excuses.found.size();
    for (std::size_t i = 0; i < expressions.size(); ++i) {
      if (!worlds.excuses(i)) continue;
      excuses.found.push_back({question.field, expressions[i].use, question.expression, question.span});
      break;
    }
    if (excuses.found.size() == before && worlds.substituted()) excuses.substituted.push_back(question.field);
  }
  return excuses;
}

}  // namespace scruple::policy
