#include "policy/dates.h"

#include "catch.h"

namespace scruple::policy {

TEST_CASE("a day is written in one way, and exists") {
  struct Row {
    const char* text;
    std::optional<std::int64_t> days;  // since 1970-01-01
  };
  const Row rows[] = {
      {"1970-01-01", 0},
      {"1969-12-31", -1},
      {"2024-02-29", 19782},
      {"2023-02-29", std::nullopt},
      {"2026-13-01", std::nullopt},
      {"2026-00-01", std::nullopt},
      {"2026-01-00", std::nullopt},
      {"0000-01-01", std::nullopt},
      {"0001-01-01", -719162},
      {"9999-12-31", 2932896},
      {"2026-1-1", std::nullopt},
      {"2026/01/01", std::nullopt},
      {"01.01.2026", std::nullopt},
      {" 2026-01-01", std::nullopt},
      {"2026-01-01 ", std::nullopt},
      {"2026-01-0x", std::nullopt},
      {"", std::nullopt},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const auto day = parse_day(row.text);
    REQUIRE(day.has_value() == row.days.has_value());
    if (!day) continue;
    CHECK(day->seconds == *row.days * seconds_a_day);
    CHECK(day->nanos == 0);
    CHECK(format_day(*day) == row.text);
  }
}

TEST_CASE("an instant is a day, or RFC 3339") {
  struct Row {
    const char* text;
    std::optional<cel::Timestamp> instant;
  };
  const Row rows[] = {
      {"1970-01-02", cel::Timestamp{86'400, 0}},
      {"1970-01-01T00:00:01Z", cel::Timestamp{1, 0}},
      {"1970-01-01T01:00:00+01:00", cel::Timestamp{0, 0}},
      {"1969-12-31T19:00:00-05:00", cel::Timestamp{0, 0}},
      {"1970-01-01T00:00:00.5Z", cel::Timestamp{0, 500'000'000}},
      {"1970-01-01T00:00:00.123456789Z", cel::Timestamp{0, 123'456'789}},
      {"1970-01-01T00:00:00.1234567891Z", cel::Timestamp{0, 123'456'789}},
      {"1970-01-01T00:00:00.Z", std::nullopt},
      {"1970-01-01T00:00:00", std::nullopt},
      {"1970-01-01T24:00:00Z", std::nullopt},
      {"1970-01-01T00:60:00Z", std::nullopt},
      {"1970-01-01T00:00:60Z", std::nullopt},
      {"1970-01-01T00:00:00+24:00", std::nullopt},
      {"1970-01-01T00:00:00+0100", std::nullopt},
      {"1970-01-01T00:00:00+01:0", std::nullopt},
      {"1970-01-01T00:00:00Zz", std::nullopt},
      {"1970-02-30T00:00:00Z", std::nullopt},
      {"1970-01-01 00:00:00Z", std::nullopt},
      {"1970-01-01T", std::nullopt},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK((parse_instant(row.text) == row.instant));
  }
}

TEST_CASE("the day of an instant is that in UTC") {
  CHECK(format_day({-1, 0}) == "1969-12-31");
  CHECK(format_day({86'399, 999'999'999}) == "1970-01-01");
}

TEST_CASE("durations and instants in words") {
  constexpr std::int64_t second = 1'000'000'000;
  CHECK(duration_in_words(90 * 86'400 * second) == "90 days");
  CHECK(duration_in_words(86'400 * second) == "1 day");
  CHECK(duration_in_words(5'400 * second) == "1 hour 30 minutes");
  CHECK(duration_in_words(-3'601 * second) == "minus 1 hour 1 second");
  CHECK(duration_in_words(250'000'000) == "0.25 seconds");
  CHECK(duration_in_words(0) == "0 seconds");
  CHECK(duration_in_words(INT64_MIN) == "minus 106751 days 23 hours 47 minutes 16.854775808 seconds");
  CHECK(instant_in_words({86'400, 0}) == "1970-01-02");
  CHECK(instant_in_words({86'461, 0}) == "1970-01-02T00:01:01Z");
}

}  // namespace scruple::policy
