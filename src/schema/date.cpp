#include "schema/date.h"

#include "base/ascii.h"
#include "base/strings.h"
#include "schema/validator.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

namespace scruple::schema {

namespace {

constexpr std::array<std::string_view, 12> month_names = {"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

// Lower case in ASCII; beside English the languages in which dates are met most in European files.
constexpr std::pair<std::string_view, int> month_words[] = {
    {"january", 1},    {"jan", 1},       {"januar", 1},     {"jänner", 1},    {"janvier", 1},   {"janv", 1},
    {"enero", 1},      {"february", 2},  {"feb", 2},        {"februar", 2},   {"février", 2},   {"fevrier", 2},
    {"févr", 2},       {"febrero", 2},   {"march", 3},      {"mar", 3},       {"märz", 3},      {"maerz", 3},
    {"mär", 3},        {"mrz", 3},       {"mars", 3},       {"marzo", 3},     {"april", 4},     {"apr", 4},
    {"avril", 4},      {"avr", 4},       {"abril", 4},      {"may", 5},       {"mai", 5},       {"mayo", 5},
    {"june", 6},       {"jun", 6},       {"juni", 6},       {"juin", 6},      {"junio", 6},     {"july", 7},
    {"jul", 7},        {"juli", 7},      {"juillet", 7},    {"juil", 7},      {"julio", 7},     {"august", 8},
    {"aug", 8},        {"août", 8},      {"aout", 8},       {"agosto", 8},    {"september", 9}, {"sep", 9},
    {"sept", 9},       {"septembre", 9}, {"septiembre", 9}, {"october", 10},  {"oct", 10},      {"oktober", 10},
    {"okt", 10},       {"octobre", 10},  {"octubre", 10},   {"november", 11}, {"nov", 11},      {"novembre", 11},
    {"noviembre", 11}, {"december", 12}, {"dec", 12},       {"dezember", 12}, {"dez", 12},      {"décembre", 12},
    {"decembre", 12},  {"déc", 12},      {"diciembre", 12},
};

constexpr std::string_view ignored_words[] = {"st", "nd", "rd", "th", "of", "the", "de", "den", "der", "le", "el"};

bool is_of_word(char c) { return is_letter(c) || is_beyond_ascii(c); }

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

// The value of all-digit text of up to nine digits, else -1.
int number_of(std::string_view digits) {
  if (digits.empty() || digits.size() > 9) return -1;
  int value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

// The numbers of a text of the form YYYY-MM-DD, whether or not there is such a day.
std::optional<Date> in_form(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const Date date{number_of(text.substr(0, 4)), number_of(text.substr(5, 2)), number_of(text.substr(8, 2))};
  if (date.year < 0 || date.month < 0 || date.day < 0) return std::nullopt;
  return date;
}

// A text as three numbers, or two and the name of a month.
struct Parts {
  std::vector<std::string_view> numbers;
  int month = 0;
  std::size_t numbers_before_month = 0;
  char separator = 0;  // between the first two numbers
};

std::optional<Parts> split(std::string_view text) {
  Parts parts;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (is_digit(text[at])) {
      while (at < text.size() && is_digit(text[at])) ++at;
      parts.numbers.push_back(text.substr(begin, at - begin));
    } else if (is_of_word(text[at])) {
      while (at < text.size() && is_of_word(text[at])) ++at;
      const std::string word = to_lower_ascii(text.substr(begin, at - begin));
      const auto* month = std::begin(month_words);
      while (month != std::end(month_words) && month->first != word) ++month;
      if (month != std::end(month_words)) {
        if (parts.month != 0) return std::nullopt;
        parts.month = month->second;
        parts.numbers_before_month = parts.numbers.size();
      } else {
        bool ignored = false;
        for (const auto other : ignored_words) ignored = ignored || other == word;
        if (!ignored) return std::nullopt;
      }
    } else {
      if (std::string_view(" .,/-").find(text[at]) == std::string_view::npos) return std::nullopt;
      if (parts.numbers.size() == 1 && parts.separator == 0) parts.separator = text[at];
      ++at;
    }
  }
  return parts;
}

int year_of(std::string_view digits) {
  const int value = number_of(digits);
  return digits.size() == 2 ? 2000 + value : digits.size() == 4 ? value : 0;
}

}  // namespace

bool exists(const Date& date) {
  return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
         date.day <= days_in_month(date.year, date.month);
}

std::string to_string(const Date& date) {
  const auto padded = [](int number, std::size_t digits) {
    const std::string text = std::to_string(number);
    return std::string(digits - std::min(digits, text.size()), '0') + text;
  };
  return concat(padded(date.year, 4), "-", padded(date.month, 2), "-", padded(date.day, 2));
}

std::string spelled(const Date& date) {
  return concat(date.day, " ", month_names[static_cast<std::size_t>(date.month - 1)], " ", date.year);
}

std::vector<Date> possible_dates(std::string_view text) {
  text = trim_ascii(text);
  std::vector<Date> dates;
  const auto add = [&](int year, int month, int day) {
    const Date date{year, month, day};
    if (exists(date) && (dates.empty() || dates.front() != date)) dates.push_back(date);
  };
  if (text.size() > 40) return dates;
  // A date with a time.
  if (text.size() > 11 && is_date(text.substr(0, 10)) && (text[10] == 'T' || text[10] == ' ') && is_digit(text[11])) {
    const Date date = *in_form(text.substr(0, 10));
    add(date.year, date.month, date.day);
    return dates;
  }
  const auto parts = split(text);
  if (!parts) return dates;
  const auto& numbers = parts->numbers;
  if (parts->month != 0) {
    if (numbers.size() != 2) return dates;
    // "1 March 2026", "March 1, 2026", "2026 March 1"
    const bool year_first = numbers[0].size() == 4;
    add(year_of(numbers[year_first ? 0 : 1]), parts->month, number_of(numbers[year_first ? 1 : 0]));
  } else if (numbers.size() == 1 && numbers[0].size() == 8 && text.size() == 8) {
    add(number_of(text.substr(0, 4)), number_of(text.substr(4, 2)), number_of(text.substr(6, 2)));
  } else if (numbers.size() == 3 && numbers[0].size() == 4) {
    const int second = number_of(numbers[1]), third = number_of(numbers[2]);
    add(year_of(numbers[0]), second, third);
    // The year first and then the day is written by nobody who could mean the month.
    if (dates.empty() && second > 12) add(year_of(numbers[0]), third, second);
  } else if (numbers.size() == 3) {
    const int first = number_of(numbers[0]), second = number_of(numbers[1]), year = year_of(numbers[2]);
    add(year, second, first);
    // Dots are written where the day comes first.
    if (parts->separator != '.' || dates.empty()) add(year, first, second);
  }
  return dates;
}

std::string why_no_date(std::string_view text) {
  const auto date = in_form(text);
  if (!date || exists(*date)) return {};
  if (date->year < 1) return "there is no year 0";
  if (date->month < 1 || date->month > 12) return concat("there is no month ", date->month);
  const auto month = month_names[static_cast<std::size_t>(date->month - 1)];
  if (date->day < 1) return "there is no day 0";
  return concat(month, " ", date->year, " has ", days_in_month(date->year, date->month), " days");
}

bool is_date(std::string_view text) {
  const auto date = in_form(text);
  return date && exists(*date);
}

bool is_date_time(std::string_view text) {
  // 2026-03-01T10:00:00[.5](Z|+01:00)
  if (text.size() < 20 || !is_date(text.substr(0, 10)) || text[10] != 'T') return false;
  const auto two = [&](std::size_t at, int most) {
    const int value = at + 2 <= text.size() ? number_of(text.substr(at, 2)) : -1;
    return value >= 0 && value <= most;
  };
  if (!two(11, 23) || text[13] != ':' || !two(14, 59) || text[16] != ':' || !two(17, 59)) return false;
  std::size_t at = 19;
  if (text[at] == '.') {
    const std::size_t first = ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == first || at - first > 9) return false;
  }
  const std::string_view zone = text.substr(at);
  if (zone == "Z") return true;
  return zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && two(at + 1, 23) && zone[3] == ':' && two(at + 4, 59);
}

}  // namespace scruple::schema
