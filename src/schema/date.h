// Dates as people write them, for hints: what was probably meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scruple::schema {

// A day of the calendar.
struct Date {
  int year = 0, month = 0, day = 0;

  friend bool operator==(const Date&, const Date&) = default;
};

bool exists(const Date& date);
std::string to_string(const Date& date);  // "2026-03-01"
std::string spelled(const Date& date);    // "1 March 2026"

// The days that a text can mean: "01.03.2026" one, "3/1/2026" two, "soon" none. A text in the right form for a day
// that does not exist means none.
std::vector<Date> possible_dates(std::string_view text);

// For a text of the form YYYY-MM-DD that is no date: "February 2026 has 28 days"; else empty.
std::string why_no_date(std::string_view text);

}  // namespace scruple::schema
