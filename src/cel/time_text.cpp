#include "cel/time_text.h"

#include "base/ascii.h"
#include "base/strings.h"

#include <array>
#include <chrono>
#include <limits>

namespace scruple::cel {
namespace {

// Takes texts apart from the left; every step says whether it found what it wanted.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }

  bool take(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool take(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }

  // Exactly `count` digits.
  bool take_number(std::size_t count, std::uint32_t& number) {
    if (text_.size() < count) return false;
    number = 0;
    for (const char c : text_.substr(0, count)) {
      if (!is_digit(c)) return false;
      number = number * 10 + static_cast<std::uint32_t>(c - '0');
    }
    text_.remove_prefix(count);
    return true;
  }

  std::string_view take_digits() {
    std::size_t count = 0;
    while (count < text_.size() && is_digit(text_[count])) ++count;
    const std::string_view digits = text_.substr(0, count);
    text_.remove_prefix(count);
    return digits;
  }

 private:
  std::string_view text_;
};

// Digits after a point as nanoseconds; what is finer is cut off.
std::uint32_t nanoseconds_of(std::string_view digits) {
  std::uint32_t nanos = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    nanos = nanos * 10 + (i < digits.size() ? static_cast<std::uint32_t>(digits[i] - '0') : 0);
  }
  return nanos;
}

// `unit` times the number "0.digits", what is finer than a nanosecond cut off.
std::int64_t fraction_of(std::int64_t unit, std::string_view digits) {
  // So many digits of an hour fit into 128 bits, and the next would be less than a nanosecond of it.
  constexpr std::size_t most_digits = 18;
  __extension__ using Wide = __int128;
  Wide numerator = 0;
  Wide denominator = 1;
  for (const char c : digits.substr(0, most_digits)) {
    numerator = numerator * 10 + (c - '0');
    denominator *= 10;
  }
  return static_cast<std::int64_t>(numerator * unit / denominator);
}

std::string padded(std::uint64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

// ".5" of 500000000, nothing of 0.
std::string fraction(std::uint64_t nanos) {
  if (nanos == 0) return {};
  std::string digits = padded(nanos, 9);
  digits.erase(digits.find_last_not_of('0') + 1);
  return '.' + digits;
}

}  // namespace

CivilTime civil_time(std::int64_t seconds) {
  const std::int64_t days = (seconds >= 0 ? seconds : seconds - (day_seconds - 1)) / day_seconds;
  const auto of_day = static_cast<std::uint32_t>(seconds - days * day_seconds);
  const std::chrono::sys_days date{std::chrono::days(days)};
  const std::chrono::year_month_day ymd(date);
  CivilTime civil;
  civil.year = static_cast<int>(ymd.year());
  civil.month = static_cast<unsigned>(ymd.month());
  civil.day = static_cast<unsigned>(ymd.day());
  civil.hour = of_day / 3600;
  civil.minute = of_day / 60 % 60;
  civil.second = of_day % 60;
  civil.week_day = std::chrono::weekday(date).c_encoding();
  civil.year_day = static_cast<std::uint32_t>(days - days_from_civil(civil.year, 1, 1));
  return civil;
}

std::int64_t days_from_civil(std::int64_t year, std::uint32_t month, std::uint32_t day) {
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                                         std::chrono::day(day));
  return std::chrono::sys_days(date).time_since_epoch().count();
}

bool is_date(std::int64_t year, std::uint32_t month, std::uint32_t day) {
  return std::chrono::year_month_day(std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                                     std::chrono::day(day))
      .ok();
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  Scanner scan(text);
  std::uint32_t year = 0;
  std::uint32_t month = 0;
  std::uint32_t day = 0;
  std::uint32_t hour = 0;
  std::uint32_t minute = 0;
  std::uint32_t second = 0;
  const bool shape = scan.take_number(4, year) && scan.take('-') && scan.take_number(2, month) && scan.take('-') &&
                     scan.take_number(2, day) && scan.take('T') && scan.take_number(2, hour) && scan.take(':') &&
                     scan.take_number(2, minute) && scan.take(':') && scan.take_number(2, second);
  if (!shape || year == 0 || !is_date(year, month, day) || hour > 23 || minute > 59 || second > 59) {
    return std::nullopt;
  }
  Timestamp time;
  if (scan.take('.')) {
    const std::string_view digits = scan.take_digits();
    if (digits.empty()) return std::nullopt;
    time.nanos = nanoseconds_of(digits);
  }
  std::int64_t offset = 0;
  if (!scan.take('Z')) {
    const bool west = scan.take('-');
    std::uint32_t hours = 0;
    std::uint32_t minutes = 0;
    if ((!west && !scan.take('+')) || !scan.take_number(2, hours) || !scan.take(':') || !scan.take_number(2, minutes) ||
        hours > 23 || minutes > 59) {
      return std::nullopt;
    }
    offset = static_cast<std::int64_t>(hours) * 3600 + static_cast<std::int64_t>(minutes) * 60;
    if (west) offset = -offset;
  }
  if (!scan.at_end()) return std::nullopt;
  time.seconds = days_from_civil(year, month, day) * day_seconds + static_cast<std::int64_t>(hour) * 3600 +
                 static_cast<std::int64_t>(minute) * 60 + second - offset;
  if (!is_in_range(time.seconds)) return std::nullopt;
  return time;
}

std::string format_timestamp(Timestamp time) {
  const CivilTime civil = civil_time(time.seconds);
  return concat(padded(static_cast<std::uint64_t>(civil.year), 4), '-', padded(civil.month, 2), '-',
                padded(civil.day, 2), 'T', padded(civil.hour, 2), ':', padded(civil.minute, 2), ':',
                padded(civil.second, 2), fraction(time.nanos), 'Z');
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  struct Unit {
    std::string_view name;
    std::int64_t nanos;
  };
  // "ms" before "m": the longer name first.
  static constexpr std::array<Unit, 8> units = {{{"ns", 1},
                                                 {"us", 1'000},
                                                 {"\u00b5s", 1'000},
                                                 {"\u03bcs", 1'000},
                                                 {"ms", 1'000'000},
                                                 {"s", 1'000'000'000},
                                                 {"m", 60'000'000'000},
                                                 {"h", 3'600'000'000'000}}};
  Scanner scan(text);
  const bool negative = scan.take('-');
  if (!negative) scan.take('+');
  if (scan.at_end()) return std::nullopt;
  if (scan.take('0') && scan.at_end()) return 0;
  scan = Scanner(text);
  if (!scan.take('-')) scan.take('+');

  // Summed below zero, where there is one value more.
  std::int64_t total = 0;
  while (!scan.at_end()) {
    const std::string_view whole = scan.take_digits();
    std::string_view part;
    if (scan.take('.')) part = scan.take_digits();
    if (whole.empty() && part.empty()) return std::nullopt;
    std::int64_t unit = 0;
    for (const Unit& candidate : units) {
      if (scan.take(candidate.name)) {
        unit = candidate.nanos;
        break;
      }
    }
    if (unit == 0) return std::nullopt;
    std::int64_t number = 0;
    for (const char c : whole) {
      if (__builtin_mul_overflow(number, std::int64_t{10}, &number)) return std::nullopt;
      if (__builtin_sub_overflow(number, static_cast<std::int64_t>(c - '0'), &number)) return std::nullopt;
    }
    if (__builtin_mul_overflow(number, unit, &number)) return std::nullopt;
    if (__builtin_sub_overflow(number, fraction_of(unit, part), &number)) return std::nullopt;
    if (__builtin_add_overflow(total, number, &total)) return std::nullopt;
  }
  if (negative) return total;
  if (total == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
  return -total;
}

std::string format_duration(std::int64_t nanoseconds) {
  const auto bits = static_cast<std::uint64_t>(nanoseconds);
  const std::uint64_t magnitude = nanoseconds < 0 ? 0 - bits : bits;
  return concat(nanoseconds < 0 ? "-" : "", magnitude / 1'000'000'000, fraction(magnitude % 1'000'000'000), 's');
}

}  // namespace scruple::cel
