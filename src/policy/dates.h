// Days and instants as people write them in manifests and tables.
#pragma once

#include "cel/value.h"

#include <optional>
#include <string>
#include <string_view>

namespace scruple::policy {

// `2026-03-01` (midnight UTC) or RFC 3339 `2026-03-01T09:30:00+01:00`. Nothing else, and only days that exist.
std::optional<cel::Timestamp> parse_instant(std::string_view text);

// `2026-03-01` only.
std::optional<cel::Timestamp> parse_day(std::string_view text);

// `2026-03-01`; the day in UTC.
std::string format_day(cel::Timestamp instant);

// A day, or `2026-03-01T09:30:00Z`.
std::string instant_in_words(cel::Timestamp instant);

// `90 days`, `1 hour 30 minutes`, `0.25 seconds`; one that is negative begins with `minus`.
std::string duration_in_words(std::int64_t nanoseconds);

inline constexpr std::int64_t seconds_a_day = 86'400;

}  // namespace scruple::policy
