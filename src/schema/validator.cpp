#include "schema/validator.h"

#include "base/ascii.h"
#include "base/lookalike.h"
#include "base/strings.h"
#include "base/suggest.h"
#include "schema/canonical.h"
#include "schema/field_index.h"
#include "schema/format.h"
#include "schema/hint.h"
#include "schema/pattern.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace scruple::schema {

namespace {

// A file with more mistakes than this is not a manifest; listing them all helps nobody.
constexpr std::size_t violation_limit = 2000;
constexpr std::size_t longest_shown = 60;
constexpr std::size_t most_values_shown = 20;

std::string list_of(std::span<const std::string_view> values, std::string_view last_word) {
  std::string out;
  for (std::size_t i = 0; i < values.size() && i < most_values_shown; ++i) {
    if (i != 0) out += i + 1 == values.size() ? concat(" ", last_word, " ") : ", ";
    out += concat("`", values[i], "`");
  }
  if (values.size() > most_values_shown) out += " …";
  return out;
}

// Completes "write `status: built`" where only something around the text is wrong.
std::string what_to_leave_out(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const Lookalike found = lookalike_at(text, at);
    if (found.kind == LookalikeKind::quote) return ", without the curly quotes: YAML takes them for text";
    if (found.kind == LookalikeKind::blank) return concat("; beside it stands ", found.name);
  }
  return "";
}

// Letters and digits only, in lower case: `launchDate`, `launch-date` and `Launch date` are one name.
std::string folded(std::string_view name) {
  std::string out;
  for (const char c : to_lower_ascii(name)) {
    if (is_lower(c) || is_digit(c)) out += c;
  }
  return out;
}

class Validator {
 public:
  Validator(const Document& document, const Schema& schema, std::vector<IdUse>* ids)
      : document_(document),
        schema_(schema),
        ids_(ids),
        json_(to_lower_ascii(document.source().name()).ends_with(".json")) {}

  std::vector<Violation> run(NodeId node, TypeId type) {
    root_ = type;
    if (document_.node(node).kind == NodeKind::null) {
      report("wrong-type", node, "there is nothing in this document; a map is expected", first_fields(type));
    } else {
      visit(node, type);
    }
    return std::move(violations_);
  }

 private:
  struct Step {
    std::string_view key;  // empty: an item of a list
    std::uint32_t index;
  };

  bool full() const { return violations_.size() > violation_limit; }

  Violation* report(std::string code, NodeId node, std::string message, std::string hint) {
    if (full()) return nullptr;
    if (violations_.size() == violation_limit) {
      code = "too-many";
      message = concat("there are more than ", violation_limit, " problems in this file; the rest is not listed");
      hint.clear();
    }
    Violation& violation = violations_.emplace_back();
    violation.code = std::move(code);
    violation.message = std::move(message);
    violation.hint = std::move(hint);
    violation.node = node;
    violation.span = first_line(document_.node(node).span);
    for (const Step& step : steps_) violation.path.push_back(step.index);
    return &violation;
  }

  Span first_line(Span span) const {
    const std::size_t end = document_.source().text().substr(0, span.end).find_first_of("\r\n", span.begin);
    return end == std::string_view::npos ? span : Span{span.begin, static_cast<std::uint32_t>(end)};
  }

  // The value that is visited, in words: "`markets[0]`".
  std::string label() const {
    std::size_t first = steps_.size();
    while (first > 0 && steps_[first - 1].key.empty()) --first;
    if (first > 0) --first;
    std::string name;
    for (std::size_t i = first; i < steps_.size(); ++i) {
      if (steps_[i].key.empty())
        append_index_step(name, steps_[i].index);
      else
        name += shorten(steps_[i].key, longest_shown);
    }
    return name.empty() ? "the document" : concat("`", name, "`");
  }

  Spot spot() const { return {steps_.empty() ? std::string_view{} : steps_.back().key, json_}; }

  std::string field(std::string_view name, std::string_view value) const { return write_hint({name, json_}, value); }

  // A hint for a document that lacks its head: "begin with `scruple: 1`".
  std::string first_fields(TypeId type) const {
    const auto alternatives = schema_.alternatives(type);
    for (const Property& property : schema_.properties(alternatives.empty() ? type : alternatives[0])) {
      const auto values = schema_.values(property.type);
      if (property.required && values.size() == 1) return field(property.name, values[0]);
    }
    return {};
  }

  void visit(NodeId node, TypeId type);
  void visit_map(NodeId node, TypeId type);
  void visit_list(NodeId node, TypeId type);
  void check_scalar(NodeId node, TypeId type);
  void check_missing(NodeId node, TypeId type);
  void unknown_field(NodeId node, TypeId type, const Member& member, const std::vector<std::string_view>& unused);
  std::string missing_hint(const Property& property) const;
  std::string example_of(TypeId type) const;
  // The correction of a field's name.
  struct Correction {
    std::string hint;
    std::string meant;  // see Violation
    bool elsewhere = false;
  };
  Correction correct(TypeId type, std::string_view name, const std::vector<std::string_view>& unused);
  Correction correct_lookalikes(TypeId type, std::string_view name, const std::vector<std::string_view>& unused);
  std::string value_hint(std::string_view text, std::span<const std::string_view> values) const;
  TypeId choose(NodeId node, TypeId type);
  std::string expectation(TypeId type) const;

  const Document& document_;
  const Schema& schema_;
  std::vector<IdUse>* ids_;
  const bool json_;
  TypeId root_ = no_type;            // what the document is compared with
  TypeId root_kind_ = no_type;       // the alternative of it that was chosen
  std::optional<FieldIndex> index_;  // built for the first unknown field
  std::vector<Step> steps_;
  std::vector<Violation> violations_;
};

// "text, one of `a` or `b`", "a list or a map"
std::string Validator::expectation(TypeId id) const {
  const Type& type = schema_.type(id);
  const auto values = schema_.values(id);
  if (values.size() == 1) return concat("`", values[0], "`");
  if (!values.empty()) return concat("one of ", list_of(values, "or"));
  std::vector<std::string_view> kinds;
  const auto add = [&](unsigned bit, std::string_view word) {
    if ((type.kinds & bit) != 0) kinds.push_back(word);
  };
  add(allow_boolean, "`true` or `false`");
  if ((type.kinds & allow_real) != 0)
    kinds.push_back("a number");
  else
    add(allow_integer, "a whole number");
  if ((type.kinds & allow_string) != 0) {
    const TypeId text = schema_.alternative(id, NodeKind::string);
    kinds.push_back(expected(schema_.type(text == no_type ? id : text).format));
  }
  add(allow_list, "a list");
  add(allow_map, "a map");
  std::string out;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (i != 0) out += i + 1 == kinds.size() ? " or " : ", ";
    out += kinds[i];
  }
  return out;
}

// The alternative of a oneOf that this node is to be compared with; no_type after a violation.
TypeId Validator::choose(NodeId node, TypeId type) {
  const NodeKind kind = kind_of(document_.node(node));
  std::size_t maps = 0;
  for (const TypeId candidate : schema_.alternatives(type)) maps += (schema_.type(candidate).kinds & allow_map) != 0;
  if (kind != NodeKind::map || maps < 2) return schema_.alternative(type, kind);
  if (const TypeId told = schema_.alternative_for(type, document_, node); told != no_type) return told;

  // Neither kind: say so once, and go on with the one that it resembles most.
  TypeId best = no_type;
  std::ptrdiff_t most = 0;
  std::vector<std::string_view> kinds;
  std::string_view name;
  for (const TypeId candidate : schema_.alternatives(type)) {
    std::ptrdiff_t likeness = 0;
    for (const Member& member : document_.members(node)) likeness += schema_.property(candidate, member.key) != nullptr;
    for (const Property& property : schema_.properties(candidate)) {
      likeness -= property.required && document_.find(node, property.name) == nullptr;
    }
    if (best == no_type || likeness > most) {
      best = candidate;
      most = likeness;
    }
    for (const Property& property : schema_.properties(candidate)) {
      if (!schema_.tells_apart(type, property)) continue;
      name = property.name;
      kinds.push_back(schema_.values(property.type)[0]);
    }
  }
  const Member* member = document_.find(node, name);
  if (member == nullptr || says_nothing(document_.node(member->value), schema_, no_type)) {
    if (Violation* violation =
            report("missing-field", node, concat("`", name, "` is missing; it is ", list_of(kinds, "or")),
                   best == no_type ? "" : field(name, schema_.values(schema_.property(best, name)->type)[0]))) {
      violation->missing = std::string(name);
    }
  } else {
    steps_.push_back({name, static_cast<std::uint32_t>(member - document_.members(node).data())});
    report("wrong-kind", member->value,
           concat("`", name, "` is `", shorten(document_.node(member->value).text, longest_shown), "`; it must be ",
                  list_of(kinds, "or")),
           kinds.size() > 1 ? did_you_mean(document_.node(member->value).text, kinds) : field(name, kinds[0]));
    steps_.pop_back();
  }
  return best;
}

void Validator::visit(NodeId id, TypeId type_id) {
  const Node& node = document_.node(id);
  if (full() || type_id == no_type || schema_.type(type_id).kinds == 0) return;
  if (!steps_.empty() && says_nothing(node, schema_, type_id)) return;
  TypeId chosen = type_id;
  if (schema_.type(type_id).alternative_count != 0) chosen = choose(id, type_id);
  if (steps_.empty()) root_kind_ = chosen;
  if (chosen == no_type || (schema_.type(chosen).kinds & bit_of(kind_of(node))) == 0) {
    report("wrong-type", id,
           concat(label(), " holds ", to_string(node.kind), "; ", expectation(type_id), " is expected"),
           kind_hint(spot(), document_, id, schema_, type_id));
    return;
  }
  if (chosen != type_id && schema_.type(chosen).alternative_count != 0) return visit(id, chosen);
  switch (node.kind) {
    case NodeKind::map: visit_map(id, chosen); break;
    case NodeKind::list: visit_list(id, chosen); break;
    default: check_scalar(id, chosen); break;
  }
  if (ids_ != nullptr && node.kind == NodeKind::string && schema_.type(chosen).format >= Format::person)
    ids_->push_back({schema_.type(chosen).format, node.text, schema_.takes_bare_id(type_id)});
}

void Validator::visit_map(NodeId id, TypeId type_id) {
  const Type& type = schema_.type(type_id);
  check_missing(id, type_id);
  std::optional<std::vector<std::string_view>> unused;  // names of absent fields, for the first unknown one
  std::uint32_t index = 0;
  std::size_t next = 0;
  for (const Member& member : document_.members(id)) {
    if (full()) return;
    const Property* property = schema_.property(type_id, member.key, next);
    const TypeId value = property != nullptr ? property->type : type.items;
    steps_.push_back({member.key, index});
    if (value != no_type) {
      // The kinds of manifest are judged where they are told apart.
      if (property == nullptr || steps_.size() != 1 || !schema_.tells_apart(root_, *property))
        visit(member.value, value);
    } else if (!type.open && !(type.extensible && member.key.starts_with("x-"))) {
      if (!unused) {
        unused.emplace();
        for (const Property& candidate : schema_.properties(type_id)) {
          if (document_.find(id, candidate.name) == nullptr) unused->push_back(candidate.name);
        }
      }
      unknown_field(id, type_id, member, *unused);
    }
    steps_.pop_back();
    ++index;
  }
}

void Validator::check_missing(NodeId id, TypeId type_id) {
  for (const Property& property : schema_.properties(type_id)) {
    if (!property.required || (steps_.empty() && schema_.tells_apart(root_, property))) continue;
    const Member* member = document_.find(id, property.name);
    std::string message;
    if (member == nullptr) {
      message = concat("`", property.name, "` is missing", steps_.empty() ? "" : concat(" in ", label()));
    } else if (const Node& node = document_.node(member->value); says_nothing(node, schema_, property.type)) {
      const std::string_view text = trim_ascii(node.text);
      message = text.empty() || node.kind == NodeKind::null
                    ? concat("`", property.name, "` is empty")
                    : concat("`", property.name, "` holds only the placeholder `", shorten(text, longest_shown), "`");
    } else {
      continue;
    }
    Violation* violation = report("missing-field", id, std::move(message), missing_hint(property));
    if (violation == nullptr) return;
    violation->missing = std::string(property.name);
    if (member != nullptr && member->key_span.end != 0) violation->span = member->key_span;
  }
}

std::string Validator::missing_hint(const Property& property) const {
  const auto values = schema_.values(property.type);
  if (values.size() == 1) return field(property.name, values[0]);
  if (const auto example = example_of(property.type); !example.empty()) {
    return concat("such as ", assignment({property.name, json_}, example));
  }
  for (const Property& inner : schema_.properties(property.type)) {
    const auto example = inner.required && !json_ ? example_of(inner.type) : std::string{};
    if (example.empty()) continue;
    return concat("write `", property.name, ":` and below it, indented, `", inner.name, ": ", example, "`");
  }
  return {};
}

// The example of a text, as it is written in this document; else empty.
std::string Validator::example_of(TypeId id) const {
  const std::string_view example = schema_.type(id).example;
  if (example.size() < 2 || example.front() != '"') return {};
  return written(example.substr(1, example.size() - 2), json_);
}

// `unused` are the names that the map could have and has not.
Validator::Correction Validator::correct(TypeId type_id, std::string_view name,
                                         const std::vector<std::string_view>& unused) {
  const auto here = [](std::string_view field) {
    return Correction{concat("did you mean `", field, "`?"), std::string(field)};
  };
  const std::string fold = folded(name.substr(0, 2 * longest_shown));
  for (const auto candidate : unused) {
    if (!fold.empty() && folded(candidate) == fold) return here(candidate);
  }
  // What others call it is better known than what it looks like.
  for (const auto candidate : unused) {
    std::string_view also = schema_.type(schema_.property(type_id, candidate)->type).also;
    while (!also.empty()) {
      const std::size_t end = std::min(also.find(' '), also.size());
      if (!fold.empty() && folded(also.substr(0, end)) == fold) return here(candidate);
      also.remove_prefix(std::min(end + 1, also.size()));
    }
  }
  const std::string_view near_here = nearest(name, unused);
  const auto kinds = schema_.alternatives(root_);
  if (steps_.size() == 1 && near_here.empty()) {
    for (const TypeId other : kinds) {
      if (other == type_id || schema_.property(other, name) == nullptr) continue;
      return {concat("`", name, "` belongs in the other kind of file: ", to_lower_ascii(schema_.type(other).title)),
              {}};
    }
  }
  if (!index_) index_.emplace(schema_, root_kind_);
  const auto belongs = [&](std::string_view field, std::string_view before) -> std::optional<Correction> {
    const auto places = index_->places_of(field);
    if (places.empty()) return std::nullopt;
    Correction correction{concat(before, "`", field, "` belongs under ", list_of(places, "or")), {}, true};
    const bool one = places.size() == 1 && places[0].find('[') == std::string_view::npos;
    if (one) correction.meant = concat(places[0], ".", field);
    return correction;
  };
  // A field that scruple knows is no slip of the pen, unless it is one letter away from a field of this very map.
  if (auto known = belongs(name, ""); known && near_here.empty()) return *known;
  if (!near_here.empty()) return here(near_here);
  if (const auto best = index_->nearest_to(name); best.size() > 4) {
    if (auto known = belongs(best, "did you mean `" + std::string(best) + "`? ")) return *known;
  }
  if (const std::string few = did_you_mean(name, unused); !few.empty()) return {few, {}};
  if (schema_.type(type_id).extensible) return {"the name of a field of your own begins with `x-`", {}};
  return {};
}

// The same for a name that holds what looks like a blank or a quote and is none.
Validator::Correction Validator::correct_lookalikes(TypeId type_id, std::string_view name,
                                                    const std::vector<std::string_view>& unused) {
  const Lookalike first = lookalike_at(name, 0);
  const std::string clean = name.size() > 2 * longest_shown ? std::string(name) : without_lookalikes(name);
  if (clean == name || clean.empty() || first.kind == LookalikeKind::none) return correct(type_id, name, unused);
  const bool known = std::ranges::find(unused, clean) != unused.end();
  Correction correction =
      known ? Correction{concat("write `", clean, ":`"), clean, false} : correct(type_id, clean, unused);
  const std::string problem = first.kind == LookalikeKind::blank
                                  ? concat("the name begins with ", first.name, ", which YAML takes for text")
                                  : "the name stands in curly quotes, which YAML takes for text";
  correction.hint = correction.hint.empty() ? problem : concat(problem, "; ", correction.hint);
  return correction;
}

void Validator::unknown_field(NodeId id, TypeId type_id, const Member& member,
                              const std::vector<std::string_view>& unused) {
  const Step step = steps_.back();
  steps_.pop_back();
  const std::string owner = steps_.empty() ? "this file" : label();
  steps_.push_back(step);
  Correction correction = correct_lookalikes(type_id, member.key, unused);
  Violation* violation =
      report("unknown-field", id, concat("there is no field `", shorten(member.key, longest_shown), "` in ", owner),
             correction.hint);
  if (violation == nullptr || violation->code != "unknown-field") return;
  violation->span = member.key_span;
  violation->meant = std::move(correction.meant);
  violation->meant_elsewhere = correction.elsewhere;
}

void Validator::visit_list(NodeId id, TypeId type_id) {
  const Type& type = schema_.type(type_id);
  const auto members = document_.members(id);
  if (members.size() < type.minimum_size) {
    report("too-short", id,
           concat(label(), " holds ", plural(members.size(), "item"), "; at least ", type.minimum_size,
                  type.minimum_size == 1 ? " is" : " are", " expected"),
           "");
  }
  if (type.items == no_type) return;

  const TypeId map = schema_.alternative(type.items, NodeKind::map);
  const Property* id_property = map == no_type ? nullptr : schema_.property(map, "id");
  const bool has_ids = id_property != nullptr && schema_.type(id_property->type).format == Format::id;
  std::unordered_map<std::string_view, std::uint32_t> first_with;
  for (std::uint32_t index = 0; index < members.size() && !full(); ++index) {
    const NodeId item = members[index].value;
    steps_.push_back({{}, index});
    visit(item, type.items);
    const Member* named = has_ids ? document_.find(item, "id") : nullptr;
    const NodeId name = named != nullptr ? named->value : item;
    if (has_ids && (named != nullptr || schema_.alternative(type.items, NodeKind::string) != map)) {
      const Node& node = document_.node(name);
      if (node.kind == NodeKind::string && !is_placeholder(node.text)) {
        const auto [first, is_new] = first_with.emplace(node.text, index);
        if (!is_new) {
          if (named != nullptr) {
            steps_.push_back({"id", static_cast<std::uint32_t>(named - document_.members(item).data())});
          }
          const Position position =
              document_.source().position(document_.node(members[first->second].value).span.begin);
          report("duplicate-id", name,
                 concat("the id `", shorten(node.text, longest_shown), "` is taken: an item on line ", position.line,
                        " of this list has it"),
                 "give each item an id of its own");
          if (named != nullptr) steps_.pop_back();
        }
      }
    }
    steps_.pop_back();
  }
}

// What was probably meant by a text that is none of the allowed ones.
std::string Validator::value_hint(std::string_view text, std::span<const std::string_view> values) const {
  const std::string clean = text.size() > 2 * longest_shown ? std::string() : without_lookalikes(text);
  if (clean != text && std::ranges::find(values, clean) != values.end()) {
    return concat(write_hint(spot(), written(clean, json_)), what_to_leave_out(text));
  }
  const auto best = nearest(clean.empty() ? text : clean, values);
  return best.empty() ? std::string() : concat("did you mean `", best, "`?");
}

void Validator::check_scalar(NodeId id, TypeId type_id) {
  const Node& node = document_.node(id);
  const Type& type = schema_.type(type_id);
  const auto shown = [&] { return shorten(node.text, longest_shown); };

  if (const auto values = schema_.values(type_id); !values.empty()) {
    const bool known = node.kind == NodeKind::string ? std::ranges::find(values, node.text) != values.end()
                                                     : std::ranges::find(values, canonical_text(node)) != values.end();
    if (known) return;
    report(
        "not-in-enum", id,
        concat(label(), " is `", shown(), "`; it must be ", values.size() > 1 ? "one of " : "", list_of(values, "or")),
        value_hint(node.text, values));
    return;
  }
  if (node.kind == NodeKind::integer || node.kind == NodeKind::real) {
    const double value = node.kind == NodeKind::integer ? static_cast<double>(node.integer) : node.real;
    if (!std::isfinite(value)) {
      report("wrong-type", id, concat(label(), " is `", shown(), "`; ", expectation(type_id), " is expected"), "");
    } else if (type.minimum && value < *type.minimum) {
      report("out-of-range", id,
             concat(label(), " is ", shown(), "; at least ", number_text(*type.minimum), " is expected"), "");
    } else if (type.maximum && value > *type.maximum) {
      report("out-of-range", id,
             concat(label(), " is ", shown(), "; at most ", number_text(*type.maximum), " is expected"),
             range_hint(spot(), type, value));
    }
    return;
  }
  if (node.kind != NodeKind::string) return;
  if (node.text.size() < 4 * std::size_t{type.minimum_size} && count_code_points(node.text) < type.minimum_size) {
    report("too-short", id, concat(label(), " is shorter than ", plural(type.minimum_size, "character")), "");
  } else if (!type.pattern.empty() && !matches_pattern(type.pattern, node.text)) {
    report("malformed", id, concat(label(), " is `", shown(), "`, which is not in the right form"),
           type.example.empty() ? concat("it must match ", type.pattern)
                                : concat("write it as in ", assignment(spot(), example_of(type_id))));
  } else if (const auto problem = check_format(type.format, node.text)) {
    std::string hint =
        problem->replacement.empty() ? problem->advice : write_hint(spot(), written(problem->replacement, json_));
    const std::string clean = node.text.size() > 2 * longest_shown ? std::string() : without_lookalikes(node.text);
    if (!clean.empty() && clean != node.text && !check_format(type.format, clean)) {
      hint = concat(write_hint(spot(), written(clean, json_)), what_to_leave_out(node.text));
    }
    report(concat("malformed-", to_string(type.format)), id, concat(label(), " is `", shown(), "`: ", problem->reason),
           std::move(hint));
  }
}

}  // namespace

std::vector<Violation> validate(const Document& document, NodeId node, const Schema& schema, TypeId type,
                                std::vector<IdUse>* ids) {
  return Validator(document, schema, ids).run(node, type);
}

bool detail::is_placeholder(std::string_view text) {
  text = trim_ascii(text);
  if (text.empty()) return true;
  if (text.size() <= 4) {
    const std::string lower = to_lower_ascii(text);
    if (lower == "tbd" || lower == "todo" || lower == "n/a") return true;
  }
  const auto all = [&](char c) { return text.find_first_not_of(c) == text.npos; };
  if (all('-') || all('?')) return true;
  return text.front() == '<' && text.back() == '>' && text.find_first_of("<>", 1) == text.size() - 1;
}

bool detail::is_nothing_to(const Schema& schema, TypeId type, std::string_view placeholder) {
  if (type == no_type || trim_ascii(placeholder).empty()) return true;
  const TypeId text = schema.alternative(type, NodeKind::string);
  if (text == no_type) return true;
  if (schema.type(text).prose || schema.type(text).kinds == 0) return false;
  const auto values = schema.values(text);
  return std::ranges::find(values, placeholder) == values.end();
}

}  // namespace scruple::schema
