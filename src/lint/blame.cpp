#include "lint/blame.h"

#include "base/file_system.h"
#include "base/strings.h"
#include "policy/marks.h"

#include <algorithm>

namespace scruple::linting {

namespace {

using cel::NodeType;

constexpr std::size_t most_reasons = 8;
constexpr std::size_t longest_expression = 80;
constexpr std::size_t longest_value = 60;

// A value that the failing part read or computed.
struct Read {
  std::string expression;
  cel::Value value;
  bool in_macro = false;  // read by a macro's range or body
};

bool is_selection(NodeType type) {
  return type == NodeType::select || type == NodeType::optional_select || type == NodeType::index ||
         type == NodeType::optional_index || type == NodeType::has;
}

// Walks a trace and collects what decided it.
class Collector {
 public:
  Collector(const ItemFrame& item, const policy::Expression& expression, std::vector<Read>& reads)
      : item_(item), expression_(expression), program_(item.pack.program(expression)), reads_(reads) {}

  void collect(const cel::Trace& trace, bool in_macro) {
    const cel::Node& node = program_.node(trace.node);
    if (is_selection(node.type) || node.type == NodeType::variable) {
      add(trace, in_macro);
      // An index is an expression of its own: `map[asset.id]`.
      for (const auto& child : trace.children) {
        if (!is_chain(child)) collect(child, in_macro);
      }
      collect_keys(trace, in_macro);
      return;
    }
    if (node.type == NodeType::comprehension) return collect_macro(trace, in_macro);
    for (const auto& child : trace.children) {
      collect(child, in_macro);
      // What a call was given, where it was itself computed: `size(asset.claims)`.
      if (node.type == NodeType::call && is_computed(child) && reads_manifest(child)) add(child, in_macro);
    }
  }

  // The element at which an `all` failed; unset if no macro did.
  cel::Value failing_element() const { return failing_element_; }

 private:
  bool is_chain(const cel::Trace& trace) const {
    const auto type = program_.node(trace.node).type;
    return is_selection(type) || type == NodeType::variable || type == NodeType::local;
  }

  bool is_computed(const cel::Trace& trace) const {
    const auto type = program_.node(trace.node).type;
    return type == NodeType::call &&
           (trace.value.is_number() || trace.value.is(cel::Kind::timestamp) || trace.value.is(cel::Kind::duration));
  }

  // Whether something below has a place: `size(asset.claims)`, but not the size of a list that the rule made up.
  static bool reads_manifest(const cel::Trace& trace) {
    return trace.value.origin() != 0 || std::ranges::any_of(trace.children, reads_manifest);
  }

  // The keys of the indexes inside a chain.
  void collect_keys(const cel::Trace& trace, bool in_macro) {
    for (const auto& child : trace.children) {
      if (!is_chain(child)) continue;
      for (const auto& grandchild : child.children) {
        if (!is_chain(grandchild)) collect(grandchild, in_macro);
      }
      collect_keys(child, in_macro);
    }
  }

  void collect_macro(const cel::Trace& trace, bool in_macro) {
    const auto macro = static_cast<cel::Macro>(program_.node(trace.node).a);
    for (const auto& child : trace.children) {
      if (child.iteration < 0) {
        collect(child, true);
        continue;
      }
      // Of `all`, the element that failed; of the others, what their elements read would be a crowd.
      if (macro != cel::Macro::all || child.value.is_true()) continue;
      if (child.value.is_error() && trace.value.is_false()) continue;
      if (failing_element_.is_unset()) failing_element_ = child.element;
      collect(child, true);
      break;
    }
    if (macro == cel::Macro::exists && trace.value.is_false()) {
      const auto range = std::ranges::find_if(trace.children, [](const auto& child) { return child.iteration < 0; });
      if (range != trace.children.end()) add(*range, in_macro);
    }
  }

  void add(const cel::Trace& trace, bool in_macro) {
    if (!argues(trace.value)) return;
    const std::string text = node_text(item_.pack, expression_, program_, trace.node);
    // The lists of a parameter, and limits of zero, are part of the rule and no argument.
    const bool limit_of_zero = trace.value.is(cel::Kind::integer) && trace.value.as_integer() == 0;
    if (text.starts_with("params.") && (trace.value.is(cel::Kind::list) || limit_of_zero)) return;
    reads_.push_back({text, trace.value, in_macro});
  }

  // Values that a reader can weigh: not containers of containers, not what says that nothing is there.
  bool argues(const cel::Value& value) const {
    switch (value.kind()) {
      case cel::Kind::unset:
      case cel::Kind::error:  // the message says what is not there
      case cel::Kind::map: return false;
      case cel::Kind::opaque: return value.as_container().type_name(value.handle()) == "path";
      case cel::Kind::optional: return value.as_optional() != nullptr && argues(*value.as_optional());
      case cel::Kind::list: {
        const std::size_t size = value.as_container().size(value.handle(), item_.evaluation);
        if (size == 0) return value.origin() != 0;
        const auto kind = value.as_container().at(value.handle(), 0, item_.evaluation).kind();
        return kind != cel::Kind::map && kind != cel::Kind::list && kind != cel::Kind::opaque;
      }
      // A name that is true is no news: what made it so is.
      case cel::Kind::boolean: return value.origin() != 0;
      default: return true;
    }
  }

  const ItemFrame& item_;
  const policy::Expression& expression_;
  const cel::Program& program_;
  std::vector<Read>& reads_;
  cel::Value failing_element_;
};

// The conjunct that decided: the first that is false, else the first that is an error.
cel::NodeId deciding_conjunct(const cel::Program& program, const ItemFrame& item) {
  std::optional<cel::NodeId> failing;
  for (const cel::NodeId node : program.conjuncts()) {
    const cel::Value value = cel::evaluate(program, node, item.frame, item.evaluation);
    if (value.is_false()) return node;
    if (!value.is_true() && !failing) failing = node;
  }
  return failing.value_or(program.root());
}

bool is_below(const policy::View& view, policy::View::EntryId entry, policy::View::EntryId ancestor) {
  for (; entry != policy::View::none; entry = view.parent(entry)) {
    if (entry == ancestor) return true;
    if (entry == 0) break;
  }
  return false;
}

// Where a reader should look first.
std::optional<cel::Origin> pointed_at(const ItemFrame& item, const std::vector<Read>& reads,
                                      const cel::Value& failing_element) {
  const policy::View& view = item.context.view();
  std::optional<cel::Origin> best;
  const auto before = [&](cel::Origin a, cel::Origin b) {
    const auto first = view.spot(policy::View::entry_of(a));
    const auto second = view.spot(policy::View::entry_of(b));
    if (first.layer != second.layer) return first.layer < second.layer;
    return first.span.begin < second.span.begin;
  };
  for (const Read& read : reads) {
    const cel::Origin origin = read.value.origin();
    if (origin == 0 || policy::View::view_of(origin) != 0 || read.in_macro || read.value.is_error()) continue;
    if (item.item != 0 && policy::View::view_of(item.item) == 0 &&
        !is_below(view, policy::View::entry_of(origin), policy::View::entry_of(item.item))) {
      continue;
    }
    if (!best || before(origin, *best)) best = origin;
  }
  if (best) return best;
  if (!failing_element.is_unset() && failing_element.origin() != 0) return failing_element.origin();
  if (item.item != 0) return item.item;
  for (const Read& read : reads) {
    if (read.value.origin() != 0 && !read.value.is_error()) return read.value.origin();
  }
  return std::nullopt;
}

Reason reason_of(const Read& read, const ItemFrame& item) {
  Reason reason;
  reason.expression = shorten(read.expression, longest_expression);
  reason.value = shorten(item.context.show(read.value, item.evaluation, true), longest_value);
  if (read.value.origin() != 0) {
    const auto where = item.context.where(read.value.origin());
    reason.place = where.place;
    reason.location = where.location;
    if (item.context.view_of(read.value.origin()).spot(policy::View::entry_of(read.value.origin())).inherited)
      reason.note = concat("inherited from ", path::file_name(where.location.file), ":", where.location.begin.line);
  }
  return reason;
}

}  // namespace

std::string node_text(const policy::CompiledPack& pack, const policy::Expression& expression,
                      const cel::Program& program, cel::NodeId node) {
  const std::uint32_t source = program.node_source(node);
  const std::string_view text = source == 0 ? expression.text : pack.tables().definitions[source - 1];
  const Span span = program.node_span(node);
  std::string folded;
  for (const char c : text.substr(span.begin, span.end - span.begin)) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) {
      folded += c;
    } else if (!folded.empty() && folded.back() != ' ') {
      folded += ' ';
    }
  }
  return folded;
}

Blame explain(const ItemFrame& item, const policy::Expression& expression) {
  Blame blame;
  std::vector<Read> reads;
  const cel::Program& program = item.pack.program(expression);
  Collector collector(item, expression, reads);
  {
    item.context.explanation = &blame.marker;
    cel::Trace trace;
    const cel::NodeId conjunct = deciding_conjunct(program, item);
    blame.marker.clear();
    cel::evaluate_traced(program, conjunct, item.frame, item.evaluation, trace);
    item.context.explanation = nullptr;
    collector.collect(trace, false);
  }
  // Names of `let` stand for what they were computed from.
  std::vector<Read> lets;
  for (const policy::Let& let : item.rule.lets) {
    const auto slots = program.slots(program.root());
    if (!let.value || std::ranges::find(slots, let.slot) == slots.end()) continue;
    cel::Trace trace;
    const cel::Program& value = item.pack.program(let.value);
    cel::evaluate_traced(value, value.root(), item.frame, item.evaluation, trace);
    Collector(item, let.value, lets).collect(trace, false);
  }
  reads.insert(reads.end(), lets.begin(), lets.end());
  blame.point = pointed_at(item, reads, collector.failing_element());

  // The conjuncts of `when` that read the item: why the rule applies at all.
  if (item.rule.when) {
    const cel::Program& when = item.pack.program(item.rule.when);
    for (const policy::Conjunct& conjunct : item.rule.conjuncts) {
      if (conjunct.stage == 0 && !item.rule.generators.empty()) continue;
      cel::Trace trace;
      cel::evaluate_traced(when, conjunct.node, item.frame, item.evaluation, trace);
      Collector(item, item.rule.when, reads).collect(trace, false);
    }
  }
  for (const Read& read : reads) {
    if (blame.because.size() == most_reasons) break;
    Reason reason = reason_of(read, item);
    const auto same = [&](const Reason& other) {
      return (!reason.place.empty() && other.place == reason.place && other.value == reason.value) ||
             (other.expression == reason.expression && other.value == reason.value);
    };
    if (std::ranges::none_of(blame.because, same)) blame.because.push_back(std::move(reason));
  }
  return blame;
}

}  // namespace scruple::linting
