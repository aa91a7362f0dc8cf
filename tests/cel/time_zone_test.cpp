#include "cel/time_zone.h"

#include "base/file_system.h"
#include "cel/time_text.h"

#include "catch.h"

#include <random>

namespace scruple::cel {
namespace {

std::string big_endian(std::int64_t number, int octets) {
  std::string out;
  for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xff);
  }
  return out;
}

struct ZoneChange {
  std::int64_t at;
  int type;
};

std::string block(int time_size, const std::vector<std::int32_t>& offsets, const std::vector<ZoneChange>& changes) {
  std::string out = "TZif2" + std::string(15, '\0');
  for (const std::size_t count :
       {std::size_t{0}, std::size_t{0}, std::size_t{0}, changes.size(), offsets.size(), std::size_t{4}}) {
    out += big_endian(static_cast<std::int64_t>(count), 4);
  }
  for (const ZoneChange& change : changes) out += big_endian(change.at, time_size);
  for (const ZoneChange& change : changes) out += static_cast<char>(change.type);
  for (const std::int32_t offset : offsets) out += big_endian(offset, 4) + std::string(2, '\0');
  return out + std::string("XXX\0", 4);
}

// Version 2: an empty old block, then the one that counts, then the rule.
std::string zone_file(const std::vector<std::int32_t>& offsets, const std::vector<ZoneChange>& changes,
                      const std::string& rule) {
  return block(4, {0}, {}) + block(8, offsets, changes) + "\n" + rule + "\n";
}

std::int64_t seconds_of(std::string_view text) { return parse_timestamp(text)->seconds; }

TEST_CASE("time zone: changes that are recorded, then the rule") {
  const std::int64_t first = seconds_of("2000-01-01T00:00:00Z");
  const auto zone = TimeZone::parse(zone_file({561, 3600}, {{first, 1}}, "CET-1CEST,M3.5.0,M10.5.0/3"));
  REQUIRE(zone);
  struct At {
    std::string_view time;
    std::int64_t offset;
  };
  const At rows[] = {
      {"1900-01-01T00:00:00Z", 561},  {"1999-12-31T23:59:59Z", 561},  {"2024-01-15T00:00:00Z", 3600},
      {"2024-03-31T00:59:59Z", 3600}, {"2024-03-31T01:00:00Z", 7200}, {"2024-10-27T00:59:59Z", 7200},
      {"2024-10-27T01:00:00Z", 3600}, {"9999-07-01T00:00:00Z", 7200},
  };
  for (const At& row : rows) {
    INFO(row.time);
    CHECK(zone->offset_at(seconds_of(row.time)) == row.offset);
  }
}

TEST_CASE("time zone: rules as POSIX writes them") {
  struct At {
    std::string rule;
    std::string_view time;
    std::int64_t offset;
  };
  const At rows[] = {
      {"UTC0", "2024-06-01T00:00:00Z", 0},
      {"IST-5:30", "2024-06-01T00:00:00Z", 19800},
      {"<+0545>-5:45", "2024-06-01T00:00:00Z", 20700},
      {"EST5EDT,M3.2.0,M11.1.0", "2024-03-10T06:59:59Z", -18000},
      {"EST5EDT,M3.2.0,M11.1.0", "2024-03-10T07:00:00Z", -14400},
      {"EST5EDT,M3.2.0,M11.1.0", "2024-11-03T06:00:00Z", -18000},
      // The southern summer goes over the new year.
      {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-01-01T00:00:00Z", 39600},
      {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-06-01T00:00:00Z", 36000},
      {"LHST-10:30LHDT-11,M10.1.0,M4.1.0", "2024-01-01T00:00:00Z", 39600},
      {"AAA3BBB,J60/0,J300/0", "2024-03-01T03:00:00Z", -7200},
      {"AAA3BBB,J60/0,J300/0", "2024-03-01T02:59:59Z", -10800},
      {"AAA3BBB,59/0,300/0", "2024-02-29T03:00:00Z", -7200},
      {"AAA3BBB,M3.1.0/-24,M11.1.0/167", "2024-03-02T04:00:00Z", -7200},
  };
  for (const At& row : rows) {
    INFO(row.rule << " at " << row.time);
    const auto zone = TimeZone::parse(zone_file({0}, {}, row.rule));
    REQUIRE(zone);
    CHECK(zone->offset_at(seconds_of(row.time)) == row.offset);
  }
  for (const char* text : {"", "A0", "UTC", "UTC+", "UTC168", "UTC0:60", "CET-1CEST", "CET-1CEST,M3.5.0",
                           "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
                           "CET-1CEST,J0,J366", "CET-1CEST,M3.5.0,M10.5.0x", "<+05-5"}) {
    INFO(text);
    CHECK_FALSE(parse_zone_rule(text));
  }
}

TEST_CASE("time zone: files that are none") {
  const std::string good = zone_file({0, 3600}, {{0, 1}, {100, 0}}, "UTC0");
  REQUIRE(TimeZone::parse(good));
  CHECK_FALSE(TimeZone::parse(""));
  CHECK_FALSE(TimeZone::parse("TZif"));
  CHECK_FALSE(TimeZone::parse(zone_file({}, {}, "UTC0")));
  CHECK_FALSE(TimeZone::parse(zone_file({0}, {{0, 1}}, "UTC0")));
  CHECK_FALSE(TimeZone::parse(zone_file({0}, {{5, 0}, {5, 0}}, "UTC0")));
  // Cut short anywhere, or with any byte changed: no crash.
  std::mt19937 random(3);
  for (std::size_t i = 0; i < good.size(); ++i) {
    const auto cut = TimeZone::parse(std::string_view(good).substr(0, i));
    if (cut) CHECK(cut->offset_at(50) == 3600);
    std::string changed = good;
    changed[i] = static_cast<char>(random());
    const auto zone = TimeZone::parse(changed);
    if (zone) zone->offset_at(253'402'300'799);
  }
}

TEST_CASE("time zone: names are looked up once, in the folders of the system") {
  auto files = std::make_unique<MemoryFileSystem>();
  MemoryFileSystem& memory = *files;
  memory.add("/usr/share/zoneinfo/Test/One", zone_file({3600}, {}, ""));
  memory.add("/etc/secret", zone_file({7200}, {}, ""));
  TimeZones zones(std::move(files));
  CHECK(zones.available());
  const TimeZone* one = zones.find("Test/One");
  REQUIRE(one != nullptr);
  CHECK(one->offset_at(0) == 3600);
  memory.add("/usr/share/zoneinfo/Test/One", "broken");
  CHECK(zones.find("Test/One") == one);
  for (const char* name : {"Test/Two", "", "/etc/secret", "../../../etc/secret", "Test/One\n", "Test"}) {
    INFO(name);
    CHECK(zones.find(name) == nullptr);
  }
  CHECK_FALSE(TimeZones(std::make_unique<MemoryFileSystem>()).available());
}

}  // namespace
}  // namespace scruple::cel
