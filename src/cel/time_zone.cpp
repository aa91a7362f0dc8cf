#include "cel/time_zone.h"

#include "base/ascii.h"
#include "base/file_system.h"
#include "base/strings.h"
#include "cel/time_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace scruple::cel {
namespace {

constexpr std::array<std::string_view, 3> folders = {"/usr/share/zoneinfo", "/usr/lib/zoneinfo",
                                                     "/usr/share/lib/zoneinfo"};
constexpr std::uint64_t largest_file = 1 << 20;
constexpr std::size_t most_zones = 1000;

// Names are relative paths of letters: nothing that climbs, nothing absolute.
bool is_zone_name(std::string_view name) {
  const auto is_allowed = [](char c) { return is_letter_or_digit(c) || c == '_' || c == '-' || c == '+' || c == '/'; };
  return !name.empty() && name.size() <= 64 && name.front() != '/' && std::all_of(name.begin(), name.end(), is_allowed);
}

// Reads big-endian numbers; past the end it gives zeros and fails.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}

  bool good() const { return good_; }
  std::string_view rest() const { return bytes_; }

  std::string_view take(std::size_t count) {
    if (count > bytes_.size()) {
      good_ = false;
      bytes_ = {};
      return {};
    }
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }

  std::uint64_t number(std::size_t octets) {
    std::uint64_t value = 0;
    for (const char c : take(octets)) value = value << 8 | static_cast<unsigned char>(c);
    return value;
  }

 private:
  std::string_view bytes_;
  bool good_ = true;
};

struct Header {
  char version = 0;
  std::size_t utc_flags = 0;
  std::size_t standard_flags = 0;
  std::size_t leap_seconds = 0;
  std::size_t times = 0;
  std::size_t types = 0;
  std::size_t names = 0;

  std::size_t data_size(std::size_t time_size) const {
    return times * (time_size + 1) + types * 6 + names + leap_seconds * (time_size + 4) + standard_flags + utc_flags;
  }
};

std::optional<Header> read_header(Bytes& bytes) {
  if (bytes.take(4) != "TZif") return std::nullopt;
  Header header;
  header.version = static_cast<char>(bytes.number(1));
  bytes.take(15);
  for (std::size_t* count :
       {&header.utc_flags, &header.standard_flags, &header.leap_seconds, &header.times, &header.types, &header.names}) {
    *count = static_cast<std::size_t>(bytes.number(4));
  }
  if (!bytes.good()) return std::nullopt;
  return header;
}

// Takes a POSIX TZ text apart.
class RuleScanner {
 public:
  explicit RuleScanner(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  bool take(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool skip_name() {
    if (take('<')) {
      const std::size_t end = text_.find('>');
      if (end == std::string_view::npos) return false;
      text_.remove_prefix(end + 1);
      return true;
    }
    const auto end = std::find_if_not(text_.begin(), text_.end(), is_letter);
    const auto length = static_cast<std::size_t>(end - text_.begin());
    text_.remove_prefix(length);
    return length >= 3;
  }

  bool take_number(std::int32_t most, std::int32_t& number) {
    const auto result = std::from_chars(text_.data(), text_.data() + text_.size(), number);
    if (result.ec != std::errc() || number < 0 || number > most) return false;
    text_.remove_prefix(static_cast<std::size_t>(result.ptr - text_.data()));
    return true;
  }

  // [+-]hh[:mm[:ss]]; hours up to 167, as RFC 9636 allows.
  bool take_time(std::int64_t& seconds) {
    const bool negative = take('-');
    if (!negative) take('+');
    std::int32_t hours = 0;
    std::int32_t minutes = 0;
    std::int32_t rest = 0;
    if (!take_number(167, hours)) return false;
    if (take(':') && !take_number(59, minutes)) return false;
    if (take(':') && !take_number(59, rest)) return false;
    seconds = std::int64_t{hours} * 3600 + std::int64_t{minutes} * 60 + rest;
    if (negative) seconds = -seconds;
    return true;
  }

  bool take_change(ZoneRule::Change& change) {
    using Form = ZoneRule::Change::Form;
    if (!take(',')) return false;
    if (take('M')) {
      change.form = Form::month_week_day;
      if (!take_number(12, change.month) || !take('.') || !take_number(5, change.week) || !take('.') ||
          !take_number(6, change.day) || change.month == 0 || change.week == 0) {
        return false;
      }
    } else if (take('J')) {
      change.form = Form::day_without_leap;
      if (!take_number(365, change.day) || change.day == 0) return false;
    } else {
      change.form = Form::day_of_year;
      if (!take_number(365, change.day)) return false;
    }
    return !take('/') || take_time(change.time);
  }

 private:
  std::string_view text_;
};

// The second of the local clock, counted as if it were UTC, at which a change happens in a year.
std::int64_t change_time(const ZoneRule::Change& change, std::int64_t year) {
  using Form = ZoneRule::Change::Form;
  std::int64_t day = days_from_civil(year, 1, 1);
  switch (change.form) {
    case Form::day_of_year: day += change.day; break;
    case Form::day_without_leap: day += change.day - 1 + (change.day >= 60 && is_date(year, 2, 29) ? 1 : 0); break;
    case Form::month_week_day: {
      const auto month = static_cast<std::uint32_t>(change.month);
      const std::int64_t first = days_from_civil(year, month, 1);
      const auto first_week_day = static_cast<std::int64_t>(civil_time(first * day_seconds).week_day);
      day = first + (change.day - first_week_day + 7) % 7 + 7 * (change.week - 1);
      const std::int64_t next = month == 12 ? days_from_civil(year + 1, 1, 1) : days_from_civil(year, month + 1, 1);
      if (day >= next) day -= 7;  // the fifth week means the last
      break;
    }
  }
  return day * day_seconds + change.time;
}

std::int64_t rule_offset(const ZoneRule& rule, std::int64_t seconds) {
  if (!rule.has_summer) return rule.standard_offset;
  const std::int64_t year = civil_time(seconds + rule.standard_offset).year;
  const std::int64_t begin = change_time(rule.to_summer, year) - rule.standard_offset;
  const std::int64_t end = change_time(rule.to_standard, year) - rule.summer_offset;
  const bool summer = begin < end ? seconds >= begin && seconds < end : seconds >= begin || seconds < end;
  return summer ? rule.summer_offset : rule.standard_offset;
}

}  // namespace

std::optional<ZoneRule> parse_zone_rule(std::string_view text) {
  RuleScanner scan(text);
  ZoneRule rule;
  std::int64_t west = 0;
  if (!scan.skip_name() || !scan.take_time(west)) return std::nullopt;
  rule.standard_offset = -west;
  if (scan.at_end()) return rule;
  rule.has_summer = true;
  rule.summer_offset = rule.standard_offset + 3600;
  if (!scan.skip_name()) return std::nullopt;
  RuleScanner ahead = scan;
  if (ahead.take_time(west)) {
    scan = ahead;
    rule.summer_offset = -west;
  }
  if (!scan.take_change(rule.to_summer) || !scan.take_change(rule.to_standard) || !scan.at_end()) return std::nullopt;
  return rule;
}

std::optional<TimeZone> TimeZone::parse(std::string_view file) {
  Bytes bytes(file);
  std::optional<Header> header = read_header(bytes);
  if (!header) return std::nullopt;
  std::size_t time_size = 4;
  if (header->version >= '2') {
    // The same again with 64-bit times follows.
    bytes.take(header->data_size(4));
    header = read_header(bytes);
    if (!header) return std::nullopt;
    time_size = 8;
  }
  if (header->data_size(time_size) > bytes.rest().size() || header->types == 0) return std::nullopt;

  Bytes times(bytes.take(header->times * time_size));
  Bytes indices(bytes.take(header->times));
  Bytes types(bytes.take(header->types * 6));
  bytes.take(header->names + header->leap_seconds * (time_size + 4) + header->standard_flags + header->utc_flags);

  std::vector<std::int64_t> offsets;
  for (std::size_t i = 0; i < header->types; ++i) {
    offsets.push_back(static_cast<std::int32_t>(types.number(4)));
    types.take(2);
  }
  TimeZone zone;
  zone.first_offset_ = offsets.front();
  for (std::size_t i = 0; i < header->times; ++i) {
    const std::uint64_t raw = times.number(time_size);
    const std::size_t type = static_cast<std::size_t>(indices.number(1));
    if (type >= offsets.size()) return std::nullopt;
    const std::int64_t at = time_size == 8 ? static_cast<std::int64_t>(raw) : static_cast<std::int32_t>(raw);
    if (!zone.transitions_.empty() && at <= zone.transitions_.back().at) return std::nullopt;
    zone.transitions_.push_back({at, offsets[type]});
  }
  if (time_size == 8 && bytes.take(1) == "\n") {
    const std::string_view footer = bytes.rest().substr(0, bytes.rest().find('\n'));
    if (!footer.empty()) zone.rule_ = parse_zone_rule(footer);
  }
  return zone;
}

std::int64_t TimeZone::offset_at(std::int64_t seconds) const {
  const auto after = std::upper_bound(transitions_.begin(), transitions_.end(), seconds,
                                      [](std::int64_t at, const Transition& transition) { return at < transition.at; });
  if (after == transitions_.end() && rule_) return rule_offset(*rule_, seconds);
  return after == transitions_.begin() ? first_offset_ : std::prev(after)->offset;
}

TimeZones::TimeZones() : TimeZones(make_native_file_system()) {}
TimeZones::TimeZones(std::unique_ptr<FileSystem> files) : files_(std::move(files)) {}
TimeZones::~TimeZones() = default;

const TimeZone* TimeZones::find(std::string_view name) {
  if (!is_zone_name(name)) return nullptr;
  auto known = zones_.find(name);
  if (known == zones_.end()) {
    if (zones_.size() >= most_zones) return nullptr;
    std::optional<TimeZone> zone;
    for (const std::string_view folder : folders) {
      const FileContents file = files_->read(concat(folder, '/', name), largest_file);
      if (file.status != FileStatus::ok) continue;
      zone = TimeZone::parse(file.bytes);
      break;
    }
    known = zones_.emplace(name, std::move(zone)).first;
  }
  return known->second ? &*known->second : nullptr;
}

bool TimeZones::available() const {
  return std::any_of(folders.begin(), folders.end(), [&](std::string_view folder) {
    return files_->info(std::string(folder)).status == FileStatus::is_folder;
  });
}

}  // namespace scruple::cel
