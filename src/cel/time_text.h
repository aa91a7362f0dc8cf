// Instants and spans of time as text and as calendar fields.
#pragma once

#include "cel/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scruple::cel {

// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
inline constexpr std::int64_t first_second = -62'135'596'800;
inline constexpr std::int64_t last_second = 253'402'300'799;

inline constexpr std::int64_t day_seconds = 86'400;

inline bool is_in_range(std::int64_t seconds) { return seconds >= first_second && seconds <= last_second; }

// A calendar date and time of day, with no zone.
struct CivilTime {
  std::int64_t year = 1970;
  std::uint32_t month = 1;  // 1 to 12
  std::uint32_t day = 1;    // 1 to 31
  std::uint32_t hour = 0;
  std::uint32_t minute = 0;
  std::uint32_t second = 0;
  std::uint32_t week_day = 4;  // 0 is Sunday
  std::uint32_t year_day = 0;  // 0 to 365
};

CivilTime civil_time(std::int64_t seconds);

// Days since 1970-01-01; any year, the day must exist.
std::int64_t days_from_civil(std::int64_t year, std::uint32_t month, std::uint32_t day);
bool is_date(std::int64_t year, std::uint32_t month, std::uint32_t day);

// RFC 3339, `YYYY-MM-DDTHH:MM:SS[.fraction](Z|±HH:MM)`, years 1 to 9999.
std::optional<Timestamp> parse_timestamp(std::string_view text);
std::string format_timestamp(Timestamp time);  // in UTC with `Z`

// One or more of number and unit (h m s ms us ns), a sign before; in nanoseconds.
std::optional<std::int64_t> parse_duration(std::string_view text);
std::string format_duration(std::int64_t nanoseconds);  // `60.001s`

}  // namespace scruple::cel
