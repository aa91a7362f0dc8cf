#include "cel/checker.h"

#include "base/strings.h"
#include "base/suggest.h"
#include "cel/macro.h"
#include "cel/unifier.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace scruple::cel {
namespace {

using Tag = Type::Tag;

constexpr std::size_t most_issues = 100;
constexpr std::size_t most_signatures = 8;

bool is_any(const Type& type) { return type.is(Tag::dyn) || type.is(Tag::parameter); }

bool is_number(const Type& type) {
  return type.is(Tag::integer) || type.is(Tag::unsigned_integer) || type.is(Tag::real);
}

// As a message names a type: "`string`", "null".
std::string shown(const Type& type) {
  if (type.is(Tag::null)) return "null";
  if (type.is(Tag::parameter)) return "`dyn`";
  return concat("`", to_string(type), "`");
}

// What an operator's group is called in the language: `_+_` is `+`.
std::string operator_symbol(std::string_view group) {
  if (group == "@in") return "in";
  std::string symbol;
  for (const char c : group) {
    if (c != '_') symbol += c;
  }
  return symbol;
}

bool is_operator(std::string_view group) {
  return group == "@in" || group.starts_with("_") || group == "!_" || group == "-_";
}

class Checker {
 public:
  Checker(const ProgramTables& tables, const Environment& environment, const TextOf& text_of,
          std::vector<Issue>& issues)
      : tables_(tables),
        environment_(environment),
        text_of_(text_of),
        issues_(issues),
        types_(tables.nodes.size()),
        known_(tables.nodes.size()),
        locals_(tables.local_count) {
    for (const Variable& variable : environment.variables) variables_.emplace(variable.slot, &variable.type);
  }

  std::vector<Type> run() {
    type_of(tables_.root);
    for (Type& type : types_) type = unifier_.settle(type);
    return std::move(types_);
  }

 private:
  const Node& node(NodeId id) const { return tables_.nodes[id]; }
  std::span<const NodeId> children(NodeId id) const {
    return tables_.children.subspan(node(id).first_child, node(id).child_count);
  }
  std::string_view name_of(NodeId id) const { return tables_.texts.substr(node(id).a, node(id).b); }

  // --- issues

  void issue(std::uint32_t source, Span span, std::string message, std::string hint = {}) {
    if (issues_.size() >= most_issues) return;
    const bool known = std::ranges::any_of(issues_, [&](const Issue& other) {
      return other.source == source && other.span == span && other.message == message;
    });
    if (!known) issues_.push_back({source, span, std::move(message), std::move(hint)});
  }

  void issue(NodeId at, std::string message, std::string hint = {}) {
    issue(node(at).source, {node(at).begin, node(at).end}, std::move(message), std::move(hint));
  }

  void issue_at_name(NodeId select, std::string_view name, std::string message, std::string hint) {
    const Node& from = node(select);
    issue(from.source, name_span(text_of_(from.source), from, name), std::move(message), std::move(hint));
  }

  // --- nodes

  Type type_of(NodeId id) {
    if (known_[id]) return types_[id];
    Type found = unifier_.resolve(find_type(id));
    known_[id] = true;
    types_[id] = found;
    return found;
  }

  std::vector<Type> types_of(std::span<const NodeId> ids) {
    std::vector<Type> found;
    found.reserve(ids.size());
    for (const NodeId id : ids) found.push_back(type_of(id));
    return found;
  }

  Type find_type(NodeId id) {
    const auto parts = children(id);
    switch (node(id).type) {
      case NodeType::constant: return constant(tables_.constants[node(id).a]);
      case NodeType::variable: return variable(node(id).a);
      case NodeType::local: return node(id).b != 0 ? type_of(node(id).b - 1) : locals_[node(id).a];
      case NodeType::unknown_name: return Type::dyn();
      case NodeType::select: return select(id, type_of(parts[0]), false);
      case NodeType::has: select(id, type_of(parts[0]), false); return Type::of(Tag::boolean);
      case NodeType::optional_select: return select(id, type_of(parts[0]), true);
      case NodeType::index: return index(id, type_of(parts[0]), type_of(parts[1]), false);
      case NodeType::optional_index: return index(id, type_of(parts[0]), type_of(parts[1]), true);
      case NodeType::call: return call(id);
      case NodeType::optional_or: return optional_or(id, "or", true);
      case NodeType::optional_or_value: return optional_or(id, "orValue", false);
      case NodeType::logical_and: return logical(id, "&&");
      case NodeType::logical_or: return logical(id, "||");
      case NodeType::conditional: return conditional(id);
      case NodeType::list: return list(id);
      case NodeType::map: return map(id);
      case NodeType::comprehension: return comprehension(id);
      case NodeType::bind: return type_of(parts.back());
    }
    return Type::dyn();
  }

  Type constant(const Constant& value) const {
    const std::string text(value.kind == Kind::string || value.kind == Kind::type
                               ? tables_.texts.substr(value.bits, value.length)
                               : std::string_view());
    switch (value.kind) {
      case Kind::null: return Type::of(Tag::null);
      case Kind::boolean: return Type::of(Tag::boolean);
      case Kind::integer: return Type::of(Tag::integer);
      case Kind::unsigned_integer: return Type::of(Tag::unsigned_integer);
      case Kind::real: return Type::of(Tag::real);
      case Kind::string: return Type::one_of(std::make_shared<const std::vector<std::string>>(1, text));
      case Kind::bytes: return Type::of(Tag::bytes);
      case Kind::type: return Type::type_of(named_type(text));
      default: return Type::dyn();
    }
  }

  // The type that a type's name in an expression stands for.
  static Type named_type(std::string_view name) {
    static constexpr std::pair<std::string_view, Tag> names[] = {{"bool", Tag::boolean},
                                                                 {"int", Tag::integer},
                                                                 {"uint", Tag::unsigned_integer},
                                                                 {"double", Tag::real},
                                                                 {"string", Tag::string},
                                                                 {"bytes", Tag::bytes},
                                                                 {"null_type", Tag::null},
                                                                 {"google.protobuf.Timestamp", Tag::timestamp},
                                                                 {"google.protobuf.Duration", Tag::duration}};
    if (name == "list") return Type::list(Type::dyn());
    if (name == "map") return Type::map(Type::dyn(), Type::dyn());
    if (name == "optional_type") return Type::optional(Type::dyn());
    if (name == "type") return Type::type_of(Type::dyn());
    const auto found = std::ranges::find(names, name, &std::pair<std::string_view, Tag>::first);
    return found == std::end(names) ? Type::dyn() : Type::of(found->second);
  }

  Type variable(std::uint32_t slot) const {
    const auto found = variables_.find(slot);
    return found == variables_.end() ? Type::dyn() : *found->second;
  }

  // --- selections

  Type select(NodeId id, Type operand, bool optional) {
    if (operand.is(Tag::optional)) {
      // Optional selection is viral: what follows one is optional as well.
      operand = unifier_.resolve(operand.arguments()[0]);
      optional = true;
    }
    Type field = this->field(id, operand);
    return optional && !field.is(Tag::optional) ? optional_of(std::move(field)) : field;
  }

  Type field(NodeId id, const Type& operand) {
    const std::string_view name = name_of(id);
    if (is_any(operand)) return Type::dyn();
    if (operand.is(Tag::map)) return unifier_.resolve(operand.arguments()[1]);
    if (operand.is(Tag::record) || operand.is(Tag::object)) {
      const Record* record = environment_.records == nullptr ? nullptr : environment_.records->find(operand.name());
      if (record == nullptr && (operand.is(Tag::record) || environment_.records == nullptr)) return Type::dyn();
      if (record != nullptr)
        return field_of(*record, name, [&](std::string message, std::string hint) {
          issue_at_name(id, name, std::move(message), std::move(hint));
        });
    }
    std::string hint;
    if (operand.is(Tag::list))
      hint = "write `list.all(x, …)` or `list.exists(x, …)` for its elements, `list[0]` for one";
    if (operand.is(Tag::object))
      hint = concat("`", operand.name(), "` is shown in messages and given to functions only");
    issue_at_name(id, name, concat("there is no field `", name, "`: this is ", shown(operand), ", which has none"),
                  std::move(hint));
    return Type::dyn();
  }

  template <typename Report>
  Type field_of(const Record& record, std::string_view name, Report report) {
    if (const Type* found = record.find(name)) return *found;
    std::vector<std::string_view> names;
    for (const Record::Field& field : record.fields) names.push_back(field.name);
    std::ranges::sort(names);
    const bool is_plain_field = record.noun == "field";
    report(
        concat("there is no ", record.noun, " `", name, "`", is_plain_field ? concat(" in `", record.name, "`") : ""),
        did_you_mean(name, names));
    return Type::dyn();
  }

  Type index(NodeId id, Type operand, const Type& key, bool optional) {
    if (operand.is(Tag::optional)) {
      operand = unifier_.resolve(operand.arguments()[0]);
      optional = true;
    }
    Type element = this->element(id, operand, key);
    return optional && !element.is(Tag::optional) ? optional_of(std::move(element)) : element;
  }

  Type element(NodeId id, const Type& operand, const Type& key) {
    const NodeId key_node = children(id)[1];
    if (is_any(operand)) return Type::dyn();
    if (operand.is(Tag::list)) {
      if (!is_any(key) && !is_number(key)) {
        issue(key_node, concat("an element of a list is taken by its number, not by ", shown(key)));
      }
      return unifier_.resolve(operand.arguments()[0]);
    }
    if (operand.is(Tag::map)) {
      const std::size_t before = unifier_.mark();
      if (!unifier_.agree(operand.arguments()[0], key)) {
        unifier_.back_to(before);
        issue(key_node, concat("the keys of this map are ", shown(unifier_.resolve(operand.arguments()[0])), ", not ",
                               shown(key)));
      }
      return unifier_.resolve(operand.arguments()[1]);
    }
    if (operand.is(Tag::record)) {
      const Record* record = environment_.records == nullptr ? nullptr : environment_.records->find(operand.name());
      if (!is_any(key) && !key.is(Tag::string)) {
        issue(key_node, concat("the keys of `", operand.name(), "` are `string`, not ", shown(key)));
      }
      if (record == nullptr || node(key_node).type != NodeType::constant) return Type::dyn();
      const Constant& value = tables_.constants[node(key_node).a];
      if (value.kind != Kind::string) return Type::dyn();
      return field_of(
          *record, tables_.texts.substr(value.bits, value.length),
          [&](std::string message, std::string hint) { issue(key_node, std::move(message), std::move(hint)); });
    }
    issue(children(id)[0], concat("only lists and maps have elements; this is ", shown(operand)));
    return Type::dyn();
  }

  // --- calls

  struct Match {
    Type result;
    bool certain = false;  // no `dyn` was needed
  };

  // Settles what the arguments leave open if the row takes them.
  std::optional<Match> match(const FunctionRow& row, std::span<const Type> arguments) {
    const std::size_t declared = row.parameters.size();
    if (arguments.size() < declared || (arguments.size() > declared && !row.variadic)) return std::nullopt;
    std::map<std::string, Type> names;
    const std::size_t loose_before = unifier_.loose();
    bool open = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const Type formal = unifier_.instantiate(row.parameters[std::min(i, declared - 1)], names);
      open = open || unifier_.resolve(arguments[i]).is(Tag::parameter);
      if (!unifier_.agree(formal, arguments[i])) return std::nullopt;
    }
    Match found;
    found.result = unifier_.resolve(unifier_.instantiate(row.result, names));
    if (arguments.size() > 1) found.result = joined(found.result, arguments);
    found.certain = !open && unifier_.loose() == loose_before;
    return found;
  }

  // A parameter stands for what it met first; what comes of two lists can hold what is in either.
  Type joined(const Type& result, std::span<const Type> arguments) {
    if (result.is(Tag::string)) return Type::of(Tag::string);
    if (!result.is(Tag::list) && !result.is(Tag::optional)) return result;
    Type all = result;
    for (const Type& argument : arguments) {
      if (argument.tag() == result.tag()) all = unifier_.join(all, argument);
    }
    return all;
  }

  Type call(NodeId id) {
    const FunctionRegistry::Group& group = environment_.functions->group(node(id).a);
    const std::vector<Type> arguments = types_of(children(id));
    std::optional<Type> result;
    const std::size_t before = unifier_.mark();
    std::size_t matches = 0;
    std::uint32_t only = 0;
    for (const std::uint32_t row : group.rows) {
      const auto found = match(environment_.functions->row(row), arguments);
      if (found && found->certain && matches == 0) return found->result;
      unifier_.back_to(before);
      if (!found) continue;
      only = row;
      ++matches;
      result = matches == 1 || *result == found->result ? found->result : Type::dyn();
    }
    if (matches == 0) {
      const bool counted = std::ranges::any_of(group.rows, [&](std::uint32_t index) {
        const FunctionRow& row = environment_.functions->row(index);
        return row.parameters.size() == arguments.size() || (row.variadic && row.parameters.size() < arguments.size());
      });
      // A wrong number of arguments is what the planner has said.
      if (counted) no_overload(id, group, arguments);
      return result_of_all(group);
    }
    // What the only row that fits says of its arguments holds.
    if (matches == 1) return match(environment_.functions->row(only), arguments)->result;
    return unifier_.settle(*result);
  }

  // What a call gives whatever it is called with; so one mistake makes no second one.
  Type result_of_all(const FunctionRegistry::Group& group) const {
    const Type& first = environment_.functions->row(group.rows.front()).result;
    const bool all = std::ranges::all_of(
        group.rows, [&](std::uint32_t row) { return environment_.functions->row(row).result == first; });
    return all && first.arguments().empty() && !first.is(Tag::parameter) ? first : Type::dyn();
  }

  // The first argument that no row takes after those before it; the last one if it is their number.
  std::size_t wrong_argument(const FunctionRegistry::Group& group, std::span<const Type> arguments) {
    for (std::size_t count = 1; count <= arguments.size(); ++count) {
      const bool fits = std::ranges::any_of(group.rows, [&](std::uint32_t index) {
        FunctionRow row = environment_.functions->row(index);
        if (row.parameters.size() < count && !row.variadic) return false;
        if (row.parameters.size() != arguments.size() && !row.variadic) return false;
        row.parameters.resize(std::min(row.parameters.size(), count));
        const std::size_t before = unifier_.mark();
        const bool matched = match(row, arguments.first(count)).has_value();
        unifier_.back_to(before);
        return matched;
      });
      if (!fits) return count - 1;
    }
    return arguments.size() - 1;
  }

  void no_overload(NodeId id, const FunctionRegistry::Group& group, std::span<const Type> arguments) {
    std::vector<Type> found;
    for (const Type& argument : arguments) found.push_back(unifier_.settle(argument));
    if (group.name == "_==_" || group.name == "_!=_" || group.name == "@in") return never_equal(id, group.name, found);
    std::vector<std::string> signatures;
    for (const std::uint32_t row : group.rows) signatures.push_back(signature(environment_.functions->row(row)));
    const bool listed = signatures.size() <= most_signatures;
    std::string known = listed ? concat("there is ", join(signatures, "; ")) : std::string();
    if (is_operator(group.name)) {
      const std::string symbol = operator_symbol(group.name);
      if (found.size() == 1) return issue(id, concat("`", symbol, "` takes no ", shown(found[0])), std::move(known));
      return issue(id, concat("`", symbol, "` takes no ", shown(found[0]), " and ", shown(found[1])),
                   operand_hint(found[0], found[1], symbol));
    }
    const std::size_t wrong = wrong_argument(group, found);
    const bool receiver = group.style == Style::receiver;
    if (receiver && wrong == 0) {
      return issue(children(id)[0], concat("`", group.name, "` is no function of ", shown(found[0])), std::move(known));
    }
    issue(children(id)[wrong], concat("`", group.name, "` takes no ", shown(found[wrong]), " here"), std::move(known));
  }

  static std::string operand_hint(const Type& left, const Type& right, std::string_view symbol) {
    if (is_number(left) && is_number(right)) return "numbers of one type: write double(…) or int(…) around one of them";
    const bool has_time = left.is(Tag::timestamp) || right.is(Tag::timestamp);
    const bool has_duration = left.is(Tag::duration) || right.is(Tag::duration);
    const bool has_number = is_number(left) || is_number(right);
    if ((has_time || has_duration) && has_number) return "a number of days is written days(90)";
    if (has_time && (left.is(Tag::string) || right.is(Tag::string))) return "a day is written date(\"2026-03-01\")";
    if (symbol == "+" && (left.is(Tag::string) || right.is(Tag::string)))
      return "write string(…) around what is no text";
    return {};
  }

  void never_equal(NodeId id, std::string_view group, std::span<const Type> found) {
    if (group == "@in" && !found[1].is(Tag::list) && !found[1].is(Tag::map) && !found[1].is(Tag::record)) {
      const bool text = found[1].is(Tag::string);
      return issue(id, concat("`in` looks into lists and maps; this is ", shown(found[1])),
                   text ? "write `text.contains(part)` for a part of a text" : "");
    }
    const Type& right = group == "@in" && !found[1].is(Tag::record) ? found[1].arguments()[0] : found[1];
    std::string hint = operand_hint(found[0], right, "");
    if (found[0].is(Tag::null) || right.is(Tag::null)) hint = "write `has(x.field)` to ask whether it is declared";
    issue(id, concat(shown(found[0]), " and ", shown(right), " are never equal"), std::move(hint));
  }

  Type optional_or(NodeId id, std::string_view name, bool gives_optional) {
    const auto parts = children(id);
    const Type left = type_of(parts[0]);
    const Type right = type_of(parts[1]);
    const Type value = unifier_.fresh();
    if (!unifier_.agree(Type::optional(value), left)) {
      issue(parts[0], concat("`", name, "` is no function of ", shown(left)),
            "it belongs to what may be missing: `x.?field.orValue(…)`");
      return Type::dyn();
    }
    const Type wanted = gives_optional ? Type::optional(value) : value;
    const std::size_t before = unifier_.mark();
    if (!unifier_.agree(wanted, right)) {
      unifier_.back_to(before);
      issue(parts[1], concat("`", name, "` needs ", shown(unifier_.settle(wanted)), " here, not ",
                             shown(unifier_.settle(right))));
      return unifier_.resolve(wanted);
    }
    return unifier_.join(wanted, right);
  }

  // --- conditions

  void need_condition(NodeId id, std::string_view what) {
    const Type type = type_of(id);
    if (unifier_.agree(Type::of(Tag::boolean), type)) return;
    std::string hint;
    if (type.is(Tag::string) || type.is(Tag::list)) hint = "write `… != \"\"` or `size(…) > 0`";
    if (type.is(Tag::string)) hint = "compare it: `… == \"…\"`";
    issue(id, concat(what, " needs true or false; this is ", shown(type)), std::move(hint));
  }

  Type logical(NodeId id, std::string_view symbol) {
    for (const NodeId part : children(id)) need_condition(part, concat("`", symbol, "`"));
    return Type::of(Tag::boolean);
  }

  Type conditional(NodeId id) {
    const auto parts = children(id);
    need_condition(parts[0], "`? :`");
    const Type yes = type_of(parts[1]);
    const Type no = type_of(parts[2]);
    const std::size_t before = unifier_.mark();
    if (!unifier_.agree(yes, no)) {
      unifier_.back_to(before);
      issue(parts[2],
            concat("after `:` stands ", shown(unifier_.settle(no)), ", before it ", shown(unifier_.settle(yes))),
            "both have to be of one type");
      return Type::dyn();
    }
    return unifier_.join(yes, no);
  }

  // --- lists and maps

  bool is_optional(NodeId id, std::size_t index) const {
    const Node& from = node(id);
    return from.b != 0 && (tables_.words[from.b - 1 + index / 32] >> (index % 32) & 1) != 0;
  }

  // The type of an element, or of what an optional element has.
  Type part_type(NodeId id, bool optional) {
    const Type type = type_of(id);
    if (!optional) return type;
    const Type value = unifier_.fresh();
    if (unifier_.agree(Type::optional(value), type)) return unifier_.resolve(value);
    issue(id, concat("after `?` stands what may be missing, an optional; this is ", shown(type)));
    return Type::dyn();
  }

  Type list(NodeId id) {
    const auto parts = children(id);
    if (parts.empty()) return Type::list(unifier_.fresh());
    Type element;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Type next = part_type(parts[i], is_optional(id, i));
      element = i == 0 ? next : unifier_.join(element, next);
    }
    return list_of(std::move(element));
  }

  Type key_type(NodeId id) {
    const Type type = type_of(id);
    if (is_any(type)) return Type::dyn();
    if (type.is(Tag::integer) || type.is(Tag::unsigned_integer) || type.is(Tag::boolean)) return type;
    if (type.is(Tag::string)) return type;
    issue(id, concat("a key is a text, a whole number or true or false, not ", shown(type)));
    return Type::dyn();
  }

  Type map(NodeId id) {
    const auto parts = children(id);
    if (parts.empty()) return Type::map(unifier_.fresh(), unifier_.fresh());
    Type key;
    Type value;
    for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
      const Type next_key = key_type(parts[i]);
      const Type next_value = part_type(parts[i + 1], is_optional(id, i / 2));
      key = i == 0 ? next_key : unifier_.join(key, next_key);
      value = i == 0 ? next_value : unifier_.join(value, next_value);
    }
    return map_of(std::move(key), std::move(value));
  }

  // --- macros

  struct Range {
    Type key = Type::dyn();      // position or key
    Type element = Type::dyn();  // of a list; a map's key
    Type value = Type::dyn();
  };

  Range range_of(NodeId id, Macro macro) {
    const Type type = type_of(id);
    const Type text = Type::of(Tag::string);
    if (is_any(type)) return {};
    if (type.is(Tag::list)) {
      const Type element = unifier_.resolve(type.arguments()[0]);
      return {Type::of(Tag::integer), element, element};
    }
    if (type.is(Tag::map)) {
      const Type key = unifier_.resolve(type.arguments()[0]);
      return {key, key, unifier_.resolve(type.arguments()[1])};
    }
    if (type.is(Tag::record)) return {text, text, Type::dyn()};
    const bool optional = type.is(Tag::optional);
    issue(id, concat("`", macro_name(macro), "` goes through a list or a map; this is ", shown(unifier_.settle(type))),
          optional ? "write `.orValue([])` before it" : "");
    return {};
  }

  Type comprehension(NodeId id) {
    const auto parts = children(id);
    const auto macro = static_cast<Macro>(node(id).a);
    const std::uint32_t local = node(id).b;
    if (macro == Macro::opt_map || macro == Macro::opt_flat_map) return optional_map(id, macro == Macro::opt_map);
    if (is_fold(macro) || has_rows(type_of(parts[0]))) return fold(id, macro);
    const Range range = range_of(parts[0], macro);
    const bool two = (node(id).flags & node_two_variables) != 0;
    locals_[local] = two ? range.key : range.element;
    if (two) locals_[local + 1] = range.value;
    const bool filtered = parts.size() > 2 || macro == Macro::all || macro == Macro::exists ||
                          macro == Macro::exists_one || macro == Macro::filter;
    if (filtered) need_condition(parts[1], concat("`", macro_name(macro), "`"));
    const Type body = type_of(parts.back());
    switch (macro) {
      case Macro::all:
      case Macro::exists:
      case Macro::exists_one: return Type::of(Tag::boolean);
      case Macro::filter: return list_of(range.element);
      case Macro::map:
      case Macro::map_filter:
      case Macro::transform_list: return list_of(body);
      case Macro::transform_map: return map_of(range.key, body);
      case Macro::transform_map_entry: {
        const Type key = unifier_.fresh();
        const Type value = unifier_.fresh();
        if (!unifier_.agree(Type::map(key, value), body)) {
          issue(parts.back(), concat("`transformMapEntry` needs a map here, not ", shown(body)));
        }
        return map_of(unifier_.resolve(key), unifier_.resolve(value));
      }
      case Macro::sort_by: return list_of(range.element);
      default: break;
    }
    return Type::dyn();
  }

  bool has_rows(const Type& type) const {
    if (!type.is(Tag::object) || environment_.records == nullptr) return false;
    const Record* record = environment_.records->find(type.name());
    return record != nullptr && record->has_rows;
  }

  Type fold(NodeId id, Macro macro) {
    const auto parts = children(id);
    const Type table = type_of(parts[0]);
    const Type text = Type::of(Tag::string);
    if (!is_any(table) && !has_rows(table)) {
      const bool list = table.is(Tag::list);
      issue(parts[0], concat("`", macro_name(macro), "` goes over a table; this is ", shown(unifier_.settle(table))),
            list && macro == Macro::where ? "write `filter`" : "a table is written `file(…).table`");
    }
    locals_[node(id).b] = Type::map(text, text);
    if ((node(id).flags & node_two_variables) != 0) {
      locals_[node(id).b + 1] = Type::map(text, text);
      issue(id, "rows of a table have no index", concat("write table.", macro_name(macro), "(r, …)"));
      return Type::dyn();
    }
    if (macro == Macro::group_by) return groups(id);
    const Type body = type_of(parts[1]);
    switch (macro) {
      case Macro::all:
      case Macro::exists:
      case Macro::where:
      case Macro::count:
        need_condition(parts[1], concat("`", macro_name(macro), "`"));
        if (macro == Macro::where) return table;
        return Type::of(macro == Macro::count ? Tag::integer : Tag::boolean);
      case Macro::sum: return sum_of(parts[1], body);
      case Macro::min:
      case Macro::max: return optional_of(body);
      case Macro::distinct: return Type::of(Tag::integer);
      case Macro::keys: return list_of(body);
      default: break;
    }
    issue(id, concat("`", macro_name(macro), "` goes over a list or a map; this is a table"),
          "a table has folds such as `where`, `count` and `group_by`, and `rows` lists it");
    return Type::dyn();
  }

  Type sum_of(NodeId id, const Type& type) {
    if (is_any(type)) return Type::dyn();
    if (type.is(Tag::integer) || type.is(Tag::boolean)) return Type::of(Tag::integer);
    if (!is_number(type) && !type.is(Tag::string)) {
      issue(id, concat("only numbers are added up; this is ", shown(type)));
    }
    return Type::of(Tag::real);
  }

  Type groups(NodeId id) {
    const auto parts = children(id);
    for (std::size_t i = 1; i < parts.size(); ++i) {
      const bool written = node(parts[i]).type == NodeType::map && node(parts[i]).b == 0;
      const auto entries = children(parts[i]);
      bool named = written;
      for (std::size_t entry = 0; named && entry < entries.size(); entry += 2) {
        const Node& key = node(entries[entry]);
        named = key.type == NodeType::constant && tables_.constants[key.a].kind == Kind::string;
        const Type value = type_of(entries[entry + 1]);
        if (i == 2) sum_of(entries[entry + 1], value);
      }
      if (!named) {
        issue(parts[i], "`group_by` needs its names written out",
              "write table.group_by(r, {\"segment\": r.segment}, {\"people\": int(r.people)})");
      }
    }
    return Type::list(Type::map(Type::of(Tag::string), Type::dyn()));
  }

  Type optional_map(NodeId id, bool wraps) {
    const auto parts = children(id);
    const Type value = unifier_.fresh();
    const Type operand = type_of(parts[0]);
    if (!unifier_.agree(Type::optional(value), operand)) {
      issue(parts[0], concat("`", wraps ? "optMap" : "optFlatMap", "` is no function of ", shown(operand)));
    }
    locals_[node(id).b] = unifier_.resolve(value);
    const Type body = type_of(parts[1]);
    if (wraps) return optional_of(body);
    if (!unifier_.agree(Type::optional(unifier_.fresh()), body)) {
      issue(parts[1], concat("`optFlatMap` needs an optional here, not ", shown(body)));
    }
    return body;
  }

  const ProgramTables& tables_;
  const Environment& environment_;
  const TextOf& text_of_;
  std::vector<Issue>& issues_;
  Unifier unifier_;
  std::vector<Type> types_;  // by node
  std::vector<bool> known_;
  std::vector<Type> locals_;                                  // a macro's variables, by index
  std::unordered_map<std::uint32_t, const Type*> variables_;  // by slot
};

}  // namespace

Span name_span(std::string_view text, const Node& select, std::string_view name) {
  const std::size_t begin = text.substr(0, select.end).rfind(name);
  if (begin == std::string_view::npos || begin < select.begin) return {select.begin, select.end};
  const auto at = static_cast<std::uint32_t>(begin);
  return {at, at + static_cast<std::uint32_t>(name.size())};
}

std::vector<Type> check(const ProgramTables& tables, const Environment& environment, const TextOf& text_of,
                        std::vector<Issue>& issues) {
  return Checker(tables, environment, text_of, issues).run();
}

}  // namespace scruple::cel
