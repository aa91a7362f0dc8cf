// Time zones by IANA name, from the system's TZif files (RFC 9636).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scruple {
class FileSystem;
}

namespace scruple::cel {

// The rule after the last recorded transition, as POSIX writes it in TZ: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule {
  struct Change {
    enum class Form : std::uint8_t { month_week_day, day_of_year, day_without_leap };
    Form form = Form::month_week_day;
    std::int32_t month = 0;
    std::int32_t week = 0;
    std::int32_t day = 0;
    std::int64_t time = 7200;  // seconds after midnight, local time
  };
  std::int64_t standard_offset = 0;  // seconds east of UTC
  std::int64_t summer_offset = 0;
  bool has_summer = false;
  Change to_summer;
  Change to_standard;
};

std::optional<ZoneRule> parse_zone_rule(std::string_view text);

class TimeZone {
 public:
  // Empty if the bytes are no TZif file.
  static std::optional<TimeZone> parse(std::string_view file);

  // Seconds east of UTC at an instant.
  std::int64_t offset_at(std::int64_t seconds) const;

 private:
  struct Transition {
    std::int64_t at = 0;
    std::int64_t offset = 0;  // from then on
  };
  std::int64_t first_offset_ = 0;
  std::vector<Transition> transitions_;
  std::optional<ZoneRule> rule_;
};

// What was read is kept; not to be shared between threads.
class TimeZones {
 public:
  TimeZones();
  explicit TimeZones(std::unique_ptr<FileSystem> files);
  ~TimeZones();

  // Null if there is no such zone.
  const TimeZone* find(std::string_view name);

  // Whether this system has a time zone database at all.
  bool available() const;

 private:
  std::unique_ptr<FileSystem> files_;
  std::map<std::string, std::optional<TimeZone>, std::less<>> zones_;
};

}  // namespace scruple::cel
