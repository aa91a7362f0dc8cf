// timestamp, duration, and what they are asked for.
#include "base/strings.h"
#include "cel/display.h"
#include "cel/stdlib/library.h"
#include "cel/time_text.h"
#include "cel/time_zone.h"

#include <optional>

namespace scruple::cel {
namespace {

constexpr std::int64_t millisecond = 1'000'000;
constexpr std::int64_t second = 1'000'000'000;

Value same(Evaluation&, Arguments a) { return a[0]; }

Value string_to_timestamp(Evaluation& evaluation, Arguments a) {
  if (const auto time = parse_timestamp(a[0].as_text())) return Value::timestamp(*time);
  return failure(evaluation, concat(to_display(a[0], evaluation, 60), " is no timestamp"),
                 "it is written as in \"2026-03-01T00:00:00Z\"");
}

Value integer_to_timestamp(Evaluation& evaluation, Arguments a) {
  if (is_in_range(a[0].as_integer())) return Value::timestamp({a[0].as_integer(), 0});
  return failure(evaluation, "the date is outside of the years 1 to 9999");
}

Value string_to_duration(Evaluation& evaluation, Arguments a) {
  if (const auto nanos = parse_duration(a[0].as_text())) return Value::duration(*nanos);
  return failure(evaluation, concat(to_display(a[0], evaluation, 60), " is no span of time of at most 292 years"),
                 "it is written as in \"90s\" or \"1h30m\"");
}

// `+HH:MM`, `-HH:MM`, `HH:MM`.
std::optional<std::int64_t> parse_offset(std::string_view text) {
  const bool west = text.starts_with('-');
  if (west || text.starts_with('+')) text.remove_prefix(1);
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t i : {0, 1, 3, 4}) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
  }
  const std::int64_t hours = (text[0] - '0') * 10 + (text[1] - '0');
  const std::int64_t minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (hours > 23 || minutes > 59) return std::nullopt;
  const std::int64_t seconds = hours * 3600 + minutes * 60;
  return west ? -seconds : seconds;
}

// A field of the calendar, in UTC or in the zone that is the second argument.
template <std::int64_t (*field)(const CivilTime&)>
Value calendar_field(Evaluation& evaluation, Arguments a) {
  std::int64_t offset = 0;
  const std::int64_t seconds = a[0].as_timestamp().seconds;
  if (a.size() == 2 && a[1].as_text() != "UTC") {
    const std::string_view name = a[1].as_text();
    if (const auto fixed = parse_offset(name)) {
      offset = *fixed;
    } else if (const TimeZone* zone = evaluation.time_zones().find(name)) {
      offset = zone->offset_at(seconds);
    } else {
      return failure(evaluation, concat("unknown time zone ", to_display(a[1], evaluation, 60)),
                     evaluation.time_zones().available() ? "it is written as \"Europe/Paris\" or \"+02:00\""
                                                         : "this system has no time zone database (tzdata)");
    }
  }
  return Value::integer(field(civil_time(seconds + offset)));
}

std::int64_t year(const CivilTime& civil) { return civil.year; }
std::int64_t month(const CivilTime& civil) { return std::int64_t{civil.month} - 1; }
std::int64_t date(const CivilTime& civil) { return civil.day; }
std::int64_t day_of_month(const CivilTime& civil) { return std::int64_t{civil.day} - 1; }
std::int64_t day_of_week(const CivilTime& civil) { return civil.week_day; }
std::int64_t day_of_year(const CivilTime& civil) { return civil.year_day; }
std::int64_t hours(const CivilTime& civil) { return civil.hour; }
std::int64_t minutes(const CivilTime& civil) { return civil.minute; }
std::int64_t seconds(const CivilTime& civil) { return civil.second; }

// The zone does not matter, but it must exist.
Value milliseconds_of_timestamp(Evaluation& evaluation, Arguments a) {
  const Value checked = calendar_field<seconds>(evaluation, a);
  return checked.is_error() ? checked : Value::integer(a[0].as_timestamp().nanos / millisecond);
}

Value hours_of_duration(Evaluation&, Arguments a) { return Value::integer(a[0].as_duration() / (3600 * second)); }
Value minutes_of_duration(Evaluation&, Arguments a) { return Value::integer(a[0].as_duration() / (60 * second)); }
Value seconds_of_duration(Evaluation&, Arguments a) { return Value::integer(a[0].as_duration() / second); }
Value milliseconds_of_duration(Evaluation&, Arguments a) {
  return Value::integer(a[0].as_duration() % second / millisecond);
}

}  // namespace

void register_time(FunctionRegistry& registry) {
  using namespace types;
  add_global(registry, "timestamp", {timestamp()}, timestamp(), same);
  add_global(registry, "timestamp", {string()}, timestamp(), string_to_timestamp);
  add_global(registry, "timestamp", {integer()}, timestamp(), integer_to_timestamp);
  add_global(registry, "duration", {duration()}, duration(), same);
  add_global(registry, "duration", {string()}, duration(), string_to_duration);

  const auto accessor = [&](std::string_view name, Function call) {
    add_receiver(registry, name, {timestamp()}, integer(), call);
    add_receiver(registry, name, {timestamp(), string()}, integer(), call);
  };
  accessor("getFullYear", calendar_field<year>);
  accessor("getMonth", calendar_field<month>);
  accessor("getDate", calendar_field<date>);
  accessor("getDayOfMonth", calendar_field<day_of_month>);
  accessor("getDayOfWeek", calendar_field<day_of_week>);
  accessor("getDayOfYear", calendar_field<day_of_year>);
  accessor("getHours", calendar_field<hours>);
  accessor("getMinutes", calendar_field<minutes>);
  accessor("getSeconds", calendar_field<seconds>);
  accessor("getMilliseconds", milliseconds_of_timestamp);

  add_receiver(registry, "getHours", {duration()}, integer(), hours_of_duration);
  add_receiver(registry, "getMinutes", {duration()}, integer(), minutes_of_duration);
  add_receiver(registry, "getSeconds", {duration()}, integer(), seconds_of_duration);
  add_receiver(registry, "getMilliseconds", {duration()}, integer(), milliseconds_of_duration);
}

}  // namespace scruple::cel
