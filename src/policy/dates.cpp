#include "policy/dates.h"

#include "base/strings.h"
#include "cel/time_text.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <vector>

namespace scruple::policy {

namespace {

// Exactly `count` digits from `at`; -1 if there are others.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<std::int64_t> day_number(std::string_view text) {
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (year < 1 || month < 1 || day < 1 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

}  // namespace

std::optional<cel::Timestamp> parse_day(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  const auto day = day_number(text);
  if (!day) return std::nullopt;
  return cel::Timestamp{*day * seconds_a_day, 0};
}

std::optional<cel::Timestamp> parse_instant(std::string_view text) {
  if (text.size() == 10) return parse_day(text);
  if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':') return std::nullopt;
  const auto day = day_number(text);
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  const int second = digits(text, 17, 2);
  if (!day || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return std::nullopt;
  std::size_t at = 19;
  std::uint32_t nanos = 0;
  if (text[at] == '.') {
    std::uint32_t unit = 100'000'000;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      nanos += static_cast<std::uint32_t>(text[at] - '0') * unit;
      unit /= 10;
    }
    if (text[at - 1] == '.') return std::nullopt;
  }
  std::int64_t offset = 0;
  const auto zone = text.substr(at);
  if (zone != "Z") {
    const int hours = digits(zone, 1, 2);
    const int minutes = digits(zone, 4, 2);
    const bool well_formed = zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':';
    if (!well_formed || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    offset = (zone[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
  }
  return cel::Timestamp{*day * seconds_a_day + hour * 3600 + minute * 60 + second - offset, nanos};
}

std::string format_day(cel::Timestamp instant) {
  const auto day =
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(instant.seconds)));
  const std::chrono::year_month_day date{day};
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text;
}

std::string instant_in_words(cel::Timestamp instant) {
  const bool whole_day = instant.nanos == 0 && instant.seconds % seconds_a_day == 0;
  return whole_day ? format_day(instant) : cel::format_timestamp(instant);
}

std::string duration_in_words(std::int64_t nanoseconds) {
  constexpr std::uint64_t nanos_a_second = 1'000'000'000;
  // The least duration has no positive counterpart.
  std::uint64_t rest =
      nanoseconds < 0 ? 0 - static_cast<std::uint64_t>(nanoseconds) : static_cast<std::uint64_t>(nanoseconds);
  const std::uint64_t fraction = rest % nanos_a_second;
  rest /= nanos_a_second;
  std::vector<std::string> parts;
  const auto add = [&](std::uint64_t count, std::string_view unit) {
    if (count > 0) parts.push_back(plural(count, unit));
  };
  add(rest / seconds_a_day, "day");
  rest %= seconds_a_day;
  add(rest / 3600, "hour");
  add(rest / 60 % 60, "minute");
  if (fraction > 0) {
    std::string digits = std::to_string(nanos_a_second + fraction).substr(1);
    digits.erase(digits.find_last_not_of('0') + 1);
    parts.push_back(concat(rest % 60, '.', digits, " seconds"));
  } else {
    add(rest % 60, "second");
  }
  if (parts.empty()) return "0 seconds";
  return concat(nanoseconds < 0 ? "minus " : "", join(parts, " "));
}

}  // namespace scruple::policy
