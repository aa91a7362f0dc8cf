#include "cel/evaluator.h"

#include "base/strings.h"
#include "cel/compare.h"
#include "cel/error_list.h"
#include "cel/fold.h"
#include "cel/own_containers.h"
#include "cel/program_state.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace scruple::cel {
namespace {

// Entries of a trace that are kept in full; beyond, only iterations that decided a macro.
constexpr std::size_t most_traced = 50'000;

// Calls of so many arguments need no memory of the arena.
constexpr std::size_t few_arguments = 3;

Marks joined(Marks a, Marks b) { return static_cast<Marks>(a | b); }

// The index that a key of a list names, if it is a whole number.
std::optional<std::int64_t> list_index(const Value& key) {
  switch (key.kind()) {
    case Kind::integer: return key.as_integer();
    case Kind::unsigned_integer:
      // What does not fit is past the end of any list.
      return key.as_integer() < 0 ? std::numeric_limits<std::int64_t>::max() : key.as_integer();
    case Kind::real:
      if (key.as_real() >= -0x1p62 && key.as_real() <= 0x1p62) {
        const auto index = static_cast<std::int64_t>(key.as_real());
        if (static_cast<double>(index) == key.as_real()) return index;
      }
      return std::nullopt;
    default: return std::nullopt;
  }
}

// What is not inlined keeps the frame of step() small, which nests as deep as the expression.
class Evaluator {
 public:
  Evaluator(const Program& program, const Frame& frame, Evaluation& evaluation, const Watch* watch)
      : Evaluator(program, program.tables(), frame, evaluation, watch) {}
  // `tables`: the program's, or such as were made of them for one purpose.
  Evaluator(const Program& program, const ProgramTables& tables, const Frame& frame, Evaluation& evaluation,
            const Watch* watch)
      : program_(program),
        tables_(tables),
        nodes_(tables_.nodes.data()),
        children_(tables_.children.data()),
        functions_(*frame.functions),
        equality_(functions_.equality()),
        frame_(frame),
        evaluation_(evaluation),
        locals_(evaluation.stack().size()),
        watch_(watch),
        trace_(watch == nullptr ? nullptr : watch->trace),
        watched_(watch != nullptr || evaluation.observer != nullptr) {
    if (tables_.local_count > 0) evaluation.stack().resize(locals_ + tables_.local_count);
  }
  ~Evaluator() {
    if (tables_.local_count > 0) evaluation_.stack().resize(locals_);
  }
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  [[gnu::always_inline]] Value evaluate(NodeId id) {
    if (watched_) [[unlikely]] {
      return watched(id);
    }
    if (const Value* value = ready(id); value != nullptr && evaluation_.charge(1)) return *value;
    return step(id);
  }

  // Of a row program: the locals that it is given.
  void set_local(std::uint32_t index, const Value& value) { local_value(index) = value; }
  void set_locals(std::uint32_t first, std::span<const Value> values) {
    std::ranges::copy(values, &local_value(first));
  }

 private:
  // --- the nodes

  Value step(NodeId id) {
    const Node& node = nodes_[id];
    if (!evaluation_.charge(1)) [[unlikely]] {
      return exhausted(id);
    }
    switch (node.type) {
      case NodeType::constant: return constant(node);
      case NodeType::variable: return variable(node, id);
      case NodeType::local: return local(node, id);
      case NodeType::unknown_name: return unknown_name(node, id);
      case NodeType::select: return select_node(node, id);
      case NodeType::has: return has_node(node, id);
      case NodeType::optional_select: return optional_select_node(node, id);
      case NodeType::index: return index(node, id, false);
      case NodeType::optional_index: return index(node, id, true);
      case NodeType::call:
        if (node.a == equality_.equal) return equal(node, id, true);
        if (node.a == equality_.unequal) return equal(node, id, false);
        return node.child_count <= few_arguments ? call(node, id) : call_with_many(node, id);
      case NodeType::optional_or: return optional_or(node, id);
      case NodeType::optional_or_value: return optional_or(node, id);
      case NodeType::logical_and: return logical(node, id, false);
      case NodeType::logical_or: return logical(node, id, true);
      case NodeType::conditional: return conditional(node, id);
      case NodeType::list:
      case NodeType::map: return node.a != 0 ? cached(node, id) : container(node, id);
      case NodeType::comprehension: return comprehension(node, id);
      case NodeType::bind: return bind(node);
    }
    return {};
  }

  NodeId child(const Node& node, std::uint32_t i) const { return children_[node.first_child + i]; }
  std::string_view name(const Node& node) const { return {tables_.texts.data() + node.a, node.b}; }
  Value& local_value(std::uint32_t index) { return evaluation_.stack()[locals_ + index]; }

  [[gnu::noinline]] Value select_node(const Node& node, NodeId id) {
    return select(evaluate(child(node, 0)), name(node), id);
  }
  [[gnu::noinline]] Value has_node(const Node& node, NodeId id) {
    return has(evaluate(child(node, 0)), name(node), id);
  }
  [[gnu::noinline]] Value optional_select_node(const Node& node, NodeId id) {
    return optional_select(evaluate(child(node, 0)), name(node), id);
  }

  [[gnu::noinline]] Value constant(const Node& node) const {
    const Constant& constant = tables_.constants[node.a];
    // Only a text's bits are an offset.
    const auto text = [&] { return std::string_view(tables_.texts.data() + constant.bits, constant.length); };
    switch (constant.kind) {
      case Kind::boolean: return Value::boolean(constant.bits != 0);
      case Kind::integer: return Value::integer(static_cast<std::int64_t>(constant.bits));
      case Kind::unsigned_integer: return Value::unsigned_integer(constant.bits);
      case Kind::real: return Value::real(std::bit_cast<double>(constant.bits));
      case Kind::string: return Value::string(text());
      case Kind::bytes: return Value::bytes(text());
      case Kind::type: return Value::type(text());
      default: return Value::null();
    }
  }

  [[gnu::noinline]] Value variable(const Node& node, NodeId id) {
    if (node.a < frame_.slots.size()) [[likely]] {
      const Value& value = frame_.slots[node.a];
      if (!value.is_unset() && !value.is_error()) [[likely]] {
        return value;
      }
      if (value.is_error()) return at_node(value, id);
    }
    return resolve(node, id);
  }

  [[gnu::noinline]] Value resolve(const Node& node, NodeId id) {
    const Value value = frame_.resolve == nullptr ? Value() : frame_.resolve(frame_.host, node.a, evaluation_);
    if (value.is_unset()) return raise(id, ErrorKind::evaluation, "this name has no value here");
    return value.is_error() ? at_node(value, id) : value;
  }

  [[gnu::noinline]] Value local(const Node& node, NodeId id) {
    const Value value = local_value(node.a);
    if (!value.is_unset()) {
      // An element of a host's list can be an error; that of a bound name knows its node.
      return value.is_error() && node.b == 0 ? at_node(value, id) : value;
    }
    if (node.b == 0) return raise(id, ErrorKind::evaluation, "a macro's variable has no value outside of the macro");
    const Value made = evaluate(node.b - 1);
    local_value(node.a) = made;
    return made;
  }

  [[gnu::noinline]] Value unknown_name(const Node& node, NodeId id) {
    switch (static_cast<UnknownName>(node.flags)) {
      case UnknownName::function:
        return raise(id, ErrorKind::evaluation, concat("unknown function `", name(node), '`'));
      case UnknownName::type: return raise(id, ErrorKind::evaluation, concat("unknown type `", name(node), '`'));
      case UnknownName::variable: break;
    }
    return raise(id, ErrorKind::evaluation, concat("unknown name `", name(node), '`'));
  }

  // --- fields, keys, indices

  // What a container has under a name: unset if it is not there.
  Value find(const Value& container, std::string_view key) {
    Value found = container.as_container().find(container.handle(), key, evaluation_);
    found.add_marks(container.marks());
    return found;
  }
  Value find(const Value& container, const Value& key) {
    Value found = entry_of(container, key, evaluation_);
    found.add_marks(container.marks());
    return found;
  }

  static bool is_absent(const Value& found) {
    return found.is_unset() || (found.is_error() && found.as_error().kind == ErrorKind::absence);
  }

  [[gnu::noinline]] Value absence(NodeId id, const Value& container, std::string_view key) {
    Error error;
    error.kind = ErrorKind::absence;
    const std::string message = concat("there is no `", visible(shorten(key, 80)), '`');
    error.message = message;
    error.origin = container.origin();
    error.missing = key;
    error.node = id;
    return evaluation_.error(error).with_marks(container.marks());
  }

  Value select(const Value& operand, std::string_view key, NodeId id) {
    switch (operand.kind()) {
      case Kind::map:
      case Kind::opaque: return select_found(operand, key, id);
      case Kind::optional: return optional_select(operand, key, id);
      case Kind::error: return operand;
      default: return no_fields(operand, key, id);
    }
  }

  Value select_found(const Value& operand, std::string_view key, NodeId id) {
    Value found = find(operand, key);
    if (found.is_unset()) [[unlikely]] {
      found = absence(id, operand, key);
    } else if (found.is_error()) [[unlikely]] {
      found = at_node(found, id);
    }
    return found;
  }

  [[gnu::noinline]] Value no_fields(const Value& operand, std::string_view key, NodeId id) {
    return raise(id, ErrorKind::evaluation,
                 concat(kind_name(operand), " has no fields: `", visible(shorten(key, 80)), "` cannot be selected"))
        .with_marks(operand.marks());
  }

  [[gnu::noinline]] Value has(const Value& operand, std::string_view key, NodeId id) {
    switch (operand.kind()) {
      case Kind::map:
      case Kind::opaque: {
        const Value found = find(operand, key);
        if (found.is_error() && !is_absent(found)) return at_node(found, id);
        return test_result(!is_absent(found), found.marks());
      }
      case Kind::optional:
        if (operand.as_optional() == nullptr) return test_result(false, operand.marks());
        return has(operand.as_optional()->adding_marks(operand.marks()), key, id);
      case Kind::error: return operand;
      default: return no_fields(operand, key, id);
    }
  }

  Value test_result(bool result, Marks marks) const {
    return Value::boolean(result).with_marks(static_cast<Marks>(marks & ~functions_.test_clears));
  }

  Value some(const Value& value) { return evaluation_.optional(value).with_marks(value.marks()); }

  [[gnu::noinline]] Value optional_select(const Value& operand, std::string_view key, NodeId id) {
    switch (operand.kind()) {
      case Kind::map:
      case Kind::opaque: {
        const Value found = find(operand, key);
        if (is_absent(found)) return Value::optional(nullptr).with_marks(found.marks());
        return found.is_error() ? at_node(found, id) : some(found);
      }
      case Kind::optional:
        if (operand.as_optional() == nullptr) return operand;
        return optional_select(operand.as_optional()->adding_marks(operand.marks()), key, id);
      case Kind::error: return operand;
      default: return no_fields(operand, key, id);
    }
  }

  [[gnu::noinline]] Value index(const Node& node, NodeId id, bool optional) {
    Value operand = evaluate(child(node, 0));
    const Value key = evaluate(child(node, 1));
    if (operand.is_error() || key.is_error()) return merge(operand, key);
    const Marks marks = joined(operand.marks(), key.marks());
    if (operand.is(Kind::optional)) {
      if (operand.as_optional() == nullptr) return operand.with_marks(marks);
      operand = *operand.as_optional();
      optional = true;
    }
    Value found;
    if (operand.is(Kind::list)) {
      found = element(operand, key, id);
    } else if (operand.is(Kind::map)) {
      found = find_key(operand, key, id);
    } else {
      found = raise(id, ErrorKind::evaluation, concat(kind_name(operand), " cannot be indexed"));
    }
    found = found.adding_marks(marks);
    if (!optional) return found.is_error() ? at_node(found, id) : found;
    if (is_absent(found)) return Value::optional(nullptr).with_marks(marks);
    return found.is_error() ? at_node(found, id) : some(found);
  }

  Value find_key(const Value& map, const Value& key, NodeId id) {
    if (!key.is(Kind::string) && !key.is(Kind::boolean) && !key.is_number()) {
      return raise(id, ErrorKind::evaluation, concat(kind_name(key), " cannot be the key of a map"));
    }
    const Value found = find(map, key);
    if (!found.is_unset()) return found;
    return absence(id, map, key.is(Kind::string) ? std::string(key.as_text()) : to_display(key, evaluation_, 80));
  }

  Value element(const Value& list, const Value& key, NodeId id) {
    const std::optional<std::int64_t> index = list_index(key);
    if (!index) {
      return raise(id, ErrorKind::evaluation, concat("a list is indexed by a whole number, not by ", key_words(key)));
    }
    const Container& container = list.as_container();
    const std::size_t size = container.size(list.handle(), evaluation_);
    if (*index >= 0 && static_cast<std::uint64_t>(*index) < size) {
      return container.at(list.handle(), static_cast<std::size_t>(*index), evaluation_);
    }
    Error error;
    error.kind = ErrorKind::absence;
    const std::string message = concat("there is no element [", *index, "] in a list of ", size);
    const std::string missing = concat('[', *index, ']');
    error.message = message;
    error.missing = missing;
    error.origin = list.origin();
    error.node = id;
    return evaluation_.error(error);
  }

  std::string key_words(const Value& key) {
    return key.is(Kind::real) ? to_display(key, evaluation_) : std::string(kind_name(key));
  }

  // --- calls

  // Each argument is made where the function finds it, since a copy of what was just written stalls.
  [[gnu::noinline]] Value call(const Node& node, NodeId id) {
    alignas(Value) std::array<std::byte, few_arguments * sizeof(Value)> storage;
    return call_with(node, id, reinterpret_cast<Value*>(storage.data()));
  }

  // A local that has its value: most of what is evaluated for each row or element. Null for what is to be evaluated.
  const Value* ready(NodeId id) {
    const Node& node = nodes_[id];
    if (node.type != NodeType::local || watched_) return nullptr;
    const Value& value = local_value(node.a);
    return value.is_unset() || value.is_error() ? nullptr : &value;
  }

  // `==` (wanted: true) and `!=`: of two texts, without a call.
  [[gnu::noinline]] Value equal(const Node& node, NodeId id, bool wanted) {
    const Value* left = ready(child(node, 0));
    const Value* right = ready(child(node, 1));
    // What is evaluated may move the locals.
    if (left == nullptr || right == nullptr || !left->is(Kind::string) || !right->is(Kind::string)) [[unlikely]] {
      const std::array<Value, 2> both = {evaluate(child(node, 0)), evaluate(child(node, 1))};
      return equal_values(node, id, wanted, both);
    }
    if (!evaluation_.charge(2)) [[unlikely]] {
      return exhausted(id);
    }
    return equal_texts(node, id, wanted, *left, *right);
  }
  Value equal_values(const Node& node, NodeId id, bool wanted, std::span<const Value, 2> both) {
    if (both[0].is(Kind::string) && both[1].is(Kind::string)) return equal_texts(node, id, wanted, both[0], both[1]);
    if (both[0].is_error() || both[1].is_error()) [[unlikely]] {
      return merge_all(both);
    }
    return invoke(functions_.only_target(node.a), both, joined(both[0].marks(), both[1].marks()), id);
  }
  Value equal_texts(const Node& node, NodeId id, bool wanted, const Value& left, const Value& right) {
    if (!evaluation_.charge_bytes(left.as_text().size())) [[unlikely]] {
      return exhausted(id);
    }
    const FunctionRegistry::Target& target = functions_.only_target(node.a);
    const Marks marks = joined(joined(left.marks(), right.marks()), target.adds);
    return Value::boolean((left.as_text() == right.as_text()) == wanted)
        .with_marks(static_cast<Marks>(marks & ~target.clears));
  }

  [[gnu::noinline]] Value call_with_many(const Node& node, NodeId id) {
    return call_with(node, id, evaluation_.allocate_values(node.child_count).data());
  }

  Value call_with(const Node& node, NodeId id, Value* storage) {
    Marks marks = 0;
    bool failed = false;
    std::uint64_t kinds = 0;
    for (std::uint32_t i = 0; i < node.child_count; ++i) {
      const Value* argument = ::new (static_cast<void*>(storage + i)) Value(evaluate(child(node, i)));
      kinds |= FunctionRegistry::kind_at(i, *argument);
      marks = joined(marks, argument->marks());
      failed |= argument->is_error();
    }
    const std::span<const Value> arguments(storage, node.child_count);
    if (failed) [[unlikely]] {
      return merge_all(arguments);
    }
    const FunctionRegistry::Target* target = functions_.dispatch(node.a, kinds, arguments);
    if (target == nullptr) [[unlikely]] {
      return no_overload(node, id, arguments).with_marks(marks);
    }
    evaluation_.pattern_is_constant = node.b != 0;
    return invoke(*target, arguments, marks, id);
  }

  Value invoke(const FunctionRegistry::Target& target, std::span<const Value> arguments, Marks marks, NodeId id) {
    if (trace_ != nullptr) evaluation_.explanation = &trace_->explanation;
    Value result = target.call(evaluation_, arguments);
    evaluation_.explanation = nullptr;
    // An error can quote what its function was given: it reveals what the result would not.
    const Marks clears = result.is_error() ? Marks{0} : target.clears;
    result.set_marks(static_cast<Marks>((joined(result.marks(), marks) | target.adds) & ~clears));
    if (evaluation_.exhausted()) [[unlikely]] {
      result = exhausted(id);
    } else if (result.is_error()) [[unlikely]] {
      result = at_node(result, id);
    }
    return result;
  }

  [[gnu::noinline]] Value merge_all(std::span<const Value> values) {
    ErrorList errors(evaluation_);
    Marks marks = 0;
    for (const Value& value : values) {
      marks = joined(marks, value.marks());
      if (value.is_error()) errors.add(value);
    }
    return errors.value().with_marks(marks);
  }

  Value merge(const Value& first, const Value& second) {
    const std::array<Value, 2> both = {first, second};
    return merge_all(both);
  }

  // "no `size` for a whole number", and what there is.
  [[gnu::noinline]] Value no_overload(const Node& node, NodeId id, std::span<const Value> arguments) {
    const FunctionRegistry::Group& group = functions_.group(node.a);
    const bool is_operator = group.name.find('_') == 0 || group.name == "@in" || group.name.ends_with('_');
    std::string function(group.name);
    if (is_operator) std::erase(function, '_');
    if (group.name == "@in") function = "in";
    std::string message = concat("no `", function, "` for ");
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (i > 0) message += i + 1 == arguments.size() ? " and " : ", ";
      message += kind_name(arguments[i]);
    }
    if (arguments.empty()) message += "no arguments";
    std::string hint = "there is ";
    constexpr std::size_t most_shown = 4;
    for (std::size_t i = 0; i < group.rows.size() && i < most_shown; ++i) {
      if (i > 0) hint += ", ";
      hint += signature(functions_.row(group.rows[i]), function, is_operator);
    }
    if (group.rows.size() > most_shown) hint += ", …";
    return raise(id, ErrorKind::evaluation, message, hint);
  }

  static std::string signature(const FunctionRow& row, const std::string& function, bool is_operator) {
    if (is_operator && row.parameters.size() == 2) {
      return concat('`', to_string(row.parameters[0]), ' ', function, ' ', to_string(row.parameters[1]), '`');
    }
    if (is_operator) return concat('`', function, to_string(row.parameters[0]), '`');
    std::string out = "`";
    std::size_t first = 0;
    if (row.style == Style::receiver) {
      out += concat(to_string(row.parameters[0]), '.');
      first = 1;
    }
    out += function + '(';
    for (std::size_t i = first; i < row.parameters.size(); ++i) {
      if (i > first) out += ", ";
      out += to_string(row.parameters[i]);
    }
    return out + (row.variadic ? ", …)`" : ")`");
  }

  [[gnu::noinline]] Value optional_or(const Node& node, NodeId id) {
    const bool gives_value = node.type == NodeType::optional_or_value;
    const Value first = evaluate(child(node, 0));
    if (first.is_error()) return first;
    if (!first.is(Kind::optional)) {
      return raise(id, ErrorKind::evaluation,
                   concat("no `", gives_value ? "orValue" : "or", "` for ", kind_name(first)),
                   "it is called on an optional value, as `x.?y` gives one")
          .with_marks(first.marks());
    }
    if (const Value* value = first.as_optional()) {
      return gives_value ? value->adding_marks(first.marks()) : first;
    }
    const Value second = evaluate(child(node, 1)).adding_marks(first.marks());
    if (gives_value || second.is(Kind::optional) || second.is_error()) return second;
    return raise(id, ErrorKind::evaluation, concat("`or` needs another optional value, not ", kind_name(second)),
                 "`orValue` takes a plain value")
        .with_marks(second.marks());
  }

  // --- logic

  // `&&` (decisive: false) and `||` (decisive: true).
  [[gnu::noinline]] Value logical(const Node& node, NodeId id, bool decisive) {
    Marks marks = 0;
    ErrorList errors(evaluation_);
    for (std::uint32_t i = 0; i < node.child_count; ++i) {
      Value value = evaluate(child(node, i));
      marks = joined(marks, value.marks());
      if (value.is(Kind::boolean)) [[likely]] {
        if (value.as_boolean() == decisive) return test_result(decisive, marks);
        continue;
      }
      if (!value.is_error()) value = not_a_condition(value, id, decisive ? "||" : "&&");
      errors.add(value);
    }
    if (errors.empty()) return test_result(!decisive, marks);
    return errors.value().with_marks(marks);
  }

  [[gnu::noinline]] Value not_a_condition(const Value& value, NodeId id, std::string_view where) {
    return raise(id, ErrorKind::evaluation, concat("`", where, "` needs true or false, not ", kind_name(value)))
        .with_marks(value.marks());
  }

  [[gnu::noinline]] Value conditional(const Node& node, NodeId id) {
    const Value condition = evaluate(child(node, 0));
    if (!condition.is(Kind::boolean)) return condition.is_error() ? condition : not_a_condition(condition, id, "?:");
    Value chosen = evaluate(child(node, condition.as_boolean() ? 1 : 2));
    chosen.add_marks(condition.marks());
    return chosen;
  }

  [[gnu::noinline]] Value bind(const Node& node) {
    // What a name stands for is evaluated when it is first used.
    for (std::uint32_t i = 0; i + 1 < node.child_count; ++i) local_value(node.a + i) = Value();
    return evaluate(child(node, node.child_count - 1));
  }

  // --- lists and maps

  [[gnu::noinline]] Value cached(const Node& node, NodeId id) {
    Program::Cache::Entry& entry = program_.cache().entries[node.a - 1];
    std::call_once(entry.once, [&] {
      entry.memory = std::make_unique<Evaluation>();
      Evaluator evaluator(program_, frame_, *entry.memory, nullptr);
      Value value = evaluator.container(node, id);
      if (value.is(Kind::list)) value = evaluator.indexed(value);
      entry.value = value;
    });
    return entry.value;
  }

  // A constant list that is long is a set to `in`.
  Value indexed(const Value& list) {
    std::vector<Value> elements;
    const Container& container = list.as_container();
    const std::size_t size = container.size(list.handle(), evaluation_);
    for (std::size_t i = 0; i < size; ++i) elements.push_back(container.at(list.handle(), i, evaluation_));
    const std::span<Value> copies = evaluation_.allocate_values(size);
    std::copy(elements.begin(), elements.end(), copies.begin());
    OwnList* own = evaluation_.create<OwnList>(copies);
    own->make_index(evaluation_);
    return Value::container(Kind::list, *own, 0);
  }

  bool is_optional(const Node& node, std::uint32_t i) const {
    return node.b != 0 && (tables_.words[node.b - 1 + i / 32] >> (i % 32) & 1) != 0;
  }

  // Results are collected on the stack, above the locals, and copied once their number is known.
  class Collected {
   public:
    explicit Collected(Evaluation& evaluation) : stack_(evaluation.stack()), begin_(stack_.size()) {}
    ~Collected() { stack_.resize(begin_); }
    Collected(const Collected&) = delete;
    Collected& operator=(const Collected&) = delete;

    void add(const Value& value) { stack_.push_back(value); }
    std::span<const Value> values() const { return std::span(stack_).subspan(begin_); }

   private:
    std::vector<Value>& stack_;
    std::size_t begin_;
  };

  [[gnu::noinline]] Value container(const Node& node, NodeId id) {
    const std::uint32_t width = node.type == NodeType::list ? 1 : 2;
    Collected collected(evaluation_);
    ErrorList errors(evaluation_);
    Marks marks = 0;
    for (std::uint32_t i = 0; i < node.child_count; i += width) {
      const Value key = width == 2 ? evaluate(child(node, i)) : Value();
      Value value = evaluate(child(node, i + width - 1));
      marks = joined(marks, joined(key.marks(), value.marks()));
      if (is_optional(node, i / width) && !value.is_error()) {
        if (!value.is(Kind::optional)) {
          value = raise(id, ErrorKind::evaluation,
                        concat("what follows `?` must be an optional value, not ", kind_name(value)));
        } else if (value.as_optional() == nullptr) {
          if (key.is_error()) errors.add(key);
          continue;
        } else {
          value = value.as_optional()->adding_marks(value.marks());
        }
      }
      if (key.is_error()) errors.add(key);
      if (value.is_error()) errors.add(value);
      if (!errors.empty()) continue;
      if (width == 2) collected.add(key);
      collected.add(value);
    }
    if (!errors.empty()) return errors.value().adding_marks(marks);
    if (width == 1) return evaluation_.list(collected.values()).with_marks(marks);
    return map_of(collected.values(), id).with_marks(marks);
  }

  Value map_of(std::span<const Value> keys_and_values, NodeId id) {
    // The values may be on the stack, which an error's text does not touch.
    const Value map = build_map(keys_and_values, evaluation_);
    return map.is_error() ? at_node(map, id) : map;
  }

  // --- macros

  // The elements of a list or the keys of a map, with what the variables of a macro stand for.
  struct Range {
    const Container* container = nullptr;
    std::uint32_t handle = 0;
    std::size_t size = 0;
    bool is_map = false;
    Marks marks = 0;
  };

  // One pass of a macro over its range.
  struct Loop {
    const Node& node;
    NodeId id;
    Macro macro;
    Range range;
    Value element;  // the element or key at which the loop stands
    Value second;   // the value of the second variable
    std::int64_t iteration = -1;
    std::size_t traces = 0;  // children of the trace before this iteration
  };

  [[gnu::noinline]] Value comprehension(const Node& node, NodeId id) {
    const auto macro = static_cast<Macro>(node.a);
    const Value range = evaluate(child(node, 0));
    if (range.is_error()) return range;
    if (macro == Macro::opt_map || macro == Macro::opt_flat_map) return optional_map(node, id, macro, range);
    if (range.is(Kind::opaque)) {
      if (const RowSource* rows = range.as_container().rows(range.handle())) return fold(node, id, macro, range, *rows);
    }
    if (is_fold(macro)) {
      return raise(id, ErrorKind::evaluation, concat("a fold goes over a table, not over ", kind_name(range)),
                   "a table is written `file(…).table`")
          .with_marks(range.marks());
    }
    if (!range.is(Kind::list) && !range.is(Kind::map)) {
      return raise(id, ErrorKind::evaluation, concat("a macro goes over a list or a map, not over ", kind_name(range)))
          .with_marks(range.marks());
    }
    Loop loop{node, id, macro, {}, {}, {}, -1, 0};
    loop.range.container = &range.as_container();
    loop.range.handle = range.handle();
    loop.range.size = loop.range.container->size(range.handle(), evaluation_);
    loop.range.is_map = range.is(Kind::map);
    loop.range.marks = range.marks();
    switch (macro) {
      case Macro::all: return quantifier(loop, false);
      case Macro::exists: return quantifier(loop, true);
      case Macro::exists_one: return exists_one(loop);
      case Macro::sort_by: return sort_by(loop);
      default: return collect(loop);
    }
  }

  // Sets the variables for the next element; false at the end.
  bool advance(Loop& loop) {
    if (static_cast<std::size_t>(++loop.iteration) >= loop.range.size) return false;
    if (trace_ != nullptr) loop.traces = trace_->children.size();
    const auto i = static_cast<std::size_t>(loop.iteration);
    const Range& range = loop.range;
    loop.element = range.is_map ? range.container->key_at(range.handle, i, evaluation_)
                                : range.container->at(range.handle, i, evaluation_);
    loop.element = loop.element.adding_marks(range.marks);
    if ((loop.node.flags & node_two_variables) == 0) {
      local_value(loop.node.b) = loop.element;
      return true;
    }
    loop.second =
        range.is_map ? range.container->at(range.handle, i, evaluation_).adding_marks(range.marks) : loop.element;
    local_value(loop.node.b) = range.is_map ? loop.element : Value::integer(loop.iteration);
    local_value(loop.node.b + 1) = loop.second;
    return true;
  }

  // Evaluates the macro's expression `i` for the element at which the loop stands.
  Value body(const Loop& loop, std::uint32_t i) {
    const NodeId id = child(loop.node, i);
    if (trace_ == nullptr) return evaluate(id);
    const Value value = watched(id);
    trace_->children.back().element = loop.element;
    trace_->children.back().iteration = loop.iteration;
    return value;
  }

  // `all` (decisive: false) and `exists` (decisive: true).
  Value quantifier(Loop& loop, bool decisive) {
    ErrorList errors(evaluation_);
    Marks marks = loop.range.marks;
    while (advance(loop)) {
      Value value = body(loop, 1);
      marks = joined(marks, value.marks());
      if (value.is(Kind::boolean)) {
        if (value.as_boolean() == decisive) return test_result(decisive, marks);
        drop_trace(loop);
        continue;
      }
      if (!value.is_error()) value = not_a_condition(value, loop.id, decisive ? "exists" : "all");
      if (evaluation_.exhausted()) return value;
      if (!errors.empty()) drop_trace(loop);
      errors.add(value);
    }
    return errors.empty() ? test_result(!decisive, marks) : errors.value().with_marks(marks);
  }

  Value exists_one(Loop& loop) {
    ErrorList errors(evaluation_);
    Marks marks = loop.range.marks;
    std::size_t count = 0;
    while (advance(loop)) {
      Value value = body(loop, 1);
      marks = joined(marks, value.marks());
      if (value.is(Kind::boolean)) {
        if (value.as_boolean()) {
          ++count;
        } else {
          drop_trace(loop);
        }
        continue;
      }
      if (!value.is_error()) value = not_a_condition(value, loop.id, "exists_one");
      if (evaluation_.exhausted()) return value;
      if (!errors.empty()) drop_trace(loop);
      errors.add(value);
    }
    return errors.empty() ? test_result(count == 1, marks) : errors.value().with_marks(marks);
  }

  // The macros that make a list or a map of what passes a predicate.
  Value collect(Loop& loop) {
    const bool has_transform = loop.macro != Macro::filter;
    const bool has_predicate = loop.node.child_count == 3 || !has_transform;
    Collected collected(evaluation_);
    ErrorList errors(evaluation_);
    Marks marks = loop.range.marks;
    while (advance(loop)) {
      Value value = has_predicate ? body(loop, 1) : Value::boolean(true);
      marks = joined(marks, value.marks());
      if (!value.is_error() && !value.is(Kind::boolean)) value = not_a_condition(value, loop.id, "a macro's condition");
      if (value.is_false()) {
        drop_trace(loop);
        continue;
      }
      if (value.is_true()) value = has_transform ? body(loop, loop.node.child_count - 1) : loop.element;
      marks = joined(marks, value.marks());
      if (value.is_error()) {
        if (evaluation_.exhausted()) return value;
        errors.add(value);
      } else if (errors.empty()) {
        const Value problem = collect_one(loop, value, collected);
        if (problem.is_error()) errors.add(problem);
      }
      drop_trace(loop);
    }
    if (!errors.empty()) return errors.value().with_marks(marks);
    if (loop.macro == Macro::transform_map || loop.macro == Macro::transform_map_entry) {
      return map_of(collected.values(), loop.id).with_marks(marks);
    }
    return evaluation_.list(collected.values()).with_marks(marks);
  }

  Value collect_one(const Loop& loop, const Value& value, Collected& collected) {
    if (loop.macro == Macro::transform_map) {
      collected.add(loop.range.is_map ? loop.element : Value::integer(loop.iteration));
    } else if (loop.macro == Macro::transform_map_entry) {
      if (!value.is(Kind::map)) {
        return raise(loop.id, ErrorKind::evaluation,
                     concat("`transformMapEntry` needs a map for each entry, not ", kind_name(value)));
      }
      const Container& map = value.as_container();
      const std::size_t size = map.size(value.handle(), evaluation_);
      for (std::size_t i = 0; i < size && evaluation_.charge(1); ++i) {
        collected.add(map.key_at(value.handle(), i, evaluation_));
        collected.add(map.at(value.handle(), i, evaluation_));
      }
      return {};
    }
    collected.add(value);
    return {};
  }

  Value sort_by(Loop& loop) {
    Collected elements(evaluation_);
    ErrorList errors(evaluation_);
    Marks marks = loop.range.marks;
    // Element, key, element, key …
    while (advance(loop)) {
      const Value key = body(loop, 1);
      marks = joined(marks, key.marks());
      if (key.is_error() || loop.element.is_error()) {
        if (evaluation_.exhausted()) return key;
        errors.add(key.is_error() ? key : loop.element);
      }
      elements.add(loop.element);
      elements.add(key);
      drop_trace(loop);
    }
    if (!errors.empty()) return errors.value().with_marks(marks);
    const std::span<const Value> pairs = elements.values();
    const std::span<Value> keys = evaluation_.allocate_values(pairs.size() / 2);
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = pairs[2 * i + 1];
    const auto positions = sorted_positions(keys, evaluation_);
    if (evaluation_.exhausted()) return exhausted(loop.id);
    if (!positions) {
      return raise(loop.id, ErrorKind::evaluation, "`sortBy` needs keys of one kind that has an order")
          .with_marks(marks);
    }
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = pairs[2 * (*positions)[i]];
    return evaluation_.list(keys).with_marks(marks);
  }

  // --- folds

  [[gnu::noinline]] Value fold(const Node& node, NodeId id, Macro macro, const Value& table, const RowSource& rows) {
    const Marks clears = functions_.test_clears;
    FoldBody body;
    std::vector<NodeId> outputs;
    if (macro == Macro::group_by) {
      if (!find_group_parts(node, outputs, body)) {
        return raise(id, ErrorKind::evaluation, "`group_by` needs its names written out",
                     "write table.group_by(r, {\"segment\": r.segment})")
            .with_marks(table.marks());
      }
    } else if (is_fold(macro) ||
               ((macro == Macro::all || macro == Macro::exists) && (node.flags & node_two_variables) == 0)) {
      outputs.push_back(child(node, 1));
    } else {
      return raise(id, ErrorKind::evaluation, "this macro goes over a list or a map, not over a table",
                   "a table has folds such as `where`, `count` and `group_by`, and `rows` lists it")
          .with_marks(table.marks());
    }
    const std::function<Value(NodeId)> known = [&](NodeId part) { return evaluate(part); };
    const RowProgram* program = plan_rows(program_, functions_, outputs, node.b, known, evaluation_);
    if (evaluation_.exhausted()) return exhausted(id);
    Marks marks = table.marks();
    for (const Value& value : program->known) marks = joined(marks, value.marks());
    if (macro == Macro::where) {
      if (evaluation_.in_fold())
        return raise(id, ErrorKind::evaluation, "a table cannot be made for each row of a fold");
      return filtered_rows(table, *program, evaluation_);
    }
    if (macro == Macro::all || macro == Macro::exists) return row_quantifier(node, id, macro, rows, *program, marks);
    body.program = program;
    if (macro == Macro::sum) body.integral = gives_whole_numbers(child(node, 1));
    const Value result = run_fold(macro, rows, body, clears, evaluation_);
    if (result.is_error()) return at_node(result, id).adding_marks(marks);
    return result.adding_marks(static_cast<Marks>(marks & ~clears));
  }

  // `group_by(r, {name: value, …}, {name: number, …})`: the values, with their names. All groups say how many rows they
  // have as well.
  bool find_group_parts(const Node& node, std::vector<NodeId>& outputs, FoldBody& body) {
    std::vector<std::string_view> names;
    for (std::uint32_t i = 1; i < node.child_count; ++i) {
      const Node& map = nodes_[child(node, i)];
      if (map.type != NodeType::map || map.b != 0) return false;
      for (std::uint32_t entry = 0; entry < map.child_count; entry += 2) {
        // As it is written: within another fold it is a local that is known.
        const Node& key = program_.node(child(map, entry));
        if (key.type != NodeType::constant || tables_.constants[key.a].kind != Kind::string) return false;
        names.push_back(constant(key).as_text());
        outputs.push_back(child(map, entry + 1));
      }
      if (i == 1) body.key_count = outputs.size();
    }
    auto* copies = static_cast<std::string_view*>(
        evaluation_.allocate(names.size() * sizeof(std::string_view), alignof(std::string_view)));
    std::uninitialized_copy(names.begin(), names.end(), copies);
    body.names = {copies, names.size()};
    return true;
  }

  // Told from how it is written, for sums of no rows.
  bool gives_whole_numbers(NodeId id) const {
    const Node& node = nodes_[id];
    if (node.type == NodeType::constant) return tables_.constants[node.a].kind == Kind::integer;
    if (node.type == NodeType::conditional)
      return gives_whole_numbers(child(node, 1)) && gives_whole_numbers(child(node, 2));
    if (node.type == NodeType::bind) return gives_whole_numbers(child(node, node.child_count - 1));
    if (node.type != NodeType::call) return false;
    const std::string_view name = functions_.group(node.a).name;
    if (name == "int" || name == "size") return true;
    const bool arithmetic = name == "_+_" || name == "_-_" || name == "_*_";
    return arithmetic && gives_whole_numbers(child(node, 0)) && gives_whole_numbers(child(node, 1));
  }

  // `all` and `exists`: the deciding row stands in the trace as an element of a list would.
  Value row_quantifier(const Node& node, NodeId id, Macro macro, const RowSource& rows, const RowProgram& program,
                       Marks marks) {
    const bool decisive = macro == Macro::exists;
    const DecidingRow row = find_row(decisive, rows, program, evaluation_);
    if (row.found.is_error()) return at_node(row.found, id).adding_marks(marks);
    if (row.found.is_unset()) return test_result(!decisive, marks);
    if (trace_ != nullptr) {
      local_value(node.b) = row.found;
      watched(child(node, 1));
      trace_->children.back().element = row.found;
      trace_->children.back().iteration = static_cast<std::int64_t>(row.number);
    }
    return test_result(decisive, marks);
  }

  Value optional_map(const Node& node, NodeId id, Macro macro, const Value& range) {
    const bool flat = macro == Macro::opt_flat_map;
    if (!range.is(Kind::optional)) {
      return raise(id, ErrorKind::evaluation,
                   concat("no `", flat ? "optFlatMap" : "optMap", "` for ", kind_name(range)),
                   "it is called on an optional value, as `x.?y` gives one")
          .with_marks(range.marks());
    }
    if (range.as_optional() == nullptr) return range;
    local_value(node.b) = range.as_optional()->adding_marks(range.marks());
    const Value value = evaluate(child(node, 1)).adding_marks(range.marks());
    if (value.is_error()) return value;
    if (!flat) return some(value);
    if (value.is(Kind::optional)) return value;
    return raise(id, ErrorKind::evaluation, concat("`optFlatMap` needs an optional value, not ", kind_name(value)),
                 "`optMap` takes a plain value")
        .with_marks(value.marks());
  }

  // --- errors

  [[gnu::noinline]] Value raise(NodeId id, ErrorKind kind, std::string_view message, std::string_view hint = {}) {
    Error error;
    error.kind = kind;
    error.message = message;
    error.hint = hint;
    error.node = id;
    return evaluation_.error(error);
  }

  [[gnu::noinline]] Value exhausted(NodeId id) { return at_node(evaluation_.over_budget(), id); }

  // An error that came in from outside, as one of this node.
  [[gnu::noinline]] Value at_node(const Value& value, NodeId id) {
    const Error* first = nullptr;
    Error* last = nullptr;
    for (const Error* error = &value.as_error(); error != nullptr; error = error->next) {
      evaluation_.charge(1);
      Error* copy = evaluation_.create<Error>(*error);
      copy->node = id;
      copy->next = nullptr;
      (last == nullptr ? first : last->next) = copy;
      last = copy;
    }
    return Value::error(*first).with_marks(value.marks());
  }

  // --- watching

  [[gnu::noinline]] Value watched(NodeId id) {
    if (watch_ != nullptr && std::ranges::find(watch_->assumed, id) != watch_->assumed.end()) return watch_->assumption;
    const Value value = trace_ != nullptr ? traced(id) : step(id);
    if (evaluation_.observer != nullptr) evaluation_.observer->saw(program_, id, value);
    return value;
  }

  [[gnu::noinline]] Value traced(NodeId id) {
    Trace* const parent = trace_;
    parent->children.emplace_back();
    trace_ = &parent->children.back();
    ++traced_;
    const Value value = step(id);
    trace_->node = id;
    trace_->value = value;
    trace_ = parent;
    return value;
  }

  // An iteration that decided nothing is let go once there is too much to keep.
  void drop_trace(const Loop& loop) {
    if (trace_ != nullptr && traced_ >= most_traced) trace_->children.resize(loop.traces);
  }

  const Program& program_;
  const ProgramTables& tables_;
  const Node* nodes_;
  const NodeId* children_;
  const FunctionRegistry& functions_;
  FunctionRegistry::Equality equality_;
  const Frame& frame_;
  Evaluation& evaluation_;
  std::size_t locals_;
  const Watch* watch_;
  Trace* trace_;
  bool watched_;  // or observed
  std::size_t traced_ = 0;
};

}  // namespace

struct RowRunner::State {
  State(const RowProgram& row_program, Evaluation& evaluation)
      : program(row_program),
        frame{{}, nullptr, nullptr, row_program.functions},
        evaluator(*row_program.program, row_program.tables, frame, evaluation, nullptr) {}

  const RowProgram& program;
  Frame frame;  // without names: what they stand for is among the locals
  Evaluator evaluator;
};

RowRunner::RowRunner(const RowProgram& program, Evaluation& evaluation)
    : state_(std::make_unique<State>(program, evaluation)) {
  const auto first = program.first_column + static_cast<std::uint32_t>(program.columns.size());
  for (std::uint32_t i = 0; i < program.known.size(); ++i) state_->evaluator.set_local(first + i, program.known[i]);
}

RowRunner::~RowRunner() = default;

void RowRunner::set_row(std::span<const Value> cells, const Value& row) {
  const RowProgram& program = state_->program;
  if (program.whole_row) state_->evaluator.set_local(program.row_local, row);
  if (!cells.empty()) state_->evaluator.set_locals(program.first_column, cells);
}

Value RowRunner::evaluate(NodeId output) { return state_->evaluator.evaluate(output); }

Value run(const Program& program, NodeId node, const Frame& frame, Evaluation& evaluation, const Watch* watch) {
  // Definitions and lazy names of the host nest evaluations: their sum is bounded.
  const std::uint32_t levels = program.tables().levels + 4;
  if (!evaluation.enter(levels)) {
    return evaluation.error(ErrorKind::limit, concat("evaluations are nested more than ", Evaluation::most_levels,
                                                     " deep (limit `evaluation-depth`)"));
  }
  Value result;
  {
    Evaluator evaluator(program, frame, evaluation, watch);
    result = evaluator.evaluate(node);
  }
  evaluation.leave(levels);
  return result;
}

}  // namespace scruple::cel
