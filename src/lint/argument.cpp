#include "lint/argument.h"

#include "base/file_system.h"
#include "base/strings.h"
#include "lint/counterfactual.h"
#include "lint/value_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace scruple::linting {

namespace {

using cel::Kind;
using cel::Macro;
using cel::Node;
using cel::NodeId;
using cel::NodeType;
using cel::Program;
using cel::Trace;
using cel::Value;

constexpr std::size_t most_reasons = 40;
constexpr std::size_t longest_expression = 120;

// How telling a claim is.
enum Weight {
  weight_decides,    // what would have to change, what is missing, where it was decided
  weight_compared,   // a value that was compared, or that a function gave
  weight_step,       // what a name of the rule stands for
  weight_read,       // read on the way
  weight_applies,    // why the rule applies
  weight_parameter,  // settings of the rule
  weight_backdrop,   // what only a program wants to know
};

bool is_selection(NodeType type) {
  return type == NodeType::select || type == NodeType::optional_select || type == NodeType::index ||
         type == NodeType::optional_index;
}

class Collector {
 public:
  Collector(const ItemFrame& item, const Part& part, Argument& argument)
      : item_(item), part_(part), program_(part.program), argument_(argument) {}

  void collect_requirement(const Trace& root) {
    const std::vector<const Trace*> conjuncts = conjuncts_of(root);
    const Trace* deciding = nullptr;
    for (const Trace* conjunct : conjuncts) {
      if (conjunct->value.is_true()) continue;
      if (deciding == nullptr || (conjunct->value.is_false() && !deciding->value.is_false())) deciding = conjunct;
    }
    if (deciding == nullptr) deciding = &root;
    conjunct_ = deciding->node;
    add(Reason::Kind::requirement, weight_backdrop, deciding->node, deciding->value, false);
    collect(*deciding, true, false);
    for (const NodeId node : program_.conjuncts()) {
      const auto is_it = [&](const Trace* conjunct) { return conjunct->node == node; };
      if (std::ranges::none_of(conjuncts, is_it) && node != root.node) add_not_evaluated(node);
    }
  }

  void collect_condition(const Trace& trace) {
    applies_ = true;
    collect(trace, std::nullopt, false);
  }

 private:
  using Wanted = std::optional<bool>;

  std::vector<const Trace*> conjuncts_of(const Trace& trace) const {
    if (program_.node(trace.node).type != NodeType::logical_and) return {&trace};
    std::vector<const Trace*> found;
    for (const Trace& child : trace.children) {
      const auto below = conjuncts_of(child);
      found.insert(found.end(), below.begin(), below.end());
    }
    return found;
  }

  // `wanted`: what the part should have come to; nothing for what is only read.
  void collect(const Trace& trace, Wanted wanted, bool in_macro) {
    const Node& node = program_.node(trace.node);
    switch (node.type) {
      case NodeType::constant:
      case NodeType::unknown_name: return;
      case NodeType::logical_and: return collect_logical(trace, wanted, in_macro, false);
      case NodeType::logical_or: return collect_logical(trace, wanted, in_macro, true);
      case NodeType::conditional: return collect_conditional(trace, wanted, in_macro);
      case NodeType::comprehension: return collect_macro(trace, wanted, in_macro);
      case NodeType::bind: return collect_bind(trace, wanted, in_macro);
      case NodeType::has: return collect_test(trace, wanted, in_macro);
      case NodeType::local: return collect_local(trace, wanted, in_macro);
      case NodeType::variable: add_change(trace, wanted, in_macro); return collect_name(node.a, trace, in_macro);
      case NodeType::call: return collect_call(trace, wanted, in_macro);
      case NodeType::select:
      case NodeType::optional_select:
      case NodeType::index:
      case NodeType::optional_index: return collect_chain(trace, wanted, in_macro);
      default:
        for (const Trace& child : trace.children) collect(child, std::nullopt, in_macro);
    }
  }

  // Of `false && x` only the false part matters, of `false || false` both do.
  void collect_logical(const Trace& trace, Wanted wanted, bool in_macro, bool decisive) {
    const bool decided = trace.value.is(Kind::boolean) && trace.value.as_boolean() == decisive;
    // `!is_bot(asset) || has_greeting(asset)`: what stands before the last alternative says when it matters, and is
    // nothing to be changed, but for a limit.
    const bool alternatives = wanted && decisive == *wanted && !decided;
    const bool guarded = guard_;
    const std::size_t first_claim = argument_.claims.size();
    bool all_named = true;  // of the ways to pass
    for (const Trace& child : trace.children) {
      const std::size_t before = argument_.claims.size();
      guard_ = guarded || (alternatives && &child != &trace.children.back());
      if (decided && !(child.value.is(Kind::boolean) && child.value.as_boolean() == decisive)) continue;
      if (trace.value.is_error() && !child.value.is_error()) {
        collect(child, std::nullopt, in_macro);
        continue;
      }
      collect(child, wanted, in_macro);
      const bool is_way = !guard_ || compares_amounts(child.node);
      if (alternatives && is_way && !names_change(before)) all_named = false;
    }
    guard_ = guarded;
    // One way to pass would read as the only one.
    for (std::size_t i = first_claim; alternatives && !all_named && i < argument_.claims.size(); ++i)
      argument_.claims[i].would_pass.reset();
    add_skipped(trace);
  }

  // Whether a claim from there on says what would pass.
  bool names_change(std::size_t first) const {
    return std::any_of(argument_.claims.begin() + static_cast<std::ptrdiff_t>(first), argument_.claims.end(),
                       [](const Claim& claim) { return claim.would_pass.has_value(); });
  }

  bool compares_amounts(NodeId id) const {
    const Node& node = program_.node(resolved(program_, id));
    if (node.type != NodeType::call) return false;
    const std::string_view name = item_.pack.functions().group(node.a).name;
    return name == "_<_" || name == "_<=_" || name == "_>_" || name == "_>=_";
  }

  void collect_conditional(const Trace& trace, Wanted wanted, bool in_macro) {
    for (std::size_t i = 0; i < trace.children.size(); ++i) {
      collect(trace.children[i], i == 0 ? std::nullopt : wanted, in_macro);
    }
    add_skipped(trace);
  }

  void collect_macro(const Trace& trace, Wanted wanted, bool in_macro) {
    const auto macro = static_cast<Macro>(program_.node(trace.node).a);
    const Trace* range = nullptr;
    for (const Trace& child : trace.children) {
      if (child.iteration >= 0) continue;
      // What stands behind it is what the condition of a fold takes from around it.
      if (range == nullptr) {
        range = &child;
      } else {
        collect(child, std::nullopt, true);
      }
    }
    const bool quantifier = macro == Macro::all || macro == Macro::exists;
    const bool decisive = macro == Macro::exists;
    if (quantifier && trace.value.is(Kind::boolean) && trace.value.as_boolean() == decisive) {
      // The last element decided: an `all` that failed, an `exists` that held.
      if (trace.children.empty() || trace.children.back().iteration < 0) return;
      return collect_element(trace.children.back(), range, wanted, decisive);
    }
    if (macro == Macro::all && trace.value.is_error()) {
      for (const Trace& child : trace.children) {
        if (child.iteration >= 0 && child.value.is_error())
          return collect_element(child, range, std::nullopt, decisive);
      }
    }
    if (range == nullptr) return;
    if (macro == Macro::exists && trace.value.is_false()) {
      add_fruitless(*range);
      // What a function said of the only element, it said of the whole.
      const bool only_one = trace.children.size() == 2;
      if (only_one && wanted && !applies_) take_marker(trace);
    }
    collect(*range, std::nullopt, true);
    if (quantifier || macro == Macro::exists_one) return;
    add(Reason::Kind::value, weight_read, trace.node, trace.value, in_macro);
  }

  void collect_element(const Trace& body, const Trace* range, Wanted wanted, bool held) {
    Claim claim;
    claim.kind = Reason::Kind::element;
    claim.weight = weight_decides;
    claim.value = body.element;
    claim.in_macro = true;
    if (range != nullptr) claim.expression = node_text(part_, range->node);
    claim.note = held ? "the first that does" : "the first that fails";
    claim.figures.push_back({"element", std::to_string(body.iteration + 1), {}});
    if (argument_.failing_element.is_unset()) argument_.failing_element = body.element;
    argument_.claims.push_back(std::move(claim));
    collect(body, wanted, true);
  }

  void take_marker(const Trace& trace) {
    if (!trace.explanation.phrase.empty()) argument_.marker = trace.explanation.phrase;
    for (const Trace& child : trace.children) take_marker(child);
  }

  // No element of a list was what it takes.
  void add_fruitless(const Trace& range) {
    if (applies_ || !range.value.is(Kind::list) || !argues(range.value)) return;
    const std::size_t size = range.value.as_container().size(range.value.handle(), item_.evaluation);
    Claim* claim = add(Reason::Kind::value, weight_compared, range.node, range.value, true);
    if (claim != nullptr && size > 1) claim->note = concat("none of these ", size);
  }

  // A definition: a step of its own, and what its body read.
  void collect_bind(const Trace& trace, Wanted wanted, bool in_macro) {
    if ((program_.node(trace.node).flags & cel::node_definition) != 0) {
      add(Reason::Kind::step, trace.value.is(Kind::boolean) ? weight_backdrop : weight_step, trace.node, trace.value,
          in_macro);
    }
    for (const Trace& child : trace.children) collect(child, wanted, in_macro);
  }

  // `has(x.y)` that is false names an absence; one that is true is no news.
  void collect_test(const Trace& trace, Wanted wanted, bool in_macro) {
    for (const Trace& child : trace.children) collect_beneath(child, in_macro);
    if (!trace.value.is_false() || applies_) return;
    Claim claim;
    claim.kind = Reason::Kind::absence;
    claim.weight = wanted == true ? weight_decides : weight_read;
    claim.expression = node_text(part_, trace.node);
    if (claim.expression.starts_with("has(") && claim.expression.ends_with(")")) {
      claim.expression = claim.expression.substr(4, claim.expression.size() - 5);
    }
    claim.in_macro = in_macro;
    argument_.claims.push_back(std::move(claim));
  }

  // A parameter of a definition is its argument; a name of `cel.bind` a step; a macro's variable a value.
  void collect_local(const Trace& trace, Wanted wanted, bool in_macro) {
    if (!is_bound_name(program_, trace.node)) {
      if (program_.node(trace.node).b == 0) {
        add_read(trace, wanted, in_macro);
      } else {
        for (const Trace& child : trace.children) collect(child, wanted, in_macro);
        // A parameter that was read before stands there already; what would have to change may not.
        if (trace.children.empty()) add_change(trace, wanted, in_macro);
      }
      return;
    }
    add_change(trace, wanted, in_macro);
    if (trace.children.empty()) return;
    if (Claim* claim = add(Reason::Kind::step, weight_step, program_.node(trace.node).b - 1, trace.value, in_macro)) {
      claim->name = node_text(part_, trace.node);
    }
    for (const Trace& child : trace.children) collect(child, std::nullopt, in_macro);
  }

  void collect_call(const Trace& trace, Wanted wanted, bool in_macro) {
    const std::string_view name = item_.pack.functions().group(program_.node(trace.node).a).name;
    if (name == "!_" && trace.children.size() == 1) {
      return collect(trace.children.front(), wanted ? Wanted(!*wanted) : wanted, in_macro);
    }
    const bool compared = name == "@in" || name == "_==_" || name == "_!=_" || name == "_<_" || name == "_<=_" ||
                          name == "_>_" || name == "_>=_";
    if (compared) {
      add_change(trace, wanted, in_macro);
      for (const Trace& child : trace.children) {
        if (is_computed(child.node) && reads_manifest(child)) {
          Claim* claim =
              add(Reason::Kind::value, guard_ ? weight_read : weight_compared, child.node, child.value, in_macro);
          if (claim != nullptr) claim->words = words_of(child);
        }
      }
    }
    if (!trace.explanation.phrase.empty()) add_explained(trace, wanted, in_macro);
    // What a test on an optional was made on: `person(id)` of `person(id).hasValue()`.
    if (name == "hasValue" && !trace.children.empty() && trace.value.is_false() && wanted) {
      if (Claim* claim =
              add(Reason::Kind::value, weight_compared, trace.children[0].node, trace.children[0].value, in_macro)) {
        claim->note = trace.children[0].explanation.phrase;
      }
    }
    for (const Trace& child : trace.children) collect(child, std::nullopt, in_macro);
  }

  // A function that says why: the phrase stands at the marker, and with the call.
  void add_explained(const Trace& trace, Wanted wanted, bool in_macro) {
    if (Claim* claim =
            add(Reason::Kind::value, wanted ? weight_compared : weight_backdrop, trace.node, trace.value, in_macro)) {
      claim->note = trace.explanation.phrase;
      for (const auto& figure : trace.explanation.figures) {
        claim->figures.push_back({figure.name, figure.value, figure.unit});
      }
    }
    if (wanted && !applies_) argument_.marker = trace.explanation.phrase;
  }

  void collect_chain(const Trace& trace, Wanted wanted, bool in_macro) {
    add_read(trace, wanted, in_macro);
    collect_beneath(trace, in_macro);
  }

  // Below a chain of selections only its keys and what it begins with are of interest.
  void collect_beneath(const Trace& trace, bool in_macro) {
    if (!is_selection(program_.node(trace.node).type)) {
      if (program_.node(trace.node).type == NodeType::variable) {
        collect_name(program_.node(trace.node).a, trace, in_macro);
      } else if (program_.node(trace.node).type == NodeType::local) {
        for (const Trace& child : trace.children) collect_beneath(child, in_macro);
      } else {
        collect(trace, std::nullopt, in_macro);
      }
      return;
    }
    for (std::size_t i = 0; i < trace.children.size(); ++i) {
      if (i == 0) {
        collect_beneath(trace.children[i], in_macro);
      } else {
        collect(trace.children[i], std::nullopt, in_macro);
      }
    }
  }

  // The variable of a `for`, a parameter, a day, or a `let`, which is a step: it keeps the value that it has.
  void collect_name(std::uint32_t slot, const Trace& trace, bool in_macro) {
    const auto let = std::ranges::find_if(item_.rule.lets, [&](const policy::Let& l) { return l.slot == slot; });
    if (let == item_.rule.lets.end()) {
      if (trace.value.kind() != Kind::map && trace.value.kind() != Kind::opaque) {
        const bool day = slot == policy::slot_today || slot == policy::slot_reference_day || slot == policy::slot_gate;
        add(Reason::Kind::value, day ? weight_applies : weight_read, trace.node, trace.value, in_macro);
      }
      return;
    }
    add_let(*let, in_macro);
  }

  void add_let(const policy::Let& let, bool in_macro) {
    if (!let.value || std::ranges::find(seen_, let.slot) != seen_.end()) return;
    seen_.push_back(let.slot);
    const Value value = item_.frame.slots[let.slot];
    if (value.is_unset()) return;
    const Part part(item_.pack, let.value);
    if (argues(value)) {
      Claim claim;
      claim.kind = applies_ ? Reason::Kind::applies : Reason::Kind::step;
      claim.weight = weight_step;
      claim.name = std::string(let.name);
      claim.expression = node_text(part, part.program.root());
      claim.value = value;
      claim.in_macro = in_macro;
      argument_.claims.push_back(std::move(claim));
    }
    read_statically(part, part.program.root(), in_macro);
  }

  // What a `let` read, told without evaluating it again: the fields of the manifest that it reads in any case, and the
  // names on which it rests.
  void read_statically(const Part& part, NodeId id, bool in_macro) {
    const Program& program = part.program;
    id = resolved(program, id);
    const Node& node = program.node(id);
    const auto children = program.children(id);
    switch (node.type) {
      case NodeType::variable:
        for (const policy::Let& let : item_.rule.lets) {
          if (let.slot == node.a) add_let(let, in_macro);
        }
        return;
      case NodeType::local:
        if (is_bound_name(program, id)) read_statically(part, node.b - 1, in_macro);
        return;
      case NodeType::select:
      case NodeType::optional_select:
        if (is_plain_chain(program, id)) return add_field(part, id, in_macro);
        break;
      // What follows the first part may not have been reached.
      case NodeType::logical_and:
      case NodeType::logical_or:
      case NodeType::conditional:
      case NodeType::optional_or:
      case NodeType::optional_or_value: return read_statically(part, children.front(), in_macro);
      case NodeType::comprehension: return read_statically(part, children.front(), true);
      case NodeType::bind: return read_statically(part, children.back(), in_macro);
      default: break;
    }
    for (const NodeId child : children) read_statically(part, child, in_macro);
  }

  void add_field(const Part& part, NodeId id, bool in_macro) {
    const Value value = cel::evaluate(part.program, id, item_.frame, item_.evaluation);
    if (value.is_error() || !argues(value) || value.origin() == 0 || is_list_of_items(value)) return;
    Claim claim;
    claim.kind = applies_ ? Reason::Kind::applies : Reason::Kind::value;
    claim.weight = applies_ ? weight_applies : weight_read;
    claim.expression = node_text(part, id);
    claim.value = value;
    claim.in_macro = in_macro;
    argument_.claims.push_back(std::move(claim));
  }

  // `manifest.campaign.owner`, `asset.path`: no name of the rule, no variable of a macro.
  bool is_plain_chain(const Program& program, NodeId id) const {
    while (program.node(id).type == NodeType::select || program.node(id).type == NodeType::optional_select) {
      id = resolved(program, program.children(id).front());
    }
    const Node& node = program.node(id);
    if (node.type != NodeType::variable || node.a == policy::slot_params || node.a == policy::slot_words) return false;
    return std::ranges::none_of(item_.rule.lets, [&](const policy::Let& let) { return let.slot == node.a; });
  }

  bool is_computed(NodeId id) const {
    const NodeType type = program_.node(resolved(program_, id)).type;
    return type == NodeType::call || type == NodeType::conditional;
  }

  // Whether something below was read: `size(asset.claims)`, but not `days(90)`.
  bool reads_manifest(const Trace& trace) const {
    const Node& node = program_.node(trace.node);
    if (node.type == NodeType::variable) return node.a >= policy::first_free_slot || node.a == policy::slot_manifest;
    if (node.type == NodeType::local) return true;
    return std::ranges::any_of(trace.children, [&](const Trace& child) { return reads_manifest(child); });
  }

  // A value that was read; with what would have to change if it is a boolean that decided.
  void add_read(const Trace& trace, Wanted wanted, bool in_macro) {
    if (wanted && add_change(trace, wanted, in_macro)) return;
    add(Reason::Kind::value, weight_read, trace.node, trace.value, in_macro);
  }

  bool add_change(const Trace& trace, Wanted wanted, bool in_macro) {
    if (!wanted || applies_) return false;
    auto change = change_for(item_, part_, conjunct_, trace, *wanted);
    if (!change || (guard_ && !is_limit(change->counterfactual.relation))) return false;
    const Trace* subject = &trace;
    for (const Trace& child : trace.children) {
      if (child.node == change->subject) subject = &child;
    }
    Claim claim;
    claim.weight = weight_decides;
    claim.value = subject->value;
    claim.expression = node_text(part_, subject->node);
    claim.words = words_of(*subject);
    claim.would_pass = std::move(change->counterfactual);
    claim.in_macro = in_macro;
    argument_.claims.push_back(std::move(claim));
    return true;
  }

  // `size(asset.?claims.orValue([]))` as "number of asset.claims", the size of a text as "length of asset.subject".
  std::string words_of(const Trace& trace) const {
    const Node& node = program_.node(trace.node);
    if (node.type != NodeType::call || trace.children.size() != 1) return {};
    if (item_.pack.functions().group(node.a).name != "size") return {};
    const Trace& counted = trace.children.front();
    std::string text = node_text(part_, counted.node);
    if (const auto otherwise = text.rfind(".orValue("); otherwise != std::string::npos && text.ends_with("[])"))
      text.resize(otherwise);
    std::erase(text, '?');
    return concat(counted.value.is(Kind::string) ? "length of " : "number of ", text);
  }

  static bool is_limit(Counterfactual::Relation relation) {
    using Relation = Counterfactual::Relation;
    return relation != Relation::equal && relation != Relation::other_than && relation != Relation::one_of &&
           relation != Relation::none_of;
  }

  // Null if the value says nothing to a reader.
  Claim* add(Reason::Kind kind, int weight, NodeId node, const Value& value, bool in_macro) {
    if (kind != Reason::Kind::requirement && !is_worth_saying(kind, weight, node, value)) return nullptr;
    Claim claim;
    claim.kind = kind;
    claim.weight = weight;
    claim.value = value;
    claim.expression = node_text(part_, node);
    claim.in_macro = in_macro;
    if (claim.expression.starts_with("params.")) {
      // Lists and limits of zero are part of the rule and no argument.
      if (value.is(Kind::list) || (value.is(Kind::integer) && value.as_integer() == 0)) return nullptr;
      claim.kind = Reason::Kind::parameter;
      claim.weight = weight_parameter;
    } else if (applies_) {
      claim.kind = Reason::Kind::applies;
      claim.weight = std::max<int>(claim.weight, weight_applies);
    }
    argument_.claims.push_back(std::move(claim));
    return &argument_.claims.back();
  }

  bool is_worth_saying(Reason::Kind kind, int weight, NodeId node, const Value& value) const {
    if (value.is(Kind::boolean) && value.origin() == 0) {
      return kind == Reason::Kind::step || program_.node(node).type == NodeType::call;
    }
    if (value.is(Kind::optional) && value.as_optional() == nullptr) return weight == weight_compared;
    // The list that was gone through is known: which of its elements decided is what matters.
    if (kind == Reason::Kind::value && weight == weight_read && is_list_of_items(value)) return false;
    return argues(value);
  }

  bool is_list_of_items(const Value& value) const {
    if (!value.is(Kind::list)) return false;
    const cel::Container& container = value.as_container();
    return container.size(value.handle(), item_.evaluation) > 0 &&
           container.at(value.handle(), 0, item_.evaluation).is(Kind::map);
  }

  // Values that a reader can weigh: not what says that nothing is there (the message does), not containers of
  // containers that the rule made up.
  bool argues(const Value& value) const {
    switch (value.kind()) {
      case Kind::unset:
      case Kind::error:
      case Kind::map: return false;
      case Kind::opaque: return value.as_container().type_name(value.handle()) == "path";
      case Kind::optional: return value.as_optional() != nullptr && argues(*value.as_optional());
      case Kind::boolean: return value.origin() != 0;
      case Kind::list: {
        const std::size_t size = value.as_container().size(value.handle(), item_.evaluation);
        if (size == 0) return value.origin() != 0;
        const Value first = value.as_container().at(value.handle(), 0, item_.evaluation);
        return first.origin() != 0 || !(first.is(Kind::map) || first.is(Kind::list) || first.is(Kind::opaque));
      }
      default: return true;
    }
  }

  // The parts of a logical expression or a choice that were not reached.
  void add_skipped(const Trace& trace) {
    for (const NodeId child : program_.children(trace.node)) {
      const auto is_it = [&](const Trace& evaluated) { return evaluated.node == child; };
      if (std::ranges::none_of(trace.children, is_it)) add_not_evaluated(child);
    }
  }

  void add_not_evaluated(NodeId node) {
    if (applies_) return;
    Claim claim;
    claim.kind = Reason::Kind::not_evaluated;
    claim.weight = weight_backdrop;
    claim.expression = node_text(part_, node);
    argument_.claims.push_back(std::move(claim));
  }

  const ItemFrame& item_;
  const Part& part_;
  const Program& program_;
  Argument& argument_;
  NodeId conjunct_ = 0;
  bool applies_ = false;
  bool guard_ = false;               // in an alternative before the last
  std::vector<std::uint32_t> seen_;  // slots of the names that were told
};

Reason reason_of(const ItemFrame& item, const Claim& claim) {
  Reason reason;
  reason.kind = claim.kind;
  reason.name = claim.name;
  reason.expression = shorten(claim.expression, longest_expression);
  reason.words = shorten(claim.words, longest_expression);
  if (claim.value.is_error()) {
    reason.value = "undecided";
  } else if (!claim.value.is_unset()) {
    reason.value = value_text(claim.value, item.context, item.evaluation);
  }
  if (claim.kind == Reason::Kind::absence) reason.value = "not declared";
  reason.note = claim.note;
  reason.would_pass = claim.would_pass;
  reason.figures = claim.figures;
  const cel::Origin origin = claim.value.is_error() ? 0 : claim.value.origin();
  if (origin != 0) {
    const auto where = item.context.where(origin);
    reason.place = where.place;
    reason.location = where.location;
    if (item.context.is_inherited(origin)) {
      reason.note += concat(reason.note.empty() ? "" : "; ", "inherited from ", path::file_name(where.location.file),
                            ":", where.location.begin.line);
    }
  }
  return reason;
}

// Whether the second says what the first has said.
bool repeats(const Reason& first, const Reason& second) {
  if (first.kind == Reason::Kind::requirement || second.kind == Reason::Kind::requirement) return false;
  if (first.kind == Reason::Kind::element || second.kind == Reason::Kind::element) {
    return first.kind == second.kind && first.place == second.place && first.expression == second.expression;
  }
  if (first.value != second.value) return false;
  if (first.expression == second.expression && first.name == second.name) return true;
  // `claims` with what would pass, and `claims` as the step that it is.
  if (first.name.empty() && !second.name.empty() && second.name == first.expression) return true;
  const bool named = !first.name.empty() || !second.name.empty();
  return !named && !first.place.empty() && first.place == second.place;
}

}  // namespace

Argument argue(const ItemFrame& item, const Part& requirement, const cel::Trace& trace) {
  Argument argument;
  Collector(item, requirement, argument).collect_requirement(trace);
  return argument;
}

void add_condition(const ItemFrame& item, const Part& when, const cel::Trace& trace, Argument& argument) {
  Collector(item, when, argument).collect_condition(trace);
}

std::vector<Reason> reasons_of(const ItemFrame& item, const Argument& argument) {
  std::vector<const Claim*> claims;
  for (const Claim& claim : argument.claims) claims.push_back(&claim);
  std::ranges::stable_sort(claims, {}, [](const Claim* claim) { return claim->weight; });
  std::vector<Reason> reasons;
  for (const Claim* claim : claims) {
    if (reasons.size() == most_reasons) break;
    Reason reason = reason_of(item, *claim);
    const auto known = std::ranges::find_if(reasons, [&](const Reason& other) { return repeats(other, reason); });
    if (known == reasons.end()) {
      reasons.push_back(std::move(reason));
    } else if (!reason.name.empty() && known->name.empty()) {
      // A name that would have to be different is told with what it stands for.
      known->name = reason.name;
      known->expression = reason.expression;
      known->words = reason.words;
    }
  }
  return reasons;
}

}  // namespace scruple::linting
