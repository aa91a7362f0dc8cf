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
#include "policy/text_functions.h"
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

Value open_json(Evaluation& evaluation, Arguments arguments) {
  return Context::of(evaluation).open_json(arguments[0], evaluation);
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
  const Type evidence = Type::object("evidence");
  const auto add = [&](std::string_view name, std::vector<Type> parameters, Type result, cel::Function call,
                       cel::Marks adds = 0, cel::Marks clears = 0) {
    registry.add({name, cel::Style::global, std::move(parameters), std::move(result), call, adds, clears});
  };
  add("date", {string}, Type::of(Type::Tag::timestamp), date, mark_computed);
  add("days", {integer}, Type::of(Type::Tag::duration), days);
  // What these give depends on the manifest.
  const auto add_host = [&](std::string_view name, std::vector<Type> parameters, Type result, cel::Function call,
                            cel::Marks clears = 0) {
    cel::FunctionRow row;
    row.name = name;
    row.parameters = std::move(parameters);
    row.result = std::move(result);
    row.call = call;
    row.clears = clears;
    row.reads_host = true;
    registry.add(std::move(row));
  };
  add_host("file", {Type::object("path")}, evidence, file);
  add_host("file", {string}, evidence, file);
  add_host("person", {string}, item_type("organization.people"), person);
  add_host("asset", {string}, item_type("assets"), look_up<no_section, assets_list>);
  add_host("system", {string}, item_type("ai_systems"), look_up<no_section, systems_list>);
  add_host("dataset", {string}, item_type("data.datasets"), look_up<data_section, datasets_list>);
  add_host("segment", {string}, item_type("audience.segments"), look_up<audience_section, segments_list>);
  add("in_region", {Type::list(string), string}, boolean, in_region);
  add("host_of", {string}, string, host_of);
  add_host("json", {string}, Type::dyn(), open_json);
  const Type table = Type::object("table");
  registry.add({"missing_from", cel::Style::receiver, {table, table, string}, table, missing_from});
  registry.add({"found_in", cel::Style::receiver, {table, table, string}, table, found_in});
  add_host("leads_to", {Type::object("path"), string, Type::object("path")}, boolean, leads_to, mark_sensitive);
  register_text_functions(registry);
  add_fairness_functions(registry);
  return registry;
}

}  // namespace scruple::policy
