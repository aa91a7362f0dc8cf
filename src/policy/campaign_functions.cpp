// scruple's own functions for rules.
#include "base/strings.h"
#include "cel/fold.h"
#include "evidence/url.h"
#include "policy/compiled_pack.h"
#include "policy/context.h"
#include "policy/dates.h"
#include "policy/fairness_functions.h"
#include "policy/language.h"
#include "policy/marks.h"
#include "policy/regions.h"
#include "policy/types.h"

#include <algorithm>

namespace scruple::policy {

namespace {

using cel::Evaluation;
using cel::Kind;
using cel::Type;
using cel::Value;
using Arguments = std::span<const Value>;

constexpr std::int64_t nanos_a_day = seconds_a_day * 1'000'000'000;
constexpr std::int64_t most_days = INT64_MAX / nanos_a_day;

Value date(Evaluation& evaluation, Arguments arguments) {
  if (const auto day = parse_instant(trim_ascii(arguments[0].as_text()))) return Value::timestamp(*day);
  return evaluation.error(cel::ErrorKind::evaluation, "this is no date", "a date is written 2026-03-01",
                          arguments[0].origin());
}

Value days(Evaluation& evaluation, Arguments arguments) {
  const std::int64_t count = arguments[0].as_integer();
  if (count > most_days || count < -most_days)
    return evaluation.error(cel::ErrorKind::evaluation, "too many days for a duration");
  return Value::duration(count * nanos_a_day);
}

Value file(Evaluation& evaluation, Arguments arguments) {
  const Value& path = arguments[0];
  if (path.is(Kind::opaque) && path.as_container().type_name(path.handle()) != "path") {
    return evaluation.error(cel::ErrorKind::evaluation, "`file` opens a path of the manifest, or a text");
  }
  return Context::of(evaluation).file(path);
}

template <const char* Section, const char* List>
Value look_up(Evaluation& evaluation, Arguments arguments) {
  return Context::of(evaluation).look_up(Section, List, arguments[0].as_text(), evaluation);
}

constexpr char no_section[] = "";
constexpr char data_section[] = "data";
constexpr char audience_section[] = "audience";
constexpr char assets_list[] = "assets";
constexpr char systems_list[] = "ai_systems";
constexpr char datasets_list[] = "datasets";
constexpr char segments_list[] = "segments";

Value person(Evaluation& evaluation, Arguments arguments) {
  return Context::of(evaluation).person(arguments[0].as_text(), evaluation);
}

Value in_region(Evaluation& evaluation, Arguments arguments) {
  const Value& markets = arguments[0];
  const std::size_t size = markets.as_container().size(markets.handle(), evaluation);
  evaluation.charge(size);
  Value first_error;
  for (std::size_t i = 0; i < size; ++i) {
    const Value market = markets.as_container().at(markets.handle(), i, evaluation);
    if (market.is(Kind::string)) {
      if (is_in_region(market.as_text(), arguments[1].as_text())) return Value::boolean(true);
    } else if (first_error.is_unset()) {
      first_error = market.is_error()
                        ? market
                        : evaluation.error(cel::ErrorKind::evaluation, "a market is a text such as \"DE\"");
    }
  }
  return first_error.is_unset() ? Value::boolean(false) : first_error;
}

Value host_of(Evaluation& evaluation, Arguments arguments) {
  return evaluation.string(evidence::host_of(arguments[0].as_text()));
}

Value leads_to(Evaluation& evaluation, Arguments arguments) {
  return Value::boolean(Context::of(evaluation).leads_to(arguments[0], arguments[1].as_text(), arguments[2]));
}

Value count_words(Evaluation& evaluation, Arguments arguments) {
  evaluation.charge(arguments[0].as_text().size() / 64);
  return Value::integer(static_cast<std::int64_t>(evidence::count_words(arguments[0].as_text())));
}

// Whether the text holds a phrase of the list; says in the explanation what was looked for, and where.
Value has_phrase(Evaluation& evaluation, std::string_view text, const Value& list, const Value& language,
                 std::uint32_t negations, std::size_t window) {
  evaluation.charge(text.size() / 64);
  if (list.as_container().type_name(list.handle()) != "word_list") {
    return evaluation.error(cel::ErrorKind::evaluation, "this is no word list", "write `words.NAME`");
  }
  // The only container with that type name.
  const auto& words = static_cast<const Words&>(list.as_container());
  const auto phrases = words.phrases(list.handle(), language.as_text(), negations, window);
  const auto name = words.list(list.handle()).name;
  if (!phrases) {
    return evaluation.error(cel::ErrorKind::undecidable,
                            concat("the word list `", name, "` has no phrases in `", language.as_text(), "`"),
                            concat("a pack can bring them: `words/", name, ".yaml`"), language.origin());
  }
  const bool found = phrases->matcher->find(text).has_value();
  if (cel::Explanation* explanation = evaluation.explanation) {
    const std::size_t words_read = evidence::count_words(text);
    explanation->phrase = found ? concat("a phrase of ", name, " (", phrases->language, ")")
                                : concat("no phrase of ", name, " (", phrases->language, ", ",
                                         plural(phrases->count, "phrase"), ") in ", plural(words_read, "word"));
    explanation->figures = {{"phrases looked for", std::to_string(phrases->count), "phrases"},
                            {"length of the text", std::to_string(words_read), "words"}};
  }
  return Value::boolean(found);
}

Value has_phrase_plain(Evaluation& evaluation, Arguments arguments) {
  return has_phrase(evaluation, arguments[0].as_text(), arguments[1], arguments[2], 0, 0);
}

Value has_phrase_unless_negated(Evaluation& evaluation, Arguments arguments) {
  const Value& negations = arguments[3];
  if (negations.as_container().type_name(negations.handle()) != "word_list" ||
      &negations.as_container() != &arguments[1].as_container()) {
    return evaluation.error(cel::ErrorKind::evaluation, "the fourth argument is no word list", "write `words.NAME`");
  }
  const std::int64_t window = std::clamp<std::int64_t>(arguments[4].as_integer(), 0, 100);
  return has_phrase(evaluation, arguments[0].as_text(), arguments[1], arguments[2], negations.handle(),
                    static_cast<std::size_t>(window));
}

Value has_any(Evaluation& evaluation, Arguments arguments) {
  const Value& list = arguments[1];
  std::vector<std::string> phrases;
  const std::size_t size = list.as_container().size(list.handle(), evaluation);
  evaluation.charge(size + arguments[0].as_text().size() / 64);
  for (std::size_t i = 0; i < size; ++i) {
    const Value phrase = list.as_container().at(list.handle(), i, evaluation);
    if (phrase.is_error()) return phrase;
    if (!phrase.is(Kind::string)) return evaluation.error(cel::ErrorKind::evaluation, "phrases are texts");
    phrases.emplace_back(phrase.as_text());
  }
  if (phrases.empty()) return Value::boolean(false);
  const auto match = evidence::PhraseMatcher(phrases).find(arguments[0].as_text());
  if (cel::Explanation* explanation = evaluation.explanation) {
    // A phrase that was read from a file which is not public is not repeated.
    const bool shown = (list.marks() & mark_sensitive) == 0;
    explanation->phrase = !match ? concat("none of ", plural(phrases.size(), "phrase"))
                                 : (shown ? concat("holds `", phrases[match->phrase], "`") : "holds one of them");
    explanation->figures = {{"phrases looked for", std::to_string(phrases.size()), "phrases"}};
  }
  return Value::boolean(match.has_value());
}

Value missing_from(Evaluation& evaluation, Arguments arguments) {
  return cel::matched_rows(arguments[0], arguments[1], arguments[2].as_text(), false, evaluation);
}

Value found_in(Evaluation& evaluation, Arguments arguments) {
  return cel::matched_rows(arguments[0], arguments[1], arguments[2].as_text(), true, evaluation);
}

}  // namespace

cel::FunctionRegistry make_functions() {
  cel::FunctionRegistry registry;
  cel::register_standard_library(registry, {mark_computed, mark_sensitive});
  const Type string = Type::of(Type::Tag::string);
  const Type integer = Type::of(Type::Tag::integer);
  const Type boolean = Type::of(Type::Tag::boolean);
  const Type words = Type::object("word_list");
  const Type evidence = Type::object("evidence");
  const auto add = [&](std::string_view name, std::vector<Type> parameters, Type result, cel::Function call,
                       cel::Marks adds = 0, cel::Marks clears = 0) {
    registry.add({name, cel::Style::global, std::move(parameters), std::move(result), call, adds, clears});
  };
  add("date", {string}, Type::of(Type::Tag::timestamp), date, mark_computed);
  add("days", {integer}, Type::of(Type::Tag::duration), days);
  // What these give depends on the manifest.
  const auto add_host = [&](std::string_view name, Type parameter, Type result, cel::Function call) {
    cel::FunctionRow row;
    row.name = name;
    row.parameters = {std::move(parameter)};
    row.result = std::move(result);
    row.call = call;
    row.reads_host = true;
    registry.add(std::move(row));
  };
  add_host("file", Type::object("path"), evidence, file);
  add_host("file", string, evidence, file);
  add_host("person", string, item_type("organization.people"), person);
  add_host("asset", string, item_type("assets"), look_up<no_section, assets_list>);
  add_host("system", string, item_type("ai_systems"), look_up<no_section, systems_list>);
  add_host("dataset", string, item_type("data.datasets"), look_up<data_section, datasets_list>);
  add_host("segment", string, item_type("audience.segments"), look_up<audience_section, segments_list>);
  add("in_region", {Type::list(string), string}, boolean, in_region);
  add("host_of", {string}, string, host_of);
  const Type table = Type::object("table");
  registry.add({"missing_from", cel::Style::receiver, {table, table, string}, table, missing_from});
  registry.add({"found_in", cel::Style::receiver, {table, table, string}, table, found_in});
  add("leads_to", {Type::object("path"), string, Type::object("path")}, boolean, leads_to, 0, mark_sensitive);
  add("text.words", {string}, integer, count_words, 0, mark_sensitive);
  add("text.has_phrase", {string, words, string}, boolean, has_phrase_plain, 0, mark_sensitive);
  add("text.has_phrase", {string, words, string, words, integer}, boolean, has_phrase_unless_negated, 0,
      mark_sensitive);
  add("text.has_any", {string, Type::list(string)}, boolean, has_any, 0, mark_sensitive);
  add_fairness_functions(registry);
  return registry;
}

}  // namespace scruple::policy
